import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import {UserError} from '../../model/problem.js';
import type {Backup, BackupOptions} from '../maintenance.js';
import {bytesInWords} from './bytes-in-words.js';
import {faultsOf} from './check-database.js';
import {archivePath, type Connection, databaseFiles} from './database.js';
import {explain} from './explain.js';
import {type FreeBytes, freeBytes} from './free-space.js';

/** Pages copied before the thread is let go: 8 MB. */
const pagesAtOnce = 1024;

/** Files that SQLite keeps beside a database. Left behind by an earlier one, they would be read as the new one's. */
const companions = ['-wal', '-shm', '-journal'];

/**
Copies the archive to a file while it is read and written: what is there when the copy begins, not what is added meanwhile.
The copy is made beside the file, checked, and only then takes its name. `free` is replaced in tests.
*/
export const backUpArchive = async (
	indexPath: string,
	target: string,
	options: BackupOptions,
	free: FreeBytes = freeBytes,
): Promise<Backup> => {
	const source = archivePath(indexPath);
	requireSource(source);
	requireTarget(indexPath, target, options.replaces);
	const partial = `${target}.${process.pid}.part`;
	try {
		const db = openSource(source);
		try {
			requireSpace(db, target, free);
			fs.closeSync(fs.openSync(partial, 'wx', 0o600));
			await copy(db, partial, options);
		} finally {
			db.close();
		}

		refuseWhenStopped(options.signal);
		const summary = settle(partial, source);
		for (const name of companions) {
			fs.rmSync(target + name, {force: true});
		}

		fs.renameSync(partial, target);
		return {...summary, path: target};
	} catch (error) {
		throw explainCopy(error, source, target);
	} finally {
		for (const name of ['', ...companions]) {
			fs.rmSync(partial + name, {force: true});
		}
	}
};

const requireSource = (source: string): void => {
	if (!fs.existsSync(source)) {
		throw new UserError(`There is no archive at ${source} yet. Read logs first, with codex-tui ingest.`, 1);
	}
};

const requireTarget = (indexPath: string, target: string, replaces: boolean): void => {
	const folder = fs.statSync(path.dirname(target), {throwIfNoEntry: false});
	if (!folder?.isDirectory()) {
		throw new UserError(`There is no folder ${path.dirname(target)}. Make it, or name a file somewhere else.`);
	}

	const there = fs.statSync(target, {throwIfNoEntry: false});
	if (there === undefined) {
		return;
	}

	if (!there.isFile()) {
		throw new UserError(`${target} is no file. Name a file, such as ${path.join(target, 'codex-tui.backup.db')}.`);
	}

	if (databaseFiles(indexPath).some(({path: own}) => isSameFile(own, there))) {
		throw new UserError(`${target} is the database itself. Name another file for its copy.`);
	}

	if (!replaces) {
		throw new UserError(`${target} is there already. Name another file, or replace it with --force.`);
	}
};

const isSameFile = (file: string, {dev, ino}: fs.Stats): boolean => {
	const own = fs.statSync(file, {throwIfNoEntry: false});
	return own !== undefined && own.dev === dev && own.ino === ino;
};

/** Sees one state of the archive until it is closed; writers neither wait for it nor show up in it. */
const openSource = (source: string): Connection => {
	let db: Connection | undefined;
	try {
		db = new Database(source, {fileMustExist: true, timeout: 10_000});
		db.exec('begin');
		db.prepare('select count(*) from sqlite_schema').get();
		return db;
	} catch (error) {
		db?.close();
		throw explain(error, source);
	}
};

const requireSpace = (db: Connection, target: string, free: FreeBytes): void => {
	const number = (name: string): number => db.pragma(name, {simple: true}) as number;
	const [needed, left] = [number('page_count') * number('page_size'), free(path.dirname(target))];
	if (needed > left) {
		throw new UserError(
			`The copy takes ${bytesInWords(needed)}, but only ${bytesInWords(left)} are free in ${path.dirname(target)}. Make room, or name a file on another disk.`,
			1,
		);
	}
};

const copy = async (db: Connection, partial: string, {onProgress, signal}: BackupOptions): Promise<void> => {
	await db.backup(partial, {
		progress({totalPages, remainingPages}) {
			refuseWhenStopped(signal);
			onProgress?.(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
			return pagesAtOnce;
		},
	});
};

const refuseWhenStopped = (signal: AbortSignal | undefined): void => {
	if (signal?.aborted) {
		throw new UserError('Stopped before the copy was whole. Nothing was written.', 1);
	}
};

/** Makes the copy one file that needs none beside it, checks it, and counts what it holds. */
const settle = (partial: string, source: string): Omit<Backup, 'path'> => {
	const db = new Database(partial);
	try {
		db.pragma('journal_mode = delete');
		const faults = faultsOf(db, 'archive');
		if (faults.length > 0) {
			throw new UserError(
				`The archive ${source} is damaged (${faults[0]}), so its copy was not kept. See codex-tui doctor.`,
				1,
			);
		}

		const counts = db.prepare('select count(distinct rollout_id) as logs, total(length) as logBytes from blocks').get();
		return {...(counts as Pick<Backup, 'logs' | 'logBytes'>), bytes: fs.statSync(partial).size};
	} finally {
		db.close();
	}
};

/** What failed was the archive or the place of the copy; a person must know which. */
const explainCopy = (error: unknown, source: string, target: string): unknown => {
	const {code = ''} = error as {code?: string};
	if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
		return new UserError(`The disk of ${target} is full. Make room, or name a file on another disk.`, 1);
	}

	if (/^E[A-Z]+$/.test(code) || /^SQLITE_(?:CANTOPEN|IOERR|READONLY|PERM)/.test(code)) {
		return new UserError(`${target} cannot be written (${code}). Name a file in another folder.`, 1);
	}

	return explain(error, source);
};
