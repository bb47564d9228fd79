import {amountOf, mayBecomeAmount} from './amounts.js';
import {type FilterRow, filterRow} from './filter-table.js';
import {badValue, noValue, openQuote, valueInParentheses} from './mistakes.js';
import type {Amount, Clock, Comparison, Filter, FilterName, Mistake, TimeRange} from './query.js';
import {mayBecomeTime, timeRange} from './times.js';
import type {FilterToken, ValueToken} from './tokens.js';

export type ReadFilter = {
	/** Null when none of the values is understood, or none is there. */
	filter: Filter | null;
	mistakes: readonly Mistake[];
};

type Options = {
	clock: Clock;
	/** More may be typed behind it, so that what may still become right is left out instead of being a mistake. */
	isUnfinished: boolean;
};

/** What one value means; `null` as long as it may become something. */
type Meaning = {value: string; time?: TimeRange; amount?: Amount} | null | Mistake;

/** The filter that was typed, by its values that are understood. */
export const readFilter = (token: FilterToken, text: string, {clock, isUnfinished}: Options): ReadFilter => {
	const row = filterRow(token.name) as FilterRow;
	const comparison = token.comparison === '!=' ? '=' : token.comparison;
	const given = token.values.filter(value => value.text.trim() !== '');
	const meanings = given.map(value => {
		if (text[value.start] === '(') {
			return valueInParentheses(value, row);
		}

		const mayGrow = isUnfinished && value.end === token.end;
		return meaningOf(value, row, comparison, clock, mayGrow);
	});
	const mistakes = meanings.filter(meaning => meaning !== null && 'message' in meaning);
	const known = meanings.filter(meaning => meaning !== null && 'value' in meaning);
	const open = isUnfinished ? [] : token.values.filter(value => value.isOpen).map(openQuote);
	if (known.length === 0) {
		const isMissing = mistakes.length === 0 && !isUnfinished;
		return {filter: null, mistakes: isMissing ? [noValue(token, row)] : mistakes};
	}

	const {start, end, name} = token;
	const times = known.flatMap(({time}) => time ?? []);
	const amounts = known.flatMap(({amount}) => amount ?? []);
	return {
		filter: {
			start,
			end,
			name,
			values: known.map(({value}) => value),
			comparison,
			isExcluded: token.isExcluded !== (token.comparison === '!='),
			...(times.length > 0 ? {times} : {}),
			...(amounts.length > 0 ? {amounts} : {}),
		},
		mistakes: [...mistakes, ...open],
	};
};

const meaningOf = (
	token: ValueToken,
	row: FilterRow,
	comparison: Comparison,
	clock: Clock,
	mayGrow: boolean,
): Meaning => {
	const value = token.text.trim();
	const small = value.toLowerCase();
	const bad = (isBeginning: boolean): Meaning => (mayGrow && isBeginning ? null : badValue(token, row, value));
	const isChoice = row.choices.some(choice => choice.value === small);
	const beginsChoice = row.choices.some(choice => choice.value.startsWith(small));
	switch (row.kind) {
		case 'text':
			return {value: token.text};
		case 'choice':
			return isChoice ? {value: small} : bad(beginsChoice);
		case 'day': {
			const time = timeRange(value, clock);
			return time === undefined ? bad(mayBecomeTime(value)) : {value, time: sideOf(row.name, time)};
		}

		default: {
			if (isChoice && comparison === '=') {
				return {value: small, amount: small === 'yes' ? {comparison: '>', amount: 0} : {comparison, amount: 0}};
			}

			const amount = amountOf(value);
			return amount === undefined
				? bad(mayBecomeAmount(value) || (beginsChoice && comparison === '='))
				: {value, amount: {comparison, amount}};
		}
	}
};

/** The last moment that a `Date` knows. */
const lastMoment = 8.64e15;

const sideOf = (name: FilterName, {start, end}: TimeRange): TimeRange => {
	if (name === 'before') {
		return {start: -lastMoment, end: start};
	}

	return name === 'after' ? {start, end: lastMoment} : {start, end};
};
