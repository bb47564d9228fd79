import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {describe, test} from 'node:test';
import type {Terminal} from '../helpers/terminal.js';
import {fillHome} from './invented-home.js';
import {allRead, Place} from './program.js';

/** Starts the explorer with a config file of these lines. */
const openWith = async (
	t: ConstructorParameters<typeof Place>[0],
	...lines: string[]
): Promise<{terminal: Terminal; file: string}> => {
	const place = new Place(t);
	fillHome(place);
	const file = path.join(place.folder, 'config.toml');
	fs.writeFileSync(file, lines.join('\n'));
	return {terminal: await place.open({args: ['--config', file]}), file};
};

describe('settings of the explorer', {concurrency: 2}, () => {
	test('keys of a person do what they say, and the help tells them', async t => {
		const {terminal} = await openWith(t, '[keys]', 'help = "H"', 'quit = ["X", "ctrl-x"]');
		await allRead(terminal);
		await terminal.see(/H help {2}X quit/);
		await terminal.press('H');
		await terminal.see(/Keys {2}1\//);
		await terminal.press('Esc', '\u0018');
		assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
	});

	test('a theme of a person has its colours, and is listed with the others', async t => {
		const {terminal} = await openWith(t, '[ui]', 'theme = "sea"', '[theme.sea]', 'accent = "#123456"');
		await allRead(terminal);
		assert.ok(terminal.written.includes('\u001B[38;2;18;52;86m'), 'the accent is not drawn');
		await terminal.press('T');
		await terminal.see(/> {2}sea/);
		await terminal.see('Safe for the colour-blind');
	});

	test('a key that would mean two things is told with its line, on the normal screen', async t => {
		const {terminal, file} = await openWith(t, '[keys]', 'quit = "t"');
		assert.deepEqual(await terminal.exited(), {exitCode: 2, signal: 0});
		assert.equal(terminal.buffer, 'normal');
		const said = terminal.screen().replaceAll('\n', '');
		assert.ok(said.includes(`"quit" in section [keys], line 2 of ${file}, has the key "t"`), said);
	});

	for (const [how, args, env, config] of [
		['a flag', ['--screen-reader'], {}, ''],
		['a variable', [], {INK_SCREEN_READER: 'true'}, ''],
		['a setting', [], {}, '[ui]\nscreen_reader = true\n'],
	] as const) {
		test(`for a screen reader lines are printed below each other, asked for by ${how}`, async t => {
			const place = new Place(t);
			fillHome(place);
			place.write('../config/codex-tui/config.toml', config);
			const terminal = await place.open({args: [...args], env, cols: 200, rows: 90});
			await terminal.see(/^Sessions\b/m);
			await terminal.see(/^Turn the lighthouse.*, 1 of \d+$/m);
			await terminal.see('All logs are read.');
			await terminal.press('j');
			await terminal.see(/, 2 of \d+$/m);
			await terminal.press('?');
			await terminal.see(/^q, Quit$/m);
			assert.match(terminal.screen(), /^Turn the lighthouse.*, 1 of \d+$/m, 'what was said before stays');
			assert.equal(terminal.buffer, 'normal');
			assert.ok(!terminal.isMouseTaken);
			assert.doesNotMatch(terminal.screen(), /[│─▌]/);
			await terminal.press('q', 'q');
			assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
			assert.ok(!terminal.isPasteBracketed);
			assert.ok(terminal.isCursorVisible);
		});
	}
});
