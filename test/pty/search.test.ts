import {describe, type TestContext, test} from 'node:test';
import type {LaunchOptions, Terminal} from '../helpers/terminal.js';
import {fillHome} from './invented-home.js';
import {allRead, Place} from './program.js';

const openInvented = async (t: TestContext, options: LaunchOptions): Promise<Terminal> => {
	const place = new Place(t);
	fillHome(place);
	const terminal = await place.open(options);
	await allRead(terminal);
	return terminal;
};

describe('searching', {concurrency: 2}, () => {
	test('from a few letters to the line of an output and back', async t => {
		const terminal = await openInvented(t, {cols: 140, rows: 40});
		await terminal.press('j', 's');
		await terminal.see('Type what you look for');
		await terminal.press('ten sec');
		// The prompt's command failed; the words stand in what it put out.
		await terminal.see(/1 hit\b/);
		await terminal.see(/output .*turns in ten seconds/);
		await terminal.see(/▌.*ten seconds/);
		await terminal.press('Enter');
		await terminal.see(/> \$ ?npm test|> npm test/);
		await terminal.see(/not ok 1 - the lamp turns in ten seconds/);
		await terminal.see(/Events \d+\/7/);
		await terminal.press('Esc');
		await terminal.see(/Search ten sec/);
		await terminal.press('Esc');
		await terminal.miss('Search ten sec');
		// The second session is selected again, as before the search.
		await terminal.see(/^▌灯台/m);
	});

	test('every page of a long log is a result, and n goes on to the next', async t => {
		const terminal = await openInvented(t, {cols: 100, rows: 30});
		await terminal.press('s', 'copied kind:answer');
		await terminal.see(/100 hits/);
		await terminal.see(/\[kind: answer\]/);
		await terminal.press('Enter');
		await terminal.see(/Page 100 is copied/);
		await terminal.press('n');
		await terminal.see(/Page 99 is copied/);
		await terminal.press('N');
		await terminal.see(/Page 100 is copied/);
	});

	test('filters are completed, mistakes are said, and nothing found says so', async t => {
		const terminal = await openInvented(t, {cols: 100, rows: 30});
		await terminal.press('s', 'too');
		await terminal.see(/tool:/);
		await terminal.press('Tab', 'apply');
		await terminal.see('apply_patch');
		await terminal.press('Tab');
		await terminal.see(/Search tool:apply_patch/);
		await terminal.see(/patch source\/lamp\.ts|period: 12/);
		await terminal.press('\u0015', 'brnach:main');
		await terminal.see(/branch/);
		await terminal.press('\u0015', 'zzzyyyxxx');
		await terminal.see('Nothing has all of that.');
	});

	test('parts of words are found when they are asked for', async t => {
		const terminal = await openInvented(t, {cols: 100, rows: 30});
		await terminal.press('s', 'econds');
		await terminal.see('Nothing has all of that.');
		await terminal.press('\u0014');
		await terminal.see(/turns in ten seconds/);
		await terminal.see(/100% of the logs read/);
	});

	test('Han characters are found one by one', async t => {
		const terminal = await openInvented(t, {cols: 100, rows: 30});
		await terminal.press('s', '霧笛も');
		// The prompt, and the reasoning that names it.
		await terminal.see(/2 hits/);
		await terminal.press('Down', 'Enter');
		await terminal.see(/> Prompt 1: 灯台/);
		await terminal.see(/Detail/);
		await terminal.see(/そして霧笛も/);
	});

	test('a command is found by its name', async t => {
		const terminal = await openInvented(t, {cols: 80, rows: 24});
		await terminal.press(':', 'usage');
		await terminal.see(/▌?.*Show token usage/);
		await terminal.press('Enter');
		await terminal.see(/Usage/);
	});
});
