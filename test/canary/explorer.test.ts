import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {describe, type TestContext, test} from 'node:test';
import {answeredTwice, askedTwice} from '../helpers/rollout.js';
import type {Size} from '../helpers/terminal.js';
import {logName} from '../ingest/home.js';
import type {Place} from '../pty/program.js';
import type {Canaries} from './canaries.js';
import {canaryFinder, type Sighting} from './find-canaries.js';
import {filesWritten} from './run-program.js';
import {mainId} from './seeded-home.js';
import {seededPlace} from './seeded-place.js';
import {WatchedTerminal} from './watched-terminal.js';

type Visit = {
	screen: WatchedTerminal;
	place: Place;
	/** Makes one more value. */
	plant: Canaries['plant'];
	/** Values and forms in which one was on screen, told to the terminal, or written to a file. */
	leaks: () => (Sighting & {name?: string})[];
	/** Where values were planted. */
	places: () => Iterable<string>;
};

/** Of the three logs one is hidden at first; the history has a session that no log tells. */
const isAllRead = /Sessions \d\/3.*gone: export/s;

/** On a busy computer rules take seconds to load. */
const patienceMs = 30_000;

/** Opens the explorer on a seeded home that was never read. */
const visit = async (t: TestContext, size: Size, env: Record<string, string> = {}): Promise<Visit> => {
	const {place, canaries} = seededPlace(t);
	const terminal = await place.open({...size, env});
	const screen = new WatchedTerminal(terminal);
	await screen.look();
	await terminal.until(() => isAllRead.test(terminal.screen()), 'has not read everything', patienceMs);
	await screen.look();
	return {
		screen,
		place,
		plant: canaries.plant,
		places: () => canaries.values.keys(),
		leaks() {
			const find = canaryFinder(canaries.values);
			return [
				...find(screen.everything()),
				...filesWritten(place).flatMap(({name, text}) => find(text).map(sighting => ({...sighting, name}))),
			];
		},
	};
};

const searches = ['deploy', 'password', 'tides', 'gulls', 'kind:command secret', 'unlock', 'branch:fix'];

/** Values that stand in other sessions, or that the explorer shows nowhere. */
const elsewhere = [
	'branch',
	'error of a turn',
	'folder of a log',
	'history',
	'prompt of a fork',
	'prompt of a sub-agent',
	'remote',
];

const quit = async ({screen: {terminal}}: Visit): Promise<void> => {
	await terminal.press('q');
	assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
};

/** More than any prompt has events. */
const mostSteps = 80;

/** Opens every event of a prompt and reads it to its end. */
const readPrompt = async (screen: WatchedTerminal): Promise<void> => {
	const {terminal} = screen;
	await screen.press('l');
	await terminal.see(/Events \d+\/\d+/, patienceMs);
	await terminal.quiet(200);
	await screen.press('g');
	for (let step = 0, isLast = false; !isLast && step < mostSteps; step++) {
		await screen.press('l');
		await screen.pressToTheEnd('PgDn');
		await screen.press('h');
		const [, index, count] = /Events (\d+)\/(\d+)/.exec(terminal.screen()) ?? [];
		isLast = index === count;
		await screen.press('j');
	}

	await screen.press('h');
};

const readSession = async (screen: WatchedTerminal): Promise<void> => {
	const {terminal} = screen;
	await screen.press('Enter');
	await terminal.see(/Prompts \d+\/\d+/, patienceMs);
	await screen.press('g');
	const prompts = Number(/Prompts \d+\/(\d+)/.exec(terminal.screen())?.[1] ?? 0);
	for (let prompt = 0; prompt < prompts; prompt++) {
		await readPrompt(screen);
		await screen.press('j');
	}

	await screen.press('h');
};

describe('the explorer', {concurrency: 2}, () => {
	for (const size of [
		{cols: 60, rows: 24},
		{cols: 200, rows: 50},
	]) {
		test(`reads every event of every session at ${size.cols} columns without a planted value`, async t => {
			const visited = await visit(t, size);
			const {screen} = visited;
			await screen.press('a', 'z', 'g');
			for (let session = 0; session < 4; session++) {
				await readSession(screen);
				await screen.press('j');
			}

			assert.match(screen.everything(), /REDACTED/);
			assert.deepEqual(visited.leaks(), []);
			await quit(visited);
		});
	}

	test('what is revealed is seen by this search, and goes with the key', async t => {
		const visited = await visit(t, {cols: 120, rows: 40});
		const {screen} = visited;
		await screen.press('g', 'z', 'r');
		await screen.terminal.see(/not redacted/);
		await readSession(screen);
		const places = new Set(visited.leaks().map(({place}) => place));
		const unseen = [...visited.places()].filter(place => !places.has(place));
		assert.deepEqual(unseen.toSorted(), elsewhere);
		await screen.press('g', 'r');
		await screen.terminal.miss(/not redacted/);
		await quit(visited);
	});

	test('lists at any width and every window show no planted value', async t => {
		const visited = await visit(t, {cols: 120, rows: 40});
		const {screen} = visited;
		const {terminal} = screen;
		await screen.press('a');
		await terminal.see(/Sessions \d\/4/);
		for (const cols of [40, 80, 100, 250, 120]) {
			terminal.resize({cols, rows: 40});
			await screen.look();
			await screen.press('g', 'j', 'j', 'j', 'g');
		}

		for (const [key, title] of [
			['?', /Keys +1/],
			['p', /could not be read/],
			['u', /Usage/],
		] as const) {
			await screen.press(key);
			await terminal.see(title);
			await screen.press('Tab', 'j', 'Tab', 'j', 'Tab', 'j', 'Tab', 'PgDn', 'Esc');
			await terminal.see(/Sessions \d\/4/);
		}

		await screen.press(':', 'copy', 'Esc');
		for (const words of ['ghp_', 'deploy', 'srv', 'REDACTED']) {
			await screen.press('/', words);
			await terminal.see(/\d of \d|Nothing matches/);
			await screen.press('Enter', 'Esc');
		}

		await terminal.see(/Sessions \d\/4/);
		assert.deepEqual(visited.leaks(), []);
		await quit(visited);
	});

	test('what people add shows no planted value, nor does what it is added to', async t => {
		const visited = await visit(t, {cols: 160, rows: 40});
		const {screen} = visited;
		const {terminal} = screen;
		await screen.press('g', 't', 'harbour', 'Enter');
		await terminal.see('#harbour');
		await screen.press('m', 'ask the port', 'Enter');
		await terminal.see('ask the port');
		await screen.press('Enter', 'd', '3', 'l', 'b', 'm', 'look here', 'Enter');
		await terminal.see('look here');
		assert.deepEqual(visited.leaks(), []);
		await quit(visited);
	});

	test('the list of finds and what is copied show no planted value', async t => {
		// The terminal is asked to take copies, so that they are among its bytes.
		const visited = await visit(t, {cols: 140, rows: 40}, {SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22'});
		const {screen} = visited;
		const {terminal} = screen;
		await screen.press('g', 'R');
		await terminal.see(/Found in this session +\d+ values/, patienceMs);
		await screen.press('j', 'j', 'PgDn', 'Esc', 'Enter', 'g');
		for (let prompt = 0; prompt < 3; prompt++) {
			await screen.press('c');
			await terminal.see(/Copied the/, patienceMs);
			await screen.press('j');
		}

		assert.ok(screen.everything().includes('\u001B]52;'));
		assert.deepEqual(visited.leaks(), []);
		await quit(visited);
	});

	test('a search and what is beside its results show no planted value', async t => {
		const visited = await visit(t, {cols: 140, rows: 40});
		const {screen} = visited;
		const {terminal} = screen;
		for (const words of searches) {
			await screen.press('s', words);
			await terminal.see(/\d hits?\b/, patienceMs);
			await terminal.quiet(150);
			await screen.press('Down', 'Down', 'Up', '\u0014');
			await terminal.see(/100% of the logs read/, patienceMs);
			await screen.press('Down', 'Enter', 'n', 'n');
			await screen.press('Esc', 'Esc', 'Esc', 'Esc');
			await terminal.see(/Sessions \d\/\d/);
		}

		await screen.press('s', 'branch:');
		await terminal.quiet(300);
		await screen.press('Tab', 'Esc');
		assert.deepEqual(visited.leaks(), []);
		await quit(visited);
	});

	test('what is written while it is watched shows no planted value', async t => {
		const visited = await visit(t, {cols: 120, rows: 30});
		const {screen, place, plant} = visited;
		const {terminal} = screen;
		await screen.press('g', 'Enter', 'f');
		const log = path.join(place.home, logName(mainId, '2026-02-03'));
		for (const [index, lines] of [
			askedTwice(`Now with NEW_API_KEY=${plant('prompt while watched', '<A32>')}`, 300),
			answeredTwice(`Take ${plant('answer while watched', 'ghp_<A36>')} instead.`, 310),
			answeredTwice(`And ${plant('prompt while watched', '<A32>')} no more.`, 320),
			[`{"type":"event_msg","token":"${plant('half a line while watched', 'glpat-<A20>')}`],
		].entries()) {
			fs.appendFileSync(log, `${lines.join('\n')}\n`);
			await terminal.quiet(500);
			await screen.look();
			await screen.press(index % 2 === 0 ? 'l' : 'h');
		}

		await screen.press('Esc', 'Esc', 'Esc', 'p');
		await terminal.see(/could not be read/);
		await screen.press('Esc');
		assert.match(screen.everything(), /NEW_API_KEY=\[REDACTED/);
		assert.deepEqual(visited.leaks(), []);
		await quit(visited);
	});
});
