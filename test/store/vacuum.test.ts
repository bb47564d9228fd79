import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import Database from 'better-sqlite3';
import {UserError} from '../../source/model/problem.js';
import {archivePath} from '../../source/store/sqlite/database.js';
import {temporaryFolder} from '../../source/store/sqlite/temporary-folder.js';
import {vacuumDatabases} from '../../source/store/sqlite/vacuum.js';
import {legacyTurn, meta, rolloutOf, threadId} from '../helpers/rollout.js';
import {assertSound, contentOf, temporaryFolder as emptyFolder, Home, logName} from '../ingest/home.js';

/** A home whose index was larger once. */
const shrunkHome = async (t: TestContext): Promise<Home> => {
	const home = new Home(t);
	home.write(logName(threadId), rolloutOf([meta(), ...legacyTurn('Low tide?', 'At noon.', 0, 100)]));
	await home.ingest();
	const db = new Database(home.database);
	db.exec('create table ballast (stone text)');
	const insert = db.prepare('insert into ballast values (hex(randomblob(500)))');
	db.transaction(() => {
		for (let count = 0; count < 3000; count++) {
			insert.run();
		}
	})();
	db.exec('drop table ballast');
	db.pragma('wal_checkpoint(TRUNCATE)');
	db.close();
	return home;
};

const refusal = (act: () => unknown): string => {
	try {
		act();
	} catch (error) {
		assert.ok(error instanceof UserError, String(error));
		assert.equal(error.exitCode, 1);
		return error.message;
	}

	assert.fail('not refused');
};

test('room comes back and nothing else changes', async t => {
	const home = await shrunkHome(t);
	const content = contentOf(home.database);
	const begun: string[] = [];
	const [index, archive, ...others] = vacuumDatabases(home.database, part => begun.push(part));
	assert.deepEqual([index?.part, index?.path], ['index', home.database]);
	assert.deepEqual([archive?.part, archive?.path, others], ['archive', archivePath(home.database), []]);
	assert.deepEqual(begun, ['index', 'archive']);
	assert.ok(index !== undefined && index.before - index.after > 2_000_000, JSON.stringify(index));
	for (const file of [index, archive]) {
		assert.equal(file?.after, fs.statSync(file?.path ?? '').size);
		assert.equal(fs.statSync(file?.path ?? '').mode & 0o777, 0o600);
	}

	assertSound(home.database);
	assert.deepEqual(contentOf(home.database), content);
	// It is free for the next, who finds nothing new.
	await home.ingest();
	assert.deepEqual(contentOf(home.database), content);
});

test('an index alone is enough', async t => {
	const home = await shrunkHome(t);
	fs.rmSync(archivePath(home.database));
	assert.deepEqual(
		vacuumDatabases(home.database).map(({part}) => part),
		['index'],
	);
});

for (const which of ['index', 'archive'] as const) {
	test(`while another program has the ${which} open, nothing is changed`, async t => {
		const home = await shrunkHome(t);
		const file = which === 'index' ? home.database : archivePath(home.database);
		const other = new Database(file);
		other.prepare('select count(*) from sqlite_schema').get();
		const {size} = fs.statSync(home.database);
		assert.equal(
			refusal(() => vacuumDatabases(home.database)),
			`The database ${file} is in use by another program. Close that, an open explorer too, and try again.`,
		);
		assert.equal(fs.statSync(home.database).size, size);
		other.close();
		assert.ok(vacuumDatabases(home.database).length === 2);
	});
}

test('too little room is a sentence, and nothing is changed', async t => {
	const home = await shrunkHome(t);
	const {size} = fs.statSync(home.database);
	const asked: string[] = [];
	const message = refusal(() =>
		vacuumDatabases(home.database, undefined, folder => {
			asked.push(folder);
			return 1000;
		}),
	);
	assert.match(
		message,
		/^To write .* anew, 0\.\d MB must be free in .* for a moment, but only 0\.0 MB are\. Make room there;/,
	);
	assert.deepEqual(asked, [path.dirname(home.database)]);
	assert.equal(fs.statSync(home.database).size, size);
});

test('without a database there is nothing to do, and none is made', t => {
	const home = new Home(t);
	assert.match(
		refusal(() => vacuumDatabases(home.database)),
		/^There is no database at .* yet\./,
	);
	assert.equal(fs.existsSync(home.database), false);
});

test('temporary files go where SQLite looks first', {skip: process.platform === 'win32'}, t => {
	const folder = emptyFolder(t);
	const file = path.join(folder, 'file');
	fs.writeFileSync(file, '');
	assert.equal(temporaryFolder({SQLITE_TMPDIR: folder, TMPDIR: '/'}), folder);
	assert.equal(temporaryFolder({SQLITE_TMPDIR: path.join(folder, 'none'), TMPDIR: folder}), folder);
	assert.notEqual(temporaryFolder({SQLITE_TMPDIR: file}), file);
	assert.match(temporaryFolder({}), /tmp$/);
});
