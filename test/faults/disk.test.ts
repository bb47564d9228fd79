import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import Database from 'better-sqlite3';
import {codex} from '../../source/formats/codex/index.js';
import {archivePath} from '../../source/store/sqlite/database.js';
import {openStore} from '../../source/store/sqlite/open.js';
import {legacyTurn, meta, rolloutOf, sampleRollouts} from '../helpers/rollout.js';
import {
	assertSameContent,
	assertSound,
	contentOf,
	Home,
	idOf,
	logName,
	presentContent,
	query,
	retold,
	temporaryFolder,
} from '../ingest/home.js';
import {faultRounds} from './child.js';
import {cannotMount, Drive} from './drive.js';
import {becomesSo, isRoot, nobody, startCommand, startWatching} from './program.js';

const sample = sampleRollouts()['era C legacy'] as Buffer;

/** Text that cannot be compressed much. */
const noise = (seed: number, length: number): string => {
	let state = seed;
	return Array.from({length}, () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return String.fromCharCode(33 + (state % 58));
	})
		.join('')
		.replaceAll(/["\\]/g, '_');
};

/** A small session, and ten of about 300 kB. */
const fill = (home: Home): void => {
	home.write(logName(idOf(2), '2026-02-20'), retold(sample, idOf(2), '2026-02-20'));
	for (let n = 10; n < 20; n++) {
		const turns = Array.from({length: 10}, (_, at) =>
			legacyTurn(`${n} asks ${at}?`, noise(n * 100 + at, 15_000), at, at),
		);
		home.write(logName(idOf(n), `2026-02-${n}`), rolloutOf([meta({id: idOf(n)}), ...turns.flat()]));
	}
};

/** All that can be compared of a database that took more than one start to fill. */
const contentIn = (database: string) => {
	const {blocks = []} = contentOf(database);
	return {...presentContent(database), blocks};
};

const expectedOf = async (home: Home) => {
	const database = home.otherDatabase('undisturbed');
	await home.ingest({database});
	return contentIn(database);
};

const sizeInKB = (database: string): number =>
	(fs.statSync(database).size + fs.statSync(archivePath(database)).size) / 1024;

const fullWords =
	/The disk is full: \S+ cannot grow\. Make room on it, or give another file with --database; what was stored before is kept\./;

test('ingest on a full disk says so, keeps what was stored, and is completed when there is room', {
	skip: cannotMount,
}, async t => {
	const home = new Home(t);
	fill(home);
	const expected = await expectedOf(home);
	// Full in the middle of the archive, of the structure, and before anything could be made.
	const some = Array.from({length: faultRounds(0, 60)}, () => 0.1 + 0.7 * Math.random());
	const whole = sizeInKB(home.otherDatabase('undisturbed'));
	const sizes = [24, ...[0.9, 0.6, 0.3, ...some].map(share => share * whole)];
	for (const size of sizes.map(kB => `${Math.floor(kB)}k`)) {
		const drive = new Drive(t, size);
		const database = path.join(drive.folder, 'sessions.db');
		const {exitCode, stderr} = await startCommand(home, ['ingest'], {database}).ended;
		assert.equal(exitCode, 1, `${size}: ${stderr}`);
		assert.match(stderr, fullWords, size);
		assert.equal(stderr.split('\n').length, 2, 'one line');
		drive.remount('size=64m');
		if (fs.existsSync(archivePath(database))) {
			assertSound(database);
		}

		assert.equal((await startCommand(home, ['ingest'], {database}).ended).exitCode, 0);
		assertSound(database);
		assertSameContent(contentIn(database), expected);
	}
});

test('an explorer whose disk is full says so and goes on by itself when there is room', {
	skip: cannotMount,
}, async t => {
	const home = new Home(t);
	fill(home);
	const drive = new Drive(t, '3m');
	const database = path.join(drive.folder, 'sessions.db');
	const watching = startWatching(home, {database});
	t.after(() => watching.stop());
	assert.ok(await becomesSo(() => watching.failure() !== undefined));
	assert.match(watching.failure() ?? '', new RegExp(`^Reading waits: ${fullWords.source}$`));
	const store = await openStore(database, codex);
	t.after(() => store.close());
	await store.listSessions({limit: 5});
	drive.remount('size=64m');
	assert.ok(await becomesSo(() => watching.failure() === undefined && watching.phase() === 'watching'));
	await watching.stop();
	assertSameContent(contentIn(database), await expectedOf(home));
});

test('on a disk that has filled up, what was read can still be listed', {skip: cannotMount}, async t => {
	const home = new Home(t);
	home.write(logName(idOf(2)), retold(sample, idOf(2)));
	const drive = new Drive(t, '8m');
	const database = path.join(drive.folder, 'sessions.db');
	await home.ingest({database});
	const before = fs.readFileSync(archivePath(database));
	home.write(logName(idOf(3)), retold(sample, idOf(3)));
	drive.fill();
	const {exitCode, stdout, stderr} = await startCommand(home, ['sessions', '--json'], {database}).ended;
	assert.equal(exitCode, 0, stderr);
	assert.match(stderr, new RegExp(`^${fullWords.source} This is what it held before\\.\\n$`));
	assert.match(stdout, new RegExp(idOf(2)));
	drive.empty();
	const after = await startCommand(home, ['sessions', '--json'], {database}).ended;
	assert.deepEqual([after.exitCode, after.stderr], [0, '']);
	assert.match(after.stdout, new RegExp(idOf(3)));
	assert.ok(fs.statSync(archivePath(database)).size >= before.length);
	assertSound(database);
});

/** Makes the database's folder one that cannot be written, in the way that works here; answers how to undo it. */
const lockFolder = (t: TestContext): {folder: string; lock: () => void; unlock: () => void} => {
	if (cannotMount === false) {
		const drive = new Drive(t, '16m');
		return {folder: drive.folder, lock: () => drive.remount('ro'), unlock: () => drive.remount('rw')};
	}

	const folder = fs.mkdtempSync(path.join(process.env['TMPDIR'] ?? '/tmp', 'codex-tui-test-'));
	const chmod = (mode: number) => (): void => {
		for (const name of fs.readdirSync(folder)) {
			fs.chmodSync(path.join(folder, name), mode & 0o666);
		}

		fs.chmodSync(folder, mode);
	};
	const unlock = chmod(0o755);
	t.after(() => {
		unlock();
		fs.rmSync(folder, {recursive: true, force: true});
	});
	return {folder, lock: chmod(0o555), unlock};
};

const isWindows = process.platform === 'win32' && 'modes are a POSIX matter';

test('a database that cannot be written can be browsed, with a sentence, and is written again when it can be', {
	skip: isWindows,
}, async t => {
	const home = new Home(t);
	home.write(logName(idOf(2)), retold(sample, idOf(2)));
	const {folder, lock, unlock} = lockFolder(t);
	const database = path.join(folder, 'sessions.db');
	await home.ingest({database});
	home.write(logName(idOf(3)), retold(sample, idOf(3)));
	lock();

	const refused = await startCommand(home, ['ingest'], {database}).ended;
	assert.equal(refused.exitCode, 1);
	assert.match(
		refused.stderr,
		/^The database \S+ cannot be opened for writing \(.+\)\. Check the permissions of the file and its folder, or give another file with --database\.\n$/,
	);
	const listed = await startCommand(home, ['sessions', '--json'], {database}).ended;
	assert.equal(listed.exitCode, 0, listed.stderr);
	assert.match(listed.stderr, /cannot be opened for writing .+ This is what it held before\.\n$/);
	assert.match(listed.stdout, new RegExp(idOf(2)));
	const shown = await startCommand(home, ['show', idOf(2)], {database}).ended;
	assert.match(shown.stdout, /Which harbours have no table/);

	const store = await openStore(database, codex);
	assert.equal((await store.listSessions({limit: 5})).length, 1);
	await store.close();
	const watching = startWatching(home, {database});
	t.after(() => watching.stop());
	assert.ok(await becomesSo(() => watching.failure() !== undefined));
	assert.match(watching.failure() ?? '', /^Reading waits: The database \S+ cannot be opened for writing/);

	unlock();
	assert.ok(await becomesSo(() => watching.failure() === undefined && watching.phase() === 'watching'));
	await watching.stop();
	assert.equal(query(database, 'select count(*) as count from sessions')[0]?.['count'], 2);
	assertSound(database);
});

test('no copy of a database that cannot be written stays behind', {skip: isWindows}, async t => {
	const home = new Home(t);
	home.write(logName(idOf(2)), retold(sample, idOf(2)));
	const {folder, lock} = lockFolder(t);
	const database = path.join(folder, 'sessions.db');
	await home.ingest({database});
	lock();
	const temporary = temporaryFolder(t);
	const {exitCode, stdout} = await startCommand(home, ['sessions'], {database, env: {TMPDIR: temporary}}).ended;
	assert.equal(exitCode, 0);
	assert.match(stdout, /Which harbours/);
	assert.deepEqual(
		fs.readdirSync(temporary).filter(name => name.startsWith('codex-tui-')),
		[],
	);
});

test('a database of somebody else is a sentence', {skip: !isRoot && 'takes root to be two people'}, async t => {
	const home = new Home(t);
	await home.ingest();
	fs.chmodSync(path.dirname(home.folder), 0o755);
	fs.chmodSync(path.dirname(home.database), 0o755);
	const {exitCode, stderr} = await startCommand(home, ['sessions'], nobody).ended;
	assert.equal(exitCode, 1);
	assert.match(stderr, /The database \S+ cannot be opened for writing \(.+\)\. Check the permissions/);
	const db = new Database(home.database);
	t.after(() => db.close());
	assert.equal(db.pragma('integrity_check', {simple: true}), 'ok');
});
