import {clockLabel} from '../../text/labels.js';
import {plainText} from '../../text/sanitize.js';
import {type EventView, eventView} from '../event-view.js';
import type {ReportEvent} from '../report-part.js';
import type {ReportRequest} from '../request.js';
import {blocksMarkdown} from './blocks.js';
import {escapeHtml, escapeInline} from './escape.js';

/** An event: a line that says what it is and what it holds; what is long is folded. */
export const eventMarkdown = ({event, isBookmarked, note}: ReportEvent, request: ReportRequest): string => {
	const view = eventView(event);
	const place = [clockLabel(event.at, request.timeZone), `line ${event.line}`].filter(Boolean).join(', ');
	const added = [
		...(isBookmarked ? ['★ Bookmarked'] : []),
		...(note === null ? [] : [`**Note:** ${escapeInline(note)}`]),
	];
	const body = [
		...added,
		blocksMarkdown(view.blocks),
		...view.inner.map(inner => eventMarkdown({event: inner, cut: 0, isBookmarked: false, note: null}, request)),
	]
		.filter(text => text !== '')
		.join('\n\n');
	return view.isFolded ? folded(view, place, body) : open(view, place, body);
};

const open = ({name, summary, facts}: EventView, place: string, body: string): string => {
	const head = `**${escapeInline(name)}**${[summary, ...facts]
		.filter(Boolean)
		.map(part => ` · ${escapeInline(part)}`)
		.join('')} · ${place}`;
	return body === '' ? `${head}\n` : `${head}\n\n${body}\n`;
};

const folded = ({name, summary, facts}: EventView, place: string, body: string): string => {
	const words = [...(summary === '' ? [] : [`<code>${oneLine(summary)}</code>`]), ...[...facts, place].map(oneLine)];
	const head = `<b>${oneLine(name)}</b> ${words.join(' · ')}`;
	return `<details>\n<summary>${head}</summary>\n\n${body}\n\n</details>\n`;
};

const oneLine = (text: string): string => escapeHtml(plainText(text).replaceAll('\n', ' '));
