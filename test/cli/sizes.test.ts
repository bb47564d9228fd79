import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {Writable} from 'node:stream';
import {type TestContext, test} from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import {main} from '../../source/cli/main.js';
import {resolveSettings} from '../../source/config/settings.js';
import {noSizes, type Sizes} from '../../source/sizes/kinds.js';
import type {SessionSizes, SizesQuery} from '../../source/store/stored-sizes.js';
import {memoryStore} from './memory-store.js';
import {noDoctor} from './run-command.js';
import {sampleSession} from './sample-session.js';

const session = (id: number, title: string | null, sizes: Partial<Sizes>): SessionSizes => ({
	threadId: `0196b1a0-0000-7000-8000-00000000000${id}`,
	title,
	cwd: title === null ? null : '/home/kim/shop',
	bytes: Object.values(sizes).reduce((sum, size) => sum + size, 0),
	sizes: {...noSizes(), ...sizes},
});

const stored = [
	session(1, 'Add a retry\u001B[2J to the uploader', {'tool-output': 600_000, messages: 3000, 'line-ends': 12}),
	session(2, null, {images: 1_500_000, messages: 1000}),
	session(3, 'Name the tides', {reasoning: 40}),
];

const databases = [
	{part: 'index' as const, path: '/data/codex-tui.db', bytes: 120_000},
	{part: 'archive' as const, path: '/data/codex-tui.archive.db', bytes: 2_400_000},
];

type Situation = {sessions?: SessionSizes[]; columns?: number; isTTY?: boolean};

const run = async (t: TestContext, args: readonly string[], situation: Situation = {}) => {
	const root = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
	t.after(() => fs.rmSync(root, {recursive: true, force: true}));
	fs.mkdirSync(path.join(root, '.codex'));
	const asked: SizesQuery['sessionId'][] = [];
	const [stdout, stderr] = [collector(), collector()];
	const folders = {home: root, config: root, data: path.join(root, 'data'), checkoutUser: null, current: root};
	const exitCode = await main(['sizes', ...args], {
		stdout: Object.assign(stdout.stream, situation.columns === undefined ? {} : {columns: situation.columns}),
		stderr: Object.assign(stderr.stream, {isTTY: situation.isTTY ?? false}),
		resolve: flags => resolveSettings(flags, {}, folders),
		services: {
			...noDoctor,
			openStore: async () => ({
				...memoryStore(),
				async sizes({sessionId, onProgress}) {
					asked.push(sessionId);
					onProgress?.(1_052_026, 2_104_052);
					return {sessions: situation.sessions ?? stored, databases};
				},
			}),
			ingest: async () => ({found: 0, files: [], failures: [], bytes: 0, wasStopped: false}),
		},
	});
	return {exitCode, stdout: stdout.text(), stderr: stderr.text(), asked};
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

test('kinds come largest first, with their share, a total and the databases', async t => {
	const {exitCode, stdout, stderr} = await run(t, []);
	assert.deepEqual([exitCode, stderr], [0, '']);
	assert.equal(
		stdout,
		[
			'Kind             Bytes    Size  Share',
			'─────────────────────────────────────',
			'Images       1,500,000  1.5 MB    71%',
			'Tool output    600,000  600 kB    29%',
			'Messages         4,000    4 kB    <1%',
			'Reasoning           40    40 B    <1%',
			'Line ends           12    12 B    <1%',
			'─────────────────────────────────────',
			'Total        2,104,052  2.1 MB   100%',
			'',
			'Databases: index 120 kB, archive 2.4 MB.',
			'',
		].join('\n'),
	);
});

test('sessions tell what they mostly hold, cleaned, and the smaller ones are summed up', async t => {
	const {stdout} = await run(t, ['--by', 'session', '--limit', '2']);
	const lines = stdout.split('\n');
	assert.match(lines[0] ?? '', /^ +Bytes +Size +Share +Mostly +Session +Folder +Title$/);
	assert.match(lines[2] ?? '', /^1,501,000 +1\.5 MB +71% +Images 100% +0196b1a0-0000-7000-8000-000000000002$/);
	assert.match(lines[3] ?? '', / 603,012 .* Tool output 100% .*0001 +~\/shop +Add a retry.* to the uploader$/);
	assert.match(lines[4] ?? '', /^ +40 +40 B +<1% +1 more session$/);
	assert.match(lines[6] ?? '', /^2,104,052 +2\.1 MB +100% +Total of 3$/);
	assert.doesNotMatch(stdout, /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
});

test('a terminal gets bars, no line that is too long, and progress that goes away', async t => {
	const wide = await run(t, [], {columns: 80, isTTY: true});
	assert.match(wide.stdout.split('\n')[2] ?? '', /71% {2}█{40}$/);
	assert.match(wide.stdout.split('\n')[5] ?? '', /<1% {2}▏$/);
	assert.equal(wide.stderr, '\r\u001B[KLooking through 2.1 MB of logs: 50%\r\u001B[K');
	for (const columns of [40, 60, 100]) {
		for (const by of ['kind', 'session']) {
			const {stdout} = await run(t, ['--by', by], {columns});
			assert.ok(
				stdout.split('\n').every(line => line.length <= columns),
				`${by} in ${columns}`,
			);
		}
	}
});

test('one session is asked for by its id', async t => {
	assert.deepEqual((await run(t, [])).asked, [undefined]);
	assert.deepEqual((await run(t, ['last'])).asked, [sampleSession.id]);
	const none = await run(t, ['ffff']);
	assert.deepEqual([none.exitCode, none.asked], [1, []]);
});

test('no logs are a word on the side', async t => {
	const {exitCode, stdout, stderr} = await run(t, [], {sessions: []});
	assert.deepEqual([exitCode, stdout], [0, '']);
	assert.match(stderr, /^No logs are known yet\. Point to logs/);
});

test('wrong use is a sentence', async t => {
	const {exitCode, stderr, asked} = await run(t, ['--by', 'sesion']);
	assert.deepEqual(
		[exitCode, stderr, asked],
		[2, 'The flag --by does not know "sesion". Did you mean "session"?\n', []],
	);
	assert.match((await run(t, ['--by', 'day'])).stderr, / Choose one of kind, session\.\n$/);
});

const schema = JSON.parse(fs.readFileSync(new URL('../../docs/json.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv.default({strict: true, allowUnionTypes: true, allErrors: true});
const validate = ajv.compile({$ref: '#/$defs/sizeReport', $defs: schema.$defs});

for (const by of ['kind', 'session']) {
	test(`sizes --by ${by} --json follows the schema`, async t => {
		const many = Array.from({length: 30}, (_, index) => ({
			...session(3, 'Tides', {images: index + 1}),
			threadId: `${index}`,
		}));
		const json = JSON.parse((await run(t, ['--by', by, '--json'], {sessions: many})).stdout);
		const isValid: boolean = validate(json);
		assert.ok(isValid, ajv.errorsText(validate.errors, {separator: '\n'}));
		assert.deepEqual([json.by, json.bytes, json.rows.length], [by, 465, by === 'kind' ? 1 : 30]);
		const limited = JSON.parse((await run(t, ['--by', by, '--json', '--limit', '1'])).stdout);
		assert.deepEqual(limited.databases, databases);
		assert.equal(limited.rows.length, 1);
	});
}
