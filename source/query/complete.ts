import type {FilterName, Span} from './query.js';
import {valueText} from './query-text.js';
import {type FilterToken, type Token, tokensOf} from './tokens.js';

/** What can be completed where the caret stands; the span is what the completion takes the place of. */
export type Completion = Span & {
	/** What is there of it already, up to the caret and without quotes. */
	beginning: string;
} & ({kind: 'filter-name'} | {kind: 'filter-value'; name: FilterName});

/** What can be completed at a caret; between words a filter's name, of which nothing is there. Null within phrases. */
export const completionAt = (text: string, caret: number): Completion | null => {
	const token = tokensOf(text).find(({start, end}) => start < caret && caret <= end);
	switch (token?.type) {
		case undefined:
		case 'open':
			return {kind: 'filter-name', start: caret, end: caret, beginning: ''};
		case 'filter':
			return caret <= token.nameEnd ? nameAt(token, text, caret) : valueAt(token, text, caret);
		case 'word':
			return nameAt(token, text, caret);
		default:
			return null;
	}
};

/** The text with a filter's name or value written in, and the caret behind it. A name gets its colon, a value its quotes. */
export const complete = (
	text: string,
	{start, end, kind}: Completion,
	value: string,
): {text: string; caret: number} => {
	const written = kind === 'filter-name' ? `${value}:` : valueText(value);
	return {text: `${text.slice(0, start)}${written}${text.slice(end)}`, caret: start + written.length};
};

const nameAt = (token: Token, text: string, caret: number): Completion | null => {
	const start = text[token.start] === '-' ? token.start + 1 : token.start;
	const beginning = text.slice(start, caret);
	const end = start + (/^[a-z]*:?/i.exec(text.slice(start, token.end))?.[0].length ?? 0);
	return /^[a-z]*$/i.test(beginning) && caret >= start ? {kind: 'filter-name', start, end, beginning} : null;
};

const valueAt = (token: FilterToken, text: string, caret: number): Completion | null => {
	const value = token.values.find(({start, end}) => start <= caret && caret <= end);
	if (value === undefined) {
		return null;
	}

	const beginning = text.slice(value.start, caret).replace(/^"/, '').replaceAll('""', '"');
	const isClosed = text[value.start] === '"' && !value.isOpen && caret === value.end;
	return {
		kind: 'filter-value',
		name: token.name,
		start: value.start,
		end: value.end,
		beginning: isClosed ? beginning.replace(/"$/, '') : beginning,
	};
};
