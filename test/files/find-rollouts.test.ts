import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {findRollouts, newestRollouts} from '../../source/files/find-rollouts.js';

const id = (n: number): string => `0196b1a0-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A folder with these files (path → text), gone after the test. */
const folderWith = (t: TestContext, files: Record<string, string>): string => {
	const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-')));
	t.after(() => fs.rmSync(folder, {recursive: true, force: true}));
	for (const [name, text] of Object.entries(files)) {
		fs.mkdirSync(path.dirname(path.join(folder, name)), {recursive: true});
		fs.writeFileSync(path.join(folder, name), text);
	}

	return folder;
};

const day = (date: string, n: number): string => `${date.replaceAll('-', '/')}/rollout-${date}T10-00-00-${id(n)}.jsonl`;

const relative = (folder: string, files: {path: string}[]): string[] =>
	files.map(file => path.relative(folder, file.path));

test('finds dated, flat, archived, compressed and early logs, newest first', t => {
	const home = folderWith(t, {
		[`sessions/${day('2026-02-03', 1)}`]: 'a',
		[`sessions/${day('2025-12-31', 2)}.zst`]: 'b',
		[`sessions/rollout-2025-05-30T09-00-00-${id(3)}.jsonl`]: 'c',
		[`sessions/rollout-2025-04-20-${id(4)}.json`]: 'd',
		[`archived_sessions/rollout-2026-01-01T00-00-00-${id(5)}.jsonl`]: 'e',
		'auth.json': '{"secret":1}',
		'history.jsonl': '{}',
		'session_index.jsonl': '{}',
		'sessions/auth.json': '{"secret":1}',
		'sessions/2026/02/03/notes.json': '{}',
		'sessions/2026/02/03/rollout-x.jsonl.tmp': '',
		'log/rollout-outside.jsonl': '',
	});

	const {files, failures} = findRollouts({home});
	assert.deepEqual(relative(home, files), [
		`sessions/${day('2026-02-03', 1)}`,
		`archived_sessions/rollout-2026-01-01T00-00-00-${id(5)}.jsonl`,
		`sessions/${day('2025-12-31', 2)}.zst`,
		`sessions/rollout-2025-05-30T09-00-00-${id(3)}.jsonl`,
		`sessions/rollout-2025-04-20-${id(4)}.json`,
	]);
	assert.deepEqual(failures, []);
	assert.deepEqual(
		files.map(file => file.archived),
		[false, true, false, false, false],
	);
	assert.equal(files[2]?.key, `rollout-2025-12-31T10-00-00-${id(2)}.jsonl`);
	assert.equal(files[0]?.size, 1);
});

test('plain wins over compressed, and an archived copy is the same rollout', t => {
	const name = `rollout-2026-02-03T10-00-00-${id(1)}.jsonl`;
	const home = folderWith(t, {
		[`sessions/2026/02/03/${name}`]: 'plain',
		[`sessions/2026/02/03/${name}.zst`]: 'compressed and longer',
		[`archived_sessions/${name}`]: 'plain',
	});

	const {files, copies} = findRollouts({home});
	assert.deepEqual(relative(home, files), [`sessions/2026/02/03/${name}`]);
	assert.equal(copies.length, 2);
});

test('follows links to folders and files, ends in cycles, takes a physical file once', t => {
	const folder = folderWith(t, {
		[`elsewhere/${day('2026-02-03', 1)}`]: 'a',
		[`single/rollout-2026-02-04T10-00-00-${id(2)}.jsonl`]: 'b',
		'home/sessions/keep.txt': '',
	});
	const sessions = path.join(folder, 'home', 'sessions');
	fs.symlinkSync(path.join(folder, 'elsewhere', '2026'), path.join(sessions, '2026'));
	fs.symlinkSync(sessions, path.join(sessions, 'loop'));
	fs.symlinkSync(
		path.join(folder, 'single', `rollout-2026-02-04T10-00-00-${id(2)}.jsonl`),
		path.join(sessions, 'linked.jsonl'),
	);
	fs.linkSync(
		path.join(folder, 'single', `rollout-2026-02-04T10-00-00-${id(2)}.jsonl`),
		path.join(sessions, 'hard.jsonl'),
	);

	const {files, failures} = findRollouts({home: path.join(folder, 'home')});
	assert.equal(files.length, 2);
	assert.deepEqual(failures, []);
});

test('a broken link is a failure, not an exception', t => {
	const home = folderWith(t, {[`sessions/${day('2026-02-03', 1)}`]: 'a'});
	fs.symlinkSync(path.join(home, 'gone'), path.join(home, 'sessions', 'broken.jsonl'));
	const {files, failures} = findRollouts({home});
	assert.equal(files.length, 1);
	assert.deepEqual(failures, [{path: path.join(home, 'sessions', 'broken.jsonl'), reason: 'not found'}]);
});

test('a folder that may not be opened is a failure', {skip: process.getuid?.() === 0 && 'root may open all'}, t => {
	const home = folderWith(t, {[`sessions/${day('2026-02-03', 1)}`]: 'a'});
	const closed = path.join(home, 'sessions', '2026', '02');
	fs.chmodSync(closed, 0);
	t.after(() => fs.chmodSync(closed, 0o700));
	assert.deepEqual(findRollouts({home}).failures, [{path: closed, reason: 'permission denied'}]);
});

test('any folder or file can be given', t => {
	const folder = folderWith(t, {'deep/down/talk.jsonl': 'a', 'document.json': '{}', 'deep/document.json': '{}'});
	const {files} = findRollouts({path: folder});
	assert.deepEqual(relative(folder, files), ['deep/down/talk.jsonl']);
	assert.equal(files[0]?.key, path.join(folder, 'deep/down/talk.jsonl'));
	assert.match(files[0]?.birthOrName ?? '', /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}$/);

	assert.equal(findRollouts({path: path.join(folder, 'document.json')}).files[0]?.format, 'json');
	assert.deepEqual(findRollouts({path: path.join(folder, 'gone')}).failures, [
		{path: path.join(folder, 'gone'), reason: 'not found'},
	]);
});

test('an empty or missing home has no logs', t => {
	assert.deepEqual(findRollouts({home: folderWith(t, {})}), {files: [], failures: [], copies: []});
	assert.deepEqual(newestRollouts({home: '/does/not/exist'}, 5), {files: [], failures: [], copies: []});
});

test('the newest are found without opening older folders', t => {
	const home = folderWith(t, {
		[`sessions/${day('2026-02-03', 1)}`]: '',
		[`sessions/${day('2026-02-02', 2)}`]: '',
		[`sessions/${day('2026-01-02', 3)}`]: '',
		[`sessions/${day('2024-01-02', 4)}`]: '',
		[`sessions/rollout-2026-02-02T23-00-00-${id(5)}.jsonl`]: '',
		[`archived_sessions/rollout-2026-02-05T00-00-00-${id(6)}.jsonl`]: '',
	});
	const opened: string[] = [];
	const readdir = fs.readdirSync;
	t.mock.method(fs, 'readdirSync', ((folder: string, options: never) => {
		opened.push(path.relative(home, folder));
		return readdir(folder, options);
	}) as typeof fs.readdirSync);

	assert.deepEqual(
		newestRollouts({home}, 3).files.map(file => file.threadId),
		[id(6), id(1), id(5)],
	);
	assert.equal(opened.includes('sessions/2026'), true);
	assert.equal(opened.includes('sessions/2024'), false);
	assert.equal(newestRollouts({home}, 10).files.length, 6);
});
