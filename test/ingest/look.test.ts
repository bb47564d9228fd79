import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {FromWorker} from '../../source/ingest/messages.js';
import {mostLogs} from '../../source/ingest/recent-logs.js';
import {Ticker} from '../../source/ingest/ticker.js';
import {watchLogs} from '../../source/ingest/watch.js';
import {legacyTurn, meta, rolloutOf} from '../helpers/rollout.js';
import {Home, idOf, logName} from './home.js';

/** A ticker whose pauses are no longer than a turn of the event loop, and are counted. */
class QuickTicker extends Ticker {
	pauses = 0;

	override async wait(): Promise<void> {
		this.pauses++;
		await new Promise(resolve => setImmediate(resolve));
	}
}

test('a look that is asked for finds what glances do not look at', {timeout: 60_000}, async t => {
	const home = new Home(t);
	for (let number = 0; number <= mostLogs; number++) {
		const day = `2026-01-${String(1 + (number % 28)).padStart(2, '0')}`;
		const written = new Date(Date.UTC(2026, 0, 1 + number));
		home.write(
			logName(idOf(number), day),
			rolloutOf([meta({id: idOf(number)}), ...legacyTurn('Tides?', 'High.', 1, 10)]),
			written,
		);
	}

	const ticker = new QuickTicker();
	const messages: FromWorker[] = [];
	let isDue = false;
	let isStopping = false;
	const ended = watchLogs({
		source: {home: home.folder},
		home: home.folder,
		database: home.database,
		batchLines: 500,
		ticker,
		send: message => messages.push(message),
		shouldStop: () => isStopping,
		takeLook() {
			const was = isDue;
			isDue = false;
			return was;
		},
	});
	const becomes = async (isSo: () => boolean): Promise<void> => {
		while (!isSo()) {
			await new Promise(resolve => setImmediate(resolve));
		}
	};
	const changes = (): number => messages.filter(({type}) => type === 'changed').length;
	await becomes(() => messages.some(message => message.type === 'progress' && message.progress.phase === 'watching'));
	const pauses = ticker.pauses;
	await becomes(() => ticker.pauses > pauses + 2);

	// The oldest log is not among those that are looked at all the time.
	home.append(logName(idOf(0), '2026-01-01'), rolloutOf(legacyTurn('And now?', 'Low.', 20, 20)));
	const before = {changes: changes(), pauses: ticker.pauses};
	isDue = true;
	await becomes(() => changes() > before.changes || ticker.pauses > before.pauses + 3);
	isStopping = true;
	ticker.wake();
	await ended;
	assert.ok(changes() > before.changes, 'at once, not with the next walk');
});
