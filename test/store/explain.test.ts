import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {NotStored, UserError} from '../../source/model/problem.js';
import {explain} from '../../source/store/sqlite/explain.js';
import {probeDrive} from '../../source/store/sqlite/probe-drive.js';
import {temporaryFolder} from '../ingest/home.js';

const errorOf = (code: string): Error => Object.assign(new Error('as SQLite says it'), {code});

for (const [code, words, reason] of [
	['SQLITE_NOTADB', /^x\.db is not a database\. /, undefined],
	['SQLITE_CORRUPT_INDEX', /^The database x\.db is damaged \(as SQLite says it\)\. /, undefined],
	['SQLITE_IOERR_LOCK', /^The drive of the database x\.db does not support locks/, undefined],
	['SQLITE_IOERR_SHMMAP', /^The drive of the database x\.db does not support locks/, undefined],
	['SQLITE_PROTOCOL', /^The drive of the database x\.db does not support locks/, undefined],
	['SQLITE_BUSY_SNAPSHOT', /^The database x\.db is in use by another program\. /, 'in use'],
	['SQLITE_FULL', /^The disk is full: x\.db cannot grow\. /, 'full'],
	['SQLITE_IOERR_SHMSIZE', /^The disk is full: x\.db cannot grow\. /, 'full'],
	['ENOSPC', /^The disk is full: x\.db cannot grow\. /, 'full'],
	['SQLITE_READONLY_DIRECTORY', /^The database x\.db cannot be opened for writing \(/, 'read-only'],
	['EROFS', /^The database x\.db cannot be opened for writing \(/, 'read-only'],
	['SQLITE_IOERR_WRITE', /^The disk fails \(as SQLite says it\): x\.db cannot be used\. /, 'failing'],
	['SQLITE_ERROR', /^The database x\.db cannot be opened \(/, undefined],
] as const) {
	test(`${code} is a sentence with what to do`, () => {
		const error = explain(errorOf(code), 'x.db');
		assert.ok(error instanceof UserError);
		assert.match(error.message, words);
		assert.match(error.message, /^[^\n]+\.$/);
		assert.equal(error instanceof NotStored ? error.reason : undefined, reason);
	});
}

test('damage of the archive, which nothing makes anew, says what helps', () => {
	const {message} = explain(errorOf('SQLITE_CORRUPT'), 'x.archive.db') as Error;
	assert.match(message, /^The archive x\.archive\.db is damaged \(as SQLite says it\)\. Put a copy in its place/);
	assert.match(message, /codex-tui backup/);
	assert.match(message, /only the lines of logs that are still there/);
});

test('a mistake of ours stays one', () => {
	const error = new TypeError('undefined is not a function');
	assert.equal(explain(error, 'x.db'), error);
});

test('probing a drive leaves nothing behind', t => {
	const folder = temporaryFolder(t);
	assert.equal(probeDrive(folder), 'all');
	assert.deepEqual(fs.readdirSync(folder), []);
});
