import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseQuery} from '../../source/query/parse-query.js';
import {matchQuery, neededWords} from '../../source/view/match-query.js';

const now = new Date('2026-03-05T10:00:00Z');
const fields = ['Paint the harbour', '~/shop', 'main', 'gpt-5.2-codex'];
const found = (text: string) => matchQuery(parseQuery(text, {now}).text, fields) !== undefined;

test('words, alternatives and exclusions are held against a row', () => {
	const cases: [string, boolean][] = [
		['', true],
		['paint', true],
		['paint shop', true],
		['paint boat', false],
		['paint OR boat', true],
		['boat OR gull', false],
		['paint -shop', false],
		['paint -boat', true],
		['NOT boat', true],
		['"the harbour"', true],
		['(boat OR paint) harbor', true],
	];
	for (const [text, isFound] of cases) {
		assert.equal(found(text), isFound, text);
	}
});

test('what fits is marked, what is excluded is not', () => {
	const match = matchQuery(parseQuery('harbour OR paint -boat', {now}).text, fields);
	assert.deepEqual(match?.ranges[0], [
		[0, 5],
		[10, 17],
	]);
});

test('only words that each row must have thin out the rows', () => {
	assert.deepEqual(neededWords(parseQuery('Paint (boat OR gull) -shop', {now}).text), ['paint']);
});
