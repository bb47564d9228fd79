import {chipsOf} from '../query/chips.js';
import {type Completion, complete, completionAt} from '../query/complete.js';
import {filterRow, filterRows} from '../query/filter-table.js';
import {parseQuery} from '../query/parse-query.js';
import type {FilterName, Query} from '../query/query.js';

/** A text and its caret. */
export type TextAtCaret = {before: string; after: string};

/** Understands what is typed into the search box, and knows how it could go on. */
export type QueryReader = {
	parse: (text: string) => Query;
	/** How the text could go on at the caret, the best first. */
	completions: (text: TextAtCaret) => readonly string[];
	/** The text with the first of them taken. */
	completed: (text: TextAtCaret) => TextAtCaret | undefined;
	/** Filters at work, in a word or two each. */
	chips: (query: Query) => string[];
};

type Options = {
	now: () => Date;
	/** Values that a filter may have; asked for when one is typed. */
	valuesOf: ((name: FilterName, beginning: string) => Promise<string[]>) | undefined;
	/** Values have come. */
	onValues: () => void;
};

const mostShown = 12;

/** A filter's name is offered from its first letter on: before, one types words. */
const names = (beginning: string): string[] =>
	beginning === ''
		? []
		: filterRows.map(({name}) => name as string).filter(name => name.startsWith(beginning) && name !== beginning);

export const createQueryReader = ({now, valuesOf, onValues}: Options): QueryReader => {
	/** What was answered last, for one filter and beginning. */
	let known: {key: string; values: readonly string[]} = {key: '', values: []};

	const askFor = (name: FilterName, beginning: string): readonly string[] => {
		const key = `${name}:${beginning}`;
		if (known.key === key) {
			return known.values;
		}

		known = {key, values: []};
		void valuesOf?.(name, beginning).then(
			values => {
				if (known.key === key) {
					known = {key, values};
					onValues();
				}
			},
			// A list of suggestions is not worth a message.
			() => {},
		);
		return known.values;
	};

	const valuesFor = ({name, beginning}: Completion & {kind: 'filter-value'}): readonly string[] => {
		const choices = filterRow(name)?.choices.map(({value}) => value) ?? [];
		const start = beginning.toLowerCase();
		return choices.length > 0 ? choices.filter(value => value.startsWith(start)) : askFor(name, beginning);
	};

	const offered = ({before, after}: TextAtCaret): {completion: Completion; values: readonly string[]} | undefined => {
		const completion = completionAt(before + after, before.length);
		if (completion === null) {
			return undefined;
		}

		const values = completion.kind === 'filter-name' ? names(completion.beginning) : valuesFor(completion);
		return {completion, values: values.filter(value => value !== completion.beginning).slice(0, mostShown)};
	};

	return {
		parse: text => parseQuery(text, {now: now()}),
		completions(text) {
			const found = offered(text);
			return found?.values.map(value => (found.completion.kind === 'filter-name' ? `${value}:` : value)) ?? [];
		},
		completed(text) {
			const found = offered(text);
			const value = found?.values[0];
			if (!found || value === undefined) {
				return undefined;
			}

			const next = complete(text.before + text.after, found.completion, value);
			// A value is done: the next word may follow.
			const space = found.completion.kind === 'filter-value' && next.caret === next.text.length ? ' ' : '';
			return {before: next.text.slice(0, next.caret) + space, after: next.text.slice(next.caret)};
		},
		chips: query => chipsOf(query, {now: now()}).map(({label}) => label),
	};
};
