import assert from 'node:assert/strict';
import {test} from 'node:test';
import {usageOf} from '../../../source/formats/codex/usage.js';
import {noUsage, type TokenUsage} from '../../../source/model/token-usage.js';
import {
	envelope,
	type Fields,
	item,
	message,
	meta,
	readRollout,
	threadId,
	tokenCount,
	turnContext,
	usage,
} from '../../helpers/rollout.js';

const counts = (
	inputTokens: number,
	cachedInputTokens: number,
	outputTokens: number,
	reasoningOutputTokens = 0,
): TokenUsage => ({
	inputTokens,
	cachedInputTokens,
	outputTokens,
	reasoningOutputTokens,
	totalTokens: inputTokens + outputTokens,
});

const spellings: [name: string, value: unknown, expected: TokenUsage | null][] = [
	['whole', usage(100, 60, 10, 5), counts(100, 60, 10, 5)],
	['without a total', {input_tokens: 100, output_tokens: 10}, counts(100, 0, 10)],
	['with a total of zero', {...usage(100, 0, 10), total_tokens: 0}, counts(100, 0, 10)],
	['with negative parts', {input_tokens: -5, output_tokens: 10}, counts(0, 0, 10)],
	[
		'with parts of the wrong type',
		{input_tokens: '5', output_tokens: null, total_tokens: 7},
		{...noUsage, totalTokens: 7},
	],
	['empty', {}, noUsage],
	['null', null, null],
	['a number', 5, null],
];

for (const [name, value, expected] of spellings) {
	test(`usage that is ${name}`, () => {
		assert.deepEqual(usageOf(value), expected);
	});
}

const record = (id: string, used: Fields, thread = threadId, at = 0): string =>
	envelope(
		'token_usage_record',
		{thread_id: thread, turn_id: 'turn-1', response_id: id, usage: used, thread_token_usage: used},
		at,
	);

const overflow = {...usage(0, 0, 0), total_tokens: 272_000};
const estimate = {...usage(0, 0, 0), total_tokens: 9000};

/** Lines, what each adds (a repeated one adds nothing and is no event of its own), and what they come to. */
const sequences: [name: string, lines: string[], shares: number[], total: TokenUsage][] = [
	['one response', [tokenCount(usage(100, 60, 10, 5))], [110], counts(100, 60, 10, 5)],
	[
		'two responses',
		[tokenCount(usage(100, 60, 10)), tokenCount(usage(300, 160, 40), usage(200, 100, 30))],
		[110, 230],
		counts(300, 160, 40),
	],
	[
		'a repeated line',
		[
			tokenCount(usage(100, 60, 10)),
			tokenCount(usage(100, 60, 10)),
			tokenCount(usage(100, 60, 10)),
			tokenCount(usage(150, 60, 20), usage(50, 0, 10)),
		],
		[110, 60],
		counts(150, 60, 20),
	],
	[
		'only rate limits',
		[tokenCount(null), tokenCount(usage(100, 0, 10)), tokenCount(null)],
		[0, 110, 0],
		counts(100, 0, 10),
	],
	[
		'a restart of the process that counts from zero',
		[tokenCount(usage(1000, 0, 100), usage(400, 0, 40)), tokenCount(usage(300, 0, 30))],
		[1100, 330],
		counts(1300, 0, 130),
	],
	[
		'counting on after a restart',
		[tokenCount(usage(1000, 0, 100)), tokenCount(usage(300, 0, 30)), tokenCount(usage(700, 0, 70), usage(400, 0, 40))],
		[1100, 330, 440],
		counts(1700, 0, 170),
	],
	[
		'a window overflow',
		[
			tokenCount(usage(1000, 0, 100)),
			tokenCount(overflow, {...usage(0, 0, 0), total_tokens: 270_900}),
			tokenCount(usage(50, 0, 5)),
		],
		[1100, 55],
		counts(1050, 0, 105),
	],
	[
		'an overflow that repeats the last response',
		[
			tokenCount(usage(1000, 0, 100), usage(400, 0, 40)),
			tokenCount(overflow, usage(400, 0, 40)),
			tokenCount(usage(50, 0, 5)),
		],
		[1100, 55],
		counts(1050, 0, 105),
	],
	['an overflow before anything was counted', [tokenCount(overflow)], [0], noUsage],
	[
		'the estimate after a compaction',
		[
			tokenCount(usage(1000, 0, 100)),
			tokenCount(usage(1000, 0, 100), estimate),
			tokenCount(usage(1200, 0, 110), usage(200, 0, 10)),
		],
		[1100, 210],
		counts(1200, 0, 110),
	],
	[
		'totals that are missing',
		[
			tokenCount({input_tokens: 100, output_tokens: 10}),
			tokenCount({input_tokens: 150, output_tokens: 15, total_tokens: 0}, usage(50, 0, 5)),
		],
		[110, 55],
		counts(150, 0, 15),
	],
	[
		'usage records beside the counts',
		[
			record('r1', usage(100, 0, 10)),
			tokenCount(usage(100, 0, 10)),
			record('r2', usage(200, 0, 20)),
			tokenCount(usage(300, 0, 30), usage(200, 0, 20)),
		],
		[110, 220],
		counts(300, 0, 30),
	],
	[
		'a usage record that the totals leave out',
		[
			record('r1', usage(100, 0, 10)),
			tokenCount(usage(100, 0, 10)),
			record('compaction', usage(90, 0, 9)),
			record('r2', usage(200, 0, 20)),
			tokenCount(usage(300, 0, 30), usage(200, 0, 20)),
		],
		[110, 99, 220],
		counts(390, 0, 39),
	],
	[
		'usage records alone',
		[record('r1', usage(100, 0, 10)), record('r2', usage(200, 0, 20))],
		[110, 220],
		counts(300, 0, 30),
	],
	[
		'responses after the last usage record',
		[record('r1', usage(100, 0, 10)), tokenCount(usage(100, 0, 10)), tokenCount(usage(300, 0, 30), usage(200, 0, 20))],
		[110, 220],
		counts(300, 0, 30),
	],
	[
		'a usage record written twice',
		[record('r1', usage(100, 0, 10)), record('r1', usage(100, 0, 10))],
		[110],
		counts(100, 0, 10),
	],
	[
		'the usage record of another thread',
		[record('r1', usage(100, 0, 10)), record('r2', usage(5, 0, 5), 'another-thread')],
		[110],
		counts(100, 0, 10),
	],
];

for (const [name, lines, shares, total] of sequences) {
	test(`usage of ${name}`, () => {
		const {facts, joined, usage: rows} = readRollout([meta(), ...lines]);
		assert.deepEqual(facts.usage, total);
		const shown = joined.filter(({event}) => event.kind === 'token-usage').map(({sequence}) => sequence);
		const added = shown.map(sequence => rows.find(row => row.sequence === sequence)?.own.totalTokens ?? 0);
		assert.deepEqual(
			added.filter(tokens => tokens > 0),
			shares.filter(tokens => tokens > 0),
		);
	});
}

test('usage belongs to the model and the prompt of its time', () => {
	const {usage: rows, prompts} = readRollout([
		meta(),
		tokenCount(usage(5, 0, 5), usage(5, 0, 5), 0),
		turnContext({model: 'tide-small'}),
		item(message('user', 'When is high water?'), 1),
		tokenCount(usage(105, 0, 5), usage(100, 0, 0), 2),
		item(message('assistant', 'At 14:20.'), 3),
		turnContext({model: 'tide-large'}),
		item(message('user', 'And low water?'), 4),
		tokenCount(usage(305, 0, 5), usage(200, 0, 0), 5),
		tokenCount(usage(305, 0, 5), usage(200, 0, 0), 6),
	]);
	assert.deepEqual(
		rows.map(row => [row.model, row.own.totalTokens, row.contextWindow]),
		[
			[null, 10, 272_000],
			['tide-small', 100, 272_000],
			['tide-large', 200, 272_000],
		],
	);
	assert.deepEqual(
		prompts.map(prompt => prompt.usage.totalTokens),
		[100, 200],
	);
});
