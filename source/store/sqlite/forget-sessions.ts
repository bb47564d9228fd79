import fs from 'node:fs';
import path from 'node:path';
import {UserError} from '../../model/problem.js';
import type {ForgetPlan, ForgottenThread} from '../maintenance.js';
import {appendEntry} from './audit-trail.js';
import {annotationsPath, type Connection, databaseFiles, keyPath, openDatabase, type Part} from './database.js';
import {forgottenKey} from './forgotten-logs.js';
import {type Held, withAllAlone, writeAnew} from './hold-alone.js';
import {endIdOf, firstIdOf} from './ids.js';
import {lockPath, openIngestLock} from './ingest-lock.js';
import {personName} from './person-name.js';
import {redactionQueries} from './redaction-queries.js';
import {removePiecesOf} from './unused-pieces.js';
import {wordTable} from './word-table.js';
import {tablesOfFile} from './write-rows.js';

type FileRow = {id: number; key: string; path: string; bytes: number};

const filesOf = (db: Connection, threadId: string): FileRow[] =>
	db
		.prepare(`
			select files.id, key, path, files.bytes from files join sessions on sessions.id = files.session_id
			where thread_id = ? order by place, generation
		`)
		.all(threadId) as FileRow[];

/** What would go, and what else has some of it. Reads only. */
export const planForget = (indexPath: string, threadIds: readonly string[]): ForgetPlan => {
	const db = openDatabase('index', indexPath);
	try {
		const related = db.prepare(`
			select thread_id as threadId, kind from sessions
			where thread_id <> @threadId and (
				forked_from_thread_id = @threadId or parent_thread_id = @threadId or exists (
					select 1 from files where files.session_id = sessions.id and (
						copied_thread_id = @threadId or base_rollout_id in (
							select rollout_id from files join sessions own on own.id = files.session_id where own.thread_id = @threadId
						)
					)
				)
			)
			order by started_at
		`);
		const leaving = new Set(threadIds);
		return {
			sessions: threadIds.map(threadId => {
				const files = filesOf(db, threadId);
				const others = related.all({threadId}) as {threadId: string; kind: string}[];
				return {
					threadId,
					bytes: files.reduce((sum, file) => sum + file.bytes, 0),
					logs: [...new Set(files.map(file => file.path))],
					copies: others.filter(other => !leaving.has(other.threadId)),
				};
			}),
			otherFiles: otherFiles(indexPath),
		};
	} finally {
		db.close();
	}
};

/** Files with the name of the databases that are none of them: copies made before a migration, and what was moved aside. */
const otherFiles = (indexPath: string): string[] => {
	const folder = path.dirname(indexPath);
	const stem = path.basename(keyPath(indexPath)).replace(/key$/, '');
	const own = [...databaseFiles(indexPath).map(file => file.path), keyPath(indexPath), lockPath(indexPath)];
	const known = new Set(
		own.flatMap(file => ['', '-wal', '-shm', '-journal'].map(ending => path.basename(file) + ending)),
	);
	return fs
		.readdirSync(folder)
		.filter(name => name.startsWith(stem) && !known.has(name))
		.map(name => path.join(folder, name));
};

/**
Removes sessions from every database for good and notes that their logs are not to be read again. The index comes last: should
the program end in between, they are still listed, and can be forgotten once more. `onBegin` is told which database comes next.
*/
export const forgetSessions = (
	indexPath: string,
	threadIds: readonly string[],
	onBegin?: (part: Part) => void,
	now = Date.now(),
): void => {
	// The trail is written even where nobody added anything before.
	openDatabase('annotations', annotationsPath(indexPath)).close();
	whileNobodyReads(indexPath, () =>
		withAllAlone(indexPath, held => {
			const connection = (part: Part): Connection | undefined => held.find(one => one.part === part)?.db;
			const [index, archive, annotations] = [connection('index'), connection('archive'), connection('annotations')];
			if (index === undefined || archive === undefined || annotations === undefined) {
				throw new UserError(`There is no database at ${indexPath} yet. Read logs first, with codex-tui ingest.`, 1);
			}

			const sessions = threadIds.map(threadId => leavingSession(index, archive, threadId));
			for (const one of inTurn(held)) {
				onBegin?.(one.part);
				one.db.pragma('secure_delete = ON');
				one.db.pragma('foreign_keys = ON');
				one.db.transaction(() => {
					for (const session of sessions) {
						forgetIn[one.part](one.db, session, now);
					}
				})();
				if (one.part === 'search') {
					leaveNoWords(one.db);
				}

				writeAnew(one.db, one.path);
			}
		}),
	);
};

const order: readonly Part[] = ['annotations', 'archive', 'search', 'index'];
const inTurn = (held: readonly Held[]): Held[] =>
	held.toSorted((one, other) => order.indexOf(one.part) - order.indexOf(other.part));

type Leaving = {
	threadId: string;
	files: readonly FileRow[];
	/** Of its logs, and of what the prompt history told of it. */
	keys: readonly string[];
};

const leavingSession = (index: Connection, archive: Connection, threadId: string): Leaving => {
	const files = filesOf(index, threadId);
	const ofHistory = archive
		.prepare("select distinct key from rollouts where format = 'history' and substr(key, -length(@mark)) = @mark")
		.pluck()
		.all({mark: `#${threadId}`}) as string[];
	return {threadId, files, keys: [...new Set([...files.map(({key}) => key), ...ofHistory])]};
};

const forgetIn: Record<Part, (db: Connection, session: Leaving, now: number) => void> = {
	archive(db, {keys}) {
		const rollouts = 'select id from rollouts where key in (select value from json_each(?))';
		const ids = db.prepare(rollouts).pluck().all(JSON.stringify(keys)) as number[];
		const list = JSON.stringify(ids);
		removePiecesOf(db, ids);
		db.prepare('delete from blocks where rollout_id in (select value from json_each(?))').run(list);
		db.prepare('delete from rollouts where id in (select value from json_each(?))').run(list);
	},

	search(db, {files}) {
		for (const part of ['messages', 'outputs'] as const) {
			const words = wordTable(db, part);
			for (const {id} of files) {
				words.removeAll(firstIdOf(id), endIdOf(id));
			}
		}

		const drop = db.prepare('delete from progress where file_id = ?');
		for (const {id} of files) {
			drop.run(id);
		}
	},

	index(db, {threadId, files}) {
		for (const {id} of files) {
			for (const table of tablesOfFile) {
				db.prepare(`delete from ${table} where id >= ? and id < ?`).run(firstIdOf(id), endIdOf(id));
			}

			db.prepare('delete from reading_states where file_id = ?').run(id);
			db.prepare('delete from files where id = ?').run(id);
		}

		db.prepare('delete from sessions where thread_id = ?').run(threadId);
		db.prepare('delete from thread_names where thread_id = ?').run(threadId);
		db.prepare('delete from ledgers').run();
	},

	annotations(db, {threadId, files, keys}, now) {
		const note = db.prepare(`
			insert into forgotten (thread_id, key_hash, forgotten_at, actor) values (?, ?, ?, ?) on conflict do nothing
		`);
		for (const key of keys) {
			note.run(threadId, forgottenKey(key), now, personName());
		}

		for (const table of ['tags', 'session_notes', 'prompt_notes', 'dispositions', 'event_notes', 'bookmarks']) {
			db.prepare(`delete from ${table} where thread_id = ?`).run(threadId);
		}

		// What holds everywhere protects other sessions too: it stays, and forgets where it was decided.
		db.prepare(
			'delete from redaction_changes where redaction_id in (select id from redactions where thread_id = ?)',
		).run(threadId);
		db.prepare("delete from redactions where thread_id = ? and scope <> 'everywhere'").run(threadId);
		db.prepare(`
			update redactions set thread_id = null, prompt = null, line = null, field = null, text_hash = null, start = null,
				before_digest = null, after_digest = null
			where thread_id = ?
		`).run(threadId);
		const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
		appendEntry(redactionQueries(db), {
			at: now,
			actor: personName(),
			kind: 'forget',
			ref: threadId,
			detail: {logs: new Set(files.map(file => file.key)).size, bytes},
		});
	},
};

/** Deleted rows of a table without texts only hide their words, until all is merged. */
const leaveNoWords = (db: Connection): void => {
	for (const part of ['messages', 'outputs']) {
		db.exec(`insert into ${part} (${part}) values ('optimize')`);
	}
};

const whileNobodyReads = <Answer>(indexPath: string, work: () => Answer): Answer => {
	const lock = openIngestLock(indexPath);
	try {
		if (!lock.take()) {
			throw new UserError(
				'Another program is reading logs just now. Wait until it is done, or close it, and try again.',
				1,
			);
		}

		return work();
	} finally {
		lock.release();
		lock.close();
	}
};

/** Threads whose logs are not read, the last forgotten first. */
export const listForgotten = (indexPath: string): ForgottenThread[] => {
	if (!fs.existsSync(annotationsPath(indexPath))) {
		return [];
	}

	const db = openDatabase('annotations', annotationsPath(indexPath));
	try {
		return (
			db
				.prepare(`
					select thread_id as threadId, count(*) as logs, max(forgotten_at) as forgottenAt, actor from forgotten
					group by thread_id order by max(forgotten_at) desc, thread_id
				`)
				.all() as (Omit<ForgottenThread, 'forgottenAt'> & {forgottenAt: number})[]
		).map(row => ({...row, forgottenAt: new Date(row.forgottenAt).toISOString()}));
	} finally {
		db.close();
	}
};

/** Lets the logs of a thread be read again with the next ingest. */
export const readAgain = (indexPath: string, threadId: string, now = Date.now()): void => {
	whileNobodyReads(indexPath, () => {
		const open: Connection[] = [];
		const opened = (part: Part, file: string): Connection => {
			const db = openDatabase(part, file);
			open.push(db);
			return db;
		};

		try {
			const annotations = opened('annotations', annotationsPath(indexPath));
			const entry = {at: now, actor: personName(), kind: 'forget' as const, ref: threadId, detail: {undone: true}};
			annotations
				.transaction(() => {
					annotations.prepare('delete from forgotten where thread_id = ?').run(threadId);
					appendEntry(redactionQueries(annotations), entry);
				})
				.immediate();
			opened('index', indexPath).prepare('delete from ledgers').run();
		} finally {
			for (const db of open) {
				db.close();
			}
		}
	});
};
