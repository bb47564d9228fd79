import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {Writable} from 'node:stream';
import {type TestContext, test} from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import {main} from '../../source/cli/main.js';
import {resolveSettings} from '../../source/config/settings.js';
import type {UsageEntry, UsageQuery} from '../../source/store/store.js';
import {groupings} from '../../source/usage/group.js';
import {memoryStore} from './memory-store.js';
import {noDoctor} from './run-command.js';

const entry = (fields: Partial<UsageEntry>): UsageEntry => ({
	day: '2026-11-22',
	sessionId: 1,
	threadId: '0196b1a0-0000-7000-8000-000000000001',
	title: 'Add a retry\u001B[2J to the uploader',
	model: 'tide',
	serviceTier: null,
	repository: 'example.invalid/kim/shop',
	usage: {
		inputTokens: 1_000_000,
		cachedInputTokens: 500_000,
		outputTokens: 20_000,
		reasoningOutputTokens: 5000,
		totalTokens: 1_020_000,
	},
	cacheWriteTokens: 0,
	...fields,
});

const entries = [
	entry({}),
	entry({day: '2026-11-30', threadId: '0196b1a0-0000-7000-8000-000000000002', title: null, serviceTier: 'priority'}),
	entry({day: '2026-12-01', model: 'mo\u0007on', repository: null}),
	entry({
		day: '2026-12-02',
		usage: {...entry({}).usage, inputTokens: 100, cachedInputTokens: 0, outputTokens: 1, totalTokens: 101},
	}),
];

const ownPrices = '[models.tide]\ninput = 1\ncached_input = 0.1\noutput = 10\n';

type Situation = {entries?: UsageEntry[]; prices?: string; columns?: number};

/** Runs a command on a store that holds these entries, with prices of the person's own. */
const run = async (t: TestContext, args: readonly string[], situation: Situation = {}) => {
	const root = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
	t.after(() => fs.rmSync(root, {recursive: true, force: true}));
	fs.mkdirSync(path.join(root, '.codex'));
	fs.writeFileSync(path.join(root, 'prices.toml'), situation.prices ?? ownPrices);
	const queries: UsageQuery[] = [];
	const [stdout, stderr] = [collector(), collector()];
	const folders = {home: root, config: root, data: path.join(root, 'data'), checkoutUser: null, current: root};
	const exitCode = await main(args, {
		stdout: Object.assign(stdout.stream, situation.columns === undefined ? {} : {columns: situation.columns}),
		stderr: stderr.stream,
		resolve: flags => resolveSettings(flags, {}, folders),
		priceFolders: folders,
		services: {
			...noDoctor,
			openStore: async () => ({
				...memoryStore(),
				async usage(query) {
					queries.push(query);
					return situation.entries ?? entries;
				},
			}),
			ingest: async () => ({found: 0, files: [], failures: [], bytes: 0, wasStopped: false}),
		},
	});
	return {exitCode, stdout: stdout.text(), stderr: stderr.text(), queries, root};
};

const collector = () => {
	const chunks: Buffer[] = [];
	const stream = new Writable({
		write(chunk: Buffer, _encoding, done) {
			chunks.push(chunk);
			done();
		},
	});
	return {stream, text: () => Buffer.concat(chunks).toString('utf8')};
};

test('usage is an aligned table with totals, what has no price, and where prices come from', async t => {
	const {stdout, exitCode} = await run(t, ['usage']);
	assert.equal(exitCode, 0);
	const [table, notes] = stdout.split('\n\n');
	assert.equal(
		table,
		[
			'Day             Input     Cached  Output  Reasoning      Total    Cost',
			'──────────────────────────────────────────────────────────────────────',
			'2026-11-22  1,000,000    500,000  20,000      5,000  1,020,000   $0.75',
			'2026-11-30  1,000,000    500,000  20,000      5,000  1,020,000       -',
			'2026-12-01  1,000,000    500,000  20,000      5,000  1,020,000       -',
			'2026-12-02        100          0       1      5,000        101  <$0.01',
			'──────────────────────────────────────────────────────────────────────',
			'Total       3,000,100  1,500,000  60,001     20,000  3,060,101  $0.75+',
		].join('\n'),
	);
	assert.match(
		notes ?? '',
		/^2,040,000 tokens have no price, so no cost: mo␇on, tide \(priority\)\.\nPrices of 20\d\d-\d\d-\d\d: OpenAI API list prices.*\. Your own: tide\.\n$/,
	);
});

test('rows by model, repository and session are named and cleaned', async t => {
	const keys = async (by: string): Promise<string[]> => {
		const {stdout} = await run(t, ['usage', '--by', by]);
		assert.doesNotMatch(stdout, /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
		return stdout
			.split('\n')
			.slice(2, -6)
			.map(line => line.split(/ {2}\s*[\d,]+ {2}/)[0]?.trim() ?? '');
	};
	assert.deepEqual(await keys('model'), ['tide', 'mo␇on']);
	assert.deepEqual(await keys('repo'), ['example.invalid/kim/shop', '(unknown)']);
	assert.deepEqual(await keys('session'), [
		'0196b1a0-0000-7000-8000-000000000001  Add a retry to the up…',
		'0196b1a0-0000-7000-8000-000000000002',
	]);
});

test('a terminal gets bars where there is room', async t => {
	const wide = (await run(t, ['usage'], {columns: 100})).stdout.split('\n');
	assert.match(wide[2] ?? '', /\$0\.75 {2}█{28}$/);
	assert.match(wide[5] ?? '', /<\$0\.01 {2}▏$/);
	assert.doesNotMatch(wide[7] ?? '', /█/);
	for (const columns of [70, 100, 300]) {
		const {stdout} = await run(t, ['usage'], {columns});
		assert.ok(
			stdout
				.split('\n\n')[0]
				?.split('\n')
				.every(line => line.length <= columns),
			`${columns}`,
		);
	}

	const narrow = (await run(t, ['usage', '--by', 'repo'], {columns: 74})).stdout.split('\n');
	assert.match(narrow[2] ?? '', /^example\.inval… {2}/);
	assert.doesNotMatch((await run(t, ['usage'])).stdout, /█/);
});

test('flags become a query', async t => {
	const args = ['--since', '2026-01-31', '--until=2026-02-01', '--repo', 'shop', '--model', 'tide'];
	const {queries} = await run(t, ['usage', ...args]);
	assert.deepEqual(queries, [{since: '2026-01-31', until: '2026-02-01', repository: 'shop', model: 'tide'}]);
	const relative = await run(t, ['usage', '--since', '4w', '--until', 'yesterday']);
	const [query] = relative.queries;
	assert.equal(Date.parse(query?.until ?? '') - Date.parse(query?.since ?? ''), 27 * 86_400_000);
});

const mistakes: [args: string[], sentence: string][] = [
	[['--by', 'modle'], 'The flag --by does not know "modle". Did you mean "model"?'],
	[['--by', 'year'], 'The flag --by does not know "year". Choose one of day, week, month, model, repo, session.'],
	[
		['--since', 'soon'],
		'The flag --since needs a day such as 2026-01-31, today, yesterday, 7d or 4w (days or weeks ago), not "soon".',
	],
	[
		['--until', '2026-02-30'],
		'The flag --until needs a day such as 2026-01-31, today, yesterday, 7d or 4w (days or weeks ago), not "2026-02-30".',
	],
	[
		['--since', '2026-02-02', '--until', '2026-02-01'],
		'No day lies from 2026-02-02 (--since) to 2026-02-01 (--until). Turn them round.',
	],
	[['last'], '"last" is one argument too many. See codex-tui usage --help.'],
];

for (const [args, sentence] of mistakes) {
	test(`wrong use is one sentence and exit code 2: usage ${args.join(' ')}`, async t => {
		const {exitCode, stdout, stderr, queries} = await run(t, ['usage', ...args]);
		assert.deepEqual(
			{exitCode, stdout, stderr, queries},
			{exitCode: 2, stdout: '', stderr: `${sentence}\n`, queries: []},
		);
	});
}

test('a mistake in the own prices is a sentence that names the file', async t => {
	const {exitCode, stderr, root} = await run(t, ['usage'], {prices: '[models.tide]\ninput = 1\n'});
	assert.equal(exitCode, 2);
	assert.match(stderr, /prices\.toml lacks output in \[models\."tide"\]\. Add a price/);
	assert.ok(stderr.startsWith(path.join(root, 'prices.toml')));
});

test('no usage is an empty table and a word on the side', async t => {
	const empty = await run(t, ['usage'], {entries: []});
	assert.deepEqual([empty.exitCode, empty.stdout], [0, '']);
	assert.match(empty.stderr, /^No usage is known yet\. Point to logs/);
	const chosen = await run(t, ['usage', '--model', 'sun'], {entries: []});
	assert.match(chosen.stderr, /^No tokens were used in what these flags choose\./);
	const {rows, total} = JSON.parse((await run(t, ['usage', '--json'], {entries: []})).stdout);
	assert.deepEqual([rows, total.cost, total.unpricedTokens], [[], 0, 0]);
});

const schema = JSON.parse(fs.readFileSync(new URL('../../docs/json.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv.default({strict: true, allowUnionTypes: true, allErrors: true});
const validate = ajv.compile({$ref: '#/$defs/usageReport', $defs: schema.$defs});

for (const by of groupings) {
	test(`usage --by ${by} --json follows the schema`, async t => {
		const json = JSON.parse((await run(t, ['usage', '--by', by, '--json'])).stdout);
		const isValid: boolean = validate(json);
		assert.ok(isValid, ajv.errorsText(validate.errors, {separator: '\n'}));
		assert.equal(json.by, by);
		assert.ok(json.rows.length > 0);
	});
}

test('the JSON of a model', async t => {
	const json = JSON.parse((await run(t, ['usage', '--by', 'model', '--json'])).stdout);
	assert.deepEqual(Object.keys(json), ['schema', 'by', 'prices', 'rows', 'total', 'unpriced']);
	assert.deepEqual(json.prices.own, ['tide']);
	assert.deepEqual(json.rows[0], {
		key: 'tide',
		usage: {
			inputTokens: 2_000_100,
			cachedInputTokens: 1_000_000,
			outputTokens: 40_001,
			reasoningOutputTokens: 15_000,
			totalTokens: 2_040_101,
		},
		cacheWriteTokens: 0,
		cost: 0.750_11,
		unpricedTokens: 1_020_000,
	});
	assert.deepEqual(json.unpriced, [
		{model: 'mo\u0007on', serviceTier: 'standard', tokens: 1_020_000},
		{model: 'tide', serviceTier: 'priority', tokens: 1_020_000},
	]);
});
