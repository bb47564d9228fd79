import type {FieldText} from '../redact/event-texts.js';
import {findInWindows} from '../redact/find-in-windows.js';
import type {Redactor} from '../redact/redactor.js';
import {SecretMemory} from '../redact/secret-memory.js';
import type {MetValue} from '../store/findings-index.js';

/** So many values take some 30 MB; more of them, as in a dump of tokens, are found only where they stand beside their names. */
const mostValues = 10_000;

/** The values of one log, as far as it was looked through. */
export class LogValues {
	readonly #memory: SecretMemory;

	constructor(
		private readonly redactor: Redactor,
		private readonly thread: string,
		private readonly keyOf: (value: string) => Buffer,
		most = mostValues,
	) {
		this.#memory = new SecretMemory(most);
	}

	/** What the texts of an event hold, each value once, and whether it named one that was not known. */
	look(texts: readonly FieldText[]): {values: MetValue[]; isLesson: boolean} {
		const memory = this.#memory;
		const before = memory.size;
		const values = new Map<string, MetValue>();
		for (const {field, text} of texts) {
			const place = {thread: this.thread, field, isPrompt: field === 'prompt.text'};
			for (const {value, start, end, ruleId, class: kind, confidence} of findInWindows(this.redactor, text, {
				memory,
				place,
			})) {
				const met = values.get(value);
				if (met === undefined) {
					const key = this.keyOf(value);
					values.set(value, {key, field, start, end, ruleId, class: kind, confidence, places: 1});
				} else {
					met.places++;
				}
			}
		}

		// Once no more is remembered, every event with values may be needed to learn them.
		return {values: [...values.values()], isLesson: memory.size > before || (memory.isFull && values.size > 0)};
	}
}
