import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import type {Terminal} from '../helpers/terminal.js';
import {fillHome} from './invented-home.js';
import {allRead, Place} from './program.js';

const size = {cols: 160, rows: 36};

const quit = async (terminal: Terminal): Promise<void> => {
	await terminal.press('q');
	assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
};

/** Everything that was added below stands where it was added. */
const seeAll = async (terminal: Terminal): Promise<void> => {
	await terminal.press('g');
	await terminal.see(/[▌>]✎ Turn the lighthouse .*#harbour \+1/);
	await terminal.see(/直して.* #harbour/);
	await terminal.see(/#harbour #lamp {2}✎ see issue 12/);
	await terminal.press('Enter');
	await terminal.see(/1 \? ✎ Turn the lighthouse/);
	await terminal.see(/\? needs review {2}✎ too slow now/);
	await terminal.press('Enter', 'G');
	await terminal.see(/[▌>]★ ✎ \* The lamp now turns/);
	await terminal.see(/★ bookmarked {2}✎ quote this/);
};

test('what is added to sessions, prompts and events is there after a restart and with a new index', async t => {
	const home = new Place(t);
	fillHome(home);
	let terminal = await home.open(size);
	await allRead(terminal);

	await terminal.press(' ', ' ');
	await terminal.see(/Sessions 3\/\d+ · 2 marked/);
	await terminal.press('t', 'harbour');
	await terminal.see(/Tags of 2 sessions: harbour .*Enter keep {2}Esc cancel/);
	await terminal.press('Enter');
	await terminal.see(/Turn the lighthouse .*#harbour/);
	await terminal.press('Esc');
	await terminal.miss('2 marked');
	await terminal.press('g', 't', 'lamp', 'Enter');
	await terminal.see(/#harbour #lamp/);
	await terminal.press('m', 'see issue 12', 'Enter');
	await terminal.see('✎ see issue 12');

	await terminal.press('Enter', 'd');
	await terminal.see('What became of the prompt');
	await terminal.press('3');
	await terminal.see(/1 \? Turn the lighthouse/);
	await terminal.press('m', 'too slow now', 'Enter');
	await terminal.see('✎ too slow now');
	await terminal.press('Enter', 'G', 'b');
	await terminal.see(/★ \* The lamp now turns/);
	await terminal.press('m', 'quote this', 'Enter');
	await terminal.press('h', 'h');
	await seeAll(terminal);
	await quit(terminal);

	terminal = await home.open(size);
	await allRead(terminal);
	await seeAll(terminal);
	await quit(terminal);

	const data = path.join(home.folder, 'data', 'codex-tui');
	const others = fs.readdirSync(data).filter(name => !name.includes('.annotations.'));
	assert.ok(others.includes('codex-tui.db'), others.join(' '));
	for (const name of others) {
		fs.rmSync(path.join(data, name));
	}

	terminal = await home.open(size);
	await allRead(terminal);
	await seeAll(terminal);
	await quit(terminal);
});
