import {didYouMean} from '../model/did-you-mean.js';
import {type FilterRow, filterNames, filterRows} from './filter-table.js';
import type {Mistake, Span} from './query.js';
import type {Token} from './tokens.js';

const longestQuote = 30;

/** On one line, as the sentence around it. */
const shortened = (text: string): string => {
	const line = text.replaceAll(/\s+/g, ' ');
	return line.length > longestQuote ? `${line.slice(0, longestQuote - 1).toWellFormed()}…` : line;
};

const at = ({start, end}: Span, message: string): Mistake => ({start, end, message});

const filterMeant = (name: string): string => {
	const typed = name.toLowerCase();
	const meant = filterRows.find(row => row.synonyms.includes(typed));
	return meant === undefined ? didYouMean(typed, filterNames, near => `${near}:`) : ` Did you mean ${meant.name}:?`;
};

/**
A word that was hardly meant to be one, such as `fiel:tides`; null for any other, such as `localhost:3000` or `TODO:that`.
The quotes of `fiel:"low tide"` are a phrase of its own, which comes `next`.
*/
export const wrongName = (word: Extract<Token, {type: 'word'}>, next: Token | undefined): Mistake | null => {
	const [, name = '', behind = ''] = /^([a-z][a-z-]+):(?![:\\]|\/\/)(.*)$/is.exec(word.text) ?? [];
	const quoted = behind === '' && next?.type === 'phrase' && next.start === word.end ? next : null;
	const value = quoted?.text ?? behind;
	if (name === '' || value === '') {
		return null;
	}

	const span = {start: word.isExcluded ? word.start + 1 : word.start, end: quoted?.end ?? word.end};
	const meant = filterMeant(name);
	const isUsual = /^[\d:]*$/.test(value) || name !== name.toLowerCase();
	return meant === '' && isUsual
		? null
		: at(span, `There is no filter "${shortened(name)}:", so it is taken as a word.${meant}`);
};

export const noValue = (span: Span, {name, example}: FilterRow): Mistake =>
	at(span, `The filter ${name}: has no value, write it right behind the colon, as in ${example}.`);

/** A value that the filter cannot be held against. */
export const badValue = (span: Span, row: FilterRow, value: string): Mistake => {
	const typed = `"${shortened(value)}"`;
	switch (row.kind) {
		case 'day':
			return at(span, `${row.name}: needs a day such as 2026-11-22, 2026-11, today, monday or 7d (ago), not ${typed}.`);
		case 'money':
			return at(span, `${row.name}: needs dollars such as 0.5 or >=20, not ${typed}.`);
		case 'number':
			return at(
				span,
				`${row.name}: needs ${row.choices.map(choice => `${choice.value}, `).join('')}a number such as 0 or >1.5M, not ${typed}.`,
			);
		default: {
			const known = row.choices.map(choice => choice.value);
			const near = didYouMean(value, known, name => name);
			const some = known.length > 10 ? `${known.slice(0, 8).join(', ')} and others` : known.join(', ');
			return at(span, `${row.name}: knows no ${typed}.${near || ` It takes ${some}.`}`);
		}
	}
};

export const valueInParentheses = (span: Span, {name}: FilterRow): Mistake =>
	at(
		span,
		`${name}: takes alternatives with commas, as in ${name}:one,two, and a value that begins with a parenthesis in quotes.`,
	);

export const filterInGroup = (span: Span, filter: string): Mistake =>
	at(
		span,
		`Filters hold for the whole search, so "${shortened(filter)}" is taken as words here. For alternatives write name:one,two.`,
	);

export const danglingOperator = (span: Span, operator: string): Mistake =>
	at(
		span,
		operator === 'NOT'
			? 'NOT needs something behind it, so it is taken as a word.'
			: `${operator} needs something on both sides, so it is taken as a word.`,
	);

export const strayQuote = (span: Span): Mistake =>
	at(span, 'This quotation mark has no partner and is left out. Write "several words" for a phrase.');

export const openQuote = (span: Span): Mistake =>
	at(span, 'This quotation mark is not closed, so the phrase goes on to the end. Add another one behind it.');

export const strayParenthesis = (span: Span): Mistake =>
	at(span, 'No parenthesis is open here, so this one is left out. Put it in quotes to search for it.');

export const openParenthesis = (span: Span): Mistake =>
	at(span, 'This parenthesis is not closed, so the group goes on to the end. Add another one behind it.');

export const tooDeep = (span: Span, most: number): Mistake =>
	at(span, `Parentheses go ${most} deep at most, so this one is left out.`);
