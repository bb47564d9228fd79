import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import Database from 'better-sqlite3';
import {archiveOf} from '../../source/store/sqlite/archive.js';
import {archivePath} from '../../source/store/sqlite/database.js';
import {
	answeredTwice,
	askedTwice,
	documentOf,
	functionCall,
	functionOutput,
	legacyTurn,
	message,
	meta,
	rolloutOf,
	sampleRollouts,
	threadId,
} from '../helpers/rollout.js';
import {
	all,
	assertSameContent,
	assertSound,
	contentOf,
	Home,
	idOf,
	logName,
	onlySession,
	query,
	rawOf,
	retold,
} from './home.js';

const name = logName(threadId);
const legacy = sampleRollouts()['era C legacy'] as Buffer;

/** Bytes of an earlier generation of a log, as the archive kept them. */
const archived = (home: Home, generation: number, key = path.basename(name)): Buffer => {
	const db = new Database(archivePath(home.database), {readonly: true});
	const id = db.prepare('select id from rollouts where key = ? and generation = ?').pluck().get(key, generation);
	const blocks = db.prepare('select sum(length) from blocks where rollout_id = ?').pluck().get(id) as number;
	const bytes = archiveOf(db).read(id as number, 0, blocks);
	db.close();
	return bytes ?? Buffer.alloc(0);
};

/** The database is as if the log had always been what it is now; generations may differ. */
const assertLikeNew = async (home: Home, title = 'fresh'): Promise<void> => {
	const fresh = home.otherDatabase(title);
	await home.ingest({database: fresh});
	const strip = ({sessions = [], prompts = [], files = [], ...content}: ReturnType<typeof contentOf>) => ({
		...content,
		blocks: [],
		sessions: sessions.map(({id: _id, ...row}) => row),
		prompts: prompts.map(({session_id: _id, ...row}) => row),
		files: files.map(({generation: _generation, session_id: _id, ...row}) => row),
	});
	assertSameContent(strip(contentOf(home.database)), strip(contentOf(fresh)));
};

const generationOf = (home: Home): unknown => query(home.database, 'select generation from files')[0]?.['generation'];

for (const [title, now] of Object.entries({
	'a shorter log': rolloutOf([meta(), ...askedTwice('Something else?', 3)]),
	'a longer log with another beginning': Buffer.concat([rolloutOf([meta({cli_version: '0.153.0'})]), legacy, legacy]),
	'a log of the same length with another beginning': Buffer.from(legacy.toString().replace('0.98.0', '0.99.9')),
	'a log with the same beginning and another end': Buffer.concat([
		legacy.subarray(0, -200),
		Buffer.from('-'.repeat(199)),
		Buffer.from('\n'),
	]),
	'the log of another thread': retold(legacy, idOf(77)),
	'an empty log': Buffer.alloc(0),
})) {
	test(`rewritten as ${title}: a new generation, nothing doubled, old bytes kept`, async t => {
		const home = new Home(t);
		home.write(name, legacy, new Date('2026-02-03T12:00:00Z'));
		await home.ingest();
		home.write(name, now, new Date('2026-02-03T13:00:00Z'));
		const {files, failures} = await home.ingest();
		assert.deepEqual(failures, []);
		assert.deepEqual(
			files.map(file => file.change),
			['rewritten'],
		);
		assert.equal(generationOf(home), 2);
		await assertLikeNew(home);
		assert.equal(archived(home, 1).equals(legacy), true);
		const store = await home.store();
		assert.equal((await rawOf(store, (await onlySession(store)).id)).equals(now), true);
		assert.deepEqual((await home.ingest()).files, []);
		assertSound(home.database);
	});
}

test('a log that is rewritten and grows is read on from there', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	await home.ingest();
	home.write(name, rolloutOf([meta(), ...legacyTurn('Else?', 'Yes.', 3, 1000)]));
	await home.ingest();
	home.append(name, rolloutOf(legacyTurn('And?', 'No.', 30, 2000)));
	const {files} = await home.ingest();
	assert.equal(files[0]?.change, 'grown');
	assert.equal(generationOf(home), 2);
	await assertLikeNew(home);
});

test('a log that vanished keeps its session', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	await home.ingest();
	const before = contentOf(home.database);
	fs.rmSync(home.path(name));
	const {failures} = await home.ingest();
	assert.deepEqual(failures, []);
	assertSameContent(contentOf(home.database), before);
});

test('moved to the archive folder and back: neither read again nor doubled', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	await home.ingest();
	const archivedName = `archived_sessions/${path.basename(name)}`;
	fs.mkdirSync(home.path('archived_sessions'));
	fs.renameSync(home.path(name), home.path(archivedName));
	const {files, bytes} = await home.ingest();
	assert.deepEqual([files[0]?.change, bytes], ['moved', 0]);
	const store = await home.store();
	const session = await onlySession(store);
	assert.equal(session.archived, true);
	assert.deepEqual(
		(await store.sourceFiles(session.id)).map(file => file.path),
		[home.path(archivedName)],
	);
	assert.equal((await rawOf(store, session.id)).equals(legacy), true);
	await assertLikeNew(home);

	fs.renameSync(home.path(archivedName), home.path(name));
	await home.ingest();
	assert.equal((await onlySession(await home.store())).archived, false);
	assert.equal(generationOf(home), 1);
	assert.deepEqual((await home.ingest()).files, []);
});

test('moved and grown at once', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	await home.ingest();
	const archivedName = `archived_sessions/${path.basename(name)}`;
	fs.mkdirSync(home.path('archived_sessions'));
	fs.renameSync(home.path(name), home.path(archivedName));
	const more = rolloutOf(answeredTwice('One more thing.', 90));
	home.append(archivedName, more);
	const {files, bytes} = await home.ingest();
	assert.deepEqual([files[0]?.change, bytes], ['grown', more.length]);
	await assertLikeNew(home);
});

test('compressed with its time kept, then expanded: neither read again nor lost', async t => {
	const home = new Home(t);
	const at = new Date('2026-02-03T12:00:00Z');
	home.write(name, legacy, at);
	await home.ingest();
	const session = await onlySession(await home.store());
	home.write(`${name}.zst`, zstdCompressSync(legacy), at);
	assert.deepEqual((await home.ingest()).files, [], 'both exist: the plain one stands');
	fs.rmSync(home.path(name));
	const {files, bytes} = await home.ingest();
	assert.deepEqual([files[0]?.change, bytes], ['moved', 0]);
	const store = await home.store();
	assert.deepEqual(await onlySession(store), session);
	assert.equal((await store.sourceFiles(session.id))[0]?.format, 'jsonl.zst');
	assert.equal((await rawOf(store, session.id)).equals(legacy), true);
	assert.deepEqual((await home.ingest()).files, []);

	const more = rolloutOf(answeredTwice('Resumed.', 90));
	home.write(name, Buffer.concat([legacy, more]));
	fs.rmSync(home.path(`${name}.zst`));
	const resumed = await home.ingest();
	assert.deepEqual([resumed.files[0]?.change, resumed.bytes], ['grown', more.length]);
	assert.equal(generationOf(home), 1);
	await assertLikeNew(home);
});

test('compressed at another time is known by its content', async t => {
	const home = new Home(t);
	home.write(name, legacy, new Date('2026-02-03T12:00:00Z'));
	await home.ingest();
	home.write(`${name}.zst`, zstdCompressSync(legacy), new Date('2026-02-13T12:00:00Z'));
	fs.rmSync(home.path(name));
	const {bytes} = await home.ingest();
	assert.equal(bytes, 0);
	assert.equal(generationOf(home), 1);
	assert.equal((await onlySession(await home.store())).promptCount, 2);
});

test('a home with compressed logs only is read as if they were plain', async t => {
	const home = new Home(t);
	const samples = [sampleRollouts()['era C legacy'], sampleRollouts()['era D paginated']] as Buffer[];
	for (const [index, bytes] of samples.entries()) {
		const day = `2026-02-0${index + 3}`;
		home.write(`${logName(idOf(index + 1), day)}.zst`, zstdCompressSync(retold(bytes, idOf(index + 1), day)));
	}

	assert.deepEqual((await home.ingest()).failures, []);
	const store = await home.store();
	const sessions = await store.listSessions({limit: 5});
	assert.deepEqual(
		sessions.map(session => [session.threadId, session.promptCount]),
		[
			[idOf(2), 2],
			[idOf(1), 2],
		],
	);
	for (const [index, bytes] of samples.entries()) {
		const [session] = await store.findSessions(idOf(index + 1));
		assert.equal(
			(await rawOf(store, session?.id ?? 0)).equals(retold(bytes, idOf(index + 1), `2026-02-0${index + 3}`)),
			true,
		);
	}
});

test('a compressed log whose last line is torn, and its plain continuation', async t => {
	const home = new Home(t);
	home.write(`${name}.zst`, zstdCompressSync(legacy.subarray(0, -100)));
	await home.ingest();
	assert.deepEqual(
		(await all((await home.store()).problems())).map(({reason}) => reason),
		['unfinished last line'],
	);
	home.write(name, legacy);
	await home.ingest();
	fs.rmSync(home.path(`${name}.zst`));
	await assertLikeNew(home);
});

test('a document saved again with more items', async t => {
	const home = new Home(t);
	const log = `sessions/rollout-2025-04-20-${threadId}.json`;
	const items = [
		message('user', 'Which harbours have no table?'),
		functionCall('shell', {cmd: ['ls']}, 'c1'),
		functionOutput('c1', '{"output":"brest.csv","metadata":{"exit_code":0}}'),
		message('assistant', 'Only Brest has one.'),
	];
	const versions = [1, 3, 4].map(count => documentOf(items.slice(0, count)));
	versions.push(documentOf([...items, message('user', 'Add Saint-Malo.'), message('assistant', 'Added.')]));
	for (const version of versions) {
		home.write(log, version);
		assert.deepEqual((await home.ingest()).failures, []);
		const store = await home.store();
		const session = await onlySession(store);
		assert.equal((await rawOf(store, session.id)).equals(version), true);
		await assertLikeNew(home, `fresh-${version.length}`);
	}

	const session = await onlySession(await home.store());
	assert.deepEqual(
		[session.title, session.promptCount, session.toolCallCount],
		['Which harbours have no table?', 2, 1],
	);
	const key = path.basename(log);
	assert.equal(archived(home, 1, key).equals(versions[0] as Buffer), true);
	assert.deepEqual((await home.ingest()).files, []);
});

test('a document that is cut short is read as far as it goes, then whole', async t => {
	const home = new Home(t);
	const log = `sessions/rollout-2025-04-20-${threadId}.json`;
	const whole = sampleRollouts()['era A document'] as Buffer;
	home.write(log, whole.subarray(0, whole.length - 150));
	assert.deepEqual((await home.ingest()).failures, []);
	const session = await onlySession(await home.store());
	assert.equal(session.problemCount, 1);
	assert.equal(session.title, 'Which harbours have no table?');
	home.write(log, whole);
	await home.ingest();
	assert.equal((await onlySession(await home.store())).problemCount, 0);
	await assertLikeNew(home);
});

test('a document that is none is one problem', async t => {
	const home = new Home(t);
	home.write(`sessions/rollout-2025-04-20-${threadId}.json`, '[1, 2, 3]\n');
	await home.ingest();
	assert.equal((await onlySession(await home.store())).problemCount, 1);
});

test('a log that vanishes between being found and being read is a failure of its own', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	home.write(logName(idOf(2), '2026-02-02'), retold(legacy, idOf(2), '2026-02-02'));
	const {failures, files} = await home.ingest({
		onProgress({phase}) {
			if (phase === 'reading') {
				fs.rmSync(home.path(name), {force: true});
			}
		},
	});
	assert.deepEqual(failures, [{path: home.path(name), reason: 'gone before it could be read'}]);
	assert.equal(files.length, 1);
	const session = await onlySession(await home.store());
	assert.equal(session.threadId, idOf(2));
	home.write(name, legacy);
	assert.deepEqual((await home.ingest()).failures, []);
	assert.equal((await (await home.store()).listSessions({limit: 5})).length, 2);
});

test('a log that vanishes before it is archived is a failure, and keeps its rows', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	const {failures} = await home.ingest({
		onProgress({phase}) {
			if (phase === 'archiving') {
				fs.rmSync(home.path(name), {force: true});
			}
		},
	});
	assert.deepEqual(failures, [{path: home.path(name), reason: 'gone before it could be read'}]);
	assert.equal((await onlySession(await home.store())).promptCount, 2);
});

test('a log turned into a folder is a failure', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	const {failures} = await home.ingest({
		onProgress({phase}) {
			if (phase === 'reading') {
				fs.rmSync(home.path(name), {force: true});
				fs.mkdirSync(home.path(name), {recursive: true});
			}
		},
	});
	assert.equal(failures.length, 1);
	assert.equal(failures[0]?.path, home.path(name));
});

const isRoot = process.getuid?.() === 0;
const cannotLock = process.platform === 'win32' ? 'modes are a POSIX matter' : isRoot && 'root may read everything';

test('a log that may not be read is a failure, and read once it may', {skip: cannotLock}, async t => {
	const home = new Home(t);
	home.write(name, legacy);
	fs.chmodSync(home.path(name), 0);
	assert.deepEqual((await home.ingest()).failures, [{path: home.path(name), reason: 'permission denied'}]);
	fs.chmodSync(home.path(name), 0o600);
	assert.deepEqual((await home.ingest()).failures, []);
	assert.equal((await onlySession(await home.store())).promptCount, 2);
});

test('a link to itself is a failure, the logs beside it are read', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	const loop = home.path(logName(idOf(2)));
	fs.symlinkSync(loop, loop);
	const {failures, files} = await home.ingest();
	assert.deepEqual(failures, [{path: loop, reason: 'a link that points back at itself'}]);
	assert.equal(files.length, 1);
});

test('a damaged compressed log is a failure each time, and takes no more room each time', async t => {
	const home = new Home(t);
	const lines = Array.from({length: 120}, (_, at) =>
		legacyTurn(`${at} ${'~'.repeat(7000)}`, 'Yes.', at, 1000 + at * 10),
	);
	const bytes = zstdCompressSync(rolloutOf([meta(), ...lines.flat()]));
	home.write(`${name}.zst`, bytes.subarray(0, -20));
	home.write(logName(idOf(2), '2026-02-02'), retold(legacy, idOf(2), '2026-02-02'));
	const sizes: number[] = [];
	for (let round = 0; round < 3; round++) {
		const {failures} = await home.ingest({batchLines: 50});
		assert.deepEqual([...new Set(failures.map(failure => failure.path))], [home.path(`${name}.zst`)]);
		sizes.push(fs.statSync(archivePath(home.database)).size);
	}

	assert.deepEqual(new Set(sizes).size, 1, `archive: ${sizes.join(', ')} bytes`);
	home.write(`${name}.zst`, bytes);
	assert.deepEqual((await home.ingest()).failures, []);
	assert.equal((await (await home.store()).findSessions(threadId))[0]?.promptCount, 120);
});

test('a copy of the same rollout beside it is read once', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	home.write(`archived_sessions/${path.basename(name)}`, legacy);
	fs.mkdirSync(home.path('sessions/2025'));
	fs.linkSync(home.path(name), home.path(`sessions/2025/${path.basename(name)}`));
	fs.symlinkSync(home.path('sessions'), home.path('sessions/loop'));
	const {failures} = await home.ingest();
	assert.deepEqual(failures, []);
	assert.equal((await onlySession(await home.store())).promptCount, 2);
});

test('nothing is written under the home', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	home.write('auth.json', 'never read');
	const listing = (): string[] =>
		(fs.readdirSync(home.folder, {recursive: true}) as string[]).map(entry => {
			const stat = fs.statSync(home.path(entry));
			return `${entry} ${stat.size} ${stat.mtimeMs}`;
		});
	const before = listing();
	await home.ingest();
	await all((await home.store()).rawLines(1));
	assert.deepEqual(listing(), before);
});
