import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import type {IngestStore} from '../../source/store/ingest-store.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {legacyTurn, meta, rolloutOf, sampleRollouts} from '../helpers/rollout.js';
import {
	all,
	archivedBytes,
	assertSameContent,
	assertSound,
	Home,
	idOf,
	logName,
	presentContent,
	query,
	retold,
} from '../ingest/home.js';
import {watched} from '../ingest/watched-store.js';
import {becomesSo, isRoot, nobody, openToAll, startCommand, startWatching} from './program.js';

const sample = sampleRollouts()['era C legacy'] as Buffer;
const isWindows = process.platform === 'win32' && 'a POSIX matter';

const others = [idOf(2), idOf(3)];

/** A log that takes several chunks of a megabyte. */
const longLog = (id: string, words = 'x'): Buffer =>
	rolloutOf([
		meta({id}),
		...Array.from({length: 60}, (_, at) =>
			legacyTurn(`Question ${at}?`, words.repeat(50_000), at * 10, 1000 + at),
		).flat(),
	]);

const withOthers = (home: Home): Home => {
	for (const id of others) {
		home.write(logName(id), retold(sample, id));
	}

	return home;
};

const threadsIn = (home: Home): unknown[] =>
	query(home.database, 'select thread_id from sessions order by thread_id').map(row => row['thread_id']);

/** A round in which something happens to the files at the n-th call of a method of the store. */
const ingestWhile = async (home: Home, method: keyof IngestStore, happens: () => void, at = 1) => {
	let calls = 0;
	const store = watched(openIngestStore(home.database), {
		onCall(name) {
			calls += Number(name === method);
			if (name === method && calls === at) {
				happens();
			}
		},
	});
	try {
		return await home.ingestWith(store, {batchLines: 50}).run();
	} finally {
		await store.close();
	}
};

/** What is there now is as if it had never been otherwise. */
const assertLikeNew = async (home: Home): Promise<void> => {
	assertSound(home.database);
	const fresh = home.otherDatabase(`fresh-${Math.random()}`);
	await home.ingest({database: fresh});
	const {sessions: _, ...present} = presentContent(home.database);
	const {sessions: __, ...expected} = presentContent(fresh);
	assertSameContent(present, expected);
};

test('logs and folders that may not be read are told, and read once they may', {skip: isWindows}, async t => {
	const home = withOthers(new Home(t));
	const log = home.write(logName(idOf(4)), retold(sample, idOf(4)));
	const folder = path.dirname(home.write(logName(idOf(5), '2026-02-05'), retold(sample, idOf(5), '2026-02-05')));
	openToAll(path.dirname(home.folder));
	fs.mkdirSync(path.dirname(home.database));
	fs.chmodSync(path.dirname(home.database), 0o777);
	fs.chmodSync(log, 0);
	fs.chmodSync(folder, 0);
	const who = isRoot ? nobody : {};
	const {exitCode, stdout, stderr} = await startCommand(home, ['ingest'], who).ended;
	assert.deepEqual(
		stderr.trim().split('\n').toSorted(),
		[`${folder} could not be read: permission denied.`, `${log} could not be read: permission denied.`].toSorted(),
	);
	assert.match(stdout, /3 files found, 2 read, 2 failed/);
	assert.equal(exitCode, 0);
	assert.deepEqual(threadsIn(home), others);

	fs.chmodSync(folder, 0o755);
	fs.chmodSync(log, 0o644);
	const after = await startCommand(home, ['ingest'], who).ended;
	assert.deepEqual([after.exitCode, after.stderr], [0, '']);
	assert.deepEqual(threadsIn(home), [...others, idOf(4), idOf(5)]);
	assert.match(after.stdout, /4 files found, 2 read:/);
});

test('what may not be looked at is not taken for gone, what is missed elsewhere is', {skip: isWindows}, async t => {
	const home = withOthers(new Home(t));
	home.write(logName(idOf(5), '2026-02-05'), retold(sample, idOf(5), '2026-02-05'));
	await home.ingest();
	fs.rmSync(home.path(logName(idOf(3))));
	// A folder that cannot be listed, also by root: a link in its place that leads nowhere but back.
	const folder = path.dirname(home.path(logName(idOf(5), '2026-02-05')));
	fs.renameSync(folder, home.path('elsewhere'));
	fs.symlinkSync(folder, folder);
	const {failures} = await home.ingest();
	assert.deepEqual(failures, [{path: folder, reason: 'a link that points back at itself'}]);
	const gone = query(home.database, 'select key from files where gone_at is not null');
	assert.deepEqual(gone, [{key: path.basename(logName(idOf(3)))}]);
	fs.rmSync(folder);
	fs.renameSync(home.path('elsewhere'), folder);
	assert.deepEqual((await home.ingest()).failures, []);
});

test('a log that vanishes between the listing and the reading is told, and the others are read', async t => {
	const home = withOthers(new Home(t));
	const log = home.write(logName(idOf(4)), retold(sample, idOf(4)));
	const {failures, files} = await ingestWhile(home, 'enterFiles', () => fs.rmSync(log));
	assert.deepEqual(failures, [{path: log, reason: 'gone before it could be read'}]);
	assert.equal(files.length, 2);
	assert.deepEqual(threadsIn(home), others);
	home.write(logName(idOf(4)), retold(sample, idOf(4)));
	assert.deepEqual((await home.ingest()).failures, []);
	await assertLikeNew(home);
});

test('a folder that vanishes between the listing and the reading is told, and read when it is back', async t => {
	const home = withOthers(new Home(t));
	const first = home.write(logName(idOf(4), '2026-02-09'), retold(sample, idOf(4), '2026-02-09'));
	const folder = path.dirname(first);
	const {failures} = await ingestWhile(home, 'enterFiles', () => fs.renameSync(folder, home.path('away')));
	assert.deepEqual(failures, [{path: first, reason: 'gone before it could be read'}]);
	assert.deepEqual(threadsIn(home), others);
	fs.renameSync(home.path('away'), folder);
	assert.deepEqual((await home.ingest()).failures, []);
	await assertLikeNew(home);
});

test('a whole home that vanishes under a running explorer keeps its sessions, and goes on when it is back', async t => {
	const home = withOthers(new Home(t));
	const watching = startWatching(home);
	t.after(() => watching.stop());
	const countGone = (): unknown =>
		query(home.database, 'select count(*) as count from files where gone_at is not null')[0]?.['count'];
	assert.ok(await becomesSo(() => watching.phase() === 'watching' && threadsIn(home).length === 2));
	fs.renameSync(home.folder, `${home.folder}-away`);
	assert.ok(await becomesSo(() => countGone() === 2));
	assert.deepEqual(threadsIn(home), others);
	assert.equal(watching.failure(), undefined);
	fs.renameSync(`${home.folder}-away`, home.folder);
	assert.ok(await becomesSo(() => countGone() === 0));
	await watching.stop();
	await assertLikeNew(home);
});

test('a log that grows while it is read is read to its end in the next round', async t => {
	const home = withOthers(new Home(t));
	const name = logName(idOf(4));
	home.write(name, longLog(idOf(4)));
	const more = retold(rolloutOf(legacyTurn('And?', 'Yes.', 990, 50_000)), idOf(4));
	const {failures} = await ingestWhile(home, 'writeProgress', () => home.append(name, more));
	assert.deepEqual(failures, []);
	const {files} = await home.ingest();
	assert.deepEqual(
		files.map(({change, bytes}) => ({change, bytes})),
		[{change: 'grown', bytes: more.length}],
	);
	await assertLikeNew(home);
});

for (const [what, happens] of Object.entries<(home: Home, name: string) => void>({
	'cut short': (home, name) => fs.truncateSync(home.path(name), 1_500_000),
	emptied: (home, name) => fs.truncateSync(home.path(name), 0),
	'replaced by another': (home, name) => {
		home.write('other', longLog(idOf(4), 'y'));
		fs.renameSync(home.path('other'), home.path(name));
	},
	'overwritten in place by a short one': (home, name) => fs.writeFileSync(home.path(name), retold(sample, idOf(4))),
	'overwritten in place by one of the same length': (home, name) =>
		fs.writeFileSync(home.path(name), longLog(idOf(4), 'y')),
	'overwritten in its middle': (home, name) => {
		const descriptor = fs.openSync(home.path(name), 'r+');
		const half = fs.fstatSync(descriptor).size / 2;
		const before = Buffer.alloc(half);
		fs.readSync(descriptor, before, 0, half, half / 2);
		fs.writeSync(descriptor, before.toString('latin1').replaceAll('x', 'z'), half / 2, 'latin1');
		fs.closeSync(descriptor);
	},
	'replaced by a folder': (home, name) => {
		fs.rmSync(home.path(name));
		fs.mkdirSync(home.path(name));
	},
})) {
	test(`a log that is ${what} while it is read is right after the next round, and the others are at once`, async t => {
		const home = withOthers(new Home(t));
		const name = logName(idOf(4));
		home.write(name, longLog(idOf(4)));
		for (const id of others) {
			fs.rmSync(home.path(logName(id)));
			home.write(logName(id, '2026-01-01'), retold(sample, id, '2026-01-01'));
		}

		await ingestWhile(home, 'writeProgress', () => happens(home, name));
		for (const id of others) {
			assert.ok(threadsIn(home).includes(id));
		}

		assertSound(home.database);
		assert.deepEqual((await home.ingest()).failures, []);
		if (fs.statSync(home.path(name)).isFile()) {
			await assertLikeNew(home);
		} else {
			const gone = query(home.database, 'select key from files where gone_at is not null');
			assert.deepEqual(gone, [{key: path.basename(name)}]);
		}
	});
}

test('a log that is overwritten before or while it is archived is told, and kept as it was and as it is', async t => {
	for (const at of [1, 3]) {
		const home = new Home(t);
		const name = logName(idOf(4));
		const before = longLog(idOf(4));
		const after = longLog(idOf(4), 'y');
		home.write(name, before);
		const overwrite = (): void => fs.writeFileSync(home.path(name), after);
		const {failures} = await ingestWhile(home, at === 1 ? 'archiveEnd' : 'archive', overwrite);
		assert.deepEqual(
			failures.map(({reason}) => reason),
			['overwritten while it was read, which is tried again'],
		);
		assert.deepEqual((await home.ingest()).failures, []);
		await assertLikeNew(home);
		const generations = query(home.database, `select generation from files where key like '%${idOf(4)}%' order by 1`);
		const kept = generations.map(({generation}) => archivedBytes(home, Number(generation), path.basename(name)));
		assert.deepEqual(kept.at(-1)?.equals(after), true);
		for (const bytes of kept.slice(0, -1)) {
			assert.ok(bytes.equals(before.subarray(0, bytes.length)), `${bytes.length} bytes of neither content`);
		}
	}
});

test('a log that becomes a pipe between the listing and the reading is told, and nothing waits for it', {
	skip: isWindows,
	timeout: 60_000,
}, async t => {
	for (const method of ['enterFiles', 'archiveEnd'] as const) {
		const home = withOthers(new Home(t));
		const name = logName(idOf(4));
		home.write(name, retold(sample, idOf(4)));
		const {failures} = await ingestWhile(home, method, () => {
			fs.rmSync(home.path(name));
			assert.equal(spawnSync('mkfifo', [home.path(name)]).status, 0);
		});
		assert.deepEqual(failures, [{path: home.path(name), reason: 'a pipe, socket or device, not a file'}]);
		for (const id of others) {
			assert.ok(threadsIn(home).includes(id));
		}

		const store = await home.store();
		const [session] = await store.findSessions(idOf(4));
		assert.equal(session !== undefined, method === 'archiveEnd');
		if (session !== undefined) {
			await assert.rejects(all(store.rawLines(session.id)), /The log .* cannot be read: a pipe, socket or device/);
		}
	}
});

test('a prompt history that is a pipe is told', {skip: isWindows, timeout: 60_000}, async t => {
	const home = withOthers(new Home(t));
	for (const name of ['history.jsonl', 'session_index.jsonl']) {
		assert.equal(spawnSync('mkfifo', [home.path(name)]).status, 0);
	}

	const {failures} = await home.ingest();
	assert.deepEqual(failures, [{path: home.path('history.jsonl'), reason: 'a pipe, socket or device, not a file'}]);
	assert.deepEqual(threadsIn(home), others);
});

const hour = 3_600_000;

test('clocks that jump do not hide what was written', async t => {
	const home = new Home(t);
	const name = logName(idOf(2));
	const file = home.write(name, retold(sample, idOf(2)), new Date(Date.now() + 1000 * hour));
	assert.equal((await home.ingest()).files.length, 1);
	assert.equal((await home.ingest()).files.length, 0);
	const turns = [1, 2, 3].map(at => retold(rolloutOf(legacyTurn(`More ${at}?`, 'Yes.', 100 * at, 9000 * at)), idOf(2)));
	for (const [index, at] of [-1000 * hour, 0, -Date.now() + 1000].entries()) {
		home.append(name, turns[index] ?? '');
		const time = new Date(Date.now() + at);
		fs.utimesSync(file, time, time);
		assert.equal((await home.ingest()).files[0]?.change, 'grown');
	}

	await assertLikeNew(home);
});

test('pipes, sockets, devices and folders named like logs are told or left, and the others are read', {
	skip: isWindows,
}, async t => {
	const home = withOthers(new Home(t));
	const nameOf = (n: number): string => home.path(logName(idOf(n)));
	assert.equal(spawnSync('mkfifo', [nameOf(4)]).status, 0);
	const server = net.createServer();
	// The path of a socket may have a hundred characters at most.
	const {promise, resolve} = Promise.withResolvers<void>();
	const before = process.cwd();
	process.chdir(path.dirname(nameOf(5)));
	server.listen(path.basename(nameOf(5)), () => resolve());
	process.chdir(before);
	await promise;
	t.after(() => server.close());
	fs.mkdirSync(nameOf(6));
	fs.symlinkSync('/dev/zero', nameOf(7));
	fs.symlinkSync(nameOf(8), nameOf(8));
	fs.symlinkSync(home.path('sessions'), home.path('sessions/loop'));

	const reason = 'a pipe, socket or device, not a file';
	const {exitCode, stderr} = await startCommand(home, ['ingest']).ended;
	assert.equal(exitCode, 0);
	assert.deepEqual(stderr.trim().split('\n').toSorted(), [
		...[4, 5, 7].map(n => `${nameOf(n)} could not be read: ${reason}.`),
		`${nameOf(8)} could not be read: a link that points back at itself.`,
	]);
	assert.deepEqual(threadsIn(home), others);

	const given = await startCommand(home, ['ingest', '--session', nameOf(4)]).ended;
	assert.equal(given.exitCode, 1);
	assert.equal(given.stderr, `${nameOf(4)} could not be read: ${reason}.\n`);
	fs.rmSync(nameOf(4));
	home.write(logName(idOf(4)), retold(sample, idOf(4)));
	await home.ingest();
	assert.deepEqual(threadsIn(home), [...others, idOf(4)]);
});

test('a home that may not be looked into is told', {skip: isWindows}, async t => {
	const home = withOthers(new Home(t));
	openToAll(path.dirname(home.folder));
	fs.mkdirSync(path.dirname(home.database));
	fs.chmodSync(path.dirname(home.database), 0o777);
	const who = isRoot ? nobody : {};
	home.write('history.jsonl', `${JSON.stringify({session_id: idOf(90), ts: 1_770_000_000, text: 'And the moon?'})}\n`);
	fs.chmodSync(home.folder, 0);
	const {exitCode, stderr} = await startCommand(home, ['ingest'], who).ended;
	assert.equal(exitCode, 1);
	assert.match(stderr, /sessions could not be read: permission denied\.$/m);
	fs.chmodSync(home.folder, 0o755);
	assert.equal((await startCommand(home, ['ingest'], who).ended).exitCode, 0);
	assert.deepEqual(threadsIn(home), [...others, idOf(90)]);
});
