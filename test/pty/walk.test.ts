import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {describe, type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import type {LaunchOptions, Terminal} from '../helpers/terminal.js';
import {fillHome, wideTitle} from './invented-home.js';
import {allRead, Place} from './program.js';

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const hasCorpus = fs.existsSync(path.join(corpus, 'sessions'));

const openInvented = async (t: TestContext, options: LaunchOptions): Promise<Terminal> => {
	const place = new Place(t);
	fillHome(place);
	const terminal = await place.open(options);
	await allRead(terminal);
	return terminal;
};

const place = (terminal: Terminal): string => terminal.lines()[0]?.trimEnd() ?? '';

describe('walking', {concurrency: 2}, () => {
	test('all four panes are walked with arrows and with letters', async t => {
		const terminal = await openInvented(t, {cols: 120, rows: 36});
		await terminal.press('a');
		for (const title of ['agent: Count the gulls', wideTitle.slice(0, 8), 'Wet logbook', 'Copy page 1']) {
			await terminal.see(title);
		}

		assert.match(place(terminal), /^ ~\/\.codex > Turn the lighthouse lamp slower$/);
		await terminal.press('Enter');
		await terminal.see(/Events 1\/7 · \d+ hidden \(z\)/);
		assert.match(place(terminal), /> Prompt 1: Turn the lighthouse lamp slower/);
		for (const row of [
			/> Turn the lighthouse lamp slower/,
			/~ Looking for the period/,
			/\$ rg period source .* ok/,
			/# plan/,
			/\+ patch source\/lamp\.ts/,
			/\$ npm test .* exit 1/,
			/\* The lamp now turns in/,
		]) {
			await terminal.see(row);
		}

		await terminal.press('l');
		await terminal.see(/Detail rows 1–\d+ of \d+/);
		for (const key of ['j', 'Down', 'j', 'Down', 'k', 'j']) {
			await terminal.press(key);
		}

		await terminal.see(/Events 5\/7/);
		await terminal.see(/docs\/lamp\.md/);
		await terminal.see(/\+.*period: 12,/);
		await terminal.press('Right');
		await terminal.see(/Patch|apply_patch/);
		assert.match(place(terminal), /> patch source\/lamp\.ts/);

		await terminal.press(']');
		await terminal.see(/> Prompt 2: Write down/);
		await terminal.press('[');
		await terminal.see(/> Prompt 1: Turn the li/);
		await terminal.press('h');
		await terminal.see(/Events 5\/7/);
		await terminal.miss('= tokens');
		await terminal.press('z');
		await terminal.see(/= tokens .*\+4\.2k/);
		await terminal.see(/Events \d+\/8/);
		await terminal.press('z');
		await terminal.miss('= tokens');
		await terminal.press('ShiftTab');
		await terminal.see(/Prompts 2\/3/);
		await terminal.press('Tab', 'Tab');
		await terminal.see(/Detail/);
		await terminal.press('Left', 'Backspace', 'Esc');
		await terminal.see(/Sessions 1\/\d+/);

		await terminal.press('q');
		assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
	});

	test('a session of ten thousand lines is paged through', async t => {
		const terminal = await openInvented(t, {cols: 100, rows: 24});
		await terminal.press('/', 'copy page', 'Enter');
		await terminal.see(/Prompts 2\/101/);
		await terminal.press('Enter');
		await terminal.see(/Events 1\/\d+/);
		await terminal.press('G');
		await terminal.see(/Prompts 101\/101/);
		await terminal.see(/> Prompt 100: Copy page 100/);
		await terminal.press('PgUp');
		await terminal.see(/Prompts 8\d\/101/);
		await terminal.press('g');
		await terminal.see(/Prompts 1\/101/);
		await terminal.press('j'.repeat(50));
		await terminal.see(/Prompts 51\/101/);
		await terminal.see(/Copy page 50 of the logbook/);
	});

	test('a filter marks what it matches, is kept with Enter and cleared with Esc', async t => {
		const terminal = await openInvented(t, {cols: 120, rows: 36});
		await terminal.press('a', '/', 'gulls');
		await terminal.see(/\/gulls +1 of \d+/);
		await terminal.see('Count the gulls');
		await terminal.miss('Wet logbook');
		await terminal.see(/▌.*gull/);
		const row = terminal.lines().findIndex(line => line.startsWith('▌'));
		const column = terminal.lines()[row]?.indexOf('gull') ?? -1;
		assert.ok(column > 0);
		assert.notEqual(terminal.cell(column, row)?.getBgColor(), terminal.cell(column - 2, row)?.getBgColor());

		await terminal.press('Enter');
		// The parent stands above the match, to say where it belongs.
		await terminal.see(/Sessions 1 of \d+ · \/gulls/);
		await terminal.miss('Enter keep');
		await terminal.press('Esc');
		await terminal.see('Wet logbook');

		await terminal.press('/', 'no such thing');
		await terminal.see('Nothing matches');
		await terminal.press('Esc');
		await terminal.see('Wet logbook');
	});

	test('help, menus and problems open and close', async t => {
		const terminal = await openInvented(t, {cols: 80, rows: 24});
		await terminal.press('?');
		await terminal.see('Into the selected row');
		await terminal.see(/Keys +1\/\d+/);
		await terminal.press('G');
		await terminal.see(/Keys +\d{2,}\/\d+/);
		await terminal.press('q');
		await terminal.miss(/Keys +\d+\//);

		await terminal.press('S');
		await terminal.see('By tokens, most first');
		await terminal.press('Down', 'Down', 'Enter');
		await terminal.miss('By tokens, most first');
		await terminal.press('g');
		await terminal.see(/^.?1: Which harbours/m);

		await terminal.press('T');
		await terminal.see('High contrast');
		for (const key of ['Down', 'Down', 'Enter']) {
			await terminal.press(key);
			await terminal.quiet(40);
		}

		await terminal.miss('High contrast');

		await terminal.press('p');
		await terminal.see('2 lines could not be read');
		await terminal.see(/line 12 +JSON object cut short/);
		await terminal.press('Esc');
		await terminal.miss('could not be read');
	});

	test('the sample sessions are walked from the first screen to a detail', {
		skip: hasCorpus ? false : 'the sample sessions are not beside this checkout',
	}, async t => {
		const samples = new Place(t, corpus);
		const terminal = await samples.open({cols: 200, rows: 60});
		await terminal.see(/Sessions \d+\/22 · 3 hidden \(a\)/);
		await allRead(terminal);
		await terminal.press('a');
		await terminal.see(/Sessions \d+\/25/);
		const titles = () => terminal.lines().slice(2, 27);
		const areAllShown = () => titles().every(line => line.trim() !== '');
		await terminal.until(areAllShown, 'a row for each of the 25 sessions was expected');
		assert.doesNotMatch(titles().join('\n'), /^.(?:<|# AGENTS)/m);
		await terminal.press('g');
		for (let session = 1; session <= 25; session++) {
			await terminal.see(new RegExp(`Sessions ${session}/25`));
			await terminal.press('Tab', 'Tab');
			await terminal.see(/Detail/);
			await terminal.press('Tab', 'G', 'g', 'h', 'h', 'h');
			await terminal.see(/Sessions/);
			await terminal.press('j');
		}

		await terminal.press('q');
		assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
	});
});
