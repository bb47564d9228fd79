import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tableOf} from '../../source/config/read-prices.js';
import type {UsageEntry} from '../../source/store/store.js';
import {groupings, groupUsage} from '../../source/usage/group.js';

const prices = tableOf('[models.tide]\ninput = 1\noutput = 10\ntiers = {flex = 0.5}', 'x');

const entry = (fields: Partial<UsageEntry> & {tokens?: number}): UsageEntry => {
	const {tokens = 1_000_000, ...rest} = fields;
	return {
		day: '2026-11-22',
		sessionId: 1,
		threadId: 'thread-1',
		title: 'Tide tables',
		model: 'tide',
		serviceTier: null,
		repository: 'example.invalid/tides',
		usage: {
			inputTokens: tokens,
			cachedInputTokens: 0,
			outputTokens: 0,
			reasoningOutputTokens: 0,
			totalTokens: tokens,
		},
		cacheWriteTokens: 0,
		...rest,
	};
};

const entries = [
	entry({day: '2026-11-23', threadId: 'thread-2', title: null, tokens: 3_000_000}),
	entry({day: '2026-11-22'}),
	entry({day: '2026-11-22', serviceTier: 'flex'}),
	entry({day: '2026-12-01', model: 'moon', repository: null, tokens: 9_000_000}),
	entry({day: '2026-11-30', model: 'moon', serviceTier: 'fast', repository: '/srv/moon'}),
	entry({day: '2026-11-30', model: null, repository: '/srv/moon', tokens: 10}),
];

const keysOf = {
	day: ['2026-11-22', '2026-11-23', '2026-11-30', '2026-12-01'],
	week: ['2026-W47', '2026-W48', '2026-W49'],
	month: ['2026-11', '2026-12'],
	model: ['moon', 'tide', null],
	repo: [null, 'example.invalid/tides', '/srv/moon'],
	session: ['thread-1', 'thread-2'],
};

for (const by of groupings) {
	test(`rows by ${by}: their order, and sums that are the total`, () => {
		const {rows, total} = groupUsage(entries, by, prices);
		assert.deepEqual(
			rows.map(({key}) => key),
			keysOf[by],
		);
		assert.equal(total.usage.totalTokens, 15_000_010);
		assert.equal(
			rows.reduce((sum, {usage}) => sum + usage.totalTokens, 0),
			15_000_010,
		);
		assert.equal(
			rows.reduce((sum, {cost}) => sum + (cost ?? 0), 0),
			total.cost,
		);
		assert.equal(total.cost, 4.5);
		assert.equal(total.unpricedTokens, 10_000_010);
	});
}

test('a row without any price has no cost, one with some has theirs', () => {
	const {rows, unpriced} = groupUsage(entries, 'month', prices);
	assert.deepEqual(
		rows.map(({cost, unpricedTokens}) => [cost, unpricedTokens]),
		[
			[4.5, 1_000_010],
			[null, 9_000_000],
		],
	);
	assert.deepEqual(unpriced, [
		{model: 'moon', serviceTier: 'standard', tokens: 9_000_000},
		{model: 'moon', serviceTier: 'priority', tokens: 1_000_000},
		{model: null, serviceTier: 'standard', tokens: 10},
	]);
});

test('a session has its title, everything else none', () => {
	assert.deepEqual(
		groupUsage(entries, 'session', prices).rows.map(({title}) => title),
		['Tide tables', null],
	);
	assert.equal(groupUsage(entries, 'day', prices).rows[0]?.title, null);
});

test('nothing used costs nothing', () => {
	const {rows, total, unpriced} = groupUsage([], 'day', prices);
	assert.deepEqual([rows, unpriced, total.cost, total.unpricedTokens], [[], [], 0, 0]);
});

test('a log whose parts exceed their whole costs the same in every grouping', () => {
	const damaged = entry({});
	damaged.usage = {...damaged.usage, cachedInputTokens: 5_000_000};
	for (const by of groupings) {
		assert.equal(groupUsage([damaged, entry({day: '2026-01-01'})], by, prices).total.cost, 2);
	}
});
