import {hash} from 'node:crypto';
import fs from 'node:fs';
import Database from 'better-sqlite3';
import {parseRolloutName} from '../../files/rollout-name.js';
import {explain} from './explain.js';

/** What a log is known by once it is forgotten. */
export const forgottenKey = (key: string): string => hash('sha256', key, 'hex');

type Row = [threadId: string, keyHash: string];

/**
Logs that a person wants forgotten, from the database of annotations. Who forgets keeps all others out, so that they are looked up
once. Throws when they cannot be told: reading them again would be worse than reading nothing.
*/
export const forgottenLogs = (annotationsFile: string) => {
	const rows = rowsIn(annotationsFile);
	const threads = new Set(rows.map(([threadId]) => threadId));
	const keys = new Set(rows.map(([, key]) => key));
	return {
		hasThread: (threadId: string): boolean => threads.has(threadId),

		/** By what the log is known by, or by the thread that its name tells. */
		hasLog(key: string): boolean {
			if (threads.size === 0) {
				return false;
			}

			const thread = key.includes('#') ? key.slice(key.lastIndexOf('#') + 1) : parseRolloutName(key)?.threadId;
			return keys.has(forgottenKey(key)) || (thread !== undefined && thread !== null && threads.has(thread));
		},
	};
};

export type ForgottenLogs = ReturnType<typeof forgottenLogs>;

const rowsIn = (file: string): Row[] => {
	if (file === ':memory:' || !fs.existsSync(file)) {
		return [];
	}

	let db: Database.Database | undefined;
	try {
		db = new Database(file, {readonly: true, fileMustExist: true, timeout: 10_000});
		const isThere = db.prepare("select 1 from sqlite_schema where name = 'forgotten'").get() !== undefined;
		return isThere ? (db.prepare('select thread_id, key_hash from forgotten').raw().all() as Row[]) : [];
	} catch (error) {
		throw explain(error, file);
	} finally {
		db?.close();
	}
};
