import type {EventAnnotations} from '../model/annotation.js';
import type {EventSummary} from '../model/session.js';
import {rowWidth} from '../text/cells.js';
import {clockLabel, countLabel, durationLabel} from '../text/labels.js';
import type {Row, Span} from '../text/span.js';
import {eventSigns} from './annotation-signs.js';
import {eventLook, isTechnical} from './event-kinds.js';
import type {Range} from './fuzzy.js';
import {type Cell, columnHeading, headingRow, joinCells, markedSpans, oneLine} from './spans.js';

export type EventColumns = {text: number; result: number; duration: number; clock: number};

export type EventRowContext = {
	/** Matched parts of `eventFields`. */
	marks?: readonly (readonly Range[])[] | undefined;
	/** The folder that the session runs in. */
	folder?: string | null;
	/** What people added. */
	added?: EventAnnotations | undefined;
};

const gap = 2;
/** Cells the text keeps before the result, and before how long it took, get a column. */
const leastText = 32;
const leastTextBesideDuration = 40;

/** Columns for a row of `width` cells; 0 leaves one out. */
export const eventColumns = (width: number): EventColumns => {
	let left = width;
	const take = (wanted: number, least: number): number => {
		if (left - wanted - gap < least) {
			return 0;
		}

		left -= wanted + gap;
		return wanted;
	};

	const result = take(8, leastText);
	const duration = take(7, leastTextBesideDuration);
	const clock = left > 50 ? take(8, leastText) : 0;
	return {text: Math.max(0, left), result, duration, clock};
};

/** A text runs on over the columns beside it that say nothing. */
const layOut = (columns: EventColumns, cells: Record<keyof EventColumns, Row>): Row => {
	const others = (['result', 'duration', 'clock'] as const).filter(id => columns[id] > 0);
	let width = columns.text;
	while (others[0] !== undefined && others[0] !== 'clock' && rowWidth(cells[others[0]]) === 0) {
		width += gap + columns[others[0]];
		others.shift();
	}

	return joinCells(
		[{row: cells.text, width}, ...others.map((id): Cell => ({row: cells[id], width: columns[id], align: 'right'}))],
		gap,
	);
};

/** Names of the columns; `title` stands where the events are. */
export const eventHeading = (columns: EventColumns, title: Row): Row =>
	headingRow(
		title,
		[
			columnHeading(columns.text, ''),
			columnHeading(columns.result, 'Result'),
			columnHeading(columns.duration, 'Took'),
			columnHeading(columns.clock, 'At'),
		],
		gap,
	);

const isProse = ({kind}: EventSummary): boolean => kind === 'message' || kind === 'reasoning';

/** One line of Markdown without its signs for bold and headings, which would take room and say nothing. */
const withoutMarkup = (text: string): string => text.replace(/^#{1,6} /, '').replaceAll('**', '');

/** `npm test` of `cd FOLDER && npm test`: where FOLDER is the session's own, going there says nothing. */
export const withoutOwnFolder = (command: string, folder: string | null): string => {
	const place = folder === null || folder === '' ? undefined : oneLine(folder);
	const start = [place, `'${place}'`, `"${place}"`]
		.map(name => `cd ${name}`)
		.find(candidate => place !== undefined && command.startsWith(candidate));
	const rest = start === undefined ? null : /^\/? && (.+)$/.exec(command.slice(start.length));
	return rest?.[1] ?? command;
};

const isShellLine = ({kind, tool}: EventSummary): boolean => tool === 'command' || kind === 'user-command';

const shownText = (event: EventSummary, folder: string | null): string => {
	const text = oneLine(event.text);
	if (isProse(event)) {
		return withoutMarkup(text);
	}

	return isShellLine(event) ? withoutOwnFolder(text, folder) : text;
};

/** What a filter looks through: the word for its kind, and its text. `folder` is the session's own. */
export const eventFields = (event: EventSummary, folder: string | null = null): string[] => [
	oneLine(eventLook(event).word ?? ''),
	shownText(event, folder),
];

const result = (event: EventSummary): Span | undefined => {
	if (event.kind === 'token-usage') {
		return !event.tokens ? undefined : {text: `+${countLabel(event.tokens)}`, tone: 'dim'};
	}

	if (event.exitCode !== null && event.exitCode !== 0) {
		return {text: `exit ${event.exitCode}`, tone: 'error'};
	}

	switch (event.status) {
		case 'failed':
			return {text: 'failed', tone: 'error'};
		case 'declined':
			return {text: 'declined', tone: 'warning'};
		case 'open':
			return {text: 'open', tone: 'warning'};
		case 'completed':
			return {text: 'ok', tone: 'success'};
		case null:
			return event.exitCode === 0 ? {text: 'ok', tone: 'success'} : undefined;
	}
};

const textSpans = (event: EventSummary, {marks, folder = null, added}: EventRowContext, isRoomy: boolean): Row => {
	const look = eventLook(event);
	const isDim = isTechnical(event) || event.kind === 'reasoning';
	const isSaid = event.kind === 'prompt';
	const [word = '', text = ''] = eventFields(event, folder);
	const style: Omit<Span, 'text'> = {
		...(isDim ? {tone: 'dim'} : isSaid ? {tone: 'user'} : {}),
		...(isSaid ? {bold: true} : {}),
		...(event.kind === 'reasoning' ? {italic: true} : {}),
	};
	const outcome = isRoomy ? undefined : result(event);
	const isBad = outcome !== undefined && outcome.tone !== 'success' && outcome.tone !== 'dim';
	return [
		...eventSigns(added),
		{text: look.glyph, tone: look.tone, bold: true},
		{text: ' '},
		...(isBad ? [{...outcome, text: `${outcome.text} `}] : []),
		...markedSpans(word, marks?.[0], {tone: isDim ? 'dim' : look.tone}),
		...(word !== '' && text !== '' ? [{text: ' '}] : []),
		...(word === '' && text === '' ? [{text: emptyText(event), tone: 'dim', italic: true} as const] : []),
		...markedSpans(text, marks?.[1], style),
	];
};

const emptyText = (event: EventSummary): string => {
	if (event.kind === 'reasoning') {
		return 'reasoning, stored encrypted';
	}

	return event.label === null ? event.kind : oneLine(event.label);
};

/** One event in one row: what it is, what it says, how it ended. */
export const eventRow = (event: EventSummary, columns: EventColumns, context: EventRowContext = {}): Row => {
	const outcome = result(event);
	return layOut(columns, {
		text: textSpans(event, context, columns.result > 0),
		result: outcome ? [outcome] : [],
		duration: [{text: durationLabel(event.durationMs), tone: 'dim'}],
		clock: [{text: clockLabel(event.at), tone: 'dim'}],
	});
};

/** Stands for an event whose row is still being fetched. */
export const pendingEventRow = (columns: EventColumns): Row =>
	layOut(columns, {text: [{text: '  …', tone: 'dim'}], result: [], duration: [], clock: []});
