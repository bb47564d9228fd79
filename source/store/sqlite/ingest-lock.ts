import Database from 'better-sqlite3';
import {createPrivately} from './create-privately.js';

/** Lets one program at a time bring a database up to date. The operating system frees it when the program dies. */
export type IngestLock = {
	/** Whether it is ours now. Also true on a drive without locks, where a program can only work alone. */
	take(): boolean;
	release(): void;
	close(): void;
};

const noLock: IngestLock = {take: () => true, release() {}, close() {}};

/** A file of its own beside the index, since readers of that never wait. Nothing is ever written into it. */
export const lockPath = (indexPath: string): string => `${indexPath.replace(/\.(db|sqlite3?)$/, '')}.ingest-lock`;

export const openIngestLock = (indexPath: string): IngestLock => {
	if (indexPath === ':memory:') {
		return noLock;
	}

	let db: Database.Database;
	try {
		createPrivately(lockPath(indexPath));
		db = new Database(lockPath(indexPath), {timeout: 0});
	} catch {
		// Whatever it is, opening the database itself says it better.
		return noLock;
	}

	return {
		take() {
			try {
				db.exec('begin exclusive');
				return true;
			} catch (error) {
				return (error as {code?: string}).code?.startsWith('SQLITE_BUSY') !== true;
			}
		},
		release() {
			if (db.inTransaction) {
				db.exec('rollback');
			}
		},
		close() {
			db.close();
		},
	};
};
