import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, test} from 'node:test';
import {idOf, logName} from '../ingest/home.js';
import {fillHome} from './invented-home.js';
import {allRead, Place} from './program.js';

const filled = (t: ConstructorParameters<typeof Place>[0]): Place => {
	const place = new Place(t);
	fillHome(place);
	return place;
};

/** What the program wrote up to the end of its first frame. */
const firstFrame = (written: string): string => written.slice(0, written.indexOf('\u001B[?2026l'));

describe('starting', {concurrency: 2}, () => {
	test('the list of sessions is never shown empty, the first time and the second', async t => {
		const place = filled(t);
		for (const start of ['first', 'second']) {
			const terminal = await place.open();
			await terminal.see('Wet logbook');
			await allRead(terminal);
			assert.match(firstFrame(terminal.written), /Turn the light.*(?:Wet|damaged) logbook|Loading…/s, start);
			assert.doesNotMatch(terminal.written, /No sessions found/);
			if (start === 'second') {
				assert.doesNotMatch(terminal.written, /reading…|still being read/);
			}

			await terminal.press('q');
			assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
		}
	});

	test('the first screen of all tells the first keys; no other does', async t => {
		const place = filled(t);
		const first = await place.open({cols: 80, rows: 24});
		await first.see('Press ? for the keys, s to search everything, : to find a command.');
		await allRead(first);
		await first.see('Welcome.');
		await first.press('j');
		await first.miss('Welcome.');
		await first.press('q');
		await first.exited();

		const second = await place.open({cols: 80, rows: 24});
		await allRead(second);
		await second.press('q');
		await second.exited();
		assert.doesNotMatch(second.written, /Welcome/);
	});

	test('a log without a line is listed at the time in its name', async t => {
		const place = filled(t);
		place.write(logName(idOf(8), '2026-02-01'), '');
		const terminal = await place.open();
		await allRead(terminal);
		await terminal.see(/no prompt +(?:2026-02-01|Feb 1)/, 1000);
	});

	test('keys typed before the first frame count, and are not echoed', async t => {
		const place = filled(t);
		const known = await place.open();
		await allRead(known);
		await known.press('q');
		await known.exited();

		const terminal = await place.open();
		await terminal.until(() => terminal.written !== '', 'wrote nothing');
		await terminal.press('?');
		await terminal.see('Into the selected row');
		await terminal.press('Esc');
		await terminal.miss('Into the selected row');
		assert.ok(!terminal.lines().some(line => line.startsWith('?')));
	});

	test('a paste does not press keys; into a filter it is text', async t => {
		const terminal = await filled(t).open();
		await allRead(terminal);
		assert.ok(terminal.isPasteBracketed);
		await terminal.press('\u001B[200~q\nq?\u0003\u001B[201~');
		await terminal.quiet();
		await terminal.see('Turn the lighthouse');
		await terminal.miss('Into the selected row');
		await terminal.press('a', '/', '\u001B[200~gulls\u001B[201~');
		await terminal.see(/\/gulls +1 of \d+/);
		await terminal.press('Esc', 'q');
		assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
	});

	test('NO_COLOR takes all colours away and leaves attributes', async t => {
		const terminal = await filled(t).open({env: {NO_COLOR: '1'}});
		await allRead(terminal);
		await terminal.press('/', 'gulls', 'Enter', 'Esc', 'Enter', 'Enter');
		await terminal.see(/Detail/);
		assert.doesNotMatch(terminal.written, /\u001B\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9\d|10\d)[;m]/);
		assert.match(terminal.written, /\u001B\[7m/);
	});

	test('an empty home and a log that is no log say what to do', async t => {
		const empty = new Place(t);
		fs.mkdirSync(empty.home);
		const terminal = await empty.open();
		await terminal.see('No sessions found in ~/.codex.');
		await terminal.see('--sessions PATH');
		await terminal.press('Enter', 'Tab', 'Tab', 'Tab', 'j', 'G', ']', 'z', '/');
		await terminal.quiet();
		await terminal.press('Esc', 'p');
		await terminal.see(/Problems/);
		await terminal.press('Esc', 'q');
		assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});

		const broken = new Place(t);
		const name = 'sessions/2026/02/03/rollout-2026-02-03T10-00-00-0196c0de-0000-7000-8000-000000000001.jsonl';
		broken.write(name, Buffer.from(Array.from({length: 4000}, (_, index) => (index * 7919) % 256)));
		const other = await broken.open();
		await other.see(/\d+ problems? \(p\)/);
		await other.press('p');
		await other.see(/could not be read/);
		await other.press('Esc', 'q');
		assert.deepEqual(await other.exited(), {exitCode: 0, signal: 0});
	});

	test('a home that is not there gets one sentence, without a screen left behind', async t => {
		const terminal = await new Place(t).open();
		const {exitCode} = await terminal.exited();
		assert.equal(exitCode, 2);
		assert.equal(terminal.buffer, 'normal');
		assert.ok(terminal.isCursorVisible);
		assert.match(terminal.screen().replaceAll('\n', ''), /^There is nothing at .*\.codex.*\.\s*$/);
	});

	test('where nothing can be drawn there is a sentence, not control sequences', async t => {
		const place = filled(t);
		const [file = '', ...args] = await place.command();
		const env = Object.fromEntries(
			Object.entries({...process.env, ...place.env()}).filter(([, value]) => value !== undefined),
		);
		const {status, stdout, stderr} = spawnSync(file, args, {env, cwd: place.folder, encoding: 'utf8'});
		assert.deepEqual({status, stdout}, {status: 2, stdout: ''});
		assert.match(stderr, /^The explorer needs a terminal to draw on\. [^\u001B]*\n$/);
	});

	test('a terminal that can only print gets the sentence too', async t => {
		const dumb = await filled(t).open({env: {TERM: 'dumb'}});
		await dumb.see('needs a terminal', 2000);
		assert.doesNotMatch(dumb.written, /\u001B/);
	});

	test('two programs share one database at the same time', async t => {
		const place = filled(t);
		const both = [await place.open(), await place.open()];
		for (const terminal of both) {
			await allRead(terminal);
			await terminal.see('Turn the lighthouse');
			await terminal.miss(/stopped|failed|busy|locked/);
		}

		for (const terminal of both) {
			await terminal.press('q');
			assert.deepEqual(await terminal.exited(), {exitCode: 0, signal: 0});
		}

		assert.ok(fs.existsSync(path.join(place.folder, 'data')));
	});

	test('rules that cannot be read end the program with file and line, before anything is shown unredacted', async t => {
		const place = filled(t);
		const rules = path.join(place.folder, 'config', 'codex-tui', 'redactions.yml');
		fs.mkdirSync(path.dirname(rules), {recursive: true});
		fs.writeFileSync(rules, 'rules:\n  - id: gulls\n    type: glob\n    pattern: x\n');
		const terminal = await place.open();
		assert.deepEqual(await terminal.exited(), {exitCode: 2, signal: 0});
		assert.equal(terminal.buffer, 'normal');
		assert.match(terminal.screen(), /Line 3 of .*redactions\.yml: type is "glob"\./);
		assert.doesNotMatch(terminal.written, /lighthouse/);
	});
});
