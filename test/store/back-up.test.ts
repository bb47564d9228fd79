import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import Database from 'better-sqlite3';
import {UserError} from '../../source/model/problem.js';
import {backUp} from '../../source/store/sqlite/back-up.js';
import {annotationsPath, archivePath} from '../../source/store/sqlite/database.js';
import {meta, rolloutOf, sampleRollouts, threadId} from '../helpers/rollout.js';
import {Home, idOf, logName, rawOf, retold} from '../ingest/home.js';

const samples = sampleRollouts();
const sample = samples['era C legacy'] as Buffer;
const options = {replaces: false};

const backupFile = (home: Home): string => path.join(path.dirname(home.folder), 'backup.db');

/** A home with one log that was read. */
const readHome = async (t: TestContext): Promise<Home> => {
	const home = new Home(t);
	home.write(logName(threadId), sample);
	await home.ingest();
	return home;
};

const refusal = async (promise: Promise<unknown>): Promise<UserError> => {
	const error = await promise.then(
		() => undefined,
		(error: unknown) => error,
	);
	assert.ok(error instanceof UserError, String(error));
	return error;
};

/** Puts a backup back as docs/backup.md says, after everything else was lost. */
const restore = (home: Home): void => {
	for (const file of [home.database, archivePath(home.database)]) {
		for (const ending of ['', '-wal', '-shm']) {
			fs.rmSync(file + ending, {force: true});
		}
	}

	fs.rmSync(home.folder, {recursive: true});
	fs.mkdirSync(home.folder);
	fs.copyFileSync(backupFile(home), archivePath(home.database));
};

const keepIngesting = fileURLToPath(new URL('keep-ingesting.ts', import.meta.url));

test('a backup made while another process writes gives everything back', {timeout: 60_000}, async t => {
	const home = new Home(t);
	const logs = new Map(
		Object.keys(samples).map((title, at) => [idOf(at + 10), retold(samples[title] as Buffer, idOf(at + 10))]),
	);
	for (const [id, bytes] of logs) {
		home.write(bytes.includes('"items"') ? logName(id).replace('jsonl', 'json') : logName(id), bytes);
	}

	const growing = home.write(logName(idOf(9)), rolloutOf([meta({id: idOf(9)})]));
	await home.ingest();
	const expected = new Map<string, Buffer>();
	const before = await home.store();
	for (const {id, threadId: thread} of await before.listSessions({limit: 100})) {
		if (thread !== idOf(9)) {
			expected.set(thread, await rawOf(before, id));
		}
	}

	assert.equal(expected.size, logs.size);
	const writer = spawn(process.execPath, ['--import', 'tsx', keepIngesting, home.folder, home.database, growing]);
	let rounds = 0;
	writer.stdout.on('data', (text: Buffer) => {
		rounds = Number(text.toString().trim().split('\n').at(-1));
	});
	await once(writer.stdout, 'data');
	const first = rounds;
	let copies = 0;
	while (rounds < first + 5) {
		await backUp(home.database, backupFile(home), {replaces: true});
		copies++;
	}

	writer.stdin.end();
	const [code] = (await once(writer, 'exit')) as [number];
	assert.deepEqual([code, copies > 1], [0, true]);
	const grown = fs.readFileSync(growing);

	await before.close();
	restore(home);
	await home.ingest();
	const store = await home.store();
	const sessions = await store.listSessions({limit: 100});
	assert.deepEqual(new Set(sessions.map(session => session.threadId)), new Set([...expected.keys(), idOf(9)]));
	for (const {id, threadId: thread, gone} of sessions) {
		const bytes = await rawOf(store, id);
		assert.notEqual(gone, null);
		if (thread === idOf(9)) {
			assert.ok(
				bytes.length > 30_000 && grown.subarray(0, bytes.length).equals(bytes),
				'a beginning of the log that grew',
			);
			assert.ok((await store.listPrompts(id)).length >= first);
		} else {
			assert.ok(expected.get(thread)?.equals(bytes), thread);
		}
	}
});

test('the copy is one private file, sound and of its own', async t => {
	const home = await readHome(t);
	const file = backupFile(home);
	const shares: number[] = [];
	const backup = await backUp(home.database, file, {...options, onProgress: share => shares.push(share)});
	assert.deepEqual(backup, {
		path: file,
		bytes: fs.statSync(file).size,
		logs: 1,
		logBytes: sample.length,
		annotations: null,
		key: null,
	});
	assert.equal(fs.statSync(file).mode & 0o777, 0o600);
	assert.deepEqual(
		fs.readdirSync(path.dirname(file)).filter(name => name.startsWith('backup')),
		['backup.db'],
	);
	const db = new Database(file, {readonly: true});
	assert.equal(db.pragma('journal_mode', {simple: true}), 'delete');
	assert.equal(db.pragma('integrity_check', {simple: true}), 'ok');
	db.close();
	assert.ok(shares.every(share => share >= 0 && share <= 1));
});

test('what people added is copied to a file beside it, and comes back from there', async t => {
	const home = await readHome(t);
	const store = await home.store();
	await store.annotations.tag([threadId], {add: ['tides'], remove: []});
	const file = backupFile(home);
	const beside = file.replace('.db', '.annotations.db');
	const {annotations} = await backUp(home.database, file, options);
	assert.deepEqual(annotations, {path: beside, bytes: fs.statSync(beside).size});
	assert.equal(fs.statSync(beside).mode & 0o777, 0o600);
	const db = new Database(beside, {readonly: true});
	assert.equal(db.pragma('journal_mode', {simple: true}), 'delete');
	db.close();
	await store.annotations.tag([threadId], {add: ['later'], remove: []});
	await store.close();
	const {message} = await refusal(backUp(home.database, path.join(path.dirname(file), 'backup.sqlite'), options));
	assert.match(message, /backup\.annotations\.db is there already/);
	assert.equal(fs.existsSync(path.join(path.dirname(file), 'backup.sqlite')), false, 'neither or both');
	restore(home);
	for (const ending of ['', '-wal', '-shm']) {
		fs.rmSync(annotationsPath(home.database) + ending, {force: true});
	}

	fs.copyFileSync(beside, annotationsPath(home.database));
	await home.ingest();
	assert.deepEqual((await (await home.store()).annotations.sessions()).get(threadId)?.tags, ['tides']);
});

test('a file that is there is replaced only when asked, with what lies beside it', async t => {
	const home = await readHome(t);
	const file = backupFile(home);
	fs.writeFileSync(file, 'letters');
	const {message, exitCode} = await refusal(backUp(home.database, file, options));
	assert.deepEqual(
		[message, exitCode],
		[`${file} is there already. Name another file, or replace it with --force.`, 2],
	);
	assert.equal(fs.readFileSync(file, 'utf8'), 'letters');
	fs.writeFileSync(`${file}-wal`, 'of another database');
	await backUp(home.database, file, {replaces: true});
	assert.equal(fs.readFileSync(file).subarray(0, 15).toString(), 'SQLite format 3');
	assert.equal(fs.existsSync(`${file}-wal`), false);
});

test('places that cannot take a copy are sentences, and nothing is left behind', async t => {
	const home = await readHome(t);
	const folder = path.dirname(home.folder);
	const before = fs.readdirSync(folder);
	const refused = async (file: string, free?: () => number): Promise<string> =>
		(await refusal(backUp(home.database, file, {replaces: true}, free))).message;
	assert.equal(
		await refused(path.join(folder, 'none', 'backup.db')),
		`There is no folder ${path.join(folder, 'none')}. Make it, or name a file somewhere else.`,
	);
	assert.match(await refused(folder), /is no file\. Name a file, such as .*codex-tui\.backup\.db\.$/);
	for (const own of [home.database, archivePath(home.database)]) {
		assert.match(await refused(own), /is the database itself/);
	}

	assert.match(
		await refused(backupFile(home), () => 4096),
		/^The copy takes 0\.\d MB, but only 0\.0 MB are free in .*\. Make room, or name a file on another disk\.$/,
	);
	const full = Object.assign(new Error('no space left on device'), {code: 'ENOSPC'});
	assert.match(
		await refused(backupFile(home), () => {
			throw full;
		}),
		/^The disk of .*backup\.db is full\. Make room/,
	);
	assert.deepEqual(fs.readdirSync(folder), before);
});

test('without an archive there is nothing to copy', async t => {
	const home = new Home(t);
	const {message, exitCode} = await refusal(backUp(home.database, backupFile(home), options));
	assert.match(message, /^There is no archive at .* yet\. Read logs first/);
	assert.equal(exitCode, 1);
	assert.equal(fs.existsSync(archivePath(home.database)), false);
});

test('the copy of a damaged archive is not kept', async t => {
	const home = await readHome(t);
	const archive = archivePath(home.database);
	const handle = fs.openSync(archive, 'r+');
	fs.writeSync(handle, Buffer.alloc(8192, 0x5a), 0, 8192, 8192 * 2);
	fs.closeSync(handle);
	const {message} = await refusal(backUp(home.database, backupFile(home), options));
	assert.match(message, /^The archive .* is damaged \(.*\), so its copy was not kept\. See codex-tui doctor\.$/);
	assert.equal(fs.existsSync(backupFile(home)), false);
});

test('a copy that is stopped leaves nothing behind', async t => {
	const home = await readHome(t);
	const folder = path.dirname(home.folder);
	const before = fs.readdirSync(folder);
	fs.writeFileSync(backupFile(home), 'an older copy');
	const signal = AbortSignal.abort();
	const {message} = await refusal(backUp(home.database, backupFile(home), {replaces: true, signal}));
	assert.equal(message, 'Stopped before the copy was whole. Nothing was written.');
	assert.deepEqual(fs.readdirSync(folder).toSorted(), [...before, 'backup.db'].toSorted());
	assert.equal(fs.readFileSync(backupFile(home), 'utf8'), 'an older copy');
});

test('what is no archive is said to be none', async t => {
	const home = await readHome(t);
	const archive = archivePath(home.database);
	fs.writeFileSync(archive, 'letters '.repeat(2000));
	const {message} = await refusal(backUp(home.database, backupFile(home), options));
	assert.equal(message, `${archive} is not a database. Give another file with --database.`);
});
