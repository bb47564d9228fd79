import assert from 'node:assert/strict';
import {test} from 'node:test';
import {explainFailure} from '../../source/cli/explain-failure.js';
import {UserError} from '../../source/model/problem.js';
import {fromRecipe} from '../helpers/secret-samples.js';

const pat = fromRecipe('ghp_<A36>');

test('a mistake is one sentence with its exit code, a bug a stack and 1', async () => {
	assert.deepEqual(await explainFailure(new UserError('There is no log. Name another.')), {
		words: 'There is no log. Name another.',
		exitCode: 2,
	});
	assert.equal((await explainFailure(new UserError('Found.', 3))).exitCode, 3);
	const {words, exitCode} = await explainFailure(new TypeError('no such thing'));
	assert.match(words, /^TypeError: no such thing\n +at .*explain-failure\.test/);
	assert.equal(exitCode, 1);
	assert.deepEqual(await explainFailure('just words'), {words: 'just words', exitCode: 1});
});

test('what an error quotes is hidden in every kind of error', async () => {
	for (const error of [
		new UserError(`There is no log at /srv/${pat}/x.jsonl. Correct the path.`),
		new SyntaxError(`Unexpected token 'g', "${pat}" is not valid JSON`),
		`thrown as it was: ${pat}`,
		Object.assign(new Error('short'), {stack: `Error: short\n    at ${pat} (file.js:1:1)`}),
	]) {
		const {words} = await explainFailure(error);
		assert.match(words, /\[REDACTED:github-pat#1\]/);
		assert.ok(!words.includes(pat.slice(4)), words);
	}
});

test('control sequences in an error do not reach the terminal', async () => {
	for (const error of [new UserError('bad \u001B[31mpath'), new Error('bad \u001B]0;title\u0007text')]) {
		assert.doesNotMatch((await explainFailure(error)).words, /[\u001B\u0007]/);
	}
});
