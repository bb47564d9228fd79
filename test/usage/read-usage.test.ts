import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {codex} from '../../source/formats/codex/index.js';
import {ingestHome} from '../../source/ingest/ingest-home.js';
import {openStore} from '../../source/store/sqlite/open.js';
import type {Store, UsageQuery} from '../../source/store/store.js';
import {
	bare,
	event,
	type Fields,
	item,
	message,
	meta,
	rolloutOf,
	tokenCount,
	turnContext,
	usage,
} from '../helpers/rollout.js';

const idOf = (n: number): string => `0196c0de-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A store over invented logs, by file name. */
const storeOf = async (t: TestContext, logs: Record<string, Buffer>): Promise<Store> => {
	const root = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
	t.after(() => fs.rmSync(root, {recursive: true, force: true}));
	const home = path.join(root, 'home');
	fs.mkdirSync(path.join(home, 'sessions'), {recursive: true});
	for (const [name, bytes] of Object.entries(logs)) {
		fs.writeFileSync(path.join(home, 'sessions', name), bytes);
	}

	const database = path.join(root, 'data', 'index.db');
	await ingestHome({source: {home}, home, database, batchLines: 500});
	const store = await openStore(database, codex);
	t.after(() => store.close());
	return store;
};

const asked = (text: string, at: string): string => item(message('user', text), at);
const tier = (name: string, at: string): string =>
	event('thread_settings_applied', {thread_settings: {service_tier: name}}, at);

/** Tokens at these moments: one hundred each, counted up. */
const session = (n: number, fields: Fields, lines: (string | [at: string])[]): Buffer => {
	let total = 0;
	const [first] = lines.flatMap(line => (typeof line === 'string' ? [] : line));
	const counted = lines.map(line => {
		if (typeof line === 'string') {
			return line;
		}

		total += 90;
		return tokenCount(usage(total, total / 3, total / 9), usage(90, 30, 10), line[0]);
	});
	const start = {id: idOf(n), timestamp: first, ...fields};
	return rolloutOf([meta(start, first), turnContext({}, first), asked(`Question ${n}`, first ?? ''), ...counted]);
};

const logName = (n: number): string => `rollout-2026-02-03T10-00-00-${idOf(n)}.jsonl`;

const logs = {
	[logName(1)]: session(1, {git: {repository_url: 'git@example.invalid:mira/tides.git'}}, [
		['2026-02-03T22:10:00.000Z'],
		['2026-02-03T22:50:00.000Z'],
		['2026-02-03T23:10:00.000Z'],
		tier('priority', '2026-02-04T10:00:00.000Z'),
		['2026-02-04T10:00:01.000Z'],
		turnContext({model: 'gpt-5.4'}, '2026-02-04T11:00:00.000Z'),
		['2026-02-04T11:00:01.000Z'],
	]),
	[logName(2)]: session(2, {cwd: '/home/mira/Moon'}, [['2026-02-05T12:00:00.000Z']]),
	// Nothing used.
	[logName(3)]: session(3, {}, []),
};

const days = async (store: Store, query: UsageQuery) =>
	(await store.usage(query)).map(({day, threadId, model, serviceTier, usage: {totalTokens}}) =>
		[day, Number(threadId.slice(-2)), model, serviceTier, totalTokens].join(' '),
	);

test('usage is summed up per day, session, model and service tier', async t => {
	const store = await storeOf(t, logs);
	assert.deepEqual(await days(store, {timeZone: 'UTC'}), [
		'2026-02-03 1 gpt-5.2-codex  300',
		'2026-02-04 1 gpt-5.2-codex priority 100',
		'2026-02-04 1 gpt-5.4 priority 100',
		'2026-02-05 2 gpt-5.2-codex  100',
	]);
	assert.deepEqual((await days(store, {timeZone: 'Europe/Berlin'})).slice(0, 2), [
		'2026-02-03 1 gpt-5.2-codex  200',
		'2026-02-04 1 gpt-5.2-codex  100',
	]);
	// A quarter to six ahead of UTC: the day begins at 18:15.
	assert.deepEqual((await days(store, {timeZone: 'Asia/Kathmandu'})).slice(0, 1), ['2026-02-04 1 gpt-5.2-codex  300']);
});

test('an entry tells the parts, the title and the repository', async t => {
	const store = await storeOf(t, logs);
	const [first, ...others] = await store.usage({timeZone: 'UTC'});
	assert.deepEqual(first, {
		day: '2026-02-03',
		sessionId: first?.sessionId,
		threadId: idOf(1),
		title: 'Question 1',
		model: 'gpt-5.2-codex',
		serviceTier: null,
		repository: 'example.invalid/mira/tides',
		usage: {inputTokens: 270, cachedInputTokens: 90, outputTokens: 30, reasoningOutputTokens: 0, totalTokens: 300},
		cacheWriteTokens: 0,
	});
	assert.equal(others.at(-1)?.repository, '/home/mira/Moon');
});

const choices: [what: string, query: UsageQuery, tokens: number[]][] = [
	['everything', {}, [300, 100, 100, 100]],
	['from a day on', {since: '2026-02-04'}, [100, 100, 100]],
	['to the end of a day', {until: '2026-02-04'}, [300, 100, 100]],
	['one day', {since: '2026-02-05', until: '2026-02-05'}, [100]],
	['a day without usage', {since: '2026-02-06'}, []],
	['a repository, by part of its name in any case', {repository: 'MIRA/tides'}, [300, 100, 100]],
	['a folder', {repository: '/moon'}, [100]],
	['a model', {model: 'GPT-5.4'}, [100]],
	['no beginning of a model', {model: 'gpt-5'}, []],
];

for (const [what, query, tokens] of choices) {
	test(`chooses ${what}`, async t => {
		const store = await storeOf(t, logs);
		const entries = await store.usage({timeZone: 'UTC', ...query});
		assert.deepEqual(
			entries.map(({usage: {totalTokens}}) => totalTokens),
			tokens,
		);
	});
}

test('the bounds of days are those of the time zone', async t => {
	const store = await storeOf(t, logs);
	const tokens = async (timeZone: string): Promise<number> =>
		(await store.usage({since: '2026-02-03', until: '2026-02-03', timeZone})).reduce(
			(sum, {usage: {totalTokens}}) => sum + totalTokens,
			0,
		);
	assert.deepEqual(
		[
			await tokens('UTC'),
			await tokens('Europe/Berlin'),
			await tokens('Pacific/Kiritimati'),
			await tokens('Etc/GMT+12'),
		],
		[300, 200, 0, 500],
	);
});

test('lines without a time count for the day on which their session began', async t => {
	const started = '2026-02-03T10:00:00.000Z';
	const count = {total_token_usage: usage(90, 0, 10), last_token_usage: usage(90, 0, 10)};
	const bytes = rolloutOf([
		bare({id: idOf(4), timestamp: started, instructions: null}),
		bare(message('user', 'Question 4')),
		JSON.stringify({type: 'event_msg', payload: {type: 'token_count', info: count}}),
	]);
	const store = await storeOf(t, {[logName(4)]: bytes});
	const [entry, ...others] = await store.usage({timeZone: 'UTC'});
	assert.deepEqual([entry?.day, entry?.model, entry?.usage.totalTokens, others.length], ['2026-02-03', null, 100, 0]);
});

test('cache writes are summed up', async t => {
	const written = {...usage(900, 100, 10), cache_write_input_tokens: 300};
	const at = '2026-02-03T10:00:00.000Z';
	const lines = [
		meta({id: idOf(5)}, at),
		turnContext({}, at),
		asked('Question 5', at),
		tokenCount(written, written, at),
	];
	const store = await storeOf(t, {[logName(5)]: rolloutOf(lines)});
	assert.equal((await store.usage({}))[0]?.cacheWriteTokens, 300);
});

test('an empty database has no usage', async t => {
	const store = await storeOf(t, {});
	assert.deepEqual(await store.usage({}), []);
	assert.deepEqual(await store.usage({since: '2026-01-01', until: '2026-12-31', repository: 'x', model: 'y'}), []);
});
