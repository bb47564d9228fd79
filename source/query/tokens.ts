import {filterRow} from './filter-table.js';
import type {Comparison, FilterName, Span} from './query.js';

/** One of the alternatives behind a filter's colon; its span has the quotes, its text has not. */
export type ValueToken = Span & {
	text: string;
	/** Its quote is not closed. */
	isOpen: boolean;
};

export type FilterToken = Span & {
	type: 'filter';
	name: FilterName;
	isExcluded: boolean;
	/** `!=`, which excludes, is told apart later. */
	comparison: Comparison | '!=';
	/** Where the name ends, before the colon. */
	nameEnd: number;
	/** Where the values begin. */
	valuesStart: number;
	/** As typed, empty ones too; at least one. */
	values: readonly ValueToken[];
};

/** A piece of what was typed. `isExcluded`: a `-` stands in front. */
export type Token =
	| FilterToken
	| (Span & {type: 'word'; text: string; isExcluded: boolean})
	/** Something in quotes, with a `*` behind it where `isPrefix`. */
	| (Span & {type: 'phrase'; text: string; isExcluded: boolean; isPrefix: boolean; isOpen: boolean})
	| (Span & {type: 'open'; isExcluded: boolean})
	| (Span & {type: 'close'})
	| (Span & {type: 'operator'; operator: Operator})
	/** A quotation mark behind a word that opens nothing. */
	| (Span & {type: 'stray-quote'});

export type Operator = 'AND' | 'OR' | 'NOT';

const isOperator = (word: string): word is Operator => word === 'AND' || word === 'OR' || word === 'NOT';

const space = /\s/;
const afterMinus = /^["(\p{L}\p{N}_./\\@#$~:]/u;
const filterStart = /([a-z]{2,}):(?!:|\/\/)(!=|<>|>=|<=|==?|>|<)?/iy;

/**
Cuts what was typed into pieces. Parentheses, quotes and colons only mean something at the beginning of a word, so
that `main()`, `std::vec`, `12:30` and `https://example.invalid` are words. Without `knowsFilters`, filters are words too.
*/
export const tokensOf = (text: string, knowsFilters = true): Token[] => {
	const tokens: Token[] = [];
	/** Parentheses that opened inside of words, such as that of `call(a, b)`. */
	let openInWords = 0;
	let at = 0;

	/** Where something without quotes ends that begins at a place: at a space, or at one of the stops. */
	const bareEnd = (from: number, stops: string): number => {
		let end = from;
		while (end < text.length) {
			const character = text[end] as string;
			if (space.test(character) || stops.includes(character)) {
				break;
			}

			if (character === '(') {
				if (isOperator(text.slice(from, end))) {
					break;
				}

				openInWords++;
			} else if (character === ')') {
				if (openInWords === 0) {
					break;
				}

				openInWords--;
			}

			end++;
		}

		return end;
	};

	/** What stands in quotes, the first of which is at a place. Two of them in a row are one that is meant. */
	const quoted = (from: number): ValueToken => {
		let end = from + 1;
		let content = '';
		for (;;) {
			const next = text.indexOf('"', end);
			content += text.slice(end, next === -1 ? undefined : next);
			if (next === -1) {
				return {start: from, end: text.length, text: content, isOpen: true};
			}

			end = next + 1;
			if (text[end] !== '"') {
				return {start: from, end, text: content, isOpen: false};
			}

			content += '"';
			end++;
		}
	};

	const valueAt = (from: number): ValueToken => {
		const quote = text[from] === '"' ? quoted(from) : undefined;
		const start = quote?.end ?? from;
		const end = bareEnd(start, ',');
		return {start: from, end, text: `${quote?.text ?? ''}${text.slice(start, end)}`, isOpen: quote?.isOpen ?? false};
	};

	const filterAt = (start: number, from: number, isExcluded: boolean): FilterToken | undefined => {
		filterStart.lastIndex = from;
		const [whole = '', name = '', sign = ''] = filterStart.exec(text) ?? [];
		const row = filterRow(name);
		if (row === undefined) {
			return undefined;
		}

		const isCounted = row.kind === 'number' || row.kind === 'money';
		const comparison = isCounted || !/^[<>]/.test(sign) ? sign : '';
		const valuesStart = from + whole.length - sign.length + comparison.length;
		const values = [valueAt(valuesStart)];
		let end = (values[0] as ValueToken).end;
		while (text[end] === ',') {
			const value = valueAt(end + 1);
			values.push(value);
			end = value.end;
		}

		return {
			type: 'filter',
			start,
			end,
			name: row.name,
			isExcluded,
			comparison: comparisonOf(comparison),
			nameEnd: from + name.length,
			valuesStart,
			values,
		};
	};

	const tokenAt = (start: number): Token => {
		const character = text[start] as string;
		if (character === ')' && openInWords === 0) {
			return {type: 'close', start, end: start + 1};
		}

		const isExcluded = character === '-' && afterMinus.test(text.slice(start + 1, start + 3));
		const from = isExcluded ? start + 1 : start;
		if (text[from] === '(') {
			return {type: 'open', start, end: from + 1, isExcluded};
		}

		if (text[from] === '"') {
			if (from > 0 && !/[\s(-]/.test(text[from - 1] as string) && /^(?:$|[\s)])/.test(text.slice(from + 1, from + 2))) {
				return {type: 'stray-quote', start, end: from + 1};
			}

			const {text: content, end, isOpen} = quoted(from);
			const isPrefix = text[end] === '*';
			return {type: 'phrase', start, end: isPrefix ? end + 1 : end, text: content, isExcluded, isPrefix, isOpen};
		}

		const filter = knowsFilters ? filterAt(start, from, isExcluded) : undefined;
		if (filter !== undefined) {
			return filter;
		}

		const end = bareEnd(from, '"');
		const word = text.slice(from, end);
		return !isExcluded && isOperator(word)
			? {type: 'operator', start, end, operator: word}
			: {type: 'word', start, end, text: word, isExcluded};
	};

	while (at < text.length) {
		if (space.test(text[at] as string)) {
			at++;
		} else {
			const token = tokenAt(at);
			tokens.push(token);
			at = token.end;
		}
	}

	return tokens;
};

const comparisonOf = (sign: string): FilterToken['comparison'] => {
	if (sign === '' || sign === '==') {
		return '=';
	}

	return sign === '<>' ? '!=' : (sign as FilterToken['comparison']);
};
