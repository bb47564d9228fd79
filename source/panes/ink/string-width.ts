import stringWidth, {type Options} from 'string-width';
import {memoByText} from './memo.js';

/** Printable ASCII, box drawing and blocks, and the few signs this program draws: a column each. */
const isSingle = (unit: number): boolean =>
	(unit >= 0x20 && unit <= 0x7e) ||
	(unit >= 0x25_00 && unit <= 0x25_9f) ||
	unit === 0x20_26 ||
	unit === 0xb7 ||
	unit === 0x20_22;

const measure = memoByText(200_000, text => stringWidth(text));

/**
Takes the place of string-width inside Ink, which measures every line of every frame anew. Same answers;
drop it when Ink keeps widths across frames.
*/
const cachedStringWidth = (text: string, options?: Options): number => {
	if (options !== undefined || typeof text !== 'string') {
		return stringWidth(text, options);
	}

	for (let index = 0; index < text.length; index++) {
		if (!isSingle(text.charCodeAt(index))) {
			return measure(text);
		}
	}

	return text.length;
};

export default cachedStringWidth;
