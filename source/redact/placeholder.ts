/** What stands in the place of a value: in text, or where brackets and `#` would not do (paths, file and branch names). */
export type PlaceholderForm = 'text' | 'path';

/** What our own placeholders look like, in both forms. */
export const placeholderPattern =
	/\[REDACTED:[a-z0-9][a-z0-9.-]{0,80}#\d{1,9}\]|\bredacted-[a-z0-9][a-z0-9-]{0,80}-\d{1,9}(?![\w])/g;

/**
Numbers values by their first appearance: through one numbering (a report, a screen, a stream) the same value is the
same placeholder, and nothing else of the value can be told from it.
*/
export class Numbering {
	readonly #placeholders = new Map<string, {ruleId: string; number: number}>();
	readonly #counts = new Map<string, number>();
	readonly #replaced = new Map<string, Set<string>>();

	placeholder(ruleId: string, value: string, form: PlaceholderForm = 'text'): string {
		const known = this.#placeholders.get(value) ?? this.#add(ruleId, value);
		return form === 'text'
			? `[REDACTED:${known.ruleId}#${known.number}]`
			: `redacted-${known.ruleId.replaceAll('.', '-')}-${known.number}`;
	}

	/** What stands in the place of a value: the replacement that its rule names, else its placeholder. */
	standIn(
		{ruleId, value, replacement}: {ruleId: string; value: string; replacement?: string | undefined},
		form: PlaceholderForm = 'text',
	): string {
		if (replacement === undefined) {
			return this.placeholder(ruleId, value, form);
		}

		const id = placeholderId(ruleId);
		const values = this.#replaced.get(id) ?? new Set();
		this.#replaced.set(id, values.add(value));
		return replacement;
	}

	/** How many different values became what their rule names instead of a placeholder, by rule. */
	get replaced(): ReadonlyMap<string, number> {
		return new Map(Array.from(this.#replaced, ([id, values]) => [id, values.size]));
	}

	/** How many different values were numbered, by rule. */
	get counts(): ReadonlyMap<string, number> {
		return this.#counts;
	}

	#add(ruleId: string, value: string): {ruleId: string; number: number} {
		const id = placeholderId(ruleId);
		const number = (this.#counts.get(id) ?? 0) + 1;
		this.#counts.set(id, number);
		const made = {ruleId: id, number};
		this.#placeholders.set(value, made);
		return made;
	}
}

/** A rule id of any spelling as the placeholder writes it. */
export const placeholderId = (ruleId: string): string =>
	ruleId
		.toLowerCase()
		.replaceAll(/[^a-z0-9.]+/g, '-')
		.replaceAll(/^[-.]+|[-.]+$/g, '')
		.slice(0, 80) || 'rule';

/** The ranges of placeholders in a text, in ascending order. */
export const placeholdersIn = (text: string): {start: number; end: number}[] =>
	text.includes('EDACTED') || text.includes('edacted')
		? [...text.matchAll(placeholderPattern)].map(match => ({start: match.index, end: match.index + match[0].length}))
		: [];
