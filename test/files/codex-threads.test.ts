import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import Database from 'better-sqlite3';
import {findRecorded, readCodexThreads, splitRecordedPath} from '../../source/files/codex-threads.js';
import {temporaryFolder} from '../ingest/home.js';

const write = (folder: string, columns: string, rows: (string | number | null)[][]): Database.Database => {
	const db = new Database(path.join(folder, 'state_5.sqlite'));
	db.pragma('journal_mode = wal');
	db.pragma('wal_autocheckpoint = 0');
	db.exec(`create table threads (${columns})`);
	for (const row of rows) {
		db.prepare(`insert into threads values (${row.map(() => '?').join(', ')})`).run(row);
	}

	return db;
};

test('what Codex lists is read from whatever columns its version has', t => {
	const folder = temporaryFolder(t);
	const columns =
		'id text, rollout_path text, source text, has_user_event integer, archived integer, first_user_message';
	const db = write(folder, columns, [
		['one', '/old/sessions/a.jsonl', 'cli', 0, 0, 'Mend the gate'],
		['two', '', '{"subagent":"review"}', 0, 1, ''],
		['three', null, null, 1, 0, null],
		[null, '/old/sessions/b.jsonl', 'cli', 0, 0, 'No id'],
	]);
	t.after(() => db.close());
	const before = fs.readdirSync(folder);
	assert.deepEqual(readCodexThreads(folder), {
		database: path.join(folder, 'state_5.sqlite'),
		failure: null,
		threads: [
			{id: 'one', rolloutPath: '/old/sessions/a.jsonl', archived: false, source: 'cli', hasPrompt: true},
			{id: 'two', rolloutPath: null, archived: true, source: '{"subagent":"review"}', hasPrompt: false},
			{id: 'three', rolloutPath: null, archived: false, source: null, hasPrompt: true},
		],
	});
	assert.deepEqual(fs.readdirSync(folder), before);
});

test('a version with fewer columns tells less', t => {
	const folder = temporaryFolder(t);
	write(folder, 'id text, preview text', [
		['one', 'Mend the gate'],
		['two', null],
	]).close();
	const rest = {rolloutPath: null, archived: null, source: null};
	assert.deepEqual(readCodexThreads(folder).threads, [
		{id: 'one', ...rest, hasPrompt: true},
		{id: 'two', ...rest, hasPrompt: null},
	]);
});

test('without a database, or with one that is none, there is no list', t => {
	const folder = temporaryFolder(t);
	assert.deepEqual(readCodexThreads(folder), {database: null, threads: null, failure: null});
	const database = path.join(folder, 'state.sqlite');
	fs.writeFileSync(database, 'no database at all '.repeat(100));
	const {threads, failure} = readCodexThreads(folder);
	assert.equal(threads, null);
	assert.match(failure ?? '', /not a database/);

	fs.rmSync(database);
	new Database(database).exec('create table other (id)').close();
	assert.deepEqual(readCodexThreads(folder), {database, threads: null, failure: null});
});

test('recorded paths are found below the home of today, plain or compressed', t => {
	const home = temporaryFolder(t);
	const file = path.join(home, 'sessions', '2026', 'a.jsonl.zst');
	fs.mkdirSync(path.dirname(file), {recursive: true});
	fs.writeFileSync(file, '');
	assert.equal(findRecorded(home, '/old/.codex/sessions/2026/a.jsonl'), file);
	assert.equal(findRecorded(home, 'C:\\Users\\mira\\.codex\\sessions\\2026\\a.jsonl'), file);
	assert.equal(findRecorded('/nowhere', file), file);
	assert.equal(findRecorded(home, '/old/.codex/archived_sessions/a.jsonl'), undefined);
	assert.equal(findRecorded(home, 'a.jsonl'), undefined);
	assert.deepEqual(splitRecordedPath('/home/sessions/.codex/sessions/2026/a.jsonl'), {
		home: '/home/sessions/.codex',
		below: ['sessions', '2026', 'a.jsonl'],
	});
});
