import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {describe, test} from 'node:test';
import {askedTwice, legacyTurn, meta, rolloutOf} from '../helpers/rollout.js';
import type {Terminal} from '../helpers/terminal.js';
import {idOf, logName} from '../ingest/home.js';
import {Place} from './program.js';
import {asOfNow} from './stand-in-codex.js';

const log = logName(idOf(1), '2026-02-05');

/** A session at work, and an older one that is over. */
const open = async (place: Place, size: {cols: number; rows: number}): Promise<Terminal> => {
	place.write(log, asOfNow([meta({id: idOf(1)}), ...legacyTurn('Paint the hull', 'At it.', 0, 10).slice(0, -2)]));
	place.write(logName(idOf(2)), rolloutOf([meta({id: idOf(2)}), ...legacyTurn('Sand the hull', 'Done.', 1, 100)]));
	const terminal = await place.open(size);
	await terminal.see('live: Paint the hull');
	await terminal.see('Sand the hull');
	await terminal.miss(/Reading|Archiving|Indexing/);
	return terminal;
};

/** More lines of the session, as of now. */
const go = (place: Place, lines: readonly string[]): void =>
	fs.appendFileSync(path.join(place.home, log), asOfNow(lines));

const answer = (text: string): string[] => legacyTurn('', text, 0, 10).slice(-2);

describe('following', {concurrency: 2}, () => {
	test('the newest prompt and event stay selected until a key moves', async t => {
		const place = new Place(t);
		const terminal = await open(place, {cols: 120, rows: 30});
		await terminal.see(/▌live: Paint the hull/);
		await terminal.press('f');
		await terminal.see(/Events \d+\/\d+.* · following/);
		go(place, answer('The hull is red.'));
		await terminal.see(/▌\* The hull is red\./);
		go(place, legacyTurn('Paint the mast', 'The mast is white.', 0, 20));
		await terminal.see(/Paint the mast.*[\s\S]*▌\* The mast is white\./);
		await terminal.press('k');
		await terminal.miss('following');
		go(place, askedTwice('Paint the boom', 0));
		await terminal.press('h', 'h');
		await terminal.see(/Prompts \d+\/4/);
		await terminal.see(/live: Paint the hull/);
	});

	test('it does so on a narrow screen too, where the events alone are seen', async t => {
		const place = new Place(t);
		const terminal = await open(place, {cols: 70, rows: 20});
		await terminal.press('f');
		await terminal.see(/Events \d+\/\d+.* · following/);
		go(place, legacyTurn('Paint the mast', 'The mast is white.', 0, 20));
		await terminal.see(/▌\* The mast is white\./);
		await terminal.press('f');
		await terminal.see('No longer following.');
	});

	test('the end of a turn is told as the config says, and to nobody by default', async t => {
		for (const [how, told] of [
			['osc9', '\u001B]9;Paint the hull is done\u0007'],
			['bell', '\u0007'],
			['off', undefined],
		] as const) {
			const place = new Place(t);
			const config = path.join(place.folder, 'config', 'codex-tui');
			fs.mkdirSync(config, {recursive: true});
			fs.writeFileSync(path.join(config, 'config.toml'), `[ui]\nnotify = "${how}"\n`);
			const terminal = await open(place, {cols: 100, rows: 24});
			await terminal.see('live: Paint the hull');
			assert.ok(!terminal.written.includes('\u0007'), 'what was there is no news');
			await terminal.press('Enter', 'Enter', 'G');
			go(place, answer('The hull is red.'));
			await terminal.see('The hull is red.');
			if (told === undefined) {
				await terminal.quiet(300);
				assert.ok(!terminal.written.includes('\u0007'));
			} else {
				await terminal.until(() => terminal.written.includes(told), `told nobody by ${how}`);
			}
		}
	});
});
