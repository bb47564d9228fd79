import {textWidth} from './cells.js';
import {dateLabel} from './labels.js';
import {plainText} from './sanitize.js';

/** A letter with a mark, and an emoji of several characters, one of which is invisible. */
const demanding = 'e\u0301 \u{1F9D1}\u200D\u{1F4BB}';

/**
What sets up the tables that dates, emoji and joined characters need, some 20 ms each: for before the first text that has
them, when there is nothing else to do.
*/
export const preparations: ReadonlyArray<() => void> = [
	() => dateLabel(new Date(0).toISOString(), new Date()),
	() => plainText(demanding),
	() => textWidth(demanding),
];
