import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import {createPrivately} from './create-privately.js';

/** What some network drives cannot do; without shared memory SQLite works with a rollback journal, without locks not at all. */
export type DriveAbility = 'all' | 'no shared memory' | 'no locks';

let probes = 0;

/** Tries a drive with a database that nobody else knows. */
export const probeDrive = (folder: string): DriveAbility => {
	const file = path.join(folder, `.codex-tui-probe-${process.pid}-${probes++}`);
	let db: Database.Database | undefined;
	try {
		createPrivately(file);
		db = new Database(file, {timeout: 0});
		db.exec('begin exclusive; rollback');
		db.pragma('journal_mode = WAL');
		db.pragma('user_version');
		return 'all';
	} catch (error) {
		const {code = ''} = error as {code?: string};
		return code.startsWith('SQLITE_IOERR_SHM') && code !== 'SQLITE_IOERR_SHMSIZE'
			? 'no shared memory'
			: /^SQLITE_(?:BUSY|LOCKED|PROTOCOL|IOERR_(?:RD|UN)?LOCK)/.test(code)
				? 'no locks'
				: 'all';
	} finally {
		db?.close();
		for (const ending of ['', '-wal', '-shm', '-journal']) {
			fs.rmSync(file + ending, {force: true});
		}
	}
};
