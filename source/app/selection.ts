import {rowText, sliceRow} from '../text/cells.js';
import type {Row} from '../text/span.js';
import type {RowId} from './list-state.js';

/** A word on screen: its row among those of the detail, and where in the row's text, in UTF-16 units. */
export type Word = {row: number; start: number; end: number; text: string};

/** What of the detail is selected to be decided about. Words count from 0, the row that names the event left out. */
export type Selection = {
	event: RowId;
	unit: 'words' | 'event' | 'prompt';
	anchor: number;
	head: number;
	/** Moves leave the anchor where it is. */
	isExtending: boolean;
};

export type SelectionMove =
	| {by: 1 | -1; unit: 'word' | 'line'}
	| {to: 'extend' | 'line' | 'event' | 'prompt'}
	| {to: 'words'; anchor: number; head: number};

const made = new WeakMap<readonly Row[], Word[]>();

/** The words of a detail in their order. */
export const wordsOf = (rows: readonly Row[]): readonly Word[] => {
	const known = made.get(rows);
	if (known !== undefined) {
		return known;
	}

	const words = rows.flatMap((row, index) =>
		index === 0
			? []
			: Array.from(rowText(row).matchAll(/\S+/g), ({0: text, index: start}) => ({
					row: index,
					start,
					end: start + text.length,
					text,
				})),
	);
	made.set(rows, words);
	return words;
};

/** The selection that a key starts: the first match where there is one, else the first word from a row on. */
export const startSelection = (
	event: RowId,
	rows: readonly Row[],
	top: number,
	match: number | undefined,
): Selection | undefined => {
	const words = wordsOf(rows);
	const matched = match === undefined ? [] : matchedWords(words, rows, match);
	const first = matched[0] ?? words.findIndex(({row}) => row >= Math.max(1, top));
	const last = matched.at(-1) ?? first;
	return first < 0 ? undefined : {event, unit: 'words', anchor: first, head: last, isExtending: false};
};

/** Words of a row that touch its first marked part. */
const matchedWords = (words: readonly Word[], rows: readonly Row[], row: number): number[] => {
	let at = 0;
	for (const {text, tone} of rows[row] ?? []) {
		if (tone === 'match') {
			const [start, end] = [at, at + text.length];
			return words.flatMap((word, index) => (word.row === row && word.start < end && word.end > start ? [index] : []));
		}

		at += text.length;
	}

	return [];
};

export const moveSelection = (selection: Selection, move: SelectionMove, words: readonly Word[]): Selection => {
	if ('unit' in move) {
		const head = move.unit === 'word' ? selection.head + move.by : onNextLine(words, selection.head, move.by);
		const bounded = Math.max(0, Math.min(words.length - 1, head));
		return {...selection, unit: 'words', head: bounded, anchor: selection.isExtending ? selection.anchor : bounded};
	}

	switch (move.to) {
		case 'extend':
			return {...selection, unit: 'words', isExtending: !selection.isExtending};
		case 'words':
			return {...selection, unit: 'words', anchor: move.anchor, head: move.head};
		case 'line': {
			const row = words[selection.head]?.row;
			const first = words.findIndex(word => word.row === row);
			const last = words.findLastIndex(word => word.row === row);
			return {...selection, unit: 'words', anchor: first, head: last, isExtending: true};
		}

		default:
			return {...selection, unit: move.to};
	}
};

/** The word on the next row with words that begins nearest to the same column. */
const onNextLine = (words: readonly Word[], head: number, by: 1 | -1): number => {
	const from = words[head];
	if (from === undefined) {
		return head;
	}

	const beyond = (word: Word): boolean => (by > 0 ? word.row > from.row : word.row < from.row);
	const next = by > 0 ? words.find(beyond) : words.findLast(beyond);
	if (next === undefined) {
		return head;
	}

	let best = head;
	let nearest = Number.POSITIVE_INFINITY;
	for (const [index, word] of words.entries()) {
		const distance = Math.abs(word.start - from.start);
		if (word.row === next.row && distance < nearest) {
			nearest = distance;
			best = index;
		}
	}

	return best;
};

const boundsOf = ({anchor, head}: Selection): readonly [first: number, last: number] => [
	Math.min(anchor, head),
	Math.max(anchor, head),
];

/** What is selected, its rows joined by blanks. */
export const selectedText = (selection: Selection, words: readonly Word[]): string => {
	const [first, last] = boundsOf(selection);
	return words
		.slice(first, last + 1)
		.map(({text}) => text)
		.join(' ');
};

/** How many words are selected. */
export const selectedCount = (selection: Selection): number => {
	const [first, last] = boundsOf(selection);
	return last - first + 1;
};

/** The row at which a selection is worked on. */
export const headRow = (selection: Selection, words: readonly Word[]): number => words[selection.head]?.row ?? 0;

/** Rows of a detail, from one of them on, with what is selected inverted. */
export const withSelection = (visible: Row[], top: number, selection: Selection, words: readonly Word[]): Row[] => {
	if (selection.unit !== 'words') {
		return visible.map((row, index) => (top + index === 0 ? row : row.map(span => ({...span, inverse: true}))));
	}

	const [first, last] = boundsOf(selection);
	const chosen = words.slice(first, last + 1);
	return visible.map((row, index) => {
		const own = chosen.filter(word => word.row === top + index);
		const [start, end] = [own[0]?.start, own.at(-1)?.end];
		if (start === undefined || end === undefined) {
			return row;
		}

		const length = rowText(row).length;
		return [
			...sliceRow(row, 0, start),
			...sliceRow(row, start, end).map(span => ({...span, inverse: true})),
			...sliceRow(row, end, length),
		];
	});
};
