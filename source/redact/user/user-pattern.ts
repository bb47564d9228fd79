import {isQuick} from '../engine/time-limit.js';
import {escaped, translateGoRegex} from './go-regex.js';

/** A person's pattern, ready to use; what cannot be read, finds nothing or takes too long is refused. */
export const userPattern = (
	type: 'regex' | 'literal' | 'word' | 'marker',
	raw: string,
	{ignoreCase, dotAll}: {ignoreCase: boolean; dotAll: boolean},
	refuse: (reason: string) => never,
): RegExp => {
	if (raw === '') {
		refuse('is empty.');
	}

	const flags = `gd${ignoreCase ? 'i' : ''}`;
	switch (type) {
		case 'literal':
			return new RegExp(escaped(raw), flags);
		case 'word':
			return new RegExp(`(?<![\\p{L}\\p{N}_])${escaped(raw)}(?![\\p{L}\\p{N}_])`, `${flags}u`);
		case 'marker':
			return new RegExp(
				`\\[${escaped(raw)}\\][\\s\\S]{1,20000}?\\[/${escaped(raw)}\\]|\\[${escaped(raw)}[ :][^\\[\\]]{1,4000}\\]`,
				`${flags}i`.replace('ii', 'i'),
			);
		case 'regex': {
			const translated = translateGoRegex(dotAll ? `(?s)${raw}` : raw);
			if ('reason' in translated) {
				return refuse(`cannot be read (${translated.reason}). Correct it.`);
			}

			const pattern = new RegExp(translated.source, [...new Set(flags + translated.flags)].join(''));
			if (new RegExp(pattern.source, pattern.flags.replace('g', '')).test('')) {
				refuse('is found in an empty text. Make it need at least one character.');
			}

			return isQuick(pattern) ? pattern : refuse('takes too long on hostile texts. Bound its repetitions.');
		}
	}
};
