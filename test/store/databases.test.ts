import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import Database from 'better-sqlite3';
import {UserError} from '../../source/model/problem.js';
import {archivePath, openDatabase, searchPath} from '../../source/store/sqlite/database.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {sampleRollouts, threadId} from '../helpers/rollout.js';
import {Home, logName, onlySession, rawOf, temporaryFolder} from '../ingest/home.js';

const isPosix = process.platform !== 'win32';
const modeOf = (file: string): string => (fs.statSync(file).mode & 0o777).toString(8);

/** The sentence that opening is refused with. */
const refusalOf = (open: () => unknown, exitCode = 2): string => {
	try {
		open();
	} catch (error) {
		assert.ok(error instanceof UserError, String(error));
		assert.equal(error.exitCode, exitCode);
		assert.match(error.message, /^[^\n]+\.$/, 'one line, ending in a full stop');
		return error.message;
	}

	return assert.fail('opened');
};

test('both databases and their folder are private', {skip: !isPosix && 'modes are a POSIX matter'}, async t => {
	const file = path.join(temporaryFolder(t), 'data', 'codex-tui', 'sessions.db');
	const before = process.umask(0);
	t.after(() => process.umask(before));
	const store = openIngestStore(file);
	await store.enterFiles([]);
	for (const name of fs.readdirSync(path.dirname(file))) {
		assert.equal(modeOf(path.join(path.dirname(file), name)), '600', name);
	}

	assert.deepEqual(
		fs.readdirSync(path.dirname(file)).filter(name => name.endsWith('.db')),
		['sessions.archive.db', 'sessions.db'],
	);
	assert.equal(modeOf(path.dirname(file)), '700');
	assert.equal(modeOf(path.dirname(path.dirname(file))), '700');
	await store.close();
});

test('the archive lies beside the index and carries its name', () => {
	assert.equal(archivePath('/data/sessions.db'), '/data/sessions.archive.db');
	assert.equal(archivePath('/data/sessions.sqlite'), '/data/sessions.archive.db');
	assert.equal(archivePath('/data/sessions.sqlite3'), '/data/sessions.archive.db');
	assert.equal(archivePath('/data.db/sessions'), '/data.db/sessions.archive.db');
});

test('databases are in WAL mode with foreign keys, strict tables and a version', t => {
	const folder = temporaryFolder(t);
	for (const part of ['index', 'archive', 'annotations'] as const) {
		const db = openDatabase(part, path.join(folder, `${part}.db`));
		t.after(() => db.close());
		assert.equal(db.pragma('journal_mode', {simple: true}), 'wal');
		assert.equal(db.pragma('foreign_keys', {simple: true}), 1);
		// Only what nothing else holds must outlast a power cut.
		assert.equal(db.pragma('synchronous', {simple: true}), part === 'annotations' ? 2 : 1);
		assert.ok((db.pragma('user_version', {simple: true}) as number) >= 1);
		const tables = db.pragma('table_list') as {name: string; type: string; strict: number}[];
		const loose = tables.filter(
			({name, type, strict}) => type === 'table' && strict === 0 && !name.startsWith('sqlite_'),
		);
		assert.deepEqual(loose, []);
	}
});

test('a foreign key that points nowhere is refused', t => {
	const db = openDatabase('archive', path.join(temporaryFolder(t), 'a.db'));
	t.after(() => db.close());
	assert.throws(
		() =>
			db.exec('insert into blocks (rollout_id, "offset", length, first_line, data) values (9, 0, 0, 1, zeroblob(0))'),
		/FOREIGN KEY/,
	);
});

test('what was stored is there when it is opened again', async t => {
	const home = new Home(t);
	home.write(logName(threadId), sampleRollouts()['era C legacy'] ?? '');
	await home.ingest();
	const first = await (await home.store()).listSessions({limit: 5});
	const again = await (await home.store()).listSessions({limit: 5});
	assert.equal(first.length, 1);
	assert.deepEqual(again, first);
});

for (const part of ['index', 'archive'] as const) {
	test(`a newer ${part} is refused and left as it is`, t => {
		const file = path.join(temporaryFolder(t), 'sessions.db');
		const db = openDatabase(part, file);
		const version = db.pragma('user_version', {simple: true}) as number;
		db.pragma(`user_version = ${version + 3}`);
		db.close();
		assert.equal(
			refusalOf(() => openDatabase(part, file)),
			`The database ${file} is at version ${version + 3}, but this release knows ${version}. Update codex-tui, or give another file with --database.`,
		);
		const after = new Database(file, {readonly: true});
		assert.equal(after.pragma('user_version', {simple: true}), version + 3);
		after.close();
	});
}

test('a newer archive refuses the whole, for readers and writers', async t => {
	const home = new Home(t);
	await home.ingest();
	const archive = new Database(archivePath(home.database));
	archive.pragma('user_version = 99');
	archive.close();
	assert.match(
		refusalOf(() => openIngestStore(home.database)),
		/version 99/,
	);
	await assert.rejects(home.store(), UserError);
});

test("another program's database is refused and not changed", t => {
	const file = path.join(temporaryFolder(t), 'other.db');
	const db = new Database(file);
	db.exec('create table shopping (item text)');
	db.close();
	const before = fs.readFileSync(file);
	assert.equal(
		refusalOf(() => openDatabase('index', file)),
		`${file} is a database of another program. Give another file with --database.`,
	);
	assert.equal(fs.readFileSync(file).equals(before), true, 'its bytes, journal mode included, are the same');
	assert.deepEqual(fs.readdirSync(path.dirname(file)), ['other.db']);
});

test('an index is no archive and an archive no index', t => {
	const file = path.join(temporaryFolder(t), 'sessions.db');
	openDatabase('archive', file).close();
	assert.match(
		refusalOf(() => openDatabase('index', file)),
		/another program/,
	);
});

test('a file that is no database is refused and not changed', t => {
	const file = path.join(temporaryFolder(t), 'notes.txt');
	const words = 'Nothing to see here.\n'.repeat(500);
	fs.writeFileSync(file, words);
	assert.equal(
		refusalOf(() => openDatabase('index', file)),
		`${file} is not a database. Give another file with --database.`,
	);
	assert.equal(fs.readFileSync(file, 'utf8'), words);
});

test('a folder in place of the file is a sentence', t => {
	const folder = temporaryFolder(t);
	assert.match(
		refusalOf(() => openDatabase('index', folder), 1),
		/cannot be opened for writing \(.+\)\. .+--database\.$/,
	);
});

test('a file in place of the folder is a sentence', t => {
	const file = path.join(temporaryFolder(t), 'file');
	fs.writeFileSync(file, '');
	assert.match(
		refusalOf(() => openDatabase('index', path.join(file, 'sessions.db'))),
		/cannot be opened/,
	);
});

test('a database whose beginning is damaged is a sentence', t => {
	const file = path.join(temporaryFolder(t), 'sessions.db');
	openDatabase('index', file).close();
	const bytes = fs.readFileSync(file);
	bytes.fill(0x5a, 100, 4000);
	fs.writeFileSync(file, bytes);
	assert.match(
		refusalOf(() => openDatabase('index', file)),
		/malformed|not a database/,
	);
});

test('a database whose rows are damaged is a sentence when they are read', async t => {
	const home = new Home(t);
	home.write(logName(threadId), sampleRollouts()['era C legacy'] ?? '');
	await home.ingest();
	const db = new Database(home.database, {readonly: true});
	const page = db.prepare("select rootpage from sqlite_schema where name = 'sessions'").pluck().get() as number;
	const pageSize = db.pragma('page_size', {simple: true}) as number;
	db.close();
	const bytes = fs.readFileSync(home.database);
	bytes.fill(0x5a, (page - 1) * pageSize, page * pageSize);
	fs.writeFileSync(home.database, bytes);
	await assert.rejects(
		async () => (await home.store()).listSessions({limit: 5}),
		(error: unknown) => error instanceof UserError && /--database/.test(error.message),
	);
});

test('an archive whose rows are damaged is named, and what helps', async t => {
	const home = new Home(t);
	const log = home.write(logName(threadId), sampleRollouts()['era C legacy'] ?? '');
	await home.ingest();
	const file = archivePath(home.database);
	const db = new Database(file, {readonly: true});
	const page = db.prepare("select rootpage from sqlite_schema where name = 'blocks'").pluck().get() as number;
	const pageSize = db.pragma('page_size', {simple: true}) as number;
	db.close();
	const bytes = fs.readFileSync(file);
	bytes.fill(0x5a, (page - 1) * pageSize, page * pageSize);
	fs.writeFileSync(file, bytes);
	fs.rmSync(log);
	const store = await home.store();
	const {id} = await onlySession(store);
	await assert.rejects(
		rawOf(store, id),
		(error: unknown) =>
			error instanceof UserError &&
			error.message.startsWith(`The archive ${file} is damaged (`) &&
			/backup/.test(error.message),
	);
});

test('the search database lies beside them, as private, and is made with the first words', async t => {
	const home = new Home(t);
	home.write(logName(threadId), sampleRollouts()['era C legacy'] as Buffer);
	await home.ingest();
	assert.equal(fs.existsSync(searchPath(home.database)), false);
	await home.ingest({withTexts: true});
	assert.equal(searchPath('/data/sessions.db'), '/data/sessions.search.db');
	assert.ok(fs.statSync(searchPath(home.database)).size > 0);
	if (isPosix) {
		assert.equal(modeOf(searchPath(home.database)), '600');
	}

	assert.throws(() => openDatabase('search', home.database), /another program/);
});
