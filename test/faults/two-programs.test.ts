import assert from 'node:assert/strict';
import fs from 'node:fs';
import {type TestContext, test} from 'node:test';
import Database from 'better-sqlite3';
import {openIngestLock} from '../../source/store/sqlite/ingest-lock.js';
import {sampleRollouts, threadId} from '../helpers/rollout.js';
import {assertSameContent, assertSound, contentOf, Home, idOf, logName, query, retold} from '../ingest/home.js';
import {scriptPath, startNode} from './child.js';
import {becomesSo, startCommand, startWatching} from './program.js';

const sample = sampleRollouts()['era C legacy'] as Buffer;

const homeWithLogs = (t: TestContext): Home => {
	const home = new Home(t);
	home.write(logName(threadId), sample);
	home.write(logName(idOf(2)), retold(sample, idOf(2)));
	return home;
};

const countSessions = (home: Home): unknown =>
	query(home.database, 'select count(*) as count from sessions')[0]?.['count'];

test('ingest waits for another program that ingests, says so, and goes on when that has ended', async t => {
	const home = homeWithLogs(t);
	const lock = openIngestLock(home.database);
	t.after(() => lock.close());
	assert.equal(lock.take(), true);
	const child = startCommand(home, ['ingest']);
	assert.ok(await becomesSo(() => child.stderr() !== ''));
	assert.equal(
		child.stderr(),
		'Another program is reading logs into this database. Waiting until it has finished; Ctrl+C ends the waiting.\n',
	);
	assert.equal(fs.existsSync(home.database), false, 'nothing is made, let alone read, out of turn');
	lock.release();
	const {exitCode, stdout} = await child.ended;
	assert.equal(exitCode, 0);
	assert.match(stdout, /2 files found, 2 read/);
	assert.equal(countSessions(home), 2);
});

test('a command that only reads does not wait for another program that ingests', async t => {
	const home = homeWithLogs(t);
	await home.ingest();
	home.write(logName(idOf(3)), retold(sample, idOf(3)));
	const lock = openIngestLock(home.database);
	t.after(() => lock.close());
	lock.take();
	const {exitCode, stdout, stderr} = await startCommand(home, ['sessions', '--json']).ended;
	assert.equal(exitCode, 0);
	assert.equal(stderr, 'Another program is reading the logs just now: this is what it has read so far.\n');
	assert.match(stdout, new RegExp(idOf(2)));
	assert.doesNotMatch(stdout, new RegExp(idOf(3)));
});

test('the lock of a program that was killed is free at once', async t => {
	const home = homeWithLogs(t);
	const child = startNode([scriptPath('hold-lock.ts'), home.database]);
	assert.ok(await becomesSo(() => child.stdout() === 'taken'));
	const lock = openIngestLock(home.database);
	t.after(() => lock.close());
	assert.equal(lock.take(), false);
	child.process.kill('SIGKILL');
	await child.ended;
	assert.equal(lock.take(), true);
});

test('an explorer that finds another program ingesting says so, shows what comes, and takes over', async t => {
	const home = homeWithLogs(t);
	const lock = openIngestLock(home.database);
	t.after(() => lock.close());
	lock.take();
	const watching = startWatching(home);
	t.after(() => watching.stop());
	assert.ok(await becomesSo(() => watching.phase() === 'waiting'));
	assert.equal(countSessions(home), 0);

	const before = watching.messages.length;
	const other = new Database(home.database);
	other.exec("insert into thread_names values ('t1', 'tide tables')");
	other.close();
	assert.ok(await becomesSo(() => watching.messages.slice(before).some(({type}) => type === 'changed')));

	lock.release();
	assert.ok(await becomesSo(() => watching.phase() === 'watching'));
	assert.equal(countSessions(home), 2);
	assert.equal(watching.failure(), undefined);
});

test('explorers and commands that work on one database at once leave what one would have', async t => {
	const home = homeWithLogs(t);
	const explorers = [startWatching(home), startWatching(home)];
	const commands = [startCommand(home, ['ingest']), startCommand(home, ['sessions'])];
	for (let n = 4; n < 30; n++) {
		home.write(logName(idOf(n)), retold(sample, idOf(n)));
	}

	for (const {ended} of commands) {
		const {exitCode, stderr} = await ended;
		assert.equal(exitCode, 0);
		assert.match(stderr, /^(Another program is reading .+\n)?$/);
	}

	assert.equal((await startCommand(home, ['ingest']).ended).exitCode, 0);
	for (const explorer of explorers) {
		assert.equal(explorer.failure(), undefined);
		assert.deepEqual(explorer.failedFiles(), []);
		await explorer.stop();
	}

	await home.ingest();
	assertSound(home.database);
	assert.equal(countSessions(home), 28);
	const events = query(home.database, 'select count(*) as count from events')[0]?.['count'];
	const alone = home.otherDatabase('alone');
	await home.ingest({database: alone});
	assert.equal(events, query(alone, 'select count(*) as count from events')[0]?.['count']);
	assertSameContent({blocks: byKey(home.database)}, {blocks: byKey(alone)});
});

const byKey = (database: string) =>
	(contentOf(database)['blocks'] ?? []).toSorted((a, b) => String(a['key']).localeCompare(String(b['key'])));

test('a reader does not wait for a program that ingests and is writing', async t => {
	const home = homeWithLogs(t);
	await home.ingest();
	const store = await home.store();
	const lock = openIngestLock(home.database);
	t.after(() => lock.close());
	lock.take();
	const writer = new Database(home.database);
	t.after(() => writer.close());
	writer.exec("begin immediate; update sessions set name = 'unseen'");
	const startedAt = performance.now();
	assert.equal((await store.listSessions({limit: 10})).length, 2);
	const {stdout} = await startCommand(home, ['sessions', '--json']).ended;
	assert.match(stdout, new RegExp(idOf(2)));
	assert.ok(performance.now() - startedAt < 5000);
	writer.exec('rollback');
});
