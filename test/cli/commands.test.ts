import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import type {FileOutcome} from '../../source/ingest/ingest-file.js';
import {runCommand, samplePath} from './run-command.js';
import {sampleSession} from './sample-session.js';

const other = {
	...sampleSession,
	id: 2,
	threadId: '0196b1a0-0000-7000-8000-000000000002',
	title: 'Another\u001B[2J one',
};

test('sessions lists one line per session, cleaned', async t => {
	const {stdout, exitCode} = await runCommand(t, ['sessions'], {sessions: [sampleSession, other]});
	const lines = stdout.trimEnd().split('\n');
	assert.equal(exitCode, 0);
	assert.equal(lines.length, 2);
	assert.match(
		lines[0] ?? '',
		/\t0196b1a0-0000-7000-8000-000000000001\t1\t\/home\/dev\/shop\tAdd a retry to the uploader$/,
	);
	assert.match(lines[1] ?? '', /\tAnother one$/);
});

test('sessions goes through every page', async t => {
	const sessions = Array.from({length: 450}, (_, index) => ({...sampleSession, id: index + 1}));
	const {stdout} = await runCommand(t, ['sessions', '--json'], {sessions});
	assert.equal(JSON.parse(stdout).sessions.length, 450);
});

test('no sessions is an empty list and a word on the side', async t => {
	const {stdout, stderr, exitCode} = await runCommand(t, ['sessions'], {sessions: []});
	assert.deepEqual({stdout, exitCode}, {stdout: '', exitCode: 0});
	assert.match(stderr, /^There are no sessions yet\. Point to logs/);
	assert.deepEqual(JSON.parse((await runCommand(t, ['sessions', '--json'], {sessions: []})).stdout), {
		schema: 1,
		sessions: [],
	});
});

test('show tells what a session is, with messages in full and calls in a line', async t => {
	const {stdout} = await runCommand(t, ['show', 'last']);
	assert.match(stdout, /^Add a retry to the uploader\n {2}Session {2}0196b1a0/);
	assert.match(stdout, /\n {2}Usage {4}1,234 tokens \(input 1,200, 1,000 of it cached, output 34\)\n/);
	assert.match(stdout, /\n {2}command: npm test \(exit 0\)\n/);
	assert.match(stdout, /\nassistant:\nDone\.\n/);
});

test('group prints the prelude and every event of every prompt', async t => {
	const {stdout} = await runCommand(t, ['group']);
	assert.match(stdout, /^Session 0196b1a0-0000-7000-8000-000000000001\n=+\n\nPrelude\n=+\n\n\[1 /);
	assert.match(stdout, /\nPrompt 1 · 1 image · 1,234 tokens · .*\n=+\n\nAdd a retry to the uploader\.\nAnd a test\.\n/);
	assert.match(stdout, /\] command · exit 0 · 2\.3s\n {2}\$ npm test\n {2}fine red/);
	assert.match(stdout, /\] patch apply_patch\n {2}update src\/upload\.ts\n {2}@@ -1 \+1 @@\n {2}ok\n/);
	assert.match(stdout, /unknown line "event_msg\/new_thing"/);
	assert.doesNotMatch(stdout, /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
});

test('group writes a file that only its owner can read', async t => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
	t.after(() => fs.rmSync(folder, {recursive: true, force: true}));
	const file = path.join(folder, 'out.txt');
	const {stdout, stderr, exitCode} = await runCommand(t, ['group', 'last', '-o', file]);
	assert.deepEqual({stdout, stderr, exitCode}, {stdout: '', stderr: `Wrote ${file}\n`, exitCode: 0});
	assert.match(fs.readFileSync(file, 'utf8'), /Prompt 1/);
	assert.equal(fs.statSync(file).mode & 0o777, 0o600);
	assert.deepEqual(fs.readdirSync(folder), ['out.txt']);

	const failed = await runCommand(t, ['group', 'last', '-o', path.join(folder, 'gone', 'out.txt')]);
	assert.equal(failed.exitCode, 1);
	assert.match(failed.stderr, /cannot be written \(ENOENT\)\. Choose another place with -o FILE\.\n$/);
});

test('raw gives the bytes back, all or of one line', async t => {
	assert.equal((await runCommand(t, ['raw', 'last'])).stdout, '{"line":1}\n{"line":2,"torn');
	assert.equal((await runCommand(t, ['raw', 'last', '--line', '2'])).stdout, '{"line":2,"torn');
	const {exitCode, stderr} = await runCommand(t, ['raw', 'last', '--line', '99']);
	assert.equal(exitCode, 1);
	assert.match(stderr, /has no line 99\. Choose one from 1 to 30\.\n$/);
});

test('a reference that means none or several sessions is a sentence', async t => {
	const none = await runCommand(t, ['show', 'ffff']);
	assert.equal(none.exitCode, 1);
	assert.equal(none.stderr, 'No session matches "ffff". List them with codex-tui sessions.\n');
	const empty = await runCommand(t, ['show', 'last'], {sessions: []});
	assert.equal(empty.stderr, 'There are no sessions yet. Read some with codex-tui ingest.\n');
	const several = await runCommand(t, ['show', '0196'], {sessions: [sampleSession, other]});
	assert.equal(several.exitCode, 2);
	assert.match(
		several.stderr,
		/^"0196" matches more than one session\. Write more of the id:\n {2}0196.*1 .*\n {2}0196.*2 /,
	);
});

test('reading commands bring the database up to date first', async t => {
	const all = await runCommand(t, ['sessions']);
	assert.deepEqual(Object.keys(all.requests[0]?.source ?? {}), ['home']);

	const file = path.join(os.tmpdir(), `codex-tui-test-${process.pid}.jsonl`);
	fs.writeFileSync(file, '');
	t.after(() => fs.rmSync(file, {force: true}));
	assert.deepEqual((await runCommand(t, ['show', file])).requests[0]?.source, {path: file});
	assert.deepEqual((await runCommand(t, ['show', samplePath])).requests, []);

	const missing = await runCommand(t, ['sessions'], {hasHome: false});
	assert.equal(missing.exitCode, 2);
	assert.match(missing.stderr, /^There is no Codex home at/);
});

const read: FileOutcome = {
	path: samplePath,
	change: 'new',
	bytes: 2048,
	lines: 30,
	prompts: 1,
	toolCalls: 4,
	problems: 1,
	threadId: sampleSession.threadId,
};
const summary = {found: 3, files: [read], failures: [{path: '/x/closed', reason: 'permission denied'}]};

test('ingest sums up what it read', async t => {
	const {stdout, stderr, exitCode} = await runCommand(t, ['ingest'], {summary});
	assert.equal(exitCode, 0);
	assert.match(
		stdout,
		/^new {8}\/home\/dev.*: 2 kB, 30 lines, 1 prompt, 4 tool calls, 1 problem\n3 files found, 1 read, 1 failed: 2 kB, .* s\)\n$/,
	);
	assert.equal(stderr, '/x/closed could not be read: permission denied.\n');
});

test('verbose ingest names every problem; debug reads two files', async t => {
	const {stderr, requests} = await runCommand(t, ['ingest', '--debug'], {summary});
	assert.match(stderr, /^Database: /);
	assert.match(stderr, /jsonl:3: not a JSON object \(12 bytes at 500\)\n/);
	assert.equal(requests[0]?.limit, 2);
	assert.equal((await runCommand(t, ['ingest', '--debug', '--limit', '5'])).requests[0]?.limit, 5);
	assert.equal((await runCommand(t, ['ingest'])).requests[0]?.limit, undefined);
});

test('ingest speaks JSON', async t => {
	const {stdout} = await runCommand(t, ['ingest', '--json'], {summary});
	const counts = {bytes: 2048, lines: 30, prompts: 1, toolCalls: 4, problems: 1};
	assert.deepEqual(JSON.parse(stdout), {
		schema: 1,
		files: [{path: samplePath, outcome: 'new', sessionId: sampleSession.threadId, ...counts}],
		failures: summary.failures,
		totals: {found: 3, read: 1, ...counts},
	});
});

test('an ingest that could read nothing has failed', async t => {
	const {exitCode} = await runCommand(t, ['ingest'], {summary: {...summary, files: []}});
	assert.equal(exitCode, 1);
});

test('ingest of a single log', async t => {
	const missing = await runCommand(t, ['ingest', '--session', '/does/not/exist.jsonl']);
	assert.equal(missing.exitCode, 2);
	assert.equal(missing.stderr, 'There is no log at /does/not/exist.jsonl. Correct the path after --session.\n');
});
