import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {archivePath, type Connection, openDatabase, type Part} from './database.js';

/** A larger archive is left where it is; texts then come from the logs, as far as those are there. */
const largestArchive = 2 ** 30;

export type Databases = {db: Connection; archiveDb: Connection; close: () => void};

/**
Private copies of both databases, for reading what lies where nothing can be written: even a reader of a database in WAL
mode makes files beside it. Copies of an older release are migrated. They go when they are closed, or with the process.
*/
export const openCopies = (file: string): Databases =>
	inTemporaryFolder((folder, remove) => {
		const copy = path.join(folder, path.basename(file));
		copyWithLog(file, copy);
		if ((fs.statSync(archivePath(file), {throwIfNoEntry: false})?.size ?? 0) <= largestArchive) {
			copyWithLog(archivePath(file), archivePath(copy));
		}

		const db = openDatabase('index', copy);
		const archiveDb = openDatabase('archive', archivePath(copy));
		const close = (): void => {
			db.close();
			archiveDb.close();
			remove();
		};
		return {db, archiveDb, close};
	});

/** A private copy of one database, likewise. */
export const openCopy = (part: Part, file: string): {db: Connection; close: () => void} =>
	inTemporaryFolder((folder, remove) => {
		const copy = path.join(folder, path.basename(file));
		copyWithLog(file, copy);
		const db = openDatabase(part, copy);
		const close = (): void => {
			db.close();
			remove();
		};
		return {db, close};
	});

/** The folder goes with the process, or when making something in it fails. */
const inTemporaryFolder = <Made>(make: (folder: string, remove: () => void) => Made): Made => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-'));
	const remove = (): void => fs.rmSync(folder, {recursive: true, force: true});
	process.once('exit', remove);
	try {
		return make(folder, remove);
	} catch (error) {
		remove();
		throw error;
	}
};

const copyWithLog = (from: string, to: string): void => {
	for (const ending of ['', '-wal']) {
		if (fs.existsSync(from + ending)) {
			fs.copyFileSync(from + ending, to + ending, fs.constants.COPYFILE_FICLONE);
			fs.chmodSync(to + ending, 0o600);
		}
	}
};
