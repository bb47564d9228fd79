import type {ComparedField} from '../disclose/triage.js';
import {textWidth} from '../text/cells.js';
import {plainText} from '../text/sanitize.js';
import type {Row, Span} from '../text/span.js';
import {wrapRow} from '../text/wrap-row.js';
import {joinCells} from './spans.js';

/** Between the two sides. */
const divider = ' │ ';

/** Longer texts are shown up to here, on both sides. */
const longestText = 60_000;

const placeholder = /\[REDACTED:[a-z\d.-]+#\d+\]/g;

/** The pieces of both texts that differ: where the one has a placeholder, or what a person put there. */
const parts = (before: string, after: string): {isChanged: boolean; before: string; after: string}[] => {
	const kept = after.split(placeholder);
	const placed = after.match(placeholder) ?? [];
	const pieces: {isChanged: boolean; before: string; after: string}[] = [];
	let at = 0;
	for (const [index, text] of kept.entries()) {
		const found = text === '' && index > 0 && index === kept.length - 1 ? before.length : before.indexOf(text, at);
		if (found < 0) {
			// A replacement of one's own stands there: all that is left is shown as changed.
			return [...pieces, {isChanged: true, before: before.slice(at), after: placed.slice(index - 1).join('') + text}];
		}

		if (index > 0) {
			pieces.push({isChanged: true, before: before.slice(at, found), after: placed[index - 1] ?? ''});
		}

		pieces.push({isChanged: false, before: text, after: text});
		at = found + text.length;
	}

	return pieces;
};

/** One side as rows: what differs is marked. */
const sideRows = (spans: readonly Span[], width: number): Row[] => {
	const lines: Span[][] = [[]];
	for (const span of spans) {
		for (const [index, text] of plainText(span.text).split('\n').entries()) {
			if (index > 0) {
				lines.push([]);
			}

			if (text !== '') {
				lines.at(-1)?.push({...span, text});
			}
		}
	}

	return lines.flatMap(line => (line.length === 0 ? [[]] : wrapRow(line, width)));
};

/** The texts of an event as they are and as they would leave, side by side; those that stay as they are come once. */
export const compareRows = (fields: readonly ComparedField[], width: number): Row[] => {
	const side = Math.max(8, Math.floor((width - textWidth(divider)) / 2));
	const changed = fields.filter(({before, after}) => before !== after);
	const same = fields.length - changed.length;
	const rows = changed.flatMap(({field, before, after}): Row[] => {
		const pieces = parts(before.slice(0, longestText), after.slice(0, longestText));
		const left = sideRows(
			pieces.map(({isChanged, before: text}) => (isChanged ? {text, tone: 'removed-word'} : {text})),
			side,
		);
		const right = sideRows(
			pieces.map(({after: text}) => ({text})),
			side,
		);
		const height = Math.max(left.length, right.length);
		return [
			[{text: field, tone: 'heading', bold: true}],
			...Array.from({length: height}, (_, index) =>
				joinCells(
					[
						{row: left[index] ?? [], width: side},
						{row: [{text: divider.trim(), tone: 'dim'}], width: 1},
						{row: right[index] ?? [], width: side},
					],
					1,
				),
			),
			[],
		];
	});
	const words = same === 1 ? 'One text stays as it is.' : `${same} texts stay as they are.`;
	return [
		...rows,
		...(fields.length === 0 ? [[{text: 'This event has no texts.', tone: 'dim'} as const]] : []),
		...(same === 0
			? []
			: [
					[
						{
							text: changed.length === 0 ? `Nothing is redacted here: ${words.toLowerCase()}` : words,
							tone: 'dim',
						} as const,
					],
				]),
	];
};
