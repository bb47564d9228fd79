import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseQuery} from '../../source/query/parse-query.js';
import {wordQuery} from '../../source/query/word-query.js';
import {expressionOf, leafExpression} from '../../source/store/search-expression.js';

const expressionFor = (typed: string): string | undefined => {
	const {all} = wordQuery(parseQuery(typed, {now: new Date('2026-03-05T10:00:00Z')}).text);
	return all === null ? undefined : expressionOf(all, leafExpression);
};

test('what is typed becomes an expression of quoted words, from three letters on by their beginning', () => {
	const expressions: [string, string | undefined][] = [
		['tide', '"tide"*'],
		['of x', '("of" AND "x")'],
		['readTideTable', '("readTideTable"* OR "read Tide Table")'],
		['source/tide_table.ts', '"source/tide_table.ts"'],
		['"low tide" table', '("low tide" AND "table"*)'],
		['"low ti', '"low ti"'],
		['潮汐', '"潮 汐 "'],
		['tide OR (moon -fish)', '("tide"* OR ("moon"* NOT "fish"*))'],
		['-- * "" "', undefined],
		['  ', undefined],
		['a\u0000b', '"a b"'],
	];
	for (const [typed, expression] of expressions) {
		assert.equal(expressionFor(typed), expression, typed);
	}
});

test('a query of any length has a bounded expression', () => {
	assert.equal(expressionFor('tide '.repeat(10_000))?.split(' AND ').length, 32);
});
