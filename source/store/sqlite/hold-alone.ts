import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import {UserError} from '../../model/problem.js';
import {bytesInWords} from './bytes-in-words.js';
import {sizeOf} from './check-database.js';
import {type Connection, databaseFiles, openDatabase, type Part} from './database.js';
import {explain} from './explain.js';
import {type FreeBytes, freeBytes} from './free-space.js';
import {temporaryFolder} from './temporary-folder.js';

/** A database that nobody else can use until it is closed. */
export type Held = {part: Part; path: string; before: number; db: Connection};

/**
Works with every database that belongs to an index, alone, with room to write each anew. Refuses, before anything is changed, while
another program uses one of them or the disk has too little room.
*/
export const withAllAlone = <Answer>(
	indexPath: string,
	work: (held: readonly Held[]) => Answer,
	free: FreeBytes = freeBytes,
): Answer => {
	const files = databaseFiles(indexPath).filter(file => fs.existsSync(file.path));
	if (files.length === 0) {
		throw new UserError(`There is no database at ${indexPath} yet. Read logs first, with codex-tui ingest.`, 1);
	}

	const held: Held[] = [];
	try {
		for (const file of files) {
			held.push({...file, before: sizeOf(file.path), db: holdAlone(file.part, file.path)});
		}

		for (const {path: file, db} of held) {
			requireSpace(file, db, free);
		}

		return work(held);
	} finally {
		for (const {db} of held) {
			db.close();
		}
	}
};

/** Keeps all others out until it is closed. Every connection counts, also one that does nothing. */
const holdAlone = (part: Part, file: string): Connection => {
	// Refuses what is no database of ours.
	openDatabase(part, file).close();
	const db = new Database(file, {fileMustExist: true, timeout: 1000});
	try {
		db.pragma('locking_mode = exclusive');
		db.exec('begin exclusive; rollback');
		// Otherwise the whole database would be in memory for a moment.
		db.pragma('temp_store = file');
		return db;
	} catch (error) {
		db.close();
		if ((error as {code?: string}).code?.startsWith('SQLITE_BUSY')) {
			throw new UserError(
				`The database ${file} is in use by another program. Close that, an open explorer too, and try again.`,
				1,
			);
		}

		throw explain(error, file);
	}
};

/** SQLite writes what is left to a temporary file, and from there to the write-ahead log. */
const requireSpace = (file: string, db: Connection, free: FreeBytes): void => {
	const number = (name: string): number => db.pragma(name, {simple: true}) as number;
	const left = (number('page_count') - number('freelist_count')) * number('page_size');
	const folders = [path.dirname(file), temporaryFolder()];
	const [own, temporary] = folders.map(folder => fs.statSync(folder).dev);
	const needed = own === temporary ? 2 * left : left;
	for (const folder of folders) {
		const available = free(folder);
		if (available < needed) {
			throw new UserError(
				`To write ${file} anew, ${bytesInWords(needed)} must be free in ${folder} for a moment, but only ${bytesInWords(available)} are. Make room there; nothing was changed.`,
				1,
			);
		}
	}
};

/** Without what was deleted, and without a write-ahead log. */
export const writeAnew = (db: Connection, file: string): void => {
	try {
		db.exec('vacuum');
		db.pragma('wal_checkpoint(TRUNCATE)');
	} catch (error) {
		throw (error as {code?: string}).code === 'SQLITE_FULL'
			? new UserError(`The disk is full, so ${file} stays as it was. Make room and try again.`, 1)
			: explain(error, file);
	}
};
