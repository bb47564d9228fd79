import type {SessionSummary} from '../model/session.js';
import type {SearchHit, Snippet} from '../store/search.js';
import {cutToWidth, padToWidth, rowWidth, splitClusters, textWidth} from '../text/cells.js';
import {clockLabel, exactCountLabel, percentLabel} from '../text/labels.js';
import {shortPath} from '../text/paths.js';
import type {Row, Span} from '../text/span.js';
import {eventLook} from './event-kinds.js';
import {type Cell, joinCells, markedSpans, oneLine, shiftedRanges} from './spans.js';
import {whenLabel, whenWidth} from './when.js';

/** A row of results: a session, one of its events, or a query to take up again. */
export type SearchRow =
	| {type: 'session'; session: SessionSummary | undefined; hits: number; snippet: Snippet | undefined}
	| {type: 'hit'; hit: SearchHit}
	| {type: 'query'; text: string; name: string | undefined};

type Context = {now: Date; home: string | undefined};

const gap = 2;

/** Rows from these widths have room for the time, and for the line in the log. */
const clockFrom = 50;
const lineFrom = 90;
const folderWidth = 24;

const hits = (count: number): string =>
	count === 0 ? '' : `${exactCountLabel(count)} ${count === 1 ? 'hit' : 'hits'}`;

const sessionRow = (
	{session, hits: count, snippet}: SearchRow & {type: 'session'},
	width: number,
	context: Context,
): Row => {
	const title = oneLine(session?.title ?? '') || 'session without prompts';
	const spans: Row =
		snippet === undefined
			? [{text: title, tone: 'heading', bold: true}]
			: snippet.text === title
				? markedSpans(title, snippet.ranges, {tone: 'heading', bold: true})
				: [
						{text: `${title} `, tone: 'heading', bold: true},
						...markedSpans(oneLine(snippet.text), snippet.ranges, {tone: 'dim'}),
					];
	const folder = session?.cwd ? shortPath(session.cwd, folderWidth, context.home) : '';
	const cells: Cell[] = [
		{row: [{text: whenLabel(session?.startedAt ?? null, context.now), tone: 'dim'}], width: whenWidth, align: 'right'},
		...(width < lineFrom ? [] : [{row: [{text: folder, tone: 'dim'}], width: folderWidth} as const]),
		{row: [{text: hits(count), tone: 'dim'}], width: 9, align: 'right'},
	];
	const shown = width < clockFrom ? [] : cells;
	const left = width - shown.reduce((sum, cell) => sum + cell.width + gap, 0);
	return joinCells([{row: spans, width: Math.max(1, left)}, ...shown], gap);
};

/** Cells of a text that stay before what was found, where the whole does not fit. */
const leadCells = 12;

/** A snippet that begins so late that its first match is within `width` cells. */
const nearMatch = ({text, ranges}: Snippet, width: number): Snippet => {
	const [first] = ranges;
	if (!first || textWidth(text.slice(0, first[1])) <= width - 2) {
		return {text, ranges};
	}

	let start = first[0];
	let room = Math.min(leadCells, Math.floor(width / 3));
	for (const cluster of splitClusters(text.slice(0, first[0])).toReversed()) {
		room -= cluster.cells;
		if (room < 0) {
			break;
		}

		start = cluster.start;
	}

	return {text: `…${text.slice(start)}`, ranges: shiftedRanges(ranges, start - 1) ?? []};
};

const hitRow = ({hit}: SearchRow & {type: 'hit'}, width: number): Row => {
	const look = eventLook(hit);
	const word = hit.part === 'output' ? 'output' : look.word;
	const cells: Cell[] = [
		...(width < clockFrom ? [] : [{row: [{text: clockLabel(hit.at), tone: 'dim'}], width: 8, align: 'right'} as const]),
		...(width < lineFrom ? [] : [{row: [{text: `:${hit.line}`, tone: 'dim'}], width: 7, align: 'right'} as const]),
	];
	const left = width - cells.reduce((sum, cell) => sum + cell.width + gap, 0);
	const head: Row = [
		{text: '  '},
		{text: look.glyph, tone: look.tone, bold: true},
		{text: word === undefined ? ' ' : ` ${oneLine(word)} `, tone: look.tone},
	];
	const {text, ranges} = nearMatch(hit.snippet, left - rowWidth(head));
	return joinCells([{row: [...head, ...markedSpans(text, ranges, {})], width: Math.max(1, left)}, ...cells], gap);
};

/** One row of results, `width` cells wide. */
export const searchRow = (row: SearchRow, width: number, context: Context): Row => {
	switch (row.type) {
		case 'session':
			return sessionRow(row, width, context);
		case 'hit':
			return hitRow(row, width);
		case 'query':
			return padToWidth(
				row.name === undefined
					? [{text: `  ${oneLine(row.text)}`}]
					: [
							{text: `* ${oneLine(row.name)}`, tone: 'accent'},
							{text: `  ${oneLine(row.text)}`, tone: 'dim'},
						],
				width,
			);
	}
};

export type SearchBox = {
	before: string;
	after: string;
	/** The whole text is selected. */
	isSelected: boolean;
	order: 'newest' | 'best';
};

const orderLabels = {newest: 'newest first', best: 'best first'};

/** A row with something at its right end, where there is room. */
const withRight = (left: Row, right: Row, width: number): Row => {
	const room = width - rowWidth(right) - (right.length > 0 ? gap : 0);
	return room < 12
		? padToWidth(left, width)
		: [...padToWidth(left, room), ...(right.length > 0 ? [{text: '  '}] : []), ...right];
};

/** The line in which a query is typed. */
export const searchBoxRow = ({before, after, isSelected, order}: SearchBox, width: number): Row => {
	const right: Row = width < clockFrom ? [] : [{text: orderLabels[order], tone: 'dim'}];
	const room = Math.max(4, width - rowWidth(right) - 12);
	let shown = before;
	while (textWidth(shown) > room) {
		shown = shown.slice(Math.max(1, shown.length - room));
	}

	const [caret = ' '] = after === '' ? [' '] : after;
	const text: Span[] =
		isSelected && before + after !== ''
			? [{text: shown + after, inverse: true}, {text: ' '}]
			: [
					{text: shown, bold: true},
					{text: caret, inverse: true},
					{text: after.slice(caret.length), bold: true},
				];
	return withRight([{text: 'Search ', tone: 'heading', bold: true}, ...text], right, width);
};

export type SearchState = {
	/** What could not be understood in the query, in a sentence. */
	mistake: string | undefined;
	/** Values to go on with; the first is taken by a key. */
	completions: readonly string[];
	/** Filters at work. */
	chips: readonly string[];
	trouble: string | undefined;
	isAsking: boolean;
	total: number | undefined;
	isAtLeast: boolean;
	sessions: number;
	/** Share of the logs read for words inside words. */
	scanned: number | null;
	/** Share of the logs whose words are known. */
	indexed: number;
};

const counted = ({total, isAtLeast, isAsking, scanned, indexed}: SearchState): string =>
	[
		...(total === undefined
			? []
			: [`${exactCountLabel(total)}${isAtLeast ? '+' : ''} ${total === 1 ? 'hit' : 'hits'}`]),
		...(scanned === null ? [] : [`${percentLabel(scanned, 1)} of the logs read`]),
		...(isAsking && scanned === null ? ['searching…'] : []),
		...(indexed < 1 ? [`words of ${percentLabel(indexed, 1)} of the logs known yet`] : []),
	].join(' · ');

const notes = ({mistake, completions, chips, trouble}: SearchState): Row => {
	if (trouble !== undefined) {
		return [{text: oneLine(trouble), tone: 'error'}];
	}

	if (completions.length > 0) {
		return completions.flatMap(
			(text, index): Row => [
				{
					text: index === 0 ? ` ${oneLine(text)} ` : oneLine(text),
					...(index === 0 ? {inverse: true} : {tone: 'accent'}),
				},
				{text: '  '},
			],
		);
	}

	return mistake === undefined
		? chips.flatMap((text): Row => [{text: `[${oneLine(text)}]`, tone: 'accent'}, {text: ' '}])
		: [{text: oneLine(mistake), tone: 'warning'}];
};

/** What is known of a query: completions, mistakes or filters at the left, how much was found at the right. */
export const searchStateRow = (state: SearchState, width: number): Row => {
	const right: Row = [{text: counted(state), tone: 'dim'}];
	return withRight(cutToWidth(notes(state), width), right, width);
};

/** What stands where no results are. */
export const emptySearch = (query: string, {isAsking, trouble}: SearchState, insideKey: string): string[] => {
	if (query.trim() === '') {
		return [
			'Type what you look for: words, "phrases", prefix*, AND OR NOT, -without.',
			'Filters: repo: branch: model: kind: tool: file: exit: before: after: on: session: state: tag: tokens:> cost:>',
		];
	}

	return isAsking || trouble !== undefined
		? []
		: ['Nothing has all of that.', `Fewer words, or ${insideKey} to look inside words too, may find more.`];
};
