import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {annotationsPath, archivePath, openDatabase, searchPath} from '../source/store/sqlite/database.js';
import {
	event,
	functionCall,
	functionOutput,
	item,
	meta,
	rolloutOf,
	sampleRollouts,
	threadId,
	turnContext,
} from './helpers/rollout.js';
import {Home, idOf, logName, query, retold} from './ingest/home.js';

const document = fs.readFileSync(new URL('../docs/schema.md', import.meta.url), 'utf8');
const parts = {
	'The index': 'index',
	'The archive': 'archive',
	'The search database': 'search',
	'The annotations': 'annotations',
} as const;

type Columns = Record<string, string>;

/** Columns and types by part and table, as the document tells them. */
const documented = (): Record<string, Columns> => {
	const found: Record<string, Columns> = {};
	let part = '';
	let table = '';
	for (const line of document.split('\n')) {
		part = /^## (.+)$/.exec(line)?.[1] ?? part;
		table = /^### (.+)$/.exec(line)?.[1] ?? (line.startsWith('## ') ? '' : table);
		const [, column, type, text] = /^\| `(\w+)` \| ([a-z ]+) \| (.+) \|$/.exec(line) ?? [];
		if (table !== '' && line.startsWith('### ')) {
			found[`${parts[part as keyof typeof parts]}.${table}`] = {};
		} else if (column !== undefined && type !== undefined) {
			assert.match(text ?? '', /^[A-Z`0-9].*[.…]$/, `a sentence for ${table}.${column}`);
			const columns = found[`${parts[part as keyof typeof parts]}.${table}`];
			assert.ok(columns, `a table for ${column}`);
			assert.equal(columns[column], undefined, `${table}.${column} stands twice`);
			columns[column] = type;
		}
	}

	return found;
};

/** Columns of virtual tables beside the ones that they were made with are hidden. */
type Column = {name: string; type: string; notnull: 0 | 1; pk: number; hidden: number};

/** The same, as the migrations make them. */
const existing = (): Record<string, Columns> => {
	const found: Record<string, Columns> = {};
	for (const part of Object.values(parts)) {
		const db = openDatabase(part, ':memory:');
		const tables = db
			.prepare(
				"select name, type from pragma_table_list where schema = 'main' and type <> 'shadow' and name not like 'sqlite%'",
			)
			.all() as {name: string; type: string}[];
		for (const {name, type: sort} of tables) {
			const columns = db.pragma(`table_xinfo(${name})`) as Column[];
			found[`${part}.${name}`] = Object.fromEntries(
				columns
					.filter(({hidden}) => hidden !== 1)
					.map(({name: column, type, notnull, pk}) => [
						column,
						sort === 'virtual'
							? 'words'
							: `${type.toLowerCase()}${notnull === 1 || pk > 0 || sort === 'view' ? '' : ' or null'}`,
					]),
			);
		}

		db.close();
	}

	return found;
};

test('docs/schema.md names every table, view and column with its type, and no other', () => {
	const [page, databases] = [documented(), existing()];
	assert.deepEqual(Object.keys(page).toSorted(), Object.keys(databases).toSorted());
	for (const [table, columns] of Object.entries(databases)) {
		assert.deepEqual(page[table], columns, table);
		assert.deepEqual(Object.keys(page[table] ?? {}), Object.keys(columns), `order of the columns of ${table}`);
	}
});

const tokens = 'select sum(total_tokens) as tokens from sessions';

test('docs/schema.md says which names the other databases have', () => {
	for (const path of [archivePath, searchPath, annotationsPath]) {
		assert.ok(document.includes(`\`${path('codex-tui.db')}\``));
	}
});

test('the queries in docs/schema.md run and find something', async t => {
	const home = new Home(t);
	for (const [index, bytes] of Object.values(sampleRollouts()).entries()) {
		const log = logName(idOf(index + 2));
		home.write(bytes.includes('"items"') ? log.replace(/l$/, '') : log, retold(bytes, idOf(index + 2)));
	}

	home.write(
		logName(threadId),
		rolloutOf([
			meta({git: {branch: 'main', repository_url: 'https://example.test/tides.git'}}),
			turnContext(),
			event('user_message', {message: 'Count the tables.'}, 1),
			item(functionCall('exec_command', {cmd: 'wc -l tables/*'}, 'c1'), 2),
			item(functionOutput('c1', 'Wall time: 0.2500 seconds\nProcess exited with code 2\nOutput:\nno such file'), 3),
			'not a record',
		]),
	);
	await home.ingest();
	const counted = query(home.database, tokens);
	// Rewritten with its last turn left out, so that there is something gone.
	const rewritten = retold(sampleRollouts()['era C legacy'] as Buffer, idOf(4)).toString();
	home.write(
		logName(idOf(4)),
		rewritten.slice(0, rewritten.lastIndexOf('{"timestamp"', rewritten.indexOf('Saint-Malo'))),
	);
	await home.ingest();
	assert.deepEqual(query(home.database, tokens), counted, 'tokens stay counted');
	const queries = [...document.matchAll(/```sql\n([^`]+)```/g)].map(match => match[1] as string);
	assert.ok(queries.length >= 6);
	for (const sql of queries) {
		const rows = query(home.database, sql);
		assert.ok(rows.length > 0, sql);
		assert.ok(
			rows.every(row => Object.keys(row).length > 1),
			sql,
		);
	}
});
