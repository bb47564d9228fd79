import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';
import Database from 'better-sqlite3';
import {codex} from '../../source/formats/codex/index.js';
import {Ingest, type IngestOptions, type IngestSummary} from '../../source/ingest/ingest.js';
import {ingestHome} from '../../source/ingest/ingest-home.js';
import type {SessionSummary} from '../../source/model/session.js';
import type {IngestStore} from '../../source/store/ingest-store.js';
import {archiveOf} from '../../source/store/sqlite/archive.js';
import {archivePath} from '../../source/store/sqlite/database.js';
import {openStore} from '../../source/store/sqlite/open.js';
import type {Store} from '../../source/store/store.js';
import {threadId} from '../helpers/rollout.js';

/** A folder that is gone after the test. */
export const temporaryFolder = (t: TestContext): string => {
	const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-')));
	t.after(() => fs.rmSync(folder, {recursive: true, force: true, maxRetries: 3}));
	return folder;
};

/** Thread ids of invented sessions; they share their first 24 characters. */
export const idOf = (n: number): string => `0196c0de-0000-7000-8000-${String(n).padStart(12, '0')}`;

/**
An invented rollout as another thread's, on another day. What is said differs too, since sessions that say and
do the same are taken for copies of each other.
*/
export const retold = (bytes: Buffer, id: string, day = '2026-02-03'): Buffer =>
	Buffer.from(
		bytes
			.toString('latin1')
			.replaceAll(threadId, id)
			.replaceAll('2026-02-03', day)
			.replaceAll(/("(?:text|message)": ?")(?=\w)/g, `$1${Number(id.slice(-4))}: `),
		'latin1',
	);

/** The same words under another id: a copy. */
export const copied = (bytes: Buffer, id: string, day: string): Buffer =>
	Buffer.from(bytes.toString('latin1').replaceAll(threadId, id).replaceAll('2026-02-03', day), 'latin1');

/** Where Codex would put the log of a thread that began at ten on that day. */
export const logName = (id: string, day = '2026-02-03'): string =>
	`sessions/${day.replaceAll('-', '/')}/rollout-${day}T10-00-00-${id}.jsonl`;

export type RunOptions = Partial<Omit<IngestOptions, 'source'>> & {database?: string};

/** An invented Codex home with a database beside it. */
export class Home {
	readonly folder: string;
	readonly database: string;

	constructor(private readonly t: TestContext) {
		const root = temporaryFolder(t);
		this.folder = path.join(root, 'home');
		this.database = path.join(root, 'data', 'index.db');
		fs.mkdirSync(path.join(this.folder, 'sessions'), {recursive: true});
	}

	path(name: string): string {
		return path.join(this.folder, name);
	}

	write(name: string, bytes: Buffer | string, at?: Date): string {
		const file = this.path(name);
		fs.mkdirSync(path.dirname(file), {recursive: true});
		fs.writeFileSync(file, bytes);
		if (at !== undefined) {
			fs.utimesSync(file, at, at);
		}

		return file;
	}

	append(name: string, bytes: Buffer | string): void {
		fs.appendFileSync(this.path(name), bytes);
	}

	private options(options: RunOptions): IngestOptions {
		return {source: {home: this.folder}, home: this.folder, batchLines: 500, ...options};
	}

	/** One round with a store of its own, as a command does. */
	async ingest(options: RunOptions = {}): Promise<IngestSummary> {
		return ingestHome({database: this.database, ...this.options(options)});
	}

	/** Rounds on an open store, as the worker does. */
	ingestWith(store: IngestStore, options: RunOptions = {}): Ingest {
		return new Ingest(store, this.options(options));
	}

	async store(database = this.database): Promise<Store> {
		const store = await openStore(database, codex);
		this.t.after(() => store.close());
		return store;
	}

	/** Another database for the same home. */
	otherDatabase(name: string): string {
		return path.join(path.dirname(this.database), `${name}.db`);
	}
}

export const all = async <Value>(values: AsyncIterable<Value>): Promise<Value[]> => {
	const found: Value[] = [];
	for await (const value of values) {
		found.push(value);
	}

	return found;
};

/** Everything that `rawLines` gives, joined. */
export const rawOf = async (store: Store, id: number, line?: number): Promise<Buffer> =>
	Buffer.concat((await all(store.rawLines(id, line))).map(({bytes}) => Buffer.from(bytes)));

/** The one session that there is. */
export const onlySession = async (store: Store): Promise<SessionSummary> => {
	const [session, ...others] = await store.listSessions({limit: 10});
	assert.ok(session);
	assert.deepEqual(others, []);
	return session;
};

type Row = Record<string, unknown>;

/** Columns that tell of the reading, not of what was read. */
const columnsOfTheRun = new Set(['ingested_at', 'state']);

const rowsOf = (db: Database.Database, sql: string): Row[] =>
	(db.prepare(sql).safeIntegers().all() as Row[]).map(row =>
		Object.fromEntries(Object.entries(row).filter(([column]) => !columnsOfTheRun.has(column))),
	);

/** Everything that both databases hold, so that two of them can be compared. */
export const contentOf = (database: string): Record<string, Row[]> => {
	const content: Record<string, Row[]> = {};
	const index = new Database(database, {readonly: true});
	const tables = index
		.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite%' order by name")
		.pluck()
		.all();
	for (const table of (tables as string[]).filter(name => name !== 'ledgers')) {
		content[table] = rowsOf(index, `select * from ${table} order by 1`);
	}

	index.close();
	const archiveDb = new Database(archivePath(database), {readonly: true});
	const archive = archiveOf(archiveDb);
	content['blocks'] = rowsOf(
		archiveDb,
		`select rollout_id, key, generation, "offset", length, first_line, pieces
		from blocks join rollouts on rollouts.id = rollout_id order by key, generation, "offset"`,
	).map(({rollout_id: rolloutId, ...row}) => ({
		...row,
		bytes: archive.read(Number(rolloutId), Number(row['offset']), Number(row['length']))?.toString('latin1'),
	}));
	archiveDb.close();
	return content;
};

const idColumns = ['first_event_id', 'completes', 'inside', 'output_event_id'];

/** Columns that tell of the order in which logs came, or of versions that are no more. */
const columnsOfHistory = new Set([
	'id',
	'file_id',
	'session_id',
	'place',
	'generation',
	'gone',
	'gone_at',
	'counts_usage',
	'is_compared',
	'superseded_at',
	'superseded_reason',
]);

/**
What the index tells of the present versions of all logs, told by names instead of ids: the same for
databases that came to know the same logs by other ways.
*/
export const presentContent = (database: string): Record<string, Row[]> => {
	const db = new Database(database, {readonly: true});
	const all = (sql: string): Row[] => db.prepare(sql).all() as Row[];
	const keys = new Map(
		all('select id, key from files where superseded_at is null').map(row => [row['id'], row['key']]),
	);
	const threads = new Map(all('select id, thread_id from sessions').map(row => [row['id'], row['thread_id']]));
	const nameOf = (id: unknown): unknown =>
		typeof id === 'number' ? `${keys.get(Math.floor(id / 2 ** 24))}:${id % 2 ** 24}` : id;
	const told = (row: Row): Row => {
		const entries = Object.entries(row).filter(
			([column]) => !columnsOfHistory.has(column) && !columnsOfTheRun.has(column) && !idColumns.includes(column),
		);
		const ids = idColumns.filter(column => column in row).map(column => [column, nameOf(row[column])]);
		return Object.fromEntries([...entries, ...ids, ['thread', threads.get(row['session_id'])]]);
	};

	const tables = all(
		"select distinct t.name from sqlite_schema t, pragma_table_xinfo(t.name) c where c.name = 'file_id'",
	);
	const content: Record<string, Row[]> = {
		files: all('select * from files where superseded_at is null order by key').map(row => told(row)),
		sessions: all('select * from sessions order by thread_id').map(row => told(row)),
		facts: all(
			'select key, facts from reading_states join files on files.id = file_id where superseded_at is null order by key',
		),
	};
	for (const {name} of tables.filter(({name}) => name !== 'tool_outputs' && name !== 'reading_states')) {
		content[String(name)] = all(`select * from ${name} order by id`)
			.filter(row => keys.has(row['file_id']))
			.map(row => ({...told(row), id: nameOf(row['id'])}))
			.toSorted((a, b) => String(keyOf(a)).localeCompare(String(keyOf(b))));
	}

	db.close();
	return content;
};

/** Rows of one log stay in their order. */
const keyOf = (row: Row): unknown => String(row['id']).split(':')[0];

/** Bytes of a generation of a log, as the archive kept them. */
export const archivedBytes = (home: Home, generation: number, key: string): Buffer => {
	const db = new Database(archivePath(home.database), {readonly: true});
	const id = db.prepare('select id from rollouts where key = ? and generation = ?').pluck().get(key, generation);
	const blocks = db.prepare('select sum(length) from blocks where rollout_id = ?').pluck().get(id) as number;
	const bytes = archiveOf(db).read(id as number, 0, blocks);
	db.close();
	return bytes ?? Buffer.alloc(0);
};

export const assertSound = (database: string): void => {
	for (const file of [database, archivePath(database)]) {
		const db = new Database(file, {readonly: true});
		assert.equal(db.pragma('integrity_check', {simple: true}), 'ok');
		assert.deepEqual(db.pragma('foreign_key_check'), []);
		db.close();
	}
};

/** Runs a query on the index, as somebody with the sqlite3 shell would. */
export const query = (database: string, sql: string): Row[] => {
	const db = new Database(database, {readonly: true});
	try {
		return db.prepare(sql).all() as Row[];
	} finally {
		db.close();
	}
};

type Content = ReturnType<typeof contentOf>;

/** Compares two databases and names the first row that differs, since whole contents fill screens. */
export const assertSameContent = (actual: Content, expected: Content): void => {
	assert.deepEqual(Object.keys(actual), Object.keys(expected));
	for (const [table, rows] of Object.entries(expected)) {
		const found = actual[table] ?? [];
		for (const [index, row] of rows.entries()) {
			assert.deepEqual(found[index], row, `row ${index + 1} of ${table}`);
		}

		assert.equal(found.length, rows.length, `rows of ${table}`);
	}
};
