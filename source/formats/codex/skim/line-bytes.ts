import {latin1} from '../../bytes.js';

const quote = 0x22;
const backslash = 0x5c;
const zero = 0x30;

/** Longer ones name nothing that this release knows. */
const longestWord = 64;

export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** Whether these bytes stand at an index. A loop, since they are fewer than a call out of JavaScript is worth. */
export const isAt = (line: Buffer, at: number, expected: Uint8Array): boolean => {
	if (at + expected.length > line.length) {
		return false;
	}

	for (let index = 0; index < expected.length; index++) {
		if (line[at + index] !== expected[index]) {
			return false;
		}
	}

	return true;
};

/** A whole number written with `count` digits; NaN where there are other characters. */
export const digitsAt = (line: Buffer, from: number, count: number): number => {
	let value = 0;
	for (let index = from; index < from + count; index++) {
		const digit = (line[index] ?? 0) - zero;
		if (digit < 0 || digit > 9) {
			return Number.NaN;
		}

		value = value * 10 + digit;
	}

	return value;
};

/** Index of the quote that ends the word at `from`; -1 where none does soon, or the word is more than plain ASCII. */
export const wordEnd = (line: Buffer, from: number): number => {
	const last = Math.min(line.length, from + longestWord);
	for (let index = from; index < last; index++) {
		const byte = line[index] as number;
		if (byte === quote) {
			return index;
		}

		if (byte === backslash || byte > 0x7e) {
			return -1;
		}
	}

	return -1;
};

type Word = {bytes: Uint8Array; text: string};

/** Words met before, by their length and outer bytes: lines name their kinds with a few, and strings cost more than bytes. */
const mostWords = 1000;
const met = new Map<number, Word>();

/** The word as a string, made once. */
export const wordAt = (line: Buffer, from: number, end: number): string => {
	const key = ((end - from) * 256 + (line[from] ?? 0)) * 256 + (line[end - 1] ?? 0);
	const word = met.get(key);
	if (word !== undefined && isAt(line, from, word.bytes)) {
		return word.text;
	}

	if (met.size >= mostWords) {
		met.clear();
	}

	const bytes = new Uint8Array(line.subarray(from, end));
	const text = latin1(line, from, end);
	met.set(key, {bytes, text});
	return text;
};
