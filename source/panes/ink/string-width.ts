import stringWidth, {type Options} from 'string-width';
import {cellsOfUnit} from '../../text/cell-table.js';
import {memoByText} from './memo.js';

const measure = memoByText(200_000, text => stringWidth(text));

/** Colours and attributes, which take no cells. */
const styles = /\u{1B}\[[\d;]*m/gu;

const sumCells = (text: string): number | undefined => {
	let width = 0;
	for (let index = 0; index < text.length; index++) {
		const cells = cellsOfUnit(text.charCodeAt(index));
		if (cells === 0) {
			return undefined;
		}

		width += cells;
	}

	return width;
};

/**
Takes the place of string-width inside Ink, which measures every line of every frame anew. Same answers,
and the original's emoji tables are compiled only for texts that need them; drop it when Ink keeps widths across frames.
*/
const cachedStringWidth = (text: string, options?: Options): number => {
	if (options !== undefined || typeof text !== 'string') {
		return stringWidth(text, options);
	}

	return sumCells(text.includes('\u{1B}') ? text.replaceAll(styles, '') : text) ?? measure(text);
};

export default cachedStringWidth;
