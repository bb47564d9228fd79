import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {tableOf} from '../../source/config/read-prices.js';
import {UserError} from '../../source/model/problem.js';
import {ratesFor, withOwnPrices} from '../../source/usage/prices.js';

const read = (name: string): string => fs.readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const file = '/somewhere/prices.toml';
const shipped = tableOf(read('source/usage/prices.toml'), file);

const invented = tableOf(
	`date = "2026-02-03"
	[models.tide]
	input = 2
	cached_input = 0.125
	output = 10.5
	aliases = ["tide-latest"]
	tiers = {priority = 2.5, flex = {input = 1, output = 5}}
	[models.ebb]
	input = 1
	cache_write = 1.25
	output = 3
	`,
	file,
);

const lookups: [model: string | null, tier: string | null, rates: [number, number, number, number] | undefined][] = [
	['tide', null, [2, 0.125, 2, 10.5]],
	['tide', 'default', [2, 0.125, 2, 10.5]],
	['tide', 'auto', [2, 0.125, 2, 10.5]],
	['tide', 'priority', [5, 0.3125, 5, 26.25]],
	['tide', 'Fast', [5, 0.3125, 5, 26.25]],
	['tide', 'flex', [1, 1, 1, 5]],
	['tide', 'scale', undefined],
	['tide-latest', 'fast', [5, 0.3125, 5, 26.25]],
	['tide-2026-02-03', null, [2, 0.125, 2, 10.5]],
	['tide-latest-2026-02-03', null, [2, 0.125, 2, 10.5]],
	['ebb', null, [1, 1, 1.25, 3]],
	['ebb', 'priority', undefined],
	['tide-mini', null, undefined],
	['constructor', null, undefined],
	[null, null, undefined],
];

for (const [model, tier, expected] of lookups) {
	test(`prices of ${model} on tier ${tier}`, () => {
		const rates = ratesFor(invented, model, tier);
		const found =
			rates && [rates.input, rates.cachedInput, rates.cacheWrite, rates.output].map(rate => Number(rate) / 1e6);
		assert.deepEqual(found, expected);
	});
}

test("a person's own prices replace a model and leave the others", () => {
	const own = tableOf('[models.tide]\ninput = 1\noutput = 1\n[models.flow]\ninput = 0\noutput = 0', '/own.toml');
	const both = withOwnPrices(invented, own);
	assert.equal(ratesFor(both, 'tide', null)?.output, 1_000_000n);
	assert.equal(ratesFor(both, 'tide', 'flex'), undefined);
	assert.equal(ratesFor(both, 'flow', null)?.input, 0n);
	assert.equal(ratesFor(both, 'ebb', null)?.output, 3_000_000n);
	assert.deepEqual([both.own, both.date], [['tide', 'flow'], '2026-02-03']);
});

test('the shipped table names its date and source, and its prices make sense', () => {
	assert.match(shipped.date ?? '', /^20\d\d-\d\d-\d\d$/);
	assert.ok((shipped.source ?? '').length > 10);
	assert.ok(shipped.models.size > 25);
	for (const [name, {standard, tiers}] of shipped.models) {
		for (const rates of [standard, ...tiers.values()]) {
			assert.ok(rates.cachedInput <= rates.input && rates.input <= rates.cacheWrite, name);
			assert.ok(rates.input > 0n && rates.input < rates.output, name);
		}

		const {priority, flex} = Object.fromEntries(tiers);
		assert.ok(priority === undefined || priority.output > standard.output, name);
		assert.ok(flex === undefined || flex.output < standard.output, name);
		assert.deepEqual(
			[...tiers.keys()].filter(tier => tier !== 'priority' && tier !== 'flex'),
			[],
		);
	}
});

test('the example of own prices is a valid table', () => {
	const example = tableOf(read('user/prices.example.toml'), 'user/prices.example.toml');
	assert.deepEqual([...example.models.keys()], ['my-local-model', 'gpt-5.5']);
	const [own, standard] = [example, shipped].map(table => ratesFor(table, 'gpt-5.5', 'fast'));
	assert.deepEqual(own?.output, standard?.output);
});

const mistakes: [text: string, message: string][] = [
	[
		'modles = 1',
		'Unknown key "modles" at the top of /somewhere/prices.toml. Known keys there are date, source, models.',
	],
	['models = 1', 'models of /somewhere/prices.toml must be a section, not 1. Correct it or remove the line.'],
	[
		'date = "soon"',
		'date of /somewhere/prices.toml must be a day such as 2026-01-31, not "soon". Correct it or remove the line.',
	],
	['source = 1', 'source of /somewhere/prices.toml must be text in quotes, not 1. Correct it or remove the line.'],
	[
		'[models.tide]\ninptu = 1',
		'Unknown key "inptu" in [models."tide"] of /somewhere/prices.toml. Known keys there are input, cached_input, cache_write, output, aliases, tiers.',
	],
	[
		'[models.tide]\ninput = 1',
		'/somewhere/prices.toml lacks output in [models."tide"]. Add a price in dollars per million tokens, such as 1.25.',
	],
	[
		'[models.tide]\ninput = -1\noutput = 2',
		'input in [models."tide"] of /somewhere/prices.toml must be a price in dollars per million tokens, such as 1.25, not -1. Correct it or remove the line.',
	],
	[
		'[models.tide]\ninput = 1\noutput = "2"',
		'output in [models."tide"] of /somewhere/prices.toml must be a price in dollars per million tokens, such as 1.25, not "2". Correct it or remove the line.',
	],
	[
		'[models.tide]\ninput = 1\noutput = 2\naliases = "ebb"',
		'aliases in [models."tide"] of /somewhere/prices.toml must be a list of names in quotes, not "ebb". Correct it or remove the line.',
	],
	[
		'[models.tide]\ninput = 1\noutput = 2\ntiers = {flex = "half"}',
		'flex in tiers of [models."tide"] of /somewhere/prices.toml must be a factor such as 0.5, or a table of prices, not "half". Correct it or remove the line.',
	],
	[
		'[models.tide]\ninput = 1\noutput = 2\naliases = ["ebb"]\n[models.ebb]\ninput = 1\noutput = 2',
		'The alias "ebb" of "tide" in /somewhere/prices.toml names another model too. Keep one of them.',
	],
];

for (const [text, message] of mistakes) {
	test(`says what is wrong with ${JSON.stringify(text)}`, () => {
		assert.throws(() => tableOf(text, file), new UserError(message));
	});
}

test('says where a file is not TOML', () => {
	assert.throws(() => tableOf('date = \n', file), /^UserError: Line 1 of .*prices\.toml is not valid TOML \(/);
});
