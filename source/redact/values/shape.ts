/** What a value looks like: the ground on which detectors decide. */
export type Shape = {
	length: number;
	lower: number;
	upper: number;
	digits: number;
	/** Characters other than ASCII letters, digits and `_-.`. */
	symbols: number;
	separators: number;
	/** Bits per character, by the frequency of its own characters. */
	entropy: number;
	distinct: number;
};

const counts = new Uint16Array(128);

export const shapeOf = (value: string): Shape => {
	const shape: Shape = {
		length: value.length,
		lower: 0,
		upper: 0,
		digits: 0,
		symbols: 0,
		separators: 0,
		entropy: 0,
		distinct: 0,
	};
	counts.fill(0);
	for (let index = 0; index < value.length; index++) {
		const code = value.charCodeAt(index);
		counts[code & 127] = (counts[code & 127] as number) + 1;
		if (code >= 97 && code <= 122) {
			shape.lower++;
		} else if (code >= 65 && code <= 90) {
			shape.upper++;
		} else if (code >= 48 && code <= 57) {
			shape.digits++;
		} else if (code === 95 || code === 45 || code === 46) {
			shape.separators++;
		} else {
			shape.symbols++;
		}
	}

	for (const count of counts) {
		if (count > 0) {
			shape.distinct++;
			shape.entropy -= (count / value.length) * Math.log2(count / value.length);
		}
	}

	return shape;
};

export const entropyOf = (value: string): number => shapeOf(value).entropy;

const hex = /^(?:[0-9a-f]+|[0-9A-F]+)$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isHex = (value: string): boolean => hex.test(value);
export const isUuid = (value: string): boolean => uuid.test(value);

const fragments = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^A-Za-z\d]+/g;

const isWordLike = (word: string): boolean => {
	const vowels = word.replaceAll(/[^aeiouyAEIOUY]/g, '').length;
	return (
		word.length >= 3 && vowels * 6 >= word.length && vowels * 5 <= word.length * 4 && !/[^aeiouyAEIOUY]{5}/.test(word)
	);
};

/** Short words that hold no vowel or are too short to judge by letters. */
const shortWords =
	/^(?:id|db|ui|js|ts|my|on|of|to|in|is|by|no|ok|api|aws|gcp|ssh|tls|tlsv|psk|ssl|http|https|url|uri|jwt|sql|css|xml|yml|npm|cli|dev|prod|src|str|int|num|cfg|ctx|msg|tmp|svc|pwd|v|s|x|e|m|a|b)$/i;

/** Whether most of a value is words: names, identifiers, sentences. Random characters hardly ever are. */
export const isWordy = (value: string): boolean => {
	let wordy = 0;
	let letters = 0;
	let digits = 0;
	let groups = 0;
	let words = 0;
	for (const [fragment] of value.matchAll(fragments)) {
		const code = fragment.charCodeAt(0);
		if (code >= 48 && code <= 57) {
			digits += fragment.length;
			groups++;
		} else if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) {
			letters += fragment.length;
			words++;
			wordy += isWordLike(fragment) || shortWords.test(fragment) ? fragment.length : 0;
		}
	}

	return (
		letters > 0 &&
		wordy * 4 >= letters * 3 &&
		digits * 2 <= letters &&
		letters >= words * 2.6 &&
		(groups <= 2 || groups * 12 <= letters)
	);
};

/** Random characters of some length: what generators make, people and compilers do not. */
export const looksRandom = (value: string, atLeast = 16): boolean => {
	if (value.length < atLeast) {
		return false;
	}

	const {lower, upper, digits, symbols, entropy, distinct} = shapeOf(value);
	if (isHex(value)) {
		return digits > 0 && (lower > 0 || upper > 0) && distinct >= 8;
	}

	const kinds = Number(lower > 0) + Number(upper > 0) + Number(digits > 0) + Number(symbols > 0);
	const floor = value.length >= 24 ? 3.4 : value.length >= 16 ? 3 : 2.6;
	return (
		kinds >= 2 && lower + upper > 0 && entropy >= floor && (digits > 0 || (lower > 0 && upper > 0)) && !isWordy(value)
	);
};

/** Letters and digits mixed as no identifier mixes them: of both cases, or digits in several places. */
export const isMixedUp = (value: string): boolean =>
	/^[A-Za-z\d]{8,}$/.test(value) &&
	/\d/.test(value) &&
	((/[a-z]/.test(value) && /[A-Z]/.test(value)) ||
		(value.length >= 10 && /\d[A-Za-z]+\d/.test(value) && /[A-Za-z]\d+[A-Za-z]/.test(value))) &&
	!isWordy(value);
