import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {legacyTurn, rolloutOf} from '../helpers/rollout.js';
import {idOf, logName, temporaryFolder} from '../ingest/home.js';
import {fillHome} from '../pty/invented-home.js';
import {allRead, Place} from '../pty/program.js';
import {cannotMount, Drive} from './drive.js';

const painted = rolloutOf(legacyTurn('Paint the lighthouse white', 'It is white.', 60, 9900));

test('the explorer browses a database on a read-only drive, and goes on when it can be written', {
	skip: cannotMount,
}, async t => {
	const place = new Place(t);
	fillHome(place);
	const drive = new Drive(t, '64m');
	const args = ['--database', path.join(drive.folder, 'sessions.db')];
	const first = await place.open({args});
	await allRead(first);
	await first.press('q');
	await first.exited();

	drive.remount('ro');
	const terminal = await place.open({args, cols: 140});
	await terminal.see('Turn the lighthouse lamp slower');
	await terminal.see('Reading waits: The database');
	await terminal.press('Enter');
	await terminal.see('Turn the lighthouse lamp slower');
	await terminal.press('q');
	await terminal.exited();
	drive.remount('rw');
	const last = await place.open({args});
	await allRead(last);
	await last.miss('Reading waits');
});

test('an explorer whose disk fills up says so, and shows what is written once there is room', {
	skip: cannotMount,
}, async t => {
	const place = new Place(t);
	fillHome(place);
	const drive = new Drive(t, '24m');
	const terminal = await place.open({args: ['--database', path.join(drive.folder, 'sessions.db')], cols: 140});
	await allRead(terminal);
	drive.fill();
	const file = place.write(logName(idOf(30), '2026-02-20'), rolloutOf([]));
	const noise = Array.from({length: 6000}, () => Math.random().toString(36)).join('');
	for (let n = 0; n < 60; n++) {
		fs.appendFileSync(file, rolloutOf(legacyTurn(`Question ${n} ${noise.slice(n, n + 60_000)}`, 'Yes.', n, n)));
	}

	await terminal.see('Reading waits: The disk is full');
	fs.appendFileSync(`${place.home}/${logName(idOf(15), '2026-02-15')}`, painted);
	drive.empty();
	await terminal.miss('Reading waits');
	await terminal.press('g', '/', 'lighthouse', 'Enter');
	await terminal.see(/Prompts \d\/4/, 15_000);
});

test('a database folder that cannot be made is a sentence before the screen is taken', {
	skip: !fs.existsSync('/proc') && 'no /proc',
}, async t => {
	const place = new Place(t, temporaryFolder(t));
	const terminal = await place.open({args: ['--database', '/proc/codex-tui/data/x.db'], cols: 200});
	await terminal.see(/The database folder \/proc\/codex-tui\/data cannot be (made|written)/);
	await terminal.exited();
});
