import {isWordy} from '../values/shape.js';
import {decodedBase64} from './base64.js';
import {withoutEntities, withoutPercents} from './encodings.js';
import {withoutEscapes} from './escapes.js';
import {withoutHidden} from './hidden.js';
import {withoutBreaks} from './joined.js';
import {plainView, type View} from './view.js';

/** A view to look through, and which of its ranges (of the original text) are worth reporting; all by default. */
export type Looked = {view: View; isWorth?: (start: number, end: number) => boolean};

/** Shorter texts hold no value in disguise. */
const shortest = 10;

/** How many levels of strings in strings are undone. */
const levels = 4;

/** The views of a text in which something reads otherwise than in the text itself. */
export const viewsOf = (text: string): Looked[] => {
	const looked: Looked[] = [];
	if (text.length < shortest) {
		return looked;
	}

	let base: View = plainView(text);
	for (let level = 0; level <= levels; level++) {
		const shown = withoutHidden(base);
		if (shown !== undefined) {
			looked.push({view: shown});
		}

		const readable = shown ?? base;
		const decoded = withoutPercents(readable);
		const again = decoded === undefined ? undefined : withoutPercents(decoded);
		for (const view of [decoded, again, withoutEntities(readable), decodedBase64(readable)]) {
			if (view !== undefined) {
				looked.push({view});
			}
		}

		const joined = withoutBreaks(readable);
		if (joined !== undefined) {
			looked.push({view: joined, isWorth: (start, end) => hasBreak(text, start, end)});
		}

		const next = level < levels ? withoutEscapes(base) : undefined;
		if (next === undefined) {
			break;
		}

		looked.push({view: next});
		base = next;
	}

	return looked;
};

/**
Whether a range is broken by a line end (also an escaped one) or between two literals, and goes on with what is no word:
else the next line was only mistaken for the rest of a value.
*/
const hasBreak = (text: string, start: number, end: number): boolean => {
	const [, ...rest] = text.slice(start, end).split(/[\s>|+^]*(?:\n|\\[nr]|["'`])[\s"'`+.&>|\\]*/);
	return (
		rest.length > 0 && rest.every(part => part.length >= 4 && /\d|[a-z][A-Z]|[A-Z].*[a-z]/.test(part) && !isWordy(part))
	);
};
