import {placeholderPattern} from '../redact/placeholder.js';

/** What one rule, or one person's decisions, took out of a report. */
export type TallyRow = {
	/** As placeholders name it. */
	rule: string;
	/** Whose rule it is: the program's, one of a person's files, or a decision about single places. */
	origin: 'built-in' | 'own rule' | 'manual';
	/** Who wrote the rule or decided, and why, where that is known. */
	actor: string | null;
	reason: string | null;
	/** Different values that became a placeholder. */
	values: number;
	/** Places of the document where one of these stands. */
	places: number;
	/** Different values that became what their rule names instead, which leaves no trace to count: `~` for a home folder. */
	replaced: number;
};

export type RedactionTally = readonly TallyRow[];

/** Where rules come from that are not the program's own, by the id that placeholders name. */
export type RuleOrigins = ReadonlyMap<string, Pick<TallyRow, 'origin' | 'actor' | 'reason'>>;

/** Counts the placeholders of a document as it is written. */
export class PlaceholderCounter {
	readonly #rules = new Map<string, {numbers: Set<string>; places: number}>();

	/** Takes in a piece of the document that cuts no placeholder in two. */
	count(text: string): void {
		if (!text.includes('EDACTED') && !text.includes('edacted')) {
			return;
		}

		for (const [placeholder] of text.matchAll(placeholderPattern)) {
			const [, rule = '', number = ''] = /^\[REDACTED:(.*)#(\d+)\]$/.exec(placeholder) ??
				/^redacted-(.*)-(\d+)$/.exec(placeholder) ?? ['', placeholder, ''];
			const known = this.#rules.get(rule) ?? {numbers: new Set(), places: 0};
			known.numbers.add(number);
			known.places++;
			this.#rules.set(rule, known);
		}
	}

	/** By rule, in the order of the alphabet; `replaced` counts values that became something else than a placeholder. */
	rows(origins: RuleOrigins, replaced: ReadonlyMap<string, number>): RedactionTally {
		return [...new Set([...this.#rules.keys(), ...replaced.keys()])].toSorted().map(rule => {
			const {numbers, places} = this.#rules.get(rule) ?? {numbers: {size: 0}, places: 0};
			return {
				rule,
				...(origins.get(rule) ?? builtIn),
				values: numbers.size,
				places,
				replaced: replaced.get(rule) ?? 0,
			};
		});
	}
}

const builtIn = {origin: 'built-in', actor: null, reason: null} as const;
