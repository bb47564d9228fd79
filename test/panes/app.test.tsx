import assert from 'node:assert/strict';
import test from 'node:test';
import {createExplorer, type Explorer} from '../../source/app/explorer.js';
import {unredacted} from '../../source/disclose/unredacted.js';
import {noUsage} from '../../source/model/token-usage.js';
import {App} from '../../source/panes/app.js';
import type {ThemeEnvironment} from '../../source/panes/theme.js';
import type {UsageEntry} from '../../source/store/store.js';
import {textWidth} from '../../source/text/cells.js';
import {groupUsage} from '../../source/usage/group.js';
import type {PriceTable} from '../../source/usage/prices.js';
import {createMemoryStore} from '../helpers/memory-store.js';
import {quietIngest} from '../helpers/quiet-ingest.js';
import {type Rendered, renderFrame} from '../helpers/render-frame.js';
import {hostileTexts, manySessions, sampleSessions} from '../helpers/sample-sessions.js';

const noPrices: PriceTable = {date: null, source: null, models: new Map(), own: []};

const usageEntries = Array.from({length: 120}, (_, index): UsageEntry => {
	const tokens = 1000 * (index + 1);
	return {
		day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
		sessionId: index,
		threadId: `thread-${index}`,
		title: `Session ${index} 深色主题`,
		model: `model-${index % 7}`,
		serviceTier: null,
		repository: null,
		usage: {...noUsage, inputTokens: tokens, totalTokens: tokens},
		cacheWriteTokens: 0,
	};
});

const environment = {noColour: false, background: 'dark'} as const;

const open = async (
	size: {columns: number; rows: number},
	sessions = sampleSessions(),
	surroundings: ThemeEnvironment = environment,
): Promise<Rendered & {explorer: Explorer; hasQuit: () => boolean}> => {
	let quit = false;
	const explorer = createExplorer({
		store: unredacted(createMemoryStore(...sessions)),
		ingest: quietIngest(),
		homeLabel: '~/.codex',
		userHome: '/home/ada',
		size,
		quietMs: 0,
		now: () => new Date('2026-03-05T10:00:00Z'),
		onQuit() {
			quit = true;
		},
	});
	await explorer.start();
	const rendered = renderFrame(<App explorer={explorer} environment={surroundings} />, size);
	return {...rendered, explorer, hasQuit: () => quit};
};

const sizes = [
	[200, 60],
	[140, 40],
	[120, 40],
	[80, 24],
	[60, 15],
	[40, 8],
	[20, 5],
	[10, 3],
	[1, 1],
] as const;

test('every frame is exactly as high as the screen and no row is wider', async () => {
	for (const [columns, rows] of sizes) {
		const screen = await open({columns, rows});
		// A busy computer takes a while to its first frame.
		for (const deadline = performance.now() + 5000; screen.frame() === '' && performance.now() < deadline; ) {
			await new Promise(resolve => setTimeout(resolve, 5));
		}

		for (const keys of ['j', '\r', '\r', 'jj', '\r', '?', '\u{1B}', 't']) {
			screen.type(keys);
			await new Promise(resolve => setTimeout(resolve, 30));
			const lines = screen.lines();
			assert.equal(lines.length, rows, `${columns}×${rows} after ${JSON.stringify(keys)}`);
			for (const line of lines) {
				assert.ok(textWidth(line) <= columns, line);
			}
		}

		screen.unmount();
	}
});

test('walks from a session to the detail of an event', async () => {
	const screen = await open({columns: 100, rows: 24}, sampleSessions().slice(0, 1));
	await screen.see('Fix the failing parser test');
	screen.type('\r');
	await screen.see(/Prompts 2\/3 · 1 hidden \(i\).*│ Events 1\/8 · 3 hidden \(z\)/);
	screen.type('l');
	screen.type('jj\r');
	await screen.see(/Detail rows 1–\d+ of \d+/);
	await screen.see('expected 3 to equal 4');
	screen.unmount();
});

test('keys that arrive in one chunk count each', async () => {
	const screen = await open({columns: 100, rows: 24}, manySessions(30));
	screen.type('jjjjj');
	await screen.see('Sessions 6/30');
	screen.type('/log\r');
	await screen.see(/Sessions \d+ of 30 · \/log/);
	screen.unmount();
});

test('arrows, pages and ends move', async () => {
	const screen = await open({columns: 100, rows: 24}, manySessions(100));
	const steps = [
		['\u{1B}[B', 2],
		['\u{1B}[A', 1],
		['\u{1B}[6~', 21],
		['\u{1B}[5~', 1],
		['\u{1B}[F', 100],
		['\u{1B}[H', 1],
		['\u{4}', 11],
		['\u{15}', 1],
	] as const;
	for (const [bytes, place] of steps) {
		screen.type(bytes);
		await screen.see(`Sessions ${place}/100`);
	}

	screen.unmount();
});

test('a paste outside a filter does nothing, not even quit', async () => {
	const screen = await open({columns: 100, rows: 24});
	screen.type('\u{1B}[200~q\r\u{1B}[201~');
	await screen.see('Press s to search');
	assert.equal(screen.hasQuit(), false);
	screen.unmount();
});

test('colours that a terminal tells late are used then', async () => {
	const screen = await open({columns: 100, rows: 24}, sampleSessions(), {noColour: false, background: undefined});
	await screen.see(/^>/m);
	screen.type('\u{1B}]11;rgb:1616/1818/1d1d\u{1B}\\');
	await screen.see(/^▌/m);
	assert.equal(screen.explorer.state().focus, 'sessions', 'none of it was a key');
	screen.unmount();
});

test('help is drawn from the key table', async () => {
	const screen = await open({columns: 100, rows: 40});
	screen.type('?');
	await screen.see('Previous prompt of the session, from any pane');
	screen.type('q');
	await screen.see('Sessions 1/');
	assert.equal(screen.hasQuit(), false);
	screen.unmount();
});

test('a menu starts at the present choice, and its choice takes effect', async () => {
	const screen = await open({columns: 100, rows: 24}, manySessions(10));
	screen.type('S');
	await screen.see(/> {2}By start, newest first/);
	screen.type('\u{1B}[B');
	await screen.see(/> {2}By end, last active first/);
	screen.type('\u{1B}[A\u{1B}[A');
	await screen.see(/> {2}The other way round/);
	screen.type('\r');
	await screen.see(/▌Explain flaky pipeline/);
	await screen.see(/When↑/);
	assert.doesNotMatch(screen.lines().join('\n'), /Order of sessions/);
	screen.unmount();
});

test('a menu is moved in and chosen from within one chunk', async () => {
	const screen = await open({columns: 100, rows: 24}, manySessions(10));
	screen.type('S');
	await screen.see(/> {2}By start, newest first/);
	screen.type('kj\r');
	await screen.see(/▌Explain flaky pipeline/);
	assert.equal(screen.explorer.state().isReversed, true);
	screen.type('Skkkj2');
	await new Promise(resolve => setTimeout(resolve, 40));
	assert.equal(screen.explorer.state().order, 'active');
	screen.unmount();
});

test('the usage view fills the screen at any size, and stays within it', async () => {
	for (const [columns, rows] of sizes) {
		const store = createMemoryStore(...manySessions(3));
		store.usageEntries.push(...usageEntries);
		const explorer = createExplorer({
			store: unredacted(store),
			ingest: quietIngest(),
			homeLabel: '~/.codex',
			size: {columns, rows},
			loadUsage: async () => (entries, by) => ({...groupUsage(entries, by, noPrices), prices: noPrices}),
			onQuit() {},
		});
		await explorer.start();
		const screen = renderFrame(<App explorer={explorer} environment={environment} />, {columns, rows});
		for (const keys of ['u', '\t\t\t', 'G', '\u{1B}[D']) {
			screen.type(keys);
			await new Promise(resolve => setTimeout(resolve, 30));
			const lines = screen.lines();
			assert.equal(lines.length, rows, `${columns}×${rows} after ${JSON.stringify(keys)}`);
			assert.ok(lines.every(line => textWidth(line) <= columns));
		}

		if (rows >= 24) {
			const lines = screen.lines().map(line => line.trimEnd());
			assert.match(lines[1] ?? '', /^ {2}Usage/);
			assert.match(lines[2] ?? '', /By .*\[Month\]/);
			assert.match(lines.at(-4) ?? '', /^ {2}Total /);
			assert.match(lines.at(-2) ?? '', /Prices of an unknown day/);
		}

		screen.unmount();
	}
});

test('a resize rearranges the panes', async () => {
	const screen = await open({columns: 160, rows: 30});
	await screen.see(/Sessions.*│ Prompts.*│ Events/);
	screen.resize({columns: 90, rows: 20});
	await screen.see(/Sessions.*│ Prompts [^│]*\n/);
	assert.equal(screen.lines().length, 20);
	screen.resize({columns: 50, rows: 10});
	await screen.see(/Sessions [^│]*\n/);
	screen.unmount();
});

test('nothing a log says leaves its row: no control sequence but colours', async () => {
	const sessions = hostileTexts.map(text => ({
		summary: {title: text, cwd: text, gitBranch: text, models: [text]},
		prompts: [{text, events: []}],
	}));
	const screen = await open({columns: 160, rows: 24}, sessions);
	screen.type('\r');
	await screen.see('Prompts 1/1');
	const withoutColours = screen.frame().replaceAll(/\u{1B}\[[\d;]*m|\n/gu, '');
	assert.doesNotMatch(withoutColours, /[\p{Cc}\u{202E}]/u);
	screen.unmount();
});

test('quits on q', async () => {
	const screen = await open({columns: 80, rows: 24});
	screen.type('q');
	await new Promise(resolve => setTimeout(resolve, 20));
	assert.equal(screen.hasQuit(), true);
	screen.unmount();
});
