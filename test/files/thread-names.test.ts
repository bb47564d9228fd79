import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import Database from 'better-sqlite3';
import {readThreadNames, threadNamesVersion} from '../../source/files/thread-names.js';

const homeFor = (t: TestContext): string => {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
	t.after(() => fs.rmSync(home, {recursive: true, force: true}));
	return home;
};

const writeIndex = (home: string, lines: (object | string)[]): void => {
	const text = lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
	fs.writeFileSync(path.join(home, 'session_index.jsonl'), text);
};

/** Threads as rows of the columns that a release had; the connection stays open. */
const openState = (home: string, name: string, columns: string, rows: string[][]): Database.Database => {
	const db = new Database(path.join(home, name));
	db.pragma('journal_mode = wal');
	db.pragma('wal_autocheckpoint = 0');
	db.exec(`create table threads (${columns})`);
	for (const row of rows) {
		db.prepare(`insert into threads values (${row.map(() => '?').join(', ')})`).run(row);
	}

	return db;
};

const listing = (home: string): string[] =>
	fs.readdirSync(home).map(name => `${name} ${fs.statSync(path.join(home, name), {bigint: true}).mtimeNs}`);

test('the last line of the index wins and broken lines are skipped', t => {
	const home = homeFor(t);
	writeIndex(home, [
		{id: 'a', thread_name: 'First', updated_at: 'unknown'},
		{id: 'b', thread_name: 'Gone again'},
		'{"id":"a","thread_na',
		'[]',
		'null',
		'',
		{id: 'a', thread_name: ' Second '},
		{id: 'b', thread_name: ''},
		{id: 7, thread_name: 'No id'},
	]);
	assert.deepEqual(readThreadNames(home), {names: new Map([['a', 'Second']]), failures: []});
});

test('a home without names has none', t => {
	assert.deepEqual(readThreadNames(homeFor(t)), {names: new Map(), failures: []});
	assert.deepEqual(readThreadNames('/does/not/exist'), {names: new Map(), failures: []});
});

test('the name column counts, and a title only where it is not the first prompt', t => {
	const home = homeFor(t);
	const db = openState(home, 'state_5.sqlite', 'id text, title text, first_user_message text, name text', [
		['named', 'Fix the build', 'Fix the build', 'Build repair'],
		['unnamed', 'Fix the build', 'Fix the build', ''],
		['titled', 'Build repair', 'Fix the build', ''],
		['cut', 'Fix the…', 'Fix the build', ''],
	]);
	t.after(() => db.close());
	assert.deepEqual(
		readThreadNames(home).names,
		new Map([
			['named', 'Build repair'],
			['titled', 'Build repair'],
		]),
	);
});

test('the newest state database is read with its log, and nothing is written beside it', t => {
	const home = homeFor(t);
	openState(home, 'state.sqlite', 'id text, title text', [['old', 'Old']]).close();
	const db = openState(home, 'state_12.sqlite', 'id text, title text, first_user_message text', [['new', 'New', 'x']]);
	t.after(() => db.close());
	openState(home, 'state_9.sqlite', 'id text, title text', [['nine', 'Nine']]).close();
	assert.ok(fs.statSync(path.join(home, 'state_12.sqlite-wal')).size > 0);

	const before = listing(home);
	assert.deepEqual(readThreadNames(home), {names: new Map([['new', 'New']]), failures: []});
	assert.deepEqual(listing(home), before);
});

test('the index names a thread before the database does', t => {
	const home = homeFor(t);
	writeIndex(home, [{id: 'a', thread_name: 'From the index'}]);
	openState(home, 'state_5.sqlite', 'id text, name text', [
		['a', 'From the database'],
		['b', 'Only here'],
	]).close();
	assert.deepEqual(
		readThreadNames(home).names,
		new Map([
			['a', 'From the index'],
			['b', 'Only here'],
		]),
	);
});

test('a damaged database is a failure and the index still counts', t => {
	const home = homeFor(t);
	writeIndex(home, [{id: 'a', thread_name: 'Kept'}]);
	fs.writeFileSync(path.join(home, 'state_5.sqlite'), 'this is no database, however long it goes on '.repeat(100));
	const {names, failures} = readThreadNames(home);
	assert.deepEqual(names, new Map([['a', 'Kept']]));
	assert.equal(failures.length, 1);
	assert.equal(failures[0]?.path, path.join(home, 'state_5.sqlite'));
});

test('the version changes with a rename', t => {
	const home = homeFor(t);
	writeIndex(home, [{id: 'a', thread_name: 'One'}]);
	const before = threadNamesVersion(home);
	assert.equal(threadNamesVersion(home), before);
	writeIndex(home, [
		{id: 'a', thread_name: 'One'},
		{id: 'a', thread_name: 'Two'},
	]);
	assert.notEqual(threadNamesVersion(home), before);
});
