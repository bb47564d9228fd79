import fs from 'node:fs';
import Database from 'better-sqlite3';
import {UserError} from '../../model/problem.js';

/**
Moves an index away under another name, with its write-ahead log, so that a new one can be made. Refuses while
another program uses it. Answers the new name.
*/
export const setIndexAside = (file: string): string => {
	refuseWhileUsed(file);
	const target = freeName(`${file}.damaged`);
	for (const ending of ['', '-wal', '-shm']) {
		if (fs.existsSync(file + ending)) {
			fs.renameSync(file + ending, target + ending);
			fs.chmodSync(target + ending, 0o600);
		}
	}

	return target;
};

const freeName = (wanted: string): string => {
	let name = wanted;
	for (let number = 2; fs.existsSync(name); number++) {
		name = `${wanted}-${number}`;
	}

	return name;
};

/** Every connection holds a shared lock as long as it is open, also one that does nothing. */
const refuseWhileUsed = (file: string): void => {
	let db: Database.Database | undefined;
	try {
		db = new Database(file, {fileMustExist: true, timeout: 1000});
		db.pragma('locking_mode = exclusive');
		db.exec('begin exclusive; rollback');
	} catch (error) {
		if ((error as {code?: string}).code?.startsWith('SQLITE_BUSY')) {
			throw new UserError(`The database ${file} is in use by another program. Close that first, then repair it.`, 1);
		}
	} finally {
		db?.close();
	}
};
