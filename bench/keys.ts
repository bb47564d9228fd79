// How soon a key is answered, in a real terminal of 200×60, on a database with at least 100,000 events.
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {generateHome} from './generate-home.js';
import {runNode} from './measure/run-process.js';
import {median, percentile} from './measure/statistics.js';
import {heading, limited, type Row, tableText} from './measure/table.js';
import {type KeyTime, MeasuredTerminal} from './measure/terminal.js';
import {inTemporaryFolder, isStarted, program, surroundings} from './measure/workplace.js';
import {showsNewest} from './newest.js';

const homeBytes = 46e6;
const longPrompt = 3000;
const fewestEvents = 100_000;

/** More than a window's rows: the cursor then stands at its end, and the code is warm. */
const warmUp = 75;
const presses = 150;
const enter = '\r';

export const measureKeys = async (): Promise<Row[]> =>
	inTemporaryFolder(async folder => {
		const home = path.join(folder, 'home');
		const args = ['--codex-home', home, '--database', path.join(folder, 'codex-tui.db')];
		const env = surroundings(folder);
		const manifest = generateHome({out: home, bytes: homeBytes, kind: 'terse', longPrompt});
		if (manifest.lines < fewestEvents) {
			throw new Error(`The home has ${manifest.lines} lines, fewer than the budgets are for.`);
		}

		runNode([program(), 'ingest', '--findings', ...args], env);
		const terminal = new MeasuredTerminal([program(), ...args], env);
		try {
			await terminal.shows(showsNewest(manifest, 40), 'the newest sessions');
			await settle(terminal);
			return [
				heading(`Keys at 200×60, ${manifest.lines.toLocaleString('en')} lines in the database`),
				...(await idleRows(terminal)),
				...(await listRows(terminal, 'sessions')),
				...(await eventRows(terminal)),
				...(await memoryRows(terminal)),
			];
		} finally {
			await terminal.quit();
		}
	});

/** Until the look for new files and what it draws are over. */
const settle = async (terminal: MeasuredTerminal): Promise<void> => {
	await sleep(1500);
	await terminal.quiet();
};

const idleRows = async (terminal: MeasuredTerminal): Promise<Row[]> => {
	const seconds = 6;
	const {frames} = terminal;
	const before = terminal.usage();
	await sleep(seconds * 1000);
	const after = terminal.usage();
	const cpu = before && after ? ((after.cpuSeconds - before.cpuSeconds) / seconds) * 100 : undefined;
	return [
		limited('idle: frames', (terminal.frames - frames) / seconds, '/s', {atMost: 0}),
		...(cpu === undefined ? [] : [limited('idle: processor', cpu, '%', {atMost: 0.5})]),
	];
};

const eventRows = async (terminal: MeasuredTerminal): Promise<Row[]> => {
	// To the top of the sessions, then into the newest one and its long prompt.
	for (const key of ['g', enter, 'G', enter]) {
		await terminal.press(key);
	}

	return listRows(terminal, 'events');
};

/** A list that scrolls, a cursor that moves within its window, and a key that is held. */
const listRows = async (terminal: MeasuredTerminal, pane: string): Promise<Row[]> => {
	await times(terminal, 'j', warmUp);
	const scrolls = await times(terminal, 'j', presses);
	const turns = 20;
	await times(terminal, 'k', 2);
	const moves = [...(await times(terminal, 'k', turns)), ...(await times(terminal, 'j', turns))];
	await times(terminal, 'j', 4);
	const held = await terminal.hold('j', 150, 30);
	const of = (all: KeyTime[], share: number): number => percentile(drawn(all), share);
	return [
		limited(`${pane}: scroll key to last byte, p50`, of(scrolls, 0.5), 'ms', null),
		limited(`${pane}: scroll key to last byte, p95`, of(scrolls, 0.95), 'ms', {atMost: 30}),
		limited(`${pane}: cursor move to last byte, p50`, of(moves, 0.5), 'ms', null),
		limited(`${pane}: cursor move to last byte, p95`, of(moves, 0.95), 'ms', {atMost: 25}),
		limited(`${pane}: cursor move, bytes`, median(moves.map(move => move.bytes)), 'bytes', {atMost: 2560}),
		limited(`${pane}: cursor move, frames`, median(moves.map(move => move.frames)), 'frames', null),
		limited(`${pane}: held j at 30/s, frames`, held.framesPerSecond, '/s', {atLeast: 28}),
		limited(`${pane}: held j at 30/s, backlog`, held.backlogMs, 'ms', {atMost: 60}),
	];
};

const memoryRows = async (terminal: MeasuredTerminal): Promise<Row[]> => {
	const {frames} = terminal;
	while (terminal.frames - frames < 1000) {
		await terminal.hold('j', 200, 60);
	}

	const used = terminal.usage();
	return used === undefined
		? []
		: [limited('resident after 1,000 scrolled frames', used.residentMB, 'MB', {atMost: 320})];
};

const times = async (terminal: MeasuredTerminal, key: string, count: number): Promise<KeyTime[]> => {
	const all: KeyTime[] = [];
	for (let press = 0; press < count; press++) {
		all.push(await terminal.press(key));
	}

	return all;
};

const drawn = (all: readonly KeyTime[]): number[] => all.map(key => key.lastByteMs).filter(ms => !Number.isNaN(ms));

if (isStarted(import.meta.url)) {
	console.log(tableText(await measureKeys()));
}
