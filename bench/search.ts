// Search over 1.5 million events while logs are read: how soon hits come, how long a question holds up the next, how fast logs are
// scanned for words inside words, and titles of 100,000 sessions with typing mistakes.
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {codex} from '../source/formats/codex/index.js';
import {parseQuery} from '../source/query/parse-query.js';
import {openSearchHere} from '../source/search/open-search-here.js';
import type {Search, SearchRequest} from '../source/store/search.js';
import {searchPath} from '../source/store/sqlite/database.js';
import {generateHome} from './generate-home.js';
import {runNode} from './measure/run-process.js';
import {median, percentile} from './measure/statistics.js';
import {heading, limited, type Row, tableText} from './measure/table.js';
import {buildTask, inTemporaryFolder, isStarted, program, surroundings} from './measure/workplace.js';
import type {TitlesReport} from './tasks/titles.js';

/** 1.5 million lines. */
const homeBytes = 2.9e9;
const seed = 8;

/** Read while questions are asked. */
const newBytes = 1e9;

const rounds = 3;

const verbs = [
	'check',
	'split',
	'count',
	'rename',
	'explain',
	'measure',
	'merge',
	'close',
	'build',
	'cache',
	'guard',
	'seed',
];
const things = [
	'parser',
	'invoice',
	'kettle',
	'lantern',
	'compass',
	'quiver',
	'cellar',
	'signal',
	'engine',
	'ribbon',
	'jigsaw',
];
const qualities = ['wide', 'quiet', 'broken', 'rapid', 'stale', 'narrow', 'strict', 'steady', 'brisk', 'hollow'];

const pairs = (left: readonly string[], right: readonly string[], write: (a: string, b: string) => string): string[] =>
	left.flatMap((a, index) => [0, 3, 7].map(step => write(a, right[(index + step) % right.length] as string)));

const questions = {
	words: [...verbs, ...things, ...qualities, ...pairs(verbs, things, (a, b) => `${a} ${b}`)],
	phrases: [...pairs(verbs, things, (a, b) => `"${a} the ${b}"`), ...pairs(qualities, things, (a, b) => `"${a} ${b}"`)],
	beginnings: [...verbs, ...things, ...qualities].flatMap(word => [`${word.slice(0, 3)}*`, word.slice(0, 4)]),
	common: ['the', 'a*', 'th*', 'co*', 'to', 'in', 'ma*', 'e*', '1*', 'ok', 'the a*', '"the parser" OR the'],
};

type Home = {home: string; database: string; bytes: number; lines: number};

/** Logs that come while questions are asked. */
const liveFolder = (home: string): string => path.join(home, 'archived_sessions', 'live');

/** Made once and kept in the system's temporary folder, since it takes some minutes. */
const keptHome = (): Home => {
	const folder = path.join(os.tmpdir(), `codex-tui-bench-search-${homeBytes / 1e6}-${seed}`);
	const home = path.join(folder, 'home');
	const manifest = path.join(home, 'manifest.json');
	// What a run that was stopped has left.
	fs.rmSync(liveFolder(home), {recursive: true, force: true});
	if (!fs.existsSync(manifest)) {
		generateHome({out: home, bytes: homeBytes, seed});
	}

	const database = path.join(folder, 'codex-tui.db');
	runNode([program(), 'ingest', '--codex-home', home, '--database', database], surroundings(folder));
	const {bytes, lines} = JSON.parse(fs.readFileSync(manifest, 'utf8')) as {bytes: number; lines: number};
	return {home, database, bytes, lines};
};

/** Processor time of this thread, in ms: what a question takes, whatever else the machine does. */
const cpuNow = (): number => {
	const {user, system} = process.threadCpuUsage();
	return (user + system) / 1000;
};

const ask = (search: Search, text: string, asked: Partial<SearchRequest> = {}): Promise<Times> => {
	const start = performance.now();
	const cpuStart = cpuNow();
	let first: {wallMs: number; cpuMs: number} | undefined;
	return new Promise((resolve, reject) => {
		search.ask(
			{query: parseQuery(text, {now: new Date()}), order: 'newest', limit: 200, ...asked},
			answer => {
				if (answer.hits.length > 0 || answer.isDone) {
					first ??= {wallMs: performance.now() - start, cpuMs: cpuNow() - cpuStart};
				}

				if (answer.isDone) {
					const {wallMs = 0, cpuMs = 0} = first ?? {};
					resolve({firstMs: wallMs, firstCpuMs: cpuMs, doneCpuMs: cpuNow() - cpuStart});
				}
			},
			reject,
		);
	});
};

type Times = {firstMs: number; firstCpuMs: number; doneCpuMs: number};

/** Asks, and asks something else a moment later. Answers how long that waits. */
const interrupt = async (search: Search, text: string, afterMs: number): Promise<number> => {
	search.ask(
		{query: parseQuery(text, {now: new Date()}), order: 'newest', limit: 200},
		() => {},
		() => {},
	);
	const start = performance.now();
	const cpuStart = cpuNow();
	await new Promise(resolve => setTimeout(resolve, afterMs));
	// What the thread was held up before it could take the next question, and what that takes.
	const late = Math.min(cpuNow() - cpuStart, performance.now() - start - afterMs);
	return Math.max(0, late) + (await ask(search, 'zzqqzz')).firstCpuMs;
};

export const measureSearch = async (): Promise<Row[]> => {
	const {home, database, bytes, lines} = keptHome();
	const size = fs.statSync(searchPath(database)).size;
	const rows: Row[] = [
		heading(`Search: ${(lines / 1e6).toFixed(1)} million events, ${Math.round(bytes / 1e6)} MB, while others are read`),
	];
	await inTemporaryFolder(async folder => {
		const copy = path.join(folder, 'codex-tui.db');
		for (const part of ['.db', '.archive.db', '.search.db']) {
			fs.copyFileSync(database.replace(/\.db$/, part), copy.replace(/\.db$/, part));
		}

		const live = liveFolder(home);
		generateHome({out: live, bytes: newBytes, seed: seed + 1});
		const search = openSearchHere({database: copy, format: codex});
		const ingest = spawn(process.execPath, [program(), 'ingest', '--codex-home', home, '--database', copy], {
			env: {...process.env, ...surroundings(folder)},
			stdio: 'ignore',
		});
		try {
			rows.push(...(await figures(search, () => ingest.exitCode === null)));
		} finally {
			ingest.kill();
			await search.close();
			fs.rmSync(live, {recursive: true, force: true});
		}
	});
	const search = openSearchHere({database, format: codex});
	try {
		await ask(search, 'the');
		const scans: number[] = [];
		for (let round = 0; round < rounds; round++) {
			const {doneCpuMs} = await ask(search, 'qzxwvk', {isInsideWords: true});
			scans.push(bytes / 1e6 / (doneCpuMs / 1000));
		}

		rows.push(limited('words inside words: logs read in a second of CPU', median(scans), 'MB', {atLeast: 500}));
	} finally {
		await search.close();
	}

	const titles = JSON.parse(runNode([await buildTask('titles')]).stdout) as TitlesReport;
	rows.push(
		limited(
			'titles of 100,000 sessions, mistyped, CPU, p95',
			percentile(titles.ms, 0.95),
			'ms',
			{atMost: 50},
			`${titles.found} of ${titles.asked} found`,
		),
		{
			...limited('words, beside the logs', size / 1e6, 'MB', null, `${(bytes / 1e6).toFixed(0)} MB`),
			ratio: (size / bytes).toFixed(3),
			aim: '≤ 0.13',
			isReached: size / bytes <= 0.13,
		},
	);
	return rows;
};

const figures = async (search: Search, isReading: () => boolean): Promise<Row[]> => {
	for (const text of ['the', 'parser', '"the parser"', 'par*']) {
		await ask(search, text);
		await ask(search, text, {order: 'best'});
	}

	const rows: Row[] = [];
	const p95 = async (name: string, texts: readonly string[], asked: Partial<SearchRequest>, aim: number) => {
		const times: Times[] = [];
		for (const text of texts) {
			times.push(await ask(search, text, asked));
		}

		const cpu = times.map(({firstCpuMs}) => firstCpuMs);
		const waited = percentile(
			times.map(({firstMs}) => firstMs),
			0.95,
		);
		const reference = `median ${median(cpu).toFixed(1)} ms, waited ${waited.toFixed(1)} ms`;
		rows.push(limited(`${name}, first hits, CPU, p95`, percentile(cpu, 0.95), 'ms', {atMost: aim}, reference));
	};
	await p95('newest first, words', questions.words, {}, 15);
	await p95('newest first, phrases', questions.phrases, {}, 15);
	await p95('newest first, beginnings of three letters and more', questions.beginnings, {}, 15);
	await p95(
		'best first, words and phrases',
		[...questions.words, ...questions.phrases],
		{order: 'best', limit: 50},
		30,
	);
	const firsts: number[] = [];
	const waits: number[] = [];
	for (let round = 0; round < rounds; round++) {
		for (const text of questions.common) {
			firsts.push((await ask(search, text)).firstCpuMs);
			for (const afterMs of [2, 8, 20, 45]) {
				waits.push(await interrupt(search, text, afterMs));
			}
		}
	}

	rows.push(
		limited('common words and beginnings of two letters, first hits, CPU, longest', Math.max(...firsts), 'ms', {
			atMost: 50,
		}),
		limited(
			'the next question waits for one of these, CPU, longest',
			Math.max(...waits),
			'ms',
			{atMost: 50},
			`p95 ${percentile(waits, 0.95).toFixed(1)} ms`,
		),
		heading(isReading() ? 'Logs were read all the time.' : 'Logs were all read before the end.'),
	);
	return rows;
};

if (isStarted(import.meta.url)) {
	console.log(tableText(await measureSearch()));
}
