import {didYouMean} from '../model/did-you-mean.js';
import {UserError} from '../model/problem.js';
import {keyLabel, labelledKeys} from './key-lookup.js';
import {typedText} from './key-names.js';

/** What terminals send for these is what they send for a key with a name of its own. */
const sameAs: Readonly<Record<string, string>> = {
	'ctrl-i': 'tab',
	'ctrl-m': 'enter',
	'ctrl-j': 'enter',
	'ctrl-h': 'backspace',
	'ctrl-[': 'escape',
};

/** Keys by what people call them: `PgDn`, `Esc` and `Ctrl-D` as the help has them, `return` and `esc` beside those. */
const byLabel: ReadonlyMap<string, string> = new Map([
	...labelledKeys.map(key => [keyLabel(key).toLowerCase(), key] as const),
	...labelledKeys.map(key => [key, key] as const),
	['return', 'enter'],
]);

/** A key as `key-names.ts` names it. `what` begins the sentence about a key that there is not. */
export const readKey = (text: string, what: string): string => {
	if (text === ' ') {
		return 'space';
	}

	if (typedText(text) !== undefined && !/\p{C}/u.test(text)) {
		return text;
	}

	const lower = text.toLowerCase();
	const same = sameAs[lower];
	if (same !== undefined) {
		throw new UserError(`${what} names ${text}, which terminals do not tell from ${keyLabel(same)}. Write "${same}".`);
	}

	const key = byLabel.get(lower) ?? (/^ctrl-[a-z]$/.test(lower) ? lower : alternate(text));
	if (key === undefined) {
		const hint =
			didYouMean(lower, [...byLabel.keys()]) || ` Keys are characters, ctrl-a, alt-a, ${labelledKeys.join(', ')}.`;
		throw new UserError(`${what} names "${text}", which is no key.${hint}`);
	}

	return key;
};

/** Alt with what begins no sequence of its own in a terminal. */
const alternate = (text: string): string | undefined =>
	/^alt-[a-np-z0-9]$/i.test(text) ? `alt-${text.slice(4)}` : undefined;
