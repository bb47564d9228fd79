import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {withoutCutWord} from '../../source/disclose/cut-word.js';
import {fromRecipe} from '../helpers/secret-samples.js';

const words = 'the tide table lists every harbour ';

test('a text that was not cut stays as it is', () => {
	for (const text of ['', 'short', words.repeat(8).slice(0, 299)]) {
		assert.equal(withoutCutWord(text), text);
	}
});

test('wherever a cut falls in a token, nothing of the token is left', () => {
	const recipes = ['ghp_<A36>', '<A20>.<A30>.<w40>', 'https://kim:<p24>@git.example.com', 'AKIA<B16>', '<b60>=='];
	fc.assert(
		fc.property(fc.constantFrom(...recipes), fc.nat(1000), fc.integer({min: 1, max: 60}), (recipe, seed, shown) => {
			const token = fromRecipe(recipe, seed);
			const before = words
				.repeat(20)
				.slice(0, 400 - shown)
				.replace(/\S*$/, '');
			const cut = withoutCutWord(before + token.slice(0, shown));
			assert.equal(cut, `${before}…`);
		}),
	);
});

test('a text that ends with whole words loses at most the last one', () => {
	assert.equal(withoutCutWord(`${words.repeat(10)}(end)`), `${words.repeat(10)}(end)…`);
	assert.equal(withoutCutWord(`${words.repeat(10)}harb`), `${words.repeat(10)}…`);
});
