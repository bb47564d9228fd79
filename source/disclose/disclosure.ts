import type {Place} from '../redact/engine/detector.js';
import type {Finding} from '../redact/finding.js';
import {Numbering} from '../redact/placeholder.js';
import type {Redacted, Redactor} from '../redact/redactor.js';
import {SecretMemory} from '../redact/secret-memory.js';

/** Texts up to this length are remembered with what became of them: lists show the same ones again and again. */
const shortText = 400;
const mostTexts = 50_000;

/**
What one screen, report or command redacts with: one numbering, so that the same value is the same placeholder throughout, and
one memory of values, so that what was found in one place is found in all.
*/
export type Disclosure = {
	text: (text: string, place: Place) => Redacted;
	/** Takes in the values of a text that is not shown now. Answers how many finds there were. */
	learn: (text: string, place: Place) => number;
	/** What of a finished text should not be there, with every value that is known by now. */
	scan: (text: string) => Finding[];
	/** How many values are known: what was shown before it grew may be shown otherwise now. */
	knownValues: () => number;
	/** Other rules or decisions hold from now on; values are learned anew, numbers stay. */
	useRedactor: (redactor: Redactor) => void;
};

export const createDisclosure = (initial: Redactor): Disclosure => {
	let redactor = initial;
	let memory = new SecretMemory();
	const numbering = new Numbering();
	const cache = new Map<string, Redacted>();
	let cachedAt = 0;

	return {
		text(text, place) {
			if (text.length > shortText) {
				return redactor.redact(text, numbering, {memory, place});
			}

			if (cachedAt !== memory.size || cache.size > mostTexts) {
				cache.clear();
				cachedAt = memory.size;
			}

			const key = `${place.thread ?? ''} ${place.field ?? ''} ${text}`;
			let shown = cache.get(key);
			if (shown === undefined) {
				shown = redactor.redact(text, numbering, {memory, place});
				cache.set(key, shown);
			}

			return shown;
		},
		learn: (text, place) => redactor.scan(text, {memory, place}).length,
		scan: text => redactor.scan(text, {memory}),
		knownValues: () => memory.size,
		useRedactor(next) {
			redactor = next;
			memory = new SecretMemory();
			cache.clear();
		},
	};
};
