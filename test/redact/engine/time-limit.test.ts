import assert from 'node:assert/strict';
import {test} from 'node:test';
import {UserError} from '../../../source/model/problem.js';
import {isQuick, matchesInTime, matchesOrRefuse} from '../../../source/redact/engine/time-limit.js';

test('careful patterns are quick, careless ones are not', () => {
	for (const quick of [/ghp_\w{36}/g, /(?:a|b)+c/g, /key\s{0,5}=\s{0,5}\w{8,64}/g]) {
		assert.equal(isQuick(quick), true, String(quick));
	}

	for (const slow of [/(a+)+$x/g, /(\w+\s?)*!/g, /(x+x+)+y/g, /^(([a-z])+.)+[A-Z]([a-z])+$q/g]) {
		assert.equal(isQuick(slow), false, String(slow));
	}
});

test('matches come with their ranges', () => {
	const found = matchesInTime(/b(c)/dg, ['abcbc']) ?? [];
	assert.deepEqual(
		found.map(match => [match.index, match[1], match.indices?.[1]?.[0]]),
		[
			[1, 'c', 2],
			[3, 'c', 4],
		],
	);
});

test('a pattern at work that runs out of time stops everything, by name', () => {
	assert.throws(
		() => matchesOrRefuse('mine', /(a+)+$x/g, 'a'.repeat(60)),
		(error: unknown) =>
			error instanceof UserError && /"mine" takes too long/.test(error.message) && error.exitCode === 1,
	);
	assert.equal(matchesOrRefuse('mine', /a/g, 'aa').length, 2, 'and the next text is read');
});
