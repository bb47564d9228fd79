import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {describe, test} from 'node:test';
import {legacyTurn, meta, rolloutOf} from '../helpers/rollout.js';
import type {Terminal} from '../helpers/terminal.js';
import {idOf, logName} from '../ingest/home.js';
import {allRead, Place} from './program.js';
import {asOfNow, withCodex} from './stand-in-codex.js';

const secret = `sk-proj-${'Zq8Kx3Vb7Nm2Lp5R'.repeat(3)}`;

/** One session that ran in a folder with a name that shells trip over, and an older one in a folder that is gone. */
const fill = (place: Place): string => {
	const folder = path.join(place.folder, "mira's boat yard");
	fs.mkdirSync(folder);
	const turn = legacyTurn('Paint the hull', `It is painted. export OPENAI_API_KEY=${secret}`, 1, 100);
	place.write(logName(idOf(1)), rolloutOf([meta({id: idOf(1), cwd: folder}), ...turn]));
	const old = rolloutOf([meta({id: idOf(2), cwd: '/nowhere/at/all'}), ...legacyTurn('Sand the hull', 'Done.', 1, 100)]);
	place.write(logName(idOf(2), '2026-02-01'), old.toString().replaceAll('2026-02-03', '2026-02-01'));
	return folder;
};

const opened = async (place: Place, env: Record<string, string>): Promise<Terminal> => {
	const terminal = await place.open({cols: 100, rows: 30, env: {VISUAL: '', EDITOR: '', PAGER: '', ...env}});
	await allRead(terminal);
	return terminal;
};

const temporaryLeft = (place: Place): string[] =>
	fs.readdirSync(place.folder).filter(name => name.startsWith('codex-tui-'));

describe('going on', {concurrency: 2}, () => {
	test('Codex has the whole terminal while it runs, and the explorer has it back', async t => {
		const place = new Place(t);
		const folder = fill(place);
		const terminal = await opened(place, withCodex(place));
		await terminal.press('o');
		await terminal.see(`STAND-IN resumes ${idOf(1)}`);
		await terminal.see(`in ${folder}`);
		await terminal.see(`of ${place.home}`);
		assert.equal(terminal.buffer, 'normal');
		assert.equal(terminal.isPasteBracketed, false);
		assert.ok(!terminal.isMouseTaken);
		assert.ok(terminal.isCursorVisible);

		// Every key reaches Codex, what is read meanwhile draws nothing, and the window may change.
		fs.appendFileSync(
			path.join(place.home, logName(idOf(1))),
			rolloutOf(legacyTurn('Paint the mast', 'It is painted too.', 30, 200)),
		);
		await terminal.press('jq? hello G', 'Enter');
		await terminal.see('heard <jq? hello G>');
		terminal.resize({cols: 110, rows: 34});
		assert.equal(terminal.buffer, 'normal');
		await terminal.press('Enter');
		await terminal.until(() => terminal.buffer === 'alternate', 'did not take the terminal back');
		await terminal.until(() => terminal.isMouseTaken, 'did not take the mouse back');
		await terminal.see('2 Paint the mast');
		assert.equal(terminal.screen().includes('STAND-IN'), false);
		await terminal.press('j');
		await terminal.see(/▌Sand the hull/);
		await terminal.press('q');
		assert.equal((await terminal.exited()).exitCode, 0);
		assert.equal(terminal.buffer, 'normal');
	});

	test('what Codex says of a failure stays until it is read, and Ctrl-C is for Codex alone', async t => {
		const place = new Place(t);
		fill(place);
		const terminal = await opened(place, withCodex(place));
		await terminal.press('o');
		await terminal.see('STAND-IN resumes');
		await terminal.press('x', 'Enter', 'fail', 'Enter');
		await terminal.see('Codex ended with exit code 3. Press Enter to go back.');
		await terminal.press('Enter');
		await terminal.see(/▌Paint the hull/);

		await terminal.press('o');
		await terminal.until(() => terminal.screen().split('STAND-IN resumes').length === 3, 'did not resume again');
		await terminal.press('\u0003');
		await terminal.see(/Codex ended with (?:SIGINT|exit code 130)\. Press Enter/);
		await terminal.press('Enter');
		await terminal.until(() => terminal.buffer === 'alternate', 'did not take the terminal back');
		await terminal.press('j');
		await terminal.see(/▌Sand the hull/);
	});

	test('a missing folder and a missing Codex are a sentence', async t => {
		const place = new Place(t);
		fill(place);
		withCodex(place);
		const terminal = await opened(place, {PATH: path.join(place.folder, 'bin')});
		await terminal.press('j');
		await terminal.see(/▌Sand the hull/);
		await terminal.press('o');
		await terminal.see('The folder of this session is gone; y copies the command');
		fs.rmSync(path.join(place.folder, 'bin', 'codex'));
		await terminal.press('o');
		await terminal.see('There is no codex on your PATH.');
		assert.equal(terminal.buffer, 'alternate');
	});

	test('an event opens in the editor without its secrets, the log as it is; nothing is left behind', async t => {
		const place = new Place(t);
		fill(place);
		const editor = path.join(place.folder, 'editor');
		fs.writeFileSync(
			editor,
			'#!/bin/sh\ncat "$2"\nls -ld "$(dirname "$2")" "$2" | cut -c1-10\necho "EDITOR $1 of $(basename "$2")"\nread -r answer\n',
			{mode: 0o755},
		);
		const terminal = await opened(place, {EDITOR: `${editor} --wait`, TMPDIR: place.folder});
		await terminal.press('Enter', 'Enter', 'G');
		await terminal.see(/▌\* It is painted/);
		await terminal.press('e');
		await terminal.see(/EDITOR --wait of event-\d+\.txt/);
		await terminal.see(/drwx------\s+-rw-------/);
		await terminal.see('It is painted.');
		assert.equal(terminal.buffer, 'normal');
		assert.equal(terminal.screen().includes(secret.slice(0, 30)), false);
		await terminal.press('Enter');
		await terminal.until(() => terminal.buffer === 'alternate', 'did not come back');
		await terminal.until(() => temporaryLeft(place).length === 0, 'left its files behind');

		await terminal.press('h', 'h');
		await terminal.see(/Enter open/);
		await terminal.press('e');
		await terminal.see('The log as it is: nothing is redacted');
		await terminal.press('Enter');
		await terminal.see(/EDITOR --wait of not-redacted-1-rollout-/);
		await terminal.see(secret.slice(0, 20));
		await terminal.press('Enter');
		await terminal.until(() => terminal.buffer === 'alternate', 'did not come back');
		await terminal.until(() => temporaryLeft(place).length === 0, 'left its files behind');
	});

	test('Codex archives, and deletes after a word, but never what is live', async t => {
		const place = new Place(t);
		fill(place);
		const terminal = await opened(place, withCodex(place));
		await terminal.press('x', 'Enter');
		await terminal.see('Archive a session');
		await terminal.see(/Codex moves to its folder of archived sessions 1 log/);
		await terminal.press('Enter');
		await terminal.see(/archived: Paint the hull/);
		assert.equal(fs.readdirSync(path.join(place.home, 'archived_sessions')).length, 1);

		await terminal.press('j');
		await terminal.see(/▌Sand the hull/);
		await terminal.press('x');
		await terminal.see('What Codex is to do');
		await terminal.press('3');
		await terminal.see('Type delete and press Enter:');
		await terminal.see(/every byte of these logs is in the archive of\s+codex-tui/);
		await terminal.press('Enter');
		await terminal.see('Type delete, then press Enter');
		assert.ok(fs.existsSync(path.join(place.home, logName(idOf(2), '2026-02-01'))));
		await terminal.press('delete', 'Enter');
		await terminal.see(/gone: Sand the hull/);
		assert.equal(fs.existsSync(path.join(place.home, logName(idOf(2), '2026-02-01'))), false);
		await terminal.see('1 Sand the hull');

		// In a folder that none of the other logs leads to.
		place.write(
			logName(idOf(3), '2027-01-01'),
			asOfNow([meta({id: idOf(3)}), ...legacyTurn('Caulk the deck', 'At it.', 0, 10).slice(0, -2)]),
		);
		await terminal.see('live: Caulk the deck');
		await terminal.press('g');
		await terminal.see(/▌live: Caulk the deck/);
		await terminal.press('x');
		await terminal.see('This session is being written just now.');
	});

	test('a Codex of before 0.136 is not asked to archive: it would take the word for a prompt', async t => {
		const place = new Place(t);
		fill(place);
		const terminal = await opened(place, withCodex(place, {isOld: true}));
		await terminal.press('x', 'Enter');
		await terminal.see('codex-cli 0.130.0 cannot archive sessions; Codex 0.136 and later can.');
	});
});
