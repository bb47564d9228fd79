import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type {FileFailure} from '../model/problem.js';
import {failureReason} from './walk-folders.js';

/** Copies above this size are not worth a name. */
const largestCopy = 256 * 2 ** 20;
const attempts = 3;

/** The newest `state.sqlite`, `state_5.sqlite`, … of a folder. */
export const stateDatabase = (folder: string): string | undefined => {
	let names: string[];
	try {
		names = fs.readdirSync(folder);
	} catch {
		return undefined;
	}

	const newest = names
		.map(name => ({name, version: /^state(?:_(\d+))?\.sqlite$/.exec(name)}))
		.filter(({version}) => version !== null)
		.sort((a, b) => Number(b.version?.[1] ?? 0) - Number(a.version?.[1] ?? 0))[0];
	return newest && path.join(folder, newest.name);
};

/** A thread as Codex's database has it: the columns asked for, null where this version has no such column. */
export type StateThread<Column extends string> = Record<Column, unknown>;

/**
The threads of Codex's state database; undefined when there is none that can be read. Even a reader of a
database in WAL mode creates and changes files beside it, so a private copy is opened and the original is only read.
*/
export const readStateThreads = <Column extends string>(
	folder: string,
	columns: readonly Column[],
	failures: FileFailure[],
): StateThread<Column>[] | undefined => {
	const database = stateDatabase(folder);
	if (database === undefined) {
		return undefined;
	}

	let scratch: string | undefined;
	try {
		scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-'));
		const copy = path.join(scratch, 'state.sqlite');
		const problem = copyDatabase(database, copy);
		if (problem === undefined) {
			return queryThreads(copy, columns);
		}

		failures.push({path: database, reason: problem});
	} catch (error) {
		failures.push({path: database, reason: failureReason(error)});
	} finally {
		if (scratch !== undefined) {
			fs.rmSync(scratch, {recursive: true, force: true});
		}
	}

	return undefined;
};

const nameColumns = ['id', 'name', 'title', 'first_user_message'] as const;

/** Thread names in Codex's state database. */
export const readStateNames = (folder: string, failures: FileFailure[]): Map<string, string> => {
	const rows = readStateThreads(folder, nameColumns, failures) ?? [];
	return new Map(
		rows.flatMap(({id, ...row}): [string, string][] => {
			const name = nameOf(row);
			return typeof id === 'string' && name !== '' ? [[id, name]] : [];
		}),
	);
};

/** Copies the file and its log of recent changes so that both belong together; answers why not. */
const copyDatabase = (from: string, to: string): string | undefined => {
	for (let attempt = 0; attempt < attempts; attempt++) {
		const before = state(from);
		if (before.size > largestCopy) {
			return 'larger than 256 MB';
		}

		fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE);
		fs.rmSync(`${to}-wal`, {force: true});
		if (before.hasLog) {
			fs.copyFileSync(`${from}-wal`, `${to}-wal`, fs.constants.COPYFILE_FICLONE);
		}

		// Lines added to the log meanwhile do no harm: an unfinished one fails its checksum and is left out.
		if (before.version === state(from).version) {
			return undefined;
		}
	}

	return 'changed while it was being read';
};

/** What changes when the log is folded into the database. */
const state = (database: string): {version: string; size: number; hasLog: boolean} => {
	const main = fs.statSync(database, {bigint: true});
	const log = fs.statSync(`${database}-wal`, {throwIfNoEntry: false});
	const hasLog = log !== undefined && log.size > 0;
	return {
		version: `${main.ino} ${main.size} ${main.mtimeNs} ${hasLog ? logHead(`${database}-wal`) : ''}`,
		size: Number(main.size) + (log?.size ?? 0),
		hasLog,
	};
};

/** The 32 bytes that are new whenever the log starts over. */
const logHead = (log: string): string => {
	const handle = fs.openSync(log, 'r');
	try {
		const head = Buffer.alloc(32);
		fs.readSync(handle, head, 0, head.length, 0);
		return head.toString('hex');
	} finally {
		fs.closeSync(handle);
	}
};

/** Undefined where there is no table of threads. */
const queryThreads = <Column extends string>(
	copy: string,
	columns: readonly Column[],
): StateThread<Column>[] | undefined => {
	const db = new Database(copy);
	try {
		const known = new Set((db.pragma('table_info(threads)') as {name: string}[]).map(({name}) => name));
		if (!known.has('id')) {
			return undefined;
		}

		const list = columns.map(column => (known.has(column) ? column : `null as ${column}`)).join(', ');
		return db.prepare<[], StateThread<Column>>(`select ${list} from threads`).all();
	} finally {
		db.close();
	}
};

/**
Releases from 0.153 on have a column for the name. In earlier ones the title holds the name once a thread
has one, and the first prompt until then.
*/
const nameOf = (row: Omit<StateThread<(typeof nameColumns)[number]>, 'id'>): string => {
	const [given, shown, prompt] = [row.name, row.title, row.first_user_message].map(value =>
		typeof value === 'string' ? value.trim() : '',
	);
	if (given) {
		return given;
	}

	const isPrompt = shown === undefined || (prompt ?? '').startsWith(shown.replace(/(?:…|\.{3})$/, ''));
	return isPrompt ? '' : shown;
};
