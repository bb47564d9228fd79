import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {codex} from '../../source/formats/codex/index.js';
import {ingestHome} from '../../source/ingest/ingest-home.js';
import {openStore} from '../../source/store/sqlite/open.js';
import type {Store} from '../../source/store/store.js';
import {query, temporaryFolder} from '../ingest/home.js';

/*
The samples lie beside the repository and are not part of it. Only file names and counts are kept here;
`UPDATE=1` rewrites them.
*/
const sessions = fileURLToPath(new URL('../../../shared/corpus/sessions/', import.meta.url));
const golden = fileURLToPath(new URL('samples.golden.tsv', import.meta.url));
const skip = fs.existsSync(sessions)
	? false
	: 'the sample logs are not beside the repository (../shared/corpus/sessions)';

type Sample = {file: string; bytes: Buffer};

const samples: Sample[] = skip
	? []
	: (fs.readdirSync(sessions, {recursive: true}) as string[])
			.filter(file => /\.jsonl(?:\.zst)?$/.test(file))
			.map(file => ({file: path.basename(file), bytes: fs.readFileSync(path.join(sessions, file))}))
			.toSorted((a, b) => (a.file < b.file ? -1 : 1));

const sha256 = (parts: readonly Uint8Array[]): string => {
	const hash = createHash('sha256');
	for (const part of parts) {
		hash.update(part);
	}

	return hash.digest('hex');
};

const physicalLines = (bytes: Buffer): number => {
	let lines = bytes.length > 0 && bytes.at(-1) !== 0x0a ? 1 : 0;
	for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) {
		lines++;
	}

	return lines;
};

type Counts = {
	file: string;
	sessions: number;
	prompts: number;
	toolCalls: number;
	events: number;
	problems: number;
	recordedLines: number;
	blankLines: number;
	lines: number;
};

test('the sample logs', {skip}, async t => {
	const database = path.join(temporaryFolder(t), 'index.db');
	const {failures, found} = await ingestHome({
		database,
		source: {path: sessions},
		home: null,
		batchLines: 500,
	});
	const store: Store = await openStore(database, codex);
	t.after(() => store.close());
	const files = query(
		database,
		`select replace(key, '.zst', '') as file,
			(select count(distinct id) from sessions where sessions.id = files.session_id) as sessions,
			(select count(*) from prompts where file_id = files.id and state <> 'inherited') as prompts,
			(select count(*) from function_calls join events using (id)
				where events.file_id = files.id and not inherited) as toolCalls,
			(select count(*) from events where file_id = files.id and completes is null) as events,
			(select count(*) from problems where file_id = files.id) as problems,
			(select count(*) from (
				select line from events where file_id = files.id union select line from problems where file_id = files.id
			)) as recordedLines,
			blank_lines as blankLines,
			lines + (unfinished_sequence is not null) as lines
		from files order by key`,
	) as Counts[];

	await t.test('every one is found and read', () => {
		assert.deepEqual(failures, []);
		assert.equal(found, 25);
		assert.deepEqual(
			files.map(({file}) => file),
			samples.map(({file}) => file),
		);
	});

	for (const {file, bytes} of samples) {
		await t.test(`lines and bytes of ${file}`, async () => {
			const counts = files.find(entry => entry.file === file);
			assert.ok(counts);
			assert.equal(counts.lines, physicalLines(bytes), 'lines in');
			assert.equal(counts.recordedLines + counts.blankLines, counts.lines, 'lines out');
			const [session, ...others] = await store.findSessions(`/anywhere/${file}`);
			assert.ok(session);
			assert.deepEqual(others, []);
			assert.equal(session.promptCount, counts.prompts, 'prompts of the session');
			assert.equal(session.toolCallCount, counts.toolCalls, 'tool calls of the session');
			assert.equal(session.problemCount, counts.problems, 'problems of the session');
			const raw: Uint8Array[] = [];
			for await (const line of store.rawLines(session.id)) {
				raw.push(Buffer.from(line.bytes));
			}

			assert.equal(raw.length, counts.lines);
			assert.equal(sha256(raw), sha256([bytes]));
		});
	}

	await t.test('events are in one scope each, and every one can be described', async () => {
		for (const {id, threadId} of await store.listSessions({limit: 100})) {
			const prompts = await store.listPrompts(id);
			const scopes = ['prelude' as const, ...prompts.map(prompt => prompt.id)];
			const ids: number[] = [];
			for (const promptId of scopes) {
				ids.push(...(await store.eventIds({sessionId: id, promptId})));
			}

			assert.equal(new Set(ids).size, ids.length, threadId);
			const events = query(
				database,
				`select count(*) as count from events join files on files.id = file_id where session_id = ${id} and completes is null`,
			);
			const problems = query(
				database,
				`select count(*) as count from problems join files on files.id = file_id where session_id = ${id}`,
			);
			assert.equal(ids.length, Number(events[0]?.['count']) + Number(problems[0]?.['count']), threadId);
			for (const event of ids) {
				assert.equal((await store.event(event))?.id, event);
			}
		}
	});

	await t.test('the counts are those of the golden file', () => {
		const columns = ['file', 'sessions', 'prompts', 'toolCalls', 'events', 'problems'] as const;
		const header = ['file', 'sessions', 'prompts', 'tool calls', 'events', 'problems'];
		const table = [header, ...files.map(file => columns.map(column => file[column]))]
			.map(row => `${row.join('\t')}\n`)
			.join('');
		if (process.env['UPDATE'] === '1') {
			fs.writeFileSync(golden, table);
		}

		assert.equal(fs.existsSync(golden) ? fs.readFileSync(golden, 'utf8') : '', table);
	});
});
