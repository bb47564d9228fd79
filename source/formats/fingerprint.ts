/** 64 bits of a text, as two halves. */
export type Fingerprint = readonly [number, number];

/** As `\s` has it. */
export const isSpace = (code: number): boolean =>
	code === 0x20 ||
	(code >= 0x09 && code <= 0x0d) ||
	(code >= 0xa0 &&
		(code === 0xa0 ||
			code === 0x1680 ||
			(code >= 0x2000 && code <= 0x200a) ||
			code === 0x2028 ||
			code === 0x2029 ||
			code === 0x202f ||
			code === 0x205f ||
			code === 0x3000 ||
			code === 0xfeff));

const start: Fingerprint = [0xdeadbeef | 0, 0x41c6ce57];

/** Of longer texts, only so much of the beginning and the end counts, besides the length. */
const counted = 1024;

/**
Goes on from a fingerprint with more text. Two multiplicative hashes side by side, mixed as in MurmurHash3: texts are
told apart, nothing is kept secret. A cryptographic hash takes longer to call than most texts take to hash.
*/
export const fingerprintOf = (text: string, from: Fingerprint = start): Fingerprint => {
	let [first, second] = from;
	const isLong = text.length > 2 * counted;
	for (let index = 0; index < text.length; index++) {
		if (isLong && index === counted) {
			index = text.length - counted;
		}

		const code = text.charCodeAt(index);
		first = Math.imul(first ^ code, 0x9e3779b1);
		second = Math.imul(second ^ code, 0x5f356495);
	}

	return mixed(first, second, text.length);
};

/** The same for texts that differ in white space only. */
export const wordsFingerprint = (text: string): Fingerprint => {
	let [first, second] = start;
	let length = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (!isSpace(code)) {
			first = Math.imul(first ^ code, 0x9e3779b1);
			second = Math.imul(second ^ code, 0x5f356495);
			length++;
		}
	}

	return mixed(first, second, length);
};

const mixed = (first: number, second: number, length: number): Fingerprint => {
	const one = Math.imul(first ^ length ^ (first >>> 16), 0x85ebca6b) ^ Math.imul(second ^ (second >>> 13), 0xc2b2ae35);
	const other = Math.imul(second ^ length ^ (second >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
	return [one, other];
};

export const isSameFingerprint = (one: Fingerprint, other: Fingerprint): boolean =>
	one[0] === other[0] && one[1] === other[1];

/** Sixteen hexadecimal digits. */
export const fingerprintText = ([first, second]: Fingerprint): string =>
	(first >>> 0).toString(16).padStart(8, '0') + (second >>> 0).toString(16).padStart(8, '0');
