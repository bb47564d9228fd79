import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tableOf} from '../../source/config/read-prices.js';
import {costOf, inDollars} from '../../source/usage/cost.js';
import {type Rates, ratesFor} from '../../source/usage/prices.js';

const rates = ratesFor(
	tableOf('[models.tide]\ninput = 1.25\ncached_input = 0.125\ncache_write = 2\noutput = 10', 'x'),
	'tide',
	null,
) as Rates;

type Tokens = {input?: number; cached?: number; output?: number; reasoning?: number; written?: number};

const dollars = ({input = 0, cached = 0, output = 0, reasoning = 0, written = 0}: Tokens): number =>
	inDollars(
		costOf(
			{
				inputTokens: input,
				cachedInputTokens: cached,
				outputTokens: output,
				reasoningOutputTokens: reasoning,
				totalTokens: input + output,
			},
			written,
			rates,
		),
	);

const cases: [what: string, tokens: Tokens, dollars: number][] = [
	['nothing', {}, 0],
	['one token', {input: 1}, 0.00000125],
	['input', {input: 1_000_000}, 1.25],
	['cached input is part of input', {input: 1_000_000, cached: 600_000}, 0.4 * 1.25 + 0.6 * 0.125],
	['written input is part of input', {input: 1_000_000, cached: 500_000, written: 100_000}, 0.5 + 0.0625 + 0.2],
	['reasoning is part of output', {output: 1_000_000, reasoning: 900_000}, 10],
	['more cached than input', {input: 100_000, cached: 900_000}, 0.0125],
	['more written than is left of the input', {input: 100_000, cached: 50_000, written: 900_000}, 0.00625 + 0.1],
	['negative and endless counts', {input: -5, output: Number.POSITIVE_INFINITY}, 0],
];

for (const [what, tokens, expected] of cases) {
	test(`cost of ${what}`, () => {
		assert.equal(dollars(tokens), Number(expected.toFixed(9)));
	});
}

test('the largest count there is, times a price, is still exact', () => {
	const most = Number.MAX_SAFE_INTEGER;
	const usage = {inputTokens: most, cachedInputTokens: 0, outputTokens: 0, reasoningOutputTokens: 0, totalTokens: most};
	assert.equal(costOf(usage, 0, rates), BigInt(most) * 1_250_000n);
});

test('many small costs add up to what their sum costs', () => {
	const one = {inputTokens: 1, cachedInputTokens: 1, outputTokens: 1, reasoningOutputTokens: 0, totalTokens: 2};
	const parts = Array.from({length: 1_000_000}, () => costOf(one, 0, rates)).reduce((sum, cost) => sum + cost, 0n);
	assert.equal(inDollars(parts), 10.125);
});
