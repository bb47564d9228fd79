import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import Database from 'better-sqlite3';
import {meta, rolloutOf, sampleRollouts} from '../helpers/rollout.js';
import {assertSound, Home, idOf, logName, query, retold} from '../ingest/home.js';
import {faultRounds, scriptPath, startNode} from './child.js';
import {becomesSo, startWatching} from './program.js';

const sample = sampleRollouts()['era C legacy'] as Buffer;

/** How late a line may be. */
const latestMs = 1000;

test('lines that are written two thousand a second are in the database within a second', async t => {
	const home = new Home(t);
	for (let n = 2; n < 30; n++) {
		home.write(logName(idOf(n)), retold(sample, idOf(n)));
	}

	const file = home.write(logName(idOf(40), '2026-03-01'), rolloutOf([meta({id: idOf(40)})]));
	const watching = startWatching(home);
	t.after(() => watching.stop());
	assert.ok(await becomesSo(() => watching.phase() === 'watching'));
	const seconds = faultRounds(4, 40);
	const writer = startNode([scriptPath('write-lines.ts'), file, '2000', String(seconds)]);
	const db = new Database(home.database, {readonly: true});
	t.after(() => db.close());
	const bytesKnown = db.prepare("select bytes from files where key like '%000000000040.jsonl'").pluck();

	/** When the file had which size, for what the database does not hold yet. */
	let behind: {at: number; size: number}[] = [];
	const delays: number[] = [];
	let hasEnded = false;
	void writer.ended.then(() => {
		hasEnded = true;
	});
	while (!hasEnded) {
		behind.push({at: performance.now(), size: fs.statSync(file).size});
		const known = bytesKnown.get() as number;
		const arrived = behind.filter(({size}) => size <= known);
		behind = behind.slice(arrived.length);
		delays.push(performance.now() - (behind[0]?.at ?? performance.now()));
		await sleep(20);
	}

	const {exitCode, stderr} = await writer.ended;
	assert.deepEqual([exitCode, stderr], [0, '']);
	const latest = Math.max(...delays);
	t.diagnostic(`at most ${latest.toFixed(0)} ms late`);
	assert.ok(latest < latestMs, `${latest.toFixed(0)} ms late`);
	assert.ok(await becomesSo(() => bytesKnown.get() === fs.statSync(file).size));
	const lines = fs.readFileSync(file, 'latin1').split('\n').length - 1;
	assert.ok(lines > seconds * 1500, `only ${lines} lines were written`);
	assert.equal(query(home.database, 'select lines from files order by lines desc limit 1')[0]?.['lines'], lines);
	await watching.stop();
	assertSound(home.database);
});

test('a session that begins while the explorer runs is there within a second', async t => {
	const home = new Home(t);
	home.write(logName(idOf(2)), retold(sample, idOf(2)));
	const watching = startWatching(home);
	t.after(() => watching.stop());
	const count = (): unknown => query(home.database, 'select count(*) as count from sessions')[0]?.['count'];
	assert.ok(await becomesSo(() => watching.phase() === 'watching' && count() === 1));
	home.write(logName(idOf(3)), retold(sample, idOf(3)));
	assert.ok(await becomesSo(() => count() === 2, latestMs));
});
