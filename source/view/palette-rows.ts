import {padToWidth, textWidth} from '../text/cells.js';
import type {Row} from '../text/span.js';
import type {Range} from './fuzzy.js';
import {joinCells, markedSpans} from './spans.js';

/** A command by its name. */
export type PaletteRow = {
	text: string;
	keys: string;
	/** Parts of the text that were asked for. */
	ranges: readonly Range[];
	/** Works where one is. */
	isUsable: boolean;
};

const gap = 2;

/** The line in which a command's name is typed. */
export const paletteBoxRow = (before: string, after: string, width: number): Row => {
	const [caret = ' '] = after === '' ? [' '] : after;
	return padToWidth(
		[
			{text: 'Command ', tone: 'heading', bold: true},
			{text: before, bold: true},
			{text: caret, inverse: true},
			{text: after.slice(caret.length), bold: true},
		],
		width,
	);
};

/** One command in a row: what it does, and its keys. */
export const paletteRow = ({text, keys, ranges, isUsable}: PaletteRow, width: number): Row => {
	const keyWidth = Math.min(textWidth(keys), Math.max(0, width - 20));
	return joinCells(
		[
			{row: markedSpans(text, ranges, isUsable ? {} : {tone: 'dim'}), width: Math.max(1, width - keyWidth - gap)},
			{row: [{text: keys, tone: isUsable ? 'accent' : 'dim'}], width: keyWidth, align: 'right'},
		],
		gap,
	);
};
