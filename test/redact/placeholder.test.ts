import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Numbering, placeholdersIn} from '../../source/redact/placeholder.js';

test('numbers go by rule and first appearance', () => {
	const numbering = new Numbering();
	assert.equal(numbering.placeholder('jwt', 'one'), '[REDACTED:jwt#1]');
	assert.equal(numbering.placeholder('email', 'two'), '[REDACTED:email#1]');
	assert.equal(numbering.placeholder('jwt', 'three'), '[REDACTED:jwt#2]');
	assert.equal(numbering.placeholder('email', 'one'), '[REDACTED:jwt#1]', 'a value keeps the name it had first');
	assert.equal(numbering.placeholder('jwt', 'three', 'path'), 'redacted-jwt-2');
	assert.deepEqual(
		[...numbering.counts],
		[
			['jwt', 2],
			['email', 1],
		],
	);
});

test('two rules whose ids read alike share their numbers', () => {
	const numbering = new Numbering();
	assert.notEqual(numbering.placeholder('My Rule', 'one'), numbering.placeholder('my-rule', 'two'));
});

test('any id makes a placeholder that is recognised', () => {
	for (const id of ['github-pat', 'My Rule!', 'pii.email', '_x_', 'ключ', '']) {
		const numbering = new Numbering();
		const text = `a ${numbering.placeholder(id, 'x')} b ${numbering.placeholder(id, 'y', 'path')} c`;
		assert.equal(placeholdersIn(text).length, 2, id);
	}

	assert.deepEqual(placeholdersIn('REDACTED [REDACTED] [REDACTED:x]'), []);
});
