import {clockLabel} from '../../text/labels.js';
import {eventView} from '../event-view.js';
import type {ReportEvent} from '../report-part.js';
import type {ReportRequest} from '../request.js';
import {blocksHtml} from './blocks.js';
import {html, htmlLine} from './escape.js';

/** An event; what is long is folded, which needs no script. */
export const eventHtml = ({event, isBookmarked, note}: ReportEvent, request: ReportRequest): string => {
	const {name, summary, facts, blocks, isFolded, inner} = eventView(event);
	const place = [clockLabel(event.at, request.timeZone), `line ${event.line}`].filter(Boolean).join(', ');
	const head = [
		`<span class="name">${htmlLine(name)}</span>`,
		...(summary === '' ? [] : [isFolded ? `<code>${htmlLine(summary)}</code>` : htmlLine(summary)]),
		...facts.map(fact => htmlLine(fact)),
		`<span class="place">${place}</span>`,
	].join(' · ');
	const body = [
		...(isBookmarked ? ['<p class="added">★ Bookmarked</p>'] : []),
		...(note === null ? [] : [noteHtml(note)]),
		blocksHtml(blocks),
		...inner.map(one => eventHtml({event: one, cut: 0, isBookmarked: false, note: null}, request)),
	]
		.filter(Boolean)
		.join('\n');
	return isFolded
		? `<details><summary>${head}</summary>\n${body}\n</details>\n`
		: `<div><p>${head}</p>\n${body}\n</div>\n`;
};

export const noteHtml = (note: string): string => `<p class="added"><strong>Note:</strong> ${html(note)}</p>`;
