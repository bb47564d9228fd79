import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {legacyTurn, meta, rolloutOf} from '../helpers/rollout.js';
import type {Terminal} from '../helpers/terminal.js';
import {idOf, logName} from '../ingest/home.js';
import {allRead, Place} from './program.js';

const secret = `sk-proj-${'Zq8Kx3Vb7Nm2Lp5R'.repeat(3)}`;

const shortName = `session-${idOf(1).slice(0, 13)}`;

const fill = (place: Place): void => {
	const answer = `It is painted. export OPENAI_API_KEY=${secret}`;
	place.write(logName(idOf(1)), rolloutOf([meta({id: idOf(1)}), ...legacyTurn('Paint the hull', answer, 1, 100)]));
};

const opened = async (place: Place, size = {cols: 100, rows: 30}): Promise<Terminal> => {
	const terminal = await place.open(size);
	await allRead(terminal);
	return terminal;
};

const reports = (place: Place): string => path.join(place.folder, 'data', 'codex-tui', 'reports');

const filesIn = (folder: string): string[] => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);

/** What the command writes, by the same choices. */
const byCommand = async (place: Place, ...args: string[]): Promise<void> => {
	const [node = '', ...words] = await place.command('report', ...args);
	execFileSync(node, words, {env: {...process.env, ...place.env()} as NodeJS.ProcessEnv, stdio: 'ignore'});
};

/** A report but for when it was written. */
const timeless = (file: string): string =>
	fs
		.readFileSync(file, 'utf8')
		.replaceAll(/\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\b|\b20\d\d-\d\d-\d\dT[\d:.]+Z/g, time =>
			time.startsWith('2026-02') ? time : 'now',
		);

const wrote = (extent: string): RegExp =>
	new RegExp(`Wrote ${shortName}${extent}: 1 session, [\\d.]+ kB, \\d values? redacted`);

describe('reports', {concurrency: 2}, () => {
	test('the form writes what the command writes, and the trail tells of it', async t => {
		const place = new Place(t);
		fill(place);
		const terminal = await opened(place, {cols: 80, rows: 24});
		await terminal.press('w');
		await terminal.see('Report on: Enter chooses');
		await terminal.press('Enter');
		await terminal.see('Report as:');
		await terminal.press('Enter');
		await terminal.see('What the report tells:');
		await terminal.press('5');
		await terminal.see('How much of each output');
		await terminal.press('Enter');
		await terminal.see('# Paint the hull');
		assert.deepEqual(filesIn(reports(place)), []);
		await terminal.press('Enter');
		await terminal.see(`${shortName}.md`);
		await terminal.press('Enter');
		await terminal.see(wrote('\\.md'));
		const own = path.join(reports(place), `${shortName}.md`);
		assert.deepEqual(filesIn(reports(place)), [`${shortName}.md`]);
		assert.equal(fs.statSync(own).mode & 0o777, 0o600);
		assert.equal(fs.statSync(reports(place)).mode & 0o777, 0o700);
		const other = path.join(place.folder, 'other.md');
		await byCommand(place, idOf(1), '--mode', 'full', '-o', other);
		assert.equal(timeless(own), timeless(other));
		assert.equal(timeless(own).includes(secret), false);
		assert.match(timeless(own), /OPENAI_API_KEY=\[REDACTED:/);

		// The form remembers the mode; another format, and again the same file.
		for (const replaced of [false, true]) {
			await terminal.press('w', 'Enter', '3', 'Enter', 'Enter');
			await terminal.see('Preview of the report');
			await terminal.see('"schema":1');
			await terminal.press('Enter');
			await terminal.see('Write to:');
			await terminal.press('Enter');
			if (replaced) {
				await terminal.see('Something of that name is there already');
				fs.writeFileSync(path.join(reports(place), `${shortName}.json`), 'older');
				await terminal.press('2');
			}

			await terminal.see(wrote('\\.json'));
			await terminal.press('j');
		}

		const json = path.join(place.folder, 'other.json');
		await byCommand(place, idOf(1), '--mode', 'full', '-o', json);
		assert.equal(timeless(path.join(reports(place), `${shortName}.json`)), timeless(json));
		const [node = '', ...words] = await place.command('redactions', 'audit', '--json');
		const env = {...process.env, ...place.env()} as NodeJS.ProcessEnv;
		const trail = execFileSync(node, words, {env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
		const {entries} = JSON.parse(trail) as {entries: {kind: string; detail: {format: string}}[]};
		assert.deepEqual(
			entries.map(({kind, detail}) => `${kind} ${detail.format}`),
			['export md', 'export md', 'export json', 'export json', 'export json'],
		);
		await terminal.press('q');
		assert.equal((await terminal.exited()).exitCode, 0);
	});

	test('tables become a folder, which is previewed file by file', async t => {
		const place = new Place(t);
		fill(place);
		const terminal = await opened(place);
		await terminal.press('w', 'Enter', '4', '3', 'Enter');
		await terminal.see('== sessions.csv ==');
		await terminal.press('Enter');
		await terminal.see('Write to:');
		await terminal.press('Enter');
		await terminal.see(wrote('-csv'));
		const own = path.join(reports(place), `${shortName}-csv`);
		const other = path.join(place.folder, 'other');
		await byCommand(place, idOf(1), '--format', 'csv', '-o', other);
		assert.deepEqual(filesIn(own), filesIn(other));
		assert.ok(filesIn(own).length > 4);
		for (const name of filesIn(own)) {
			assert.equal(timeless(path.join(own, name)), timeless(path.join(other, name)), name);
		}
	});

	test('a report that is cancelled leaves nothing, nor does one that the explorer leaves behind', async t => {
		const place = new Place(t);
		const pages = Array.from({length: 80}, (_, index) =>
			legacyTurn(`Copy page ${index + 1}`, `Seven gulls, ${index} herons.\n`.repeat(4000), index * 10, 100),
		);
		place.write(logName(idOf(1)), rolloutOf([meta({id: idOf(1)}), ...pages.flat()]));
		const terminal = await opened(place);
		const isBegun = (): boolean => filesIn(reports(place)).some(name => name.endsWith('.part'));
		const begin = async (): Promise<void> => {
			await terminal.press('w', 'Enter', 'Enter', '5', '4');
			await terminal.see('# Copy page 1');
			await terminal.press('Enter');
			await terminal.see('Write to:');
			await terminal.press('Enter');
			await terminal.until(isBegun, 'has not begun to write');
		};
		await begin();
		await terminal.see('Writing the report… Esc cancels it.');
		await terminal.press('Esc');
		await terminal.see('Cancelled: no report was written.');
		assert.deepEqual(filesIn(reports(place)), []);

		await begin();
		await terminal.press('\u0003');
		assert.equal((await terminal.exited()).exitCode, 0);
		for (const deadline = performance.now() + 5000; filesIn(reports(place)).length > 0; await sleep(20)) {
			assert.ok(performance.now() < deadline, 'left something behind');
		}
	});
});
