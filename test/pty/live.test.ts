import fs from 'node:fs';
import {describe, test} from 'node:test';
import {legacyTurn, meta, rolloutOf} from '../helpers/rollout.js';
import type {Terminal} from '../helpers/terminal.js';
import {idOf, logName} from '../ingest/home.js';
import {fillHome} from './invented-home.js';
import {allRead, Place} from './program.js';

const opened = async (place: Place): Promise<Terminal> => {
	const terminal = await place.open({cols: 120, rows: 36});
	await allRead(terminal);
	return terminal;
};

const lighthouseOf = (place: Place): string => `${place.home}/${logName(idOf(15), '2026-02-15')}`;

const painted = rolloutOf(legacyTurn('Paint the lighthouse white', 'It is white.', 60, 9900));

describe('watching', {concurrency: 2}, () => {
	test('what Codex writes while the program runs appears by itself', async t => {
		const place = new Place(t);
		fillHome(place);
		const known = await opened(place);
		await known.press('q');
		await known.exited();

		const terminal = await opened(place);
		await terminal.press('g');
		await terminal.press('/', 'lighthouse', 'Enter');
		await terminal.see(/Prompts 2\/3/);
		fs.appendFileSync(lighthouseOf(place), painted);
		await terminal.see(/Prompts 2\/4/);
		await terminal.see('3 Paint the lighthouse white');

		await terminal.press('Enter', 'G');
		await terminal.see('* It is white.');
		const line = Buffer.from(legacyTurn('Ring the bell', 'It rings.', 80, 9990).join('\n'));
		fs.appendFileSync(lighthouseOf(place), line.subarray(0, 300));
		await terminal.quiet(300);
		fs.appendFileSync(lighthouseOf(place), Buffer.concat([line.subarray(300), Buffer.from('\n')]));
		place.write(
			logName(idOf(20), '2026-02-16'),
			rolloutOf([
				meta({id: idOf(20)}, '2026-02-16T10:00:00.000Z'),
				...legacyTurn('Look for new ships', 'None.', 1, 10),
			]),
		);
		await terminal.see('4 Ring the bell');
		await terminal.see(/Prompts 4\/5/);
		await terminal.press('Esc', 'Esc');
		await terminal.see('Look for new ships');
		await terminal.see(/> Turn the lighthouse lamp slower/);
	});

	test('it appears within five seconds, also after a start that had much to read', async t => {
		const place = new Place(t);
		fillHome(place);
		const terminal = await opened(place);
		fs.appendFileSync(lighthouseOf(place), painted);
		await terminal.see('Paint the lighthouse white', 5000);
	});
});
