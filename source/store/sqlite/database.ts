import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import {packageRoot} from '../../files/package-root.js';
import {NotStored, UserError} from '../../model/problem.js';
import {createPrivately} from './create-privately.js';
import type {Part} from './database-paths.js';
import {explain, withoutLocks} from './explain.js';
import {patiently} from './patiently.js';
import {probeDrive} from './probe-drive.js';

export type Connection = Database.Database;

export {annotationsPath, archivePath, databaseFiles, keyPath, type Part, searchPath} from './database-paths.js';

/** Tells our files from other SQLite files: "cdxt", "cdxa", "cdxs" and "cdxn" as numbers. */
const applicationIds: Record<Part, number> = {
	index: 0x63_64_78_74,
	archive: 0x63_64_78_61,
	search: 0x63_64_78_73,
	annotations: 0x63_64_78_6e,
};

const knownMigrations = new Map<Part, URL[]>();

const migrationNames = (part: Part): URL[] => {
	const known = knownMigrations.get(part);
	if (known !== undefined) {
		return known;
	}

	const folder = new URL(`source/store/sqlite/migrations/${part}/`, packageRoot());
	const names = fs
		.readdirSync(folder)
		.filter(name => name.endsWith('.sql'))
		.toSorted()
		.map(name => new URL(name, folder));
	knownMigrations.set(part, names);
	return names;
};

/**
Opens one of the databases, creating or migrating it first. A database of a newer release, or of
another program, is refused with a sentence.
*/
export const openDatabase = (part: Part, file: string): Connection => {
	let db: Connection;
	try {
		createPrivately(file);
		db = new Database(file, {timeout: 10_000});
	} catch (error) {
		throw explain(error, file);
	}

	try {
		refuseOthers(db, part, file);
		configure(db, part);
		migrate(db, part, file);
		return db;
	} catch (error) {
		db.close();
		const sentence = explain(error, file);
		const isInUse = sentence instanceof NotStored && sentence.reason === 'in use';
		throw isInUse && probeDrive(path.dirname(file)) === 'no locks' ? withoutLocks(file) : sentence;
	}
};

/** How long who only looks waits for a lock, in ms. */
const glanceMs = 100;

/** A database as it is, for looks that nobody waits for: undefined where it is not there, or of another release. */
export const openAsItIs = (part: Part, file: string): Connection | undefined => {
	if (!fs.existsSync(file)) {
		return undefined;
	}

	const db = new Database(file, {readonly: true, fileMustExist: true, timeout: glanceMs});
	try {
		if (
			numberPragma(db, 'application_id') === applicationIds[part] &&
			numberPragma(db, 'user_version') === migrationNames(part).length
		) {
			return db;
		}
	} catch (error) {
		db.close();
		throw error;
	}

	db.close();
	return undefined;
};

const configure = (db: Connection, part: Part): void => {
	db.pragma('page_size = 8192');
	if (part === 'annotations') {
		// A note that was taken away is gone.
		db.pragma('secure_delete = ON');
	}

	if (part === 'search') {
		// Merging leaves as many pages free as it writes.
		db.pragma('auto_vacuum = incremental');
	}

	settleJournal(db);
	// What a person has written down must outlast a power cut; everything else is read again.
	db.pragma(`synchronous = ${part === 'annotations' ? 'FULL' : 'NORMAL'}`);
	db.pragma('foreign_keys = ON');
	db.pragma('wal_autocheckpoint = 4000');
	db.pragma('temp_store = MEMORY');
};

/**
How changes are written is settled when a database is made: with a write-ahead log, or with a rollback journal on a drive
without shared memory, where readers wait for writers.
*/
const settleJournal = (db: Connection): void => {
	const isNew = db.prepare('select count(*) from sqlite_schema').pluck().get() === 0;
	const ability = isNew && !db.memory ? probeDrive(path.dirname(db.name)) : 'all';
	if (ability === 'no locks') {
		throw withoutLocks(db.name);
	}

	// Whoever changes the mode while another program does, or creates the tables, is turned away at once.
	if (isNew && ability === 'all') {
		patiently(() => db.pragma('journal_mode = WAL'));
	}
};

const numberPragma = (db: Connection, name: string): number => db.pragma(name, {simple: true}) as number;

/** Checked before anything is changed: the file may be another program's. */
const refuseOthers = (db: Connection, part: Part, file: string): void => {
	const known = migrationNames(part).length;
	const version = numberPragma(db, 'user_version');
	const isEmpty = db.prepare('select count(*) from sqlite_schema').pluck().get() === 0;
	if (!isEmpty && numberPragma(db, 'application_id') !== applicationIds[part]) {
		throw new UserError(`${file} is a database of another program. Give another file with --database.`);
	}

	if (version > known) {
		throw newerRelease(file, version, known);
	}
};

const newerRelease = (file: string, version: number, known: number): UserError =>
	new UserError(
		`The database ${file} is at version ${version}, but this release knows ${known}. Update codex-tui, or give another file with --database.`,
	);

/** Throws when a newer release has changed the database since it was opened: rows of ours would no longer fit. */
export const refuseNewer = (part: Part): ((db: Connection) => void) => {
	const known = migrationNames(part).length;
	return db => {
		const version = numberPragma(db, 'user_version');
		if (version > known) {
			throw newerRelease(db.name, version, known);
		}
	};
};

const migrate = (db: Connection, part: Part, file: string): void => {
	const names = migrationNames(part);
	const version = numberPragma(db, 'user_version');
	if (version === names.length) {
		return;
	}

	// Words are indexed again by themselves, and take a tenth of the logs.
	if (version > 0 && part !== 'search') {
		backUp(db, file, version);
	}

	const apply = db.transaction(() => {
		// Another process may have migrated while this one waited for the lock.
		for (const name of names.slice(numberPragma(db, 'user_version'))) {
			db.exec(fs.readFileSync(name, 'utf8'));
		}

		db.pragma(`application_id = ${applicationIds[part]}`);
		db.pragma(`user_version = ${names.length}`);
	});
	apply.immediate();
};

/** A copy of the database as it was, beside it. Another program may be doing the same: the first whole copy stays. */
const backUp = (db: Connection, file: string, version: number): void => {
	const copy = `${file}.v${version}.backup`;
	const isThere = fs.existsSync(copy) && fs.statSync(copy).size > 0;
	if (file === ':memory:' || isThere) {
		return;
	}

	const unfinished = `${copy}.${process.pid}`;
	try {
		// SQLite accepts an empty file as the target, which keeps the mode that it was made with.
		fs.closeSync(fs.openSync(unfinished, 'w', 0o600));
		db.prepare('vacuum into ?').run(unfinished);
		if (versionOf(unfinished) === version) {
			fs.renameSync(unfinished, copy);
		}
	} finally {
		fs.rmSync(unfinished, {force: true});
	}
};

const versionOf = (file: string): number => {
	const db = new Database(file, {readonly: true});
	try {
		return numberPragma(db, 'user_version');
	} finally {
		db.close();
	}
};
