import {cutToWidth, padToWidth} from '../text/cells.js';
import {bytesLabel, exactCountLabel} from '../text/labels.js';
import type {Row, Span} from '../text/span.js';
import {wrapRow} from '../text/wrap-row.js';
import {oneLine} from './spans.js';

/** What is to become of a session's logs, as it is shown before anything is done. */
export type FilingModel = {
	filing: 'archive' | 'unarchive' | 'delete';
	title: string;
	threadId: string;
	logs: readonly {name: string; bytes: number}[];
	agents: readonly {title: string; logs: number; bytes: number}[];
	/** Whether our own archive holds every byte of these logs. */
	isKept: boolean;
};

export const filingTitles: Record<FilingModel['filing'], string> = {
	archive: 'Archive a session',
	unarchive: 'Bring back a session',
	delete: 'Delete a session',
};

const verbs: Record<FilingModel['filing'], string> = {
	archive: 'moves to its folder of archived sessions',
	unarchive: 'moves back among its sessions',
	delete: 'deletes',
};

const count = (value: number, one: string, many = `${one}s`): string =>
	`${exactCountLabel(value)} ${value === 1 ? one : many}`;

const total = (items: readonly {bytes: number}[]): string => bytesLabel(items.reduce((sum, {bytes}) => sum + bytes, 0));

/** Bytes stand at the end of a row. */
const sized = (text: string, bytes: number, width: number): Row => {
	const label = bytesLabel(bytes);
	const room = Math.max(1, width - label.length - 4);
	return [
		{text: '  '},
		...padToWidth(cutToWidth([{text: oneLine(text)}], room), room),
		{text: ` ${label}`, tone: 'dim'},
	];
};

const keptWords = ({isKept, filing}: FilingModel): Span => {
	if (filing !== 'delete') {
		return {text: 'Nothing is lost by that, and codex-tui goes on showing it.', tone: 'success'};
	}

	return isKept
		? {
				text: 'What stays: every byte of these logs is in the archive of codex-tui, which goes on showing them.',
				tone: 'success',
			}
		: {
				text: 'Not every byte of these logs is in the archive of codex-tui yet: what is not would be lost.',
				tone: 'warning',
			};
};

/** The plan as rows of at most `width` cells. */
export const filingRows = (model: FilingModel, width: number): Row[] => {
	const {filing, title, threadId, logs, agents} = model;
	const words = (...spans: Span[]): Row[] => wrapRow(spans, width);
	return [
		...words({text: oneLine(title), bold: true}),
		...words({text: threadId, tone: 'dim'}),
		[],
		...words({text: `Codex ${verbs[filing]} ${count(logs.length, 'log')}, ${total(logs)}:`}),
		...logs.map(({name, bytes}) => sized(name, bytes, width)),
		...(agents.length === 0
			? words({text: 'No other thread came from it as a sub-agent.', tone: 'dim'})
			: [
					[],
					...words({
						text: `With it go ${count(agents.length, 'thread')} of its sub-agents, ${total(agents)}:`,
					}),
					...agents.map(agent => sized(agent.title, agent.bytes, width)),
				]),
		[],
		...words(keptWords(model)),
		...(filing === 'delete' ? words({text: 'Codex cannot bring it back.', tone: 'warning'}) : []),
	].map(row => cutToWidth(row, width));
};

const confirmations: Record<FilingModel['filing'], string> = {
	archive: 'Enter archives it, Esc leaves everything as it is.',
	unarchive: 'Enter brings it back, Esc leaves everything as it is.',
	delete: 'Type delete and press Enter: ',
};

/** What confirms the plan; where a word is typed for that, with what stands before and after the caret. */
export const filingFoot = (
	filing: FilingModel['filing'],
	typed: {before: string; after: string},
	width: number,
): Row => {
	const [caret = ' '] = typed.after === '' ? [' '] : typed.after;
	const line: Row =
		filing === 'delete'
			? [
					{text: typed.before, bold: true},
					{text: caret, inverse: true},
					{text: typed.after.slice(caret.length), bold: true},
				]
			: [];
	return cutToWidth([{text: confirmations[filing], tone: 'accent'}, ...line], width);
};
