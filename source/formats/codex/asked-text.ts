import {type Fingerprint, isSameFingerprint, isSpace, wordsFingerprint} from '../fingerprint.js';

/** Whether two texts differ in white space at most. */
const hasSameWords = (one: string, other: string): boolean => {
	if (one === other) {
		return true;
	}

	let left = 0;
	let right = 0;
	for (;;) {
		while (left < one.length && isSpace(one.charCodeAt(left))) {
			left++;
		}

		while (right < other.length && isSpace(other.charCodeAt(right))) {
			right++;
		}

		if (left === one.length || right === other.length) {
			return left === one.length && right === other.length;
		}

		if (one.charCodeAt(left++) !== other.charCodeAt(right++)) {
			return false;
		}
	}
};

/**
What was asked, to be recognised in its other record, which may part it by other white space. Saved as a
fingerprint, which is made only then: nearly always the other record is the next line.
*/
export class AskedText {
	constructor(private readonly text: string | Fingerprint) {}

	isSameAs(text: string): boolean {
		return typeof this.text === 'string'
			? hasSameWords(this.text, text)
			: isSameFingerprint(this.text, wordsFingerprint(text));
	}

	toJSON(): Fingerprint {
		return typeof this.text === 'string' ? wordsFingerprint(this.text) : this.text;
	}
}
