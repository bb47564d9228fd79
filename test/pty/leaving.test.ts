import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {type LaunchOptions, launch, type Terminal} from '../helpers/terminal.js';
import {fillBigHome, fillHome} from './invented-home.js';
import {allRead, Place} from './program.js';

type Shell = {terminal: Terminal; place: Place; program: () => number};

/** Starts the program from a shell, which tells afterwards how it ended and what the terminal does with keys. */
const openInShell = async (
	t: TestContext,
	options: LaunchOptions = {},
	fill: (place: Place) => void = fillHome,
): Promise<Shell> => {
	const place = new Place(t);
	fill(place);
	const note = path.join(place.folder, 'pid');
	const script =
		'printf "before\\n"; sh -c \'echo $$ > "$0"; exec "$@"\' "$@"; code=$?; echo "ended with $code"; stty -a; echo done';
	const terminal = launch(t, ['sh', '-c', script, 'sh', note, ...(await place.command())], {
		cwd: place.folder,
		background: 'dark',
		...options,
		env: {...place.env(), ...options.env},
	});
	return {terminal, place, program: () => Number(fs.readFileSync(note, 'utf8'))};
};

/** The shell's screen is back, with the cursor, and typed keys are seen again. */
const assertRestored = async (terminal: Terminal, endedWith: number): Promise<void> => {
	await terminal.see(/^done$/m);
	const screen = terminal.screen();
	assert.equal(terminal.buffer, 'normal');
	assert.ok(terminal.isCursorVisible, 'the cursor is hidden');
	assert.ok(!terminal.isPasteBracketed, 'pastes are bracketed');
	assert.ok(terminal.written.includes('\u001B[?1006h'), 'the mouse was never taken');
	assert.ok(!terminal.isMouseTaken, 'the mouse is still taken');
	assert.match(screen, /^before$/m);
	assert.match(screen, new RegExp(`^ended with ${endedWith}$`, 'm'));
	assert.match(screen, /(?<!-)\becho\b/);
	assert.match(screen, /(?<!-)\bicanon\b/);
	assert.match(screen, /(?<!-)\bopost\b/);
	assert.doesNotMatch(screen, /lighthouse/);
};

const isAlive = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
};

const windows = {skip: process.platform === 'win32' ? 'a POSIX shell is needed' : false};

for (const [key, name] of [
	['q', 'q'],
	['\u0003', 'Ctrl-C'],
] as const) {
	test(`${name} gives the terminal back`, windows, async t => {
		const {terminal} = await openInShell(t);
		await allRead(terminal);
		assert.equal(terminal.buffer, 'alternate');
		assert.ok(!terminal.isCursorVisible);
		terminal.resize({cols: 90, rows: 28});
		await terminal.press(key);
		await assertRestored(terminal, 0);
	});
}

for (const [signal, number] of [
	['SIGTERM', 15],
	['SIGHUP', 1],
	['SIGINT', 2],
] as const) {
	test(`${signal} gives the terminal back`, windows, async t => {
		const {terminal, program} = await openInShell(t);
		await terminal.see('Turn the lighthouse');
		process.kill(program(), signal);
		await assertRestored(terminal, 128 + number);
	});
}

/** Mistakes that the program does not make by itself, made on SIGUSR2. */
const mistakes: Record<string, string> = {
	'an exception': "throw new Error('provoked');",
	'a rejected promise': "void Promise.reject(new Error('provoked'));",
};

for (const [name, mistake] of Object.entries(mistakes)) {
	test(`${name} gives the terminal back, then tells what happened`, windows, async t => {
		const folder = new Place(t).folder;
		const file = path.join(folder, 'mistake.mjs');
		fs.writeFileSync(
			file,
			`import {isMainThread} from 'node:worker_threads';
			if (isMainThread) process.on('SIGUSR2', () => { ${mistake} });`,
		);
		const {terminal, program} = await openInShell(t, {env: {NODE_OPTIONS: `--import=${pathToFileURL(file).href}`}});
		await terminal.see('Turn the lighthouse');
		process.kill(program(), 'SIGUSR2');
		await assertRestored(terminal, 1);
		await terminal.see('Error: provoked');
	});
}

test('q quits at once while a bigger home is read, and the next start goes on', windows, async t => {
	const {terminal, place} = await openInShell(t, {}, big => fillBigHome(big, 24));
	await terminal.see(/Reading \d+ of 24 files/);
	const at = performance.now();
	await terminal.press('q');
	await terminal.until(() => terminal.buffer === 'normal', 'is still on its own screen');
	const screenMs = performance.now() - at;
	await assertRestored(terminal, 0);
	const allMs = performance.now() - at;
	assert.ok(screenMs < 300, `the screen was left after ${screenMs} ms`);
	assert.ok(allMs < 1500, `the program ended after ${allMs} ms`);

	const again = await place.open();
	await again.see(/Copy page \d+\.? ?1/);
	await again.press('q');
	assert.deepEqual(await again.exited(), {exitCode: 0, signal: 0});
});

test('nothing goes on running when the window is closed', windows, async t => {
	const {terminal, program} = await openInShell(t, {}, big => fillBigHome(big, 12));
	await terminal.see(/Copy page/);
	const pid = program();
	terminal.close();
	for (const deadline = performance.now() + 3000; isAlive(pid); await sleep(20)) {
		assert.ok(performance.now() < deadline, 'the program still runs');
	}
});
