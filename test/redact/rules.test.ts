import assert from 'node:assert/strict';
import {test} from 'node:test';
import {patternDetector} from '../../source/redact/engine/pattern-rule.js';
import {createRedactor} from '../../source/redact/redactor.js';
import {tokenRules} from '../../source/redact/rules/built-in.js';
import {fromRecipe} from '../helpers/secret-samples.js';

const surroundings: Record<string, (value: string) => string> = {
	'alone on a line': value => `$ pbpaste\n${value}\n`,
	'in JSON': value => JSON.stringify({output: `A=1\n${value}\nB=2`}),
	'between quotes': value => `client.use('${value}');`,
	coloured: value => `\u001b[32m${value}\u001b[0m`,
};

/** Words that a rule without a mark of its own needs near by. */
const hints: Record<string, string> = {
	'vault-legacy-token': 'vault ',
	'ngrok-token': 'ngrok ',
	'discord-bot-token': 'discord ',
	'mailgun-signed-key': 'mailgun ',
	'okta-token': 'okta ',
	'beamer-key': 'beamer ',
};

for (const rule of tokenRules) {
	test(`${rule.id} (${rule.description}) finds its samples, everywhere, and nothing where it should not`, () => {
		const redactor = createRedactor([patternDetector(rule)]);
		for (const [index, recipe] of (rule.catch ?? []).entries()) {
			for (let seed = 1; seed <= 5; seed++) {
				const value = (hints[rule.id] ?? '') + fromRecipe(recipe, seed * 31 + index);
				for (const [where, surround] of Object.entries(surroundings)) {
					const text = surround(value);
					const found = redactor.scan(text).map(({start, end}) => text.slice(start, end));
					assert.notEqual(found.length, 0, `${recipe} ${where}, seed ${seed}`);
					assert.ok(found.join('').length * 2 >= value.length - 60, `too little of ${recipe} ${where}`);
				}
			}
		}

		for (const recipe of rule.leave ?? []) {
			assert.deepEqual(redactor.scan(fromRecipe(recipe)), [], recipe);
		}
	});
}

test('every rule has an id that a placeholder can hold, a description and a way to be found', () => {
	for (const {id, description, keywords, catch: samples, check} of tokenRules) {
		assert.match(id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
		assert.ok(description.length > 5, id);
		assert.ok(keywords.length > 0 && keywords.every(keyword => keyword.length > 0), id);
		assert.ok((samples ?? []).length > 0 || check === 'base58', `${id} has no sample`);
	}
});

test('no rule holds a sample that is a token in full', () => {
	for (const {id, catch: samples = []} of tokenRules) {
		for (const sample of samples) {
			assert.match(sample, /<[A-Za-z]\d+>/, id);
		}
	}
});
