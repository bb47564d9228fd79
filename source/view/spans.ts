import {padToWidth, rowWidth} from '../text/cells.js';
import {plainText} from '../text/sanitize.js';
import type {Row, Span} from '../text/span.js';
import type {Range} from './fuzzy.js';

/** Text of a log in one line, safe to draw. Long texts are cut first: no row shows more. */
export const oneLine = (text: string, limit = 600): string =>
	plainText(text.length > limit ? text.slice(0, limit) : text)
		.replaceAll(/\s+/g, ' ')
		.trim();

/** A text with its matches marked; ranges are offsets into `text`. */
export const markedSpans = (text: string, ranges: readonly Range[] | undefined, style: Omit<Span, 'text'>): Span[] => {
	if (!ranges || ranges.length === 0) {
		return text === '' ? [] : [{...style, text}];
	}

	const spans: Span[] = [];
	const push = (part: string, isMatch: boolean): void => {
		if (part !== '') {
			spans.push(isMatch ? {...style, text: part, tone: 'match'} : {...style, text: part});
		}
	};
	let position = 0;
	for (const [start, end] of ranges) {
		push(text.slice(position, Math.max(position, start)), false);
		push(text.slice(Math.max(position, start), Math.max(position, end)), true);
		position = Math.max(position, end);
	}

	push(text.slice(position), false);
	return spans;
};

/** The same ranges in a text whose first `cut` units were left away. */
export const shiftedRanges = (ranges: readonly Range[] | undefined, cut: number): Range[] | undefined =>
	ranges?.flatMap(([start, end]): Range[] => (end > cut ? [[Math.max(0, start - cut), end - cut]] : []));

export type Cell = {row: Row; width: number; align?: 'left' | 'right'};

/** Cells beside each other, each exactly its width, `gap` columns apart. */
export const joinCells = (cells: readonly Cell[], gap: number): Row => {
	const spans: Span[] = [];
	for (const [index, {row, width, align}] of cells.entries()) {
		if (index > 0) {
			spans.push({text: ' '.repeat(gap)});
		}

		spans.push(...padToWidth(row, width, align));
	}

	return mergeSpans(spans);
};

/** The name of a column over it; columns of no width have none. */
export const columnHeading = (width: number, name: string, align: Cell['align'] = 'right'): Cell => ({
	row: [{text: name, tone: 'dim'}],
	width,
	align,
});

/** A title over the first column, names over the others. Where the title needs more room, names beside it give way. */
export const headingRow = (title: Row, columns: readonly Cell[], gap: number): Row => {
	const [first, ...others] = columns.filter(({width}) => width > 0);
	if (!first) {
		return [];
	}

	const needed = rowWidth(title);
	let {width} = first;
	while (width < needed && others[0]) {
		width += gap + others[0].width;
		others.shift();
	}

	return joinCells([{row: title, width}, ...others], gap);
};

const sameStyle = (a: Span, b: Span): boolean =>
	a.tone === b.tone &&
	a.bold === b.bold &&
	a.italic === b.italic &&
	a.underline === b.underline &&
	a.strikethrough === b.strikethrough &&
	a.inverse === b.inverse;

const isBlank = (span: Span): boolean => /^ *$/.test(span.text);

/** Tones that fill the cells of a text, blanks as well. */
const filled: ReadonlySet<Span['tone']> = new Set(['match', 'added-word', 'removed-word'] as const);

const showsBlanks = (span: Span): boolean =>
	span.underline === true || span.strikethrough === true || span.inverse === true || filled.has(span.tone);

/** Fewer spans draw faster: neighbours of one style become one, and blanks take the style before them where it does not show. */
export const mergeSpans = (row: Row): Row => {
	const merged: Span[] = [];
	for (const span of row) {
		const last = merged.at(-1);
		if (last && (sameStyle(last, span) || (isBlank(span) && !showsBlanks(span) && !showsBlanks(last)))) {
			merged[merged.length - 1] = {...last, text: last.text + span.text};
		} else if (span.text !== '') {
			merged.push(span);
		}
	}

	return merged;
};
