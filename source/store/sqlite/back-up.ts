import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import {UserError} from '../../model/problem.js';
import type {Backup, BackupOptions} from '../maintenance.js';
import {bytesInWords} from './bytes-in-words.js';
import {faultsOf} from './check-database.js';
import {annotationsPath, archivePath, type Connection, databaseFiles, keyPath} from './database.js';
import {explain} from './explain.js';
import {type FreeBytes, freeBytes} from './free-space.js';

/** Pages copied before the thread is let go: 8 MB. */
const pagesAtOnce = 1024;

/** Files that SQLite keeps beside a database. Left behind by an earlier one, they would be read as the new one's. */
const companions = ['-wal', '-shm', '-journal'];

/**
Copies what cannot be made again while it is read and written: what is there when the copy begins, not what is added
meanwhile. The archive goes to the file named; what people added, where they added something, to one beside it that carries its
name, and so does the key that some of it is sealed with. Copies are made beside the files, checked, and only then take their names. `free` is replaced in tests.
*/
export const backUp = async (
	indexPath: string,
	target: string,
	options: BackupOptions,
	free: FreeBytes = freeBytes,
): Promise<Backup> => {
	requireSource(archivePath(indexPath));
	const jobs: Job[] = [{part: 'archive', source: archivePath(indexPath), target}];
	if (fs.existsSync(annotationsPath(indexPath))) {
		jobs.push({part: 'annotations', source: annotationsPath(indexPath), target: annotationsPath(target)});
	}

	const key = jobs.length > 1 && fs.existsSync(keyPath(indexPath)) ? keyPath(target) : null;
	for (const name of [...jobs.map(job => job.target), ...(key === null ? [] : [key])]) {
		requireTarget(indexPath, name, options.replaces);
	}

	try {
		let counts: Counts = {logs: 0, logBytes: 0};
		for (const job of jobs) {
			counts = {...counts, ...(await copyAndCheck(job, options, free))};
		}

		if (key !== null) {
			copyKey(keyPath(indexPath), key);
		}

		for (const job of jobs) {
			takeName(job);
		}

		const [archive, annotations] = jobs.map(job => ({path: job.target, bytes: fs.statSync(job.target).size}));
		return {...counts, path: target, bytes: archive?.bytes ?? 0, annotations: annotations ?? null, key};
	} finally {
		for (const name of jobs.flatMap(job => ['', ...companions].map(ending => partialOf(job) + ending))) {
			fs.rmSync(name, {force: true});
		}
	}
};

/** One database to be copied. */
type Job = {part: 'archive' | 'annotations'; source: string; target: string};

type Counts = Pick<Backup, 'logs' | 'logBytes'>;

const partialOf = ({target}: Job): string => `${target}.${process.pid}.part`;

/** Makes the copy beside its place; counts what it holds. */
const copyAndCheck = async (job: Job, options: BackupOptions, free: FreeBytes): Promise<Partial<Counts>> => {
	const {source, target} = job;
	try {
		const db = openSource(source);
		try {
			requireSpace(db, target, free);
			fs.closeSync(fs.openSync(partialOf(job), 'wx', 0o600));
			// How far it is, is told of the large one.
			await copy(db, partialOf(job), job.part === 'archive' ? options : {...options, onProgress: undefined});
		} finally {
			db.close();
		}

		refuseWhenStopped(options.signal);
		return settle(job);
	} catch (error) {
		throw explainCopy(error, source, target);
	}
};

/** It never changes, and a backup without it could not tell what was decided about secrets. */
const copyKey = (source: string, target: string): void => {
	const partial = `${target}.${process.pid}.part`;
	try {
		fs.writeFileSync(partial, fs.readFileSync(source), {mode: 0o600, flag: 'wx'});
		fs.renameSync(partial, target);
	} catch (error) {
		throw explainCopy(error, source, target);
	} finally {
		fs.rmSync(partial, {force: true});
	}
};

const takeName = (job: Job): void => {
	try {
		for (const name of companions) {
			fs.rmSync(job.target + name, {force: true});
		}

		fs.renameSync(partialOf(job), job.target);
	} catch (error) {
		throw explainCopy(error, job.source, job.target);
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

	const own = [...databaseFiles(indexPath).map(file => file.path), keyPath(indexPath)];
	if (own.some(file => isSameFile(file, there))) {
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

const names = {archive: 'archive', annotations: 'database of tags and notes'} as const;

/** Makes the copy one file that needs none beside it, checks it, and counts what it holds. */
const settle = (job: Job): Partial<Counts> => {
	const db = new Database(partialOf(job));
	try {
		db.pragma('journal_mode = delete');
		const [fault] = faultsOf(db, job.part);
		if (fault !== undefined) {
			throw new UserError(
				`The ${names[job.part]} ${job.source} is damaged (${fault}), so its copy was not kept. See codex-tui doctor.`,
				1,
			);
		}

		return job.part === 'archive'
			? (db.prepare('select count(distinct rollout_id) as logs, total(length) as logBytes from blocks').get() as Counts)
			: {};
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
