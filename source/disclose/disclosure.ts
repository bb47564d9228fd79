import type {Place} from '../redact/engine/detector.js';
import type {Finding, Match} from '../redact/finding.js';
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
	/** Part of a text, judged by all of it. */
	part: (text: string, range: {start: number; end: number}, place: Place) => Redacted;
	/** Finds with their values, for those who ask a person what to do with them. */
	find: (text: string, place: Place) => Match[];
	/** What stands for a value. */
	placeholder: (match: Match) => string;
	/** Takes in the values of a text that is not shown now. Answers how many finds there were. */
	learn: (text: string, place: Place) => number;
	/** What of a finished text should not be there, with every value that is known by now; `place` is what all of it is from. */
	scan: (text: string, place?: Place) => Finding[];
	/** How many values became something else than a placeholder, by rule. */
	replaced: () => ReadonlyMap<string, number>;
	/** What tells the rules at hand from others, see `Redactor.fingerprint`. */
	rules: () => string;
	/** How many values are known: what was shown before it grew may be shown otherwise now. */
	knownValues: () => number;
	/** The same rules and numbers, with a memory of its own. */
	apart: () => Disclosure;
	/** Other decisions hold from now on: values are learned anew, numbers stay. */
	learnAnew: () => void;
	/** Goes up when values are to be learned anew. */
	generation: () => number;
};

export const createDisclosure = (redactor: Redactor, numbering = new Numbering()): Disclosure => {
	let memory = new SecretMemory();
	const cache = new Map<string, Redacted>();
	let cachedAt = 0;
	let generation = 0;

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
		part: (text, range, place) => redactor.redactPart(text, range, numbering, {memory, place}).redacted,
		find: (text, place) => redactor.find(text, {memory, place}),
		placeholder: match => numbering.standIn(match),
		learn: (text, place) => redactor.scan(text, {memory, place}).length,
		scan: (text, place = {}) => redactor.scan(text, {memory, place}),
		replaced: () => numbering.replaced,
		rules: () => redactor.fingerprint,
		knownValues: () => memory.size,
		apart: () => createDisclosure(redactor, numbering),
		learnAnew() {
			memory = new SecretMemory();
			cache.clear();
			generation++;
		},
		generation: () => generation,
	};
};
