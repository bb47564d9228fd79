import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import Database from 'better-sqlite3';
import {openDatabase} from '../../source/store/sqlite/database.js';
import {temporaryFolder} from '../ingest/home.js';
import {laterRelease} from './later-release.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const migrationNames = (part: string): string[] =>
	fs
		.readdirSync(path.join(root, 'source/store/sqlite/migrations', part))
		.filter(name => name.endsWith('.sql'))
		.toSorted();

const filledDatabase = (t: TestContext): string => {
	const file = path.join(temporaryFolder(t), 'sessions.db');
	const db = openDatabase('index', file);
	db.exec("insert into thread_names values ('t1', 'tide tables')");
	db.close();
	return file;
};

const versionOf = (file: string): unknown => {
	const db = new Database(file, {readonly: true});
	try {
		return db.pragma('user_version', {simple: true});
	} finally {
		db.close();
	}
};

const namesIn = (file: string): unknown[] => {
	const db = new Database(file, {readonly: true});
	try {
		return db.prepare('select name from thread_names').pluck().all();
	} finally {
		db.close();
	}
};

for (const part of ['index', 'archive', 'search', 'annotations'] as const) {
	test(`migrations of the ${part} are numbered without gaps, each opening with a comment that says why`, () => {
		for (const [index, name] of migrationNames(part).entries()) {
			assert.match(name, new RegExp(`^${String(index + 1).padStart(3, '0')}-[a-z-]+\\.sql$`));
			const sql = fs.readFileSync(path.join(root, 'source/store/sqlite/migrations', part, name), 'utf8');
			assert.match(sql, /^-- \w/);
		}
	});
}

test('an older database is copied, then migrated', async t => {
	const file = filledDatabase(t);
	const version = migrationNames('index').length;
	const release = await laterRelease(t, '-- Later.\nalter table thread_names add column given_at integer;\n');
	const db = release.openDatabase('index', file);
	t.after(() => db.close());
	assert.equal(db.pragma('user_version', {simple: true}), version + 1);
	assert.deepEqual(db.prepare('select * from thread_names').all(), [
		{thread_id: 't1', name: 'tide tables', given_at: null},
	]);

	const copy = `${file}.v${version}.backup`;
	assert.equal(versionOf(copy), version);
	assert.deepEqual(namesIn(copy), ['tide tables']);
	if (process.platform !== 'win32') {
		assert.equal((fs.statSync(copy).mode & 0o777).toString(8), '600');
	}
});

test('words, which come again by themselves, are migrated without a copy', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'words.db');
	openDatabase('search', file).close();
	const release = await laterRelease(t, '-- Later.\ncreate table later (id integer primary key) strict;\n', 'search');
	release.openDatabase('search', file).close();
	assert.equal(versionOf(file), migrationNames('search').length + 1);
	assert.deepEqual(
		fs.readdirSync(folder).filter(name => name.endsWith('.backup')),
		[],
	);
});

test('the release before refuses what a later one migrated, and opens the copy', async t => {
	const file = filledDatabase(t);
	const release = await laterRelease(t, '-- Later.\ncreate table later (id integer primary key) strict;\n');
	release.openDatabase('index', file).close();
	assert.throws(() => openDatabase('index', file), /Update codex-tui/);
	const copy = openDatabase('index', `${file}.v${migrationNames('index').length}.backup`);
	t.after(() => copy.close());
	assert.equal(copy.prepare('select count(*) from thread_names').pluck().get(), 1);
});

test('a migration that fails leaves the database as it was', async t => {
	const file = filledDatabase(t);
	const version = migrationNames('index').length;
	const broken = await laterRelease(t, '-- Broken.\ndelete from thread_names;\ncreate table files (id);\n');
	assert.throws(() => broken.openDatabase('index', file), /already exists/);
	assert.equal(versionOf(file), version);
	assert.deepEqual(namesIn(file), ['tide tables']);

	const mended = await laterRelease(t, '-- Mended.\ncreate table later (id integer primary key) strict;\n');
	mended.openDatabase('index', file).close();
	assert.equal(versionOf(file), version + 1);
	assert.deepEqual(namesIn(file), ['tide tables']);
});

test('an unfinished copy of an interrupted migration does not stand in for a whole one', async t => {
	const file = filledDatabase(t);
	const copy = `${file}.v${migrationNames('index').length}.backup`;
	fs.writeFileSync(copy, '');
	const release = await laterRelease(t, '-- Later.\ndelete from thread_names;\n');
	release.openDatabase('index', file).close();
	assert.deepEqual(namesIn(copy), ['tide tables']);
});
