import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {after, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {zstdDecompressSync} from 'node:zlib';
import {temporaryFolder} from '../ingest/home.js';
import {compareThread} from './compare-thread.js';
import {type Exceptions, exceptions, isWithoutUsage} from './exceptions.js';
import {showAll} from './read-home.js';
import type {TrueThread, Truth} from './truth.js';

/*
Sessions written by released versions lie beside the repository, each with what really happened. Everything that
the program shows of them is held against that. Only counts are kept here; `UPDATE=1` rewrites them.
*/
const shared = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const golden = fileURLToPath(new URL('truth.golden.tsv', import.meta.url));
const skip = fs.existsSync(path.join(shared, 'codex'))
	? false
	: 'the sessions of released versions are not beside the repository (../shared/corpus/codex)';

/** Folders of all cases, those with made-up credentials unpacked first. */
const findCases = (): string[] => {
	const folders = [path.join(shared, 'codex')];
	const packed = path.join(shared, 'codex-secrets.tar.gz');
	if (fs.existsSync(packed)) {
		const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
		after(() => fs.rmSync(folder, {recursive: true, force: true}));
		execFileSync('tar', ['xzf', packed, '-C', folder]);
		folders.push(path.join(folder, 'codex'));
	}

	return folders.flatMap(folder =>
		fs
			.readdirSync(folder)
			.map(name => path.join(folder, name))
			.filter(name => fs.existsSync(path.join(name, 'truth.json'))),
	);
};

const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', {numeric: true});

/** Tells whether words stand in one of the thread's logs. */
const wordsIn = (home: string, {files}: TrueThread): ((words: string) => boolean) => {
	const logs = files.map(file => {
		const bytes = fs.readFileSync(path.join(home, file.path));
		return (file.path.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes).toString();
	});
	return words => logs.some(log => log.includes(JSON.stringify(words)));
};

type Tally = {count: number; isExact: boolean};
type Row = Record<'prompts' | 'calls' | 'answers' | 'reasoning' | 'tokens', Tally> & {name: string; threads: number};

const newTally = (): Tally => ({count: 0, isExact: true});

const cellsOf = (row: Row): (string | number)[] => [
	row.name,
	row.threads,
	...[row.prompts, row.calls, row.answers, row.reasoning, row.tokens].flatMap(({count, isExact}) => [
		count,
		isExact ? 'yes' : 'no',
	]),
];

test('the program shows what really happened', {skip}, async t => {
	const cases = skip ? [] : findCases().toSorted((a, b) => inOrder(path.basename(a), path.basename(b)));
	const rows: Row[] = [];
	for (const folder of cases) {
		const name = path.basename(folder);
		await t.test(name, async t => {
			const home = path.join(folder, 'home');
			const {threads} = JSON.parse(fs.readFileSync(path.join(folder, 'truth.json'), 'utf8')) as Truth;
			const shown = await showAll(home, temporaryFolder(t));
			const allowed: Exceptions = exceptions[name] ?? {};
			const missing = {answers: 0, reasoning: 0, tokens: 0};
			const row: Row = {
				name,
				threads: threads.length,
				prompts: newTally(),
				calls: newTally(),
				answers: newTally(),
				reasoning: newTally(),
				tokens: newTally(),
			};
			const failures: string[] = [];
			for (const truth of threads) {
				const session = shown.find(({session: {id}}) => id === truth.thread_id);
				assert.ok(session, `a session for ${truth.thread_id}`);
				const isShort = truth.usage.total.total_tokens - session.session.usage.totalTokens === allowed.tokens?.missing;
				const comparison = compareThread({
					truth,
					shown: session,
					isLogged: wordsIn(home, truth),
					allowed: isShort ? allowed : {...allowed, tokens: {missing: 0, because: ''}},
					hasUsage: !isWithoutUsage(name),
				});
				failures.push(
					...[...comparison.differences].map(([about, texts]) => `${truth.thread_id} ${about}: ${texts.join('\n')}`),
				);
				for (const about of ['answers', 'reasoning', 'tokens'] as const) {
					missing[about] += comparison.missing[about];
				}

				const has = (about: string): boolean => comparison.differences.has(about);
				row.prompts = {
					count: row.prompts.count + session.prompts.length,
					isExact: row.prompts.isExact && !has('prompts'),
				};
				const isKnown = !allowed.unattributed;
				row.calls = {
					count: row.calls.count + truth.tool_calls.length,
					isExact: row.calls.isExact && !has('calls') && isKnown,
				};
				row.answers = {
					count: row.answers.count + truth.assistant_messages.length,
					isExact: row.answers.isExact && !has('answers') && comparison.missing.answers === 0 && isKnown,
				};
				row.reasoning = {
					count: row.reasoning.count + truth.reasoning.length,
					isExact: row.reasoning.isExact && !has('reasoning') && comparison.missing.reasoning === 0 && isKnown,
				};
				row.tokens = {
					count: row.tokens.count + session.session.usage.totalTokens,
					isExact:
						row.tokens.isExact && isKnown && session.session.usage.totalTokens === truth.usage.total.total_tokens,
				};
			}

			rows.push(row);
			assert.deepEqual(
				shown.map(({session}) => session.id).toSorted(),
				threads.map(({thread_id: id}) => id).toSorted(),
				'a session per thread',
			);
			assert.deepEqual(failures, []);
			assert.deepEqual(
				missing,
				{
					answers: allowed.answers?.missing ?? 0,
					reasoning: allowed.reasoning?.missing ?? 0,
					tokens: allowed.tokens?.missing ?? 0,
				},
				'exactly what is listed is missing from the log',
			);
		});
	}

	await t.test('the table is that of the golden file', () => {
		const abouts = ['prompts', 'calls', 'answers', 'reasoning', 'tokens'];
		const header = ['case', 'threads', ...abouts.flatMap(about => [about, 'exact'])];
		const table = [header, ...rows.map(cellsOf)].map(cells => `${cells.join('\t')}\n`).join('');
		const widths = header.map((_, column) =>
			Math.max(...[header, ...rows.map(cellsOf)].map(cells => String(cells[column]).length)),
		);
		for (const cells of [header, ...rows.map(cellsOf)]) {
			t.diagnostic(cells.map((cell, column) => String(cell).padEnd(widths[column] ?? 0)).join('  '));
		}

		assert.ok(rows.length > 80, `${rows.length} cases`);
		assert.deepEqual(
			Object.keys(exceptions).filter(name => !rows.some(row => row.name === name)),
			[],
			'cases that are listed and not there',
		);
		if (process.env['UPDATE'] === '1') {
			fs.writeFileSync(golden, table);
		}

		assert.equal(fs.existsSync(golden) ? fs.readFileSync(golden, 'utf8') : '', table);
	});
});
