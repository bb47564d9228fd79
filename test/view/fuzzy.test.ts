import assert from 'node:assert/strict';
import test from 'node:test';
import {matchFields, mayMatch, queryWords} from '../../source/view/fuzzy.js';
import {processorTime} from '../helpers/processor-time.js';

const match = (query: string, ...fields: string[]) => matchFields(queryWords(query), fields);

test('an exact find is marked where it stands, every time', () => {
	assert.deepEqual(match('auth', 'Auth of authors')?.ranges, [
		[
			[0, 4],
			[8, 12],
		],
	]);
});

test('words may lie in different fields and any order', () => {
	assert.deepEqual(match('main parser', 'Fix the parser', 'main')?.ranges, [[[8, 14]], [[0, 4]]]);
});

test('every word must be found', () => {
	assert.equal(match('parser banana', 'Fix the parser', 'main'), undefined);
});

test('one wrong, missing or extra letter is forgiven in a longer word', () => {
	for (const query of ['migrasion', 'migrtion', 'migrattion']) {
		assert.ok(match(query, 'Explain the migration'), query);
	}
});

test('short words are taken as they are', () => {
	assert.equal(match('zzz', 'pizza'), undefined);
	assert.ok(match('pi', 'pizza'));
});

test('better finds score lower', () => {
	const score = (query: string, text: string): number => match(query, text)?.score ?? 99;
	assert.ok(score('auth', 'auth flow') < score('auth', 'unauthorised'));
	assert.ok(score('parser', 'the parser') < score('parser', 'the parzer'));
});

test('ranges follow each other and lie inside the text', () => {
	const text = 'Migrate the migration of migrations';
	const [ranges = []] = match('migration migrate', text)?.ranges ?? [];
	let end = 0;
	for (const range of ranges) {
		assert.ok(range[0] >= end && range[1] > range[0] && range[1] <= text.length);
		end = range[1];
	}
});

test('wide characters are found', () => {
	assert.deepEqual(match('深色', '改成深色主题')?.ranges, [[[2, 4]]]);
});

test('the plain test lets left-out letters through, not wrong ones', () => {
	assert.ok(mayMatch(['prser'], ['the parser']));
	assert.ok(!mayMatch(['pxrser'], ['the parser']));
});

test('2,000 rows of four fields are scored in well under a second', () => {
	const fields = Array.from({length: 2000}, (_, index) => [
		`Refactor the session parser number ${index} of the search index`,
		'~/work/research/notes',
		'feature/some-branch',
		'gpt-5.2-codex',
	]);
	const startedAt = processorTime();
	const found = fields.filter(row => matchFields(['databse'], row));
	assert.equal(found.length, 0);
	assert.ok(processorTime() - startedAt < 900);
});
