import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import {test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import Database from 'better-sqlite3';
import {rederive} from '../../source/cli/rederive.js';
import {eraOf} from '../../source/formats/codex/era.js';
import {codex} from '../../source/formats/codex/index.js';
import {ingestHome} from '../../source/ingest/ingest-home.js';
import type {Health} from '../../source/store/health.js';
import {checkDatabases} from '../../source/store/sqlite/check-database.js';
import {annotationsPath, archivePath, searchPath} from '../../source/store/sqlite/database.js';
import {openStore} from '../../source/store/sqlite/open.js';
import {setIndexAside} from '../../source/store/sqlite/set-aside.js';
import {documentOf, event, legacyTurn, message, meta, paginatedTurn, rolloutOf} from '../helpers/rollout.js';
import {Home, idOf, logName} from '../ingest/home.js';

/** A session with a turn for each word, a minute apart; an empty word leaves its minute out. */
const session = (id: number, words: readonly string[], fields: Record<string, unknown> = {}): Buffer =>
	rolloutOf([
		meta({id: idOf(id), ...fields}),
		...words.flatMap((word, index) => (word === '' ? [] : legacyTurn(`${word}?`, `${word}!`, index * 60, 100))),
	]);

const healthOf = async (home: Home): Promise<Health> => {
	const store = await openStore(home.database, {...codex, eraOf});
	try {
		return await store.health();
	} finally {
		await store.close();
	}
};

test('a home where all is well has nothing to tell', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), session(1, ['tide', 'ebb']));
	await home.ingest();
	const health = await healthOf(home);
	assert.deepEqual(health.changes, []);
	assert.deepEqual(health.problems, []);
	assert.deepEqual(health.unknownKinds, []);
	assert.deepEqual(health.versions, [{version: '0.98.0', sessions: 1}]);
	const {size} = fs.statSync(home.path(logName(idOf(1))));
	assert.deepEqual(health.formats, [{container: 'jsonl', era: 'legacy', sessions: 1, files: 1, bytes: size}]);
	assert.deepEqual(health.archive, {bytes: size, pending: 0, lost: 0, unlisted: 0});
	assert.deepEqual(
		health.databases.map(({part, faults, bytes}) => [part, faults, bytes > 0]),
		[
			['index', [], true],
			['archive', [], true],
		],
	);
});

test('logs of every era and container are told apart', async t => {
	const home = new Home(t);
	const bare = rolloutOf([
		JSON.stringify({id: idOf(2), timestamp: '2025-07-01T12:00:00.000Z', instructions: 'say "payload":{} never'}),
		JSON.stringify(message('user', 'ebb?')),
	]);
	const paginated = rolloutOf(
		[meta({id: idOf(3), history_mode: 'paginated'}), ...paginatedTurn('flow?', 'flow!', 0)].map((line, ordinal) =>
			line.toString().replace('"type"', `"ordinal":${ordinal},"type"`),
		),
	);
	home.write('sessions/rollout-2025-04-20-0196c0de-0000-7000-8000-000000000001.json', documentOf([], {id: idOf(1)}));
	home.write(logName(idOf(2), '2025-07-01'), bare);
	home.write(logName(idOf(3)), paginated);
	home.write(`${logName(idOf(4), '2026-01-01')}.zst`, zstdCompressSync(session(4, ['spring'])));
	home.write(logName(idOf(5), '2026-01-02'), 'torn from the beginning');
	await home.ingest();
	const {formats} = await healthOf(home);
	assert.deepEqual(
		new Set(formats.map(({container, era, files}) => `${files} ${container} ${era}`)),
		new Set(['1 json document', '1 jsonl bare', '1 jsonl paginated', '1 jsonl.zst legacy', '1 jsonl null']),
	);
});

test('logs that changed are told with what is kept of them, the newest first', async t => {
	const home = new Home(t);
	const [rewritten, deleted] = [logName(idOf(1)), logName(idOf(2), '2026-02-04')];
	home.write(rewritten, session(1, ['tide', 'ebb']), new Date('2026-02-03'));
	home.write(deleted, session(2, ['flow', 'spring', 'neap']));
	await home.ingest();
	home.write(rewritten, session(1, ['', 'ebb'], {cwd: '/elsewhere'}), new Date('2026-02-05'));
	await home.ingest();
	await new Promise(resolve => setTimeout(resolve, 5));
	fs.rmSync(home.path(deleted));
	await home.ingest();
	const {changes, archive, logs} = await healthOf(home);
	assert.deepEqual(
		changes.map(({path, threadId, reason, prompts}) => [path, threadId, reason, prompts]),
		[
			[home.path(deleted), idOf(2), 'deleted', 3],
			[home.path(rewritten), idOf(1), 'shortened', 1],
		],
	);
	assert.deepEqual(
		logs.map(({path, isGone}) => [path, isGone]),
		[
			[home.path(rewritten), false],
			[home.path(deleted), true],
		],
	);
	assert.equal(archive.lost, 0);
	assert.equal(archive.unlisted, 0);
});

test('problems and unknown kinds are counted, each with its first place', async t => {
	const home = new Home(t);
	const file = home.write(
		logName(idOf(1)),
		rolloutOf([
			meta({id: idOf(1)}),
			event('moon_phase', {phase: 'full'}),
			'{"timestamp":"2026-02-03T10:00:01.000Z","type":"event_msg","payl',
			event('moon_phase', {phase: 'new'}),
			'no JSON',
			'no JSON either',
		]),
	);
	await home.ingest();
	const {problems, unknownKinds} = await healthOf(home);
	assert.deepEqual(unknownKinds, [{what: 'event_msg moon_phase', count: 2, path: file, line: 2}]);
	assert.deepEqual(
		problems.map(({what, count, path, line}) => [what, count, path, line]),
		[
			['not a JSON object', 2, file, 5],
			['JSON object cut short or damaged', 1, file, 3],
		],
	);
});

test('logs that only the archive knows are entered again', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), session(1, ['tide']));
	await home.ingest();
	fs.rmSync(home.path(logName(idOf(1))));
	fs.rmSync(home.database);
	home.write(logName(idOf(2)), session(2, ['ebb']));
	await home.ingest();
	const {archive} = await healthOf(home);
	assert.equal(archive.unlisted, 0);
});

test('damage is found by the check and an index set aside stays private', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), session(1, ['tide', 'ebb']));
	await home.ingest();
	assert.deepEqual(
		checkDatabases(home.database).map(({faults}) => faults),
		[[], []],
	);
	const handle = fs.openSync(home.database, 'r+');
	fs.writeSync(handle, Buffer.alloc(8192 * 6, 0x5a), 0, 8192 * 6, 8192 * 4);
	fs.closeSync(handle);
	const [index, archive] = checkDatabases(home.database);
	assert.notDeepEqual(index?.faults, []);
	assert.ok((index?.faults.length ?? 0) <= 20);
	assert.deepEqual(archive?.faults, []);

	assert.equal(setIndexAside(home.database), `${home.database}.damaged`);
	assert.equal(fs.statSync(`${home.database}.damaged`).mode & 0o777, 0o600);
	assert.equal(fs.existsSync(home.database), false);
	fs.writeFileSync(home.database, 'this is no database at all, however long it goes on '.repeat(40));
	assert.match(checkDatabases(home.database)[0]?.faults.join() ?? '', /not a database/);
	assert.equal(setIndexAside(home.database), `${home.database}.damaged-2`);
});

test('an index in use is not set aside', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), session(1, ['tide']));
	await home.ingest();
	const store = await home.store();
	await store.totals();
	assert.throws(() => setIndexAside(home.database), /in use by another program/);
	assert.ok(fs.existsSync(home.database));
});

test('a damaged block and a damaged image of the archive are found, with the log that they hit', async t => {
	const home = new Home(t);
	const shot = randomBytes(60_000).toString('base64');
	const hit = home.write(logName(idOf(1)), session(1, ['tide', `ebb ${shot}`]));
	const whole = home.write(logName(idOf(2)), session(2, ['flow']));
	await home.ingest();
	const change = (table: string, where: string, data: string): void => {
		const db = new Database(archivePath(home.database));
		const {changes} = db.prepare(`update ${table} set data = ${data} where ${where}`).run();
		db.close();
		assert.equal(changes, 1);
	};

	const flipped = "cast(substr(data, 1, length(data) - 9) || x'5A' || substr(data, -8) as blob)";
	change('packs', 'id = 1', flipped);
	const {databases} = await healthOf(home);
	assert.deepEqual(databases[0]?.faults, []);
	assert.equal(databases[1]?.faults.length, 1);
	assert.match(databases[1]?.faults[0] ?? '', /bytes 0 to \d+ refer to pack 1, which cannot be read$/);
	assert.ok(databases[1]?.faults[0]?.startsWith(hit));

	change('blocks', "rollout_id = (select id from rollouts where path not like '%' || '1.jsonl')", flipped);
	const faults = checkDatabases(home.database)[1]?.faults ?? [];
	assert.equal(faults.length, 2);
	assert.ok(faults.some(fault => fault.startsWith(`${whole}: bytes 0 to `) && fault.includes('cannot be read')));

	// A check-up answers all the same when the logs are gone.
	fs.rmSync(hit);
	fs.rmSync(whole);
	await home.ingest();
	assert.equal((await healthOf(home)).databases[1]?.faults.length, 2);
});

test('a slice that the archive has lost is found', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), Buffer.concat([session(1, ['tide']), Buffer.alloc(1_300_000, '{"type":"x"}\n')]));
	await home.ingest();
	const db = new Database(archivePath(home.database));
	const {offset, length} = db
		.prepare('select "offset", length from blocks order by "offset" limit 1 offset 1')
		.get() as {offset: number; length: number};
	db.prepare('delete from blocks where "offset" = ?').run(offset);
	db.close();
	const faults = checkDatabases(home.database)[1]?.faults ?? [];
	assert.equal(faults.length, 2);
	assert.ok(faults[0]?.endsWith(`bytes ${offset} to ${offset + length} are missing`), faults[0]);
});

test('an archive that was lost is made anew from the logs that are there', async t => {
	const home = new Home(t);
	const bytes = session(1, ['tide', 'ebb']);
	home.write(logName(idOf(1)), bytes);
	await home.ingest();
	for (const ending of ['', '-wal', '-shm']) {
		fs.rmSync(archivePath(home.database) + ending, {force: true});
	}

	await home.ingest();
	assert.deepEqual((await healthOf(home)).archive, {bytes: bytes.length, pending: 0, lost: 0, unlisted: 0});
});

test('what people added is checked beside the others, left alone by a repair, and damage in it is told', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), session(1, ['tide']));
	await home.ingest();
	const store = await home.store();
	await store.annotations.tag([idOf(1)], {add: ['tides'], remove: []});
	await store.close();
	const file = annotationsPath(home.database);
	const [sound] = (await healthOf(home)).databases.filter(({part}) => part === 'annotations');
	assert.deepEqual({...sound, bytes: 0}, {part: 'annotations', path: file, bytes: 0, faults: []});
	const db = new Database(file);
	db.unsafeMode();
	db.pragma('writable_schema = on');
	db.exec("update sqlite_schema set rootpage = 2 where name = 'views'");
	db.close();
	const bytes = fs.readFileSync(file);
	const damaged = checkDatabases(home.database).filter(({faults}) => faults.length > 0);
	assert.deepEqual(
		damaged.map(({part}) => part),
		['annotations'],
	);
	const options = {source: {home: home.folder}, home: home.folder, batchLines: 500};
	await rederive(home.database, options, (database, more) => ingestHome({...more, database}));
	assert.ok(fs.readFileSync(file).equals(bytes));
});

test('the search database is checked beside the others, and damage in it is told', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), session(1, ['tide']));
	await home.ingest({withTexts: true});
	const file = searchPath(home.database);
	const [sound] = (await healthOf(home)).databases.filter(({part}) => part === 'search');
	assert.deepEqual({...sound, bytes: 0}, {part: 'search', path: file, bytes: 0, faults: []});
	assert.equal(sound?.bytes, fs.statSync(file).size);
	const db = new Database(file);
	db.unsafeMode();
	db.pragma('writable_schema = on');
	db.exec("update messages_data set block = x'ff' where id > 10");
	db.close();
	const damaged = checkDatabases(home.database).filter(({faults}) => faults.length > 0);
	assert.deepEqual(
		damaged.map(({part}) => part),
		['search'],
	);
});
