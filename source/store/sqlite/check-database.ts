import fs from 'node:fs';
import Database from 'better-sqlite3';
import type {DatabaseHealth} from '../health.js';
import {archiveFaults} from './check-archive.js';
import {type Connection, databaseFiles, type Part} from './database.js';

/** Faults told of one database; more say no more. */
const mostFaults = 20;

/**
What SQLite's own checks find: damaged pages and rows that refer to nothing; and what cannot be unpacked of an
archive. Empty when the database is sound.
*/
export const faultsOf = (db: Connection, part: Part): string[] => {
	try {
		const damage = db.pragma(`integrity_check(${mostFaults})`) as {integrity_check: string}[];
		const strays = db.pragma('foreign_key_check') as {table: string; rowid: number; parent: string}[];
		return [
			...damage.map(row => row.integrity_check).filter(fault => fault !== 'ok'),
			...strays.map(({table, rowid, parent}) => `row ${rowid} of ${table} refers to a missing row of ${parent}`),
			...(part === 'archive' ? archiveFaults(db, mostFaults) : []),
		].slice(0, mostFaults);
	} catch (error) {
		return [(error as Error).message];
	}
};

/** Whether an error is SQLite's about a damaged file. */
export const isDamage = (error: unknown): boolean =>
	/^SQLITE_(?:CORRUPT|NOTADB)/.test((error as {code?: string} | null)?.code ?? '');

/** Size on disk, with the write-ahead log. */
export const sizeOf = (file: string): number =>
	[file, `${file}-wal`].reduce((sum, name) => sum + (fs.statSync(name, {throwIfNoEntry: false})?.size ?? 0), 0);

/** Checks all databases without opening them for use, so that it answers for damaged ones too. */
export const checkDatabases = (file: string): DatabaseHealth[] =>
	databaseFiles(file)
		.filter(({path}) => fs.existsSync(path))
		.map(({part, path}) => ({part, path, bytes: sizeOf(path), faults: checkFile(part, path)}));

/** Checks a database on a connection of its own. */
export const checkFile = (part: Part, file: string): string[] => {
	let db: Connection | undefined;
	try {
		db = new Database(file, {readonly: true, fileMustExist: true, timeout: 10_000});
		return faultsOf(db, part);
	} catch (error) {
		return [(error as Error).message];
	} finally {
		db?.close();
	}
};
