import fs from 'node:fs';
import Database from 'better-sqlite3';
import type {SearchIndex} from '../search-index.js';
import {isDamage} from './check-database.js';
import {type Connection, openDatabase, searchPath} from './database.js';
import {explain} from './explain.js';
import {searchIndex} from './search-index.js';
import {setIndexAside} from './set-aside.js';

/**
The writing side of the search database that belongs to an index. A damaged one is moved away and made anew:
it holds nothing that cannot be derived again.
*/
export const openSearchIndex = (file: string): SearchIndex => {
	const path = searchPath(file);
	if (isDamaged(path)) {
		setIndexAside(path);
	}

	const open: Connection[] = [];
	try {
		const db = openDatabase('search', path);
		open.push(db);
		db.pragma('cache_size = -8192');
		const indexDb = openDatabase('index', file);
		open.push(indexDb);
		indexDb.pragma('cache_size = -4096');
		return searchIndex(db, indexDb);
	} catch (error) {
		for (const database of open) {
			database.close();
		}

		throw explain(error, path);
	}
};

/** Whether the file can be told to be damaged by its first pages; doctor looks at all of them. */
const isDamaged = (path: string): boolean => {
	if (!fs.existsSync(path)) {
		return false;
	}

	let db: Connection | undefined;
	try {
		db = new Database(path, {readonly: true, fileMustExist: true, timeout: 10_000});
		const tables = db.prepare("select name from sqlite_schema where type = 'table'").pluck().all() as string[];
		for (const table of ['progress', 'messages_config', 'outputs_config'].filter(name => tables.includes(name))) {
			db.prepare(`select 1 from ${table} limit 1`).get();
		}

		return false;
	} catch (error) {
		return isDamage(error);
	} finally {
		db?.close();
	}
};
