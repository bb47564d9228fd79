import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import {archivePath} from '../../source/store/sqlite/database.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import type {EventDetail, Store} from '../../source/store/store.js';
import {
	answeredTwice,
	askedTwice,
	documentOf,
	functionCall,
	functionOutput,
	item,
	legacyTurn,
	message,
	meta,
	rolloutOf,
	sampleRollouts,
	threadId,
} from '../helpers/rollout.js';
import {
	all,
	archivedBytes,
	assertSameContent,
	assertSound,
	contentOf,
	Home,
	idOf,
	logName,
	onlySession,
	presentContent,
	query,
	rawOf,
	retold,
} from './home.js';

const isRoot = process.getuid?.() === 0;
const cannotLock = process.platform === 'win32' ? 'modes are a POSIX matter' : isRoot && 'root may read everything';

const name = logName(threadId);
const legacy = sampleRollouts()['era C legacy'] as Buffer;

const archived = (home: Home, generation: number, key = path.basename(name)): Buffer =>
	archivedBytes(home, generation, key);

/** What is present is as if the log had always been what it is now. */
const assertLikeNew = async (home: Home, title = 'fresh'): Promise<void> => {
	const fresh = home.otherDatabase(title);
	await home.ingest({database: fresh});
	const {sessions: _, ...present} = presentContent(home.database);
	const {sessions: __, ...expected} = presentContent(fresh);
	assertSameContent(present, expected);
};

const generationOf = (home: Home): unknown =>
	query(home.database, 'select generation from files where superseded_at is null')[0]?.['generation'];

/** Prompts as the list and the JSON document have them: what was asked, and why it is gone. */
const listed = async (store: Store, id: number): Promise<[string, string | null][]> => {
	const list = (await store.listPrompts(id)).map(
		({title, gone}) => [title, gone?.reason ?? null] satisfies [string, string | null],
	);
	const told = (await all(store.prompts(id))).map(({text, gone}) => [text, gone?.reason ?? null]);
	assert.deepEqual(told, list);
	return list;
};

/** Every event of a session, by id. */
const eventsOf = async (store: Store, id: number): Promise<Map<number, EventDetail | undefined>> => {
	const found = new Map<number, EventDetail | undefined>();
	for (const promptId of ['prelude' as const, ...(await store.listPrompts(id)).map(prompt => prompt.id)]) {
		for (const event of await store.eventIds({sessionId: id, promptId})) {
			found.set(event, await store.event(event));
		}
	}

	return found;
};

const harbours = 'Which harbours have no table?';
const saintMalo = 'Add Saint-Malo.';
const bothPresent: [string, string | null][] = [
	[harbours, null],
	[saintMalo, null],
];

type Rewritten = {now: Buffer; listed: [string, string | null][]};

for (const [title, {now, listed: expected}] of Object.entries<Rewritten>({
	'a shorter log': {
		now: rolloutOf([meta(), ...askedTwice('Something else?', 3)]),
		listed: [
			[harbours, 'shortened'],
			['Something else?', null],
			[saintMalo, 'shortened'],
		],
	},
	'a longer log with another beginning': {
		now: Buffer.concat([
			rolloutOf([meta({cli_version: '0.153.0'})]),
			legacy,
			rolloutOf(legacyTurn('Else?', 'No.', 40, 3000)),
		]),
		listed: [...bothPresent, ['Else?', null]],
	},
	'a log of the same length with another beginning': {
		now: Buffer.from(legacy.toString().replace('0.98.0', '0.99.9')),
		listed: bothPresent,
	},
	'a log with the same beginning and another end': {
		now: Buffer.concat([legacy.subarray(0, -300), Buffer.from('-'.repeat(299)), Buffer.from('\n')]),
		// The version that has the whole of a turn tells it.
		listed: [
			[harbours, null],
			[saintMalo, 'rewritten'],
		],
	},
	'an empty log': {
		now: Buffer.alloc(0),
		listed: [
			[harbours, 'shortened'],
			[saintMalo, 'shortened'],
		],
	},
})) {
	test(`rewritten as ${title}: nothing doubled, nothing lost, old bytes kept`, async t => {
		const home = new Home(t);
		home.write(name, legacy, new Date('2026-02-03T12:00:00Z'));
		await home.ingest();
		const first = await home.store();
		const before = await onlySession(first);
		const events = await eventsOf(first, before.id);
		assert.ok(events.size >= 10);
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
		const session = await onlySession(store);
		assert.deepEqual(await listed(store, session.id), expected);
		assert.equal(session.promptCount, expected.length);
		assert.ok(session.usage.totalTokens >= before.usage.totalTokens, 'what was spent stays spent');
		assert.equal(session.gone, null);
		for (const [id, event] of events) {
			assert.deepEqual(await store.event(id), event, `event ${id}`);
		}

		assert.equal((await rawOf(store, session.id)).equals(now), true);
		assert.deepEqual((await home.ingest()).files, []);
		assert.deepEqual(await listed(store, session.id), expected);
		assertSound(home.database);
	});
}

test('rewritten as the log of another thread: the first keeps what it told', async t => {
	const home = new Home(t);
	home.write(name, legacy, new Date('2026-02-03T12:00:00Z'));
	await home.ingest();
	const before = await onlySession(await home.store());
	const now = retold(legacy, idOf(77));
	home.write(name, now, new Date('2026-02-03T13:00:00Z'));
	assert.deepEqual((await home.ingest()).failures, []);
	await assertLikeNew(home);
	const store = await home.store();
	const sessions = await store.listSessions({limit: 10});
	assert.deepEqual(new Set(sessions.map(session => session.threadId)), new Set([threadId, idOf(77)]));
	assert.deepEqual(await listed(store, before.id), [
		[harbours, 'rewritten'],
		[saintMalo, 'rewritten'],
	]);
	const other = sessions.find(session => session.threadId === idOf(77));
	assert.ok(other);
	assert.deepEqual(await listed(store, other.id), [
		[`77: ${harbours}`, null],
		[`77: ${saintMalo}`, null],
	]);
	assert.deepEqual((await store.session(before.id))?.usage, before.usage);
	assert.deepEqual(other.usage, before.usage);
	assert.equal((await rawOf(store, other.id)).equals(now), true);
	assertSound(home.database);
});

test('rewritten shorter, longer and as it was: each prompt once, tokens never fewer', async t => {
	const home = new Home(t);
	const versions = {
		original: legacy,
		shorter: rolloutOf([meta(), ...legacyTurn(harbours, 'Only Brest has one.', 1, 1000)]),
		longer: rolloutOf([
			meta({cli_version: '0.153.0'}),
			...legacyTurn(harbours, 'Only Brest has one.', 1, 1000),
			...legacyTurn('Add Roscoff.', 'Added.', 30, 2000),
			...legacyTurn('Add Morlaix.', 'Added.', 50, 5000),
		]),
	};
	const gone = (reason: string): [string, string][] => [[saintMalo, reason]];
	const more: [string, string | null][] = [
		['Add Roscoff.', null],
		['Add Morlaix.', null],
	];
	const steps: [Buffer, [string, string | null][], number][] = [
		[versions.original, bothPresent, 2200],
		[versions.shorter, [[harbours, null], ...gone('shortened')], 2200],
		[versions.longer, [[harbours, null], ...gone('shortened'), ...more], 5500],
		[versions.original, [...bothPresent, ...more.map(([text]): [string, string] => [text, 'shortened'])], 5500],
		[versions.longer, [[harbours, null], ...gone('rewritten'), ...more], 5500],
	];
	for (const [index, [bytes, expected, tokens]] of steps.entries()) {
		home.write(name, bytes);
		assert.deepEqual((await home.ingest()).failures, []);
		const store = await home.store();
		const session = await onlySession(store);
		assert.deepEqual(await listed(store, session.id), expected, `step ${index + 1}`);
		assert.equal(session.promptCount, expected.length);
		assert.equal(session.toolCallCount, expected.length);
		assert.equal(session.usage.totalTokens, tokens, `tokens of step ${index + 1}`);
		const used = (await store.usage({})).reduce((sum, entry) => sum + entry.usage.totalTokens, 0);
		assert.equal(used, tokens, `usage of step ${index + 1}`);
		assert.equal(generationOf(home), index + 1);
		assert.equal(archived(home, index + 1).equals(bytes), true);
		await assertLikeNew(home, `fresh-${index}`);
	}

	assertSound(home.database);
});

test('of a turn that was cut short, the longer telling is listed and counted', async t => {
	const home = new Home(t);
	const calls = (count: number): string[] =>
		Array.from({length: count}, (_, at) => [
			item(functionCall('exec_command', {cmd: `ls ${at}`}, `call-${at}`), 3 + at),
			item(functionOutput(`call-${at}`, 'Wall time: 0.2500 seconds\nProcess exited with code 0\nOutput:\nx'), 3 + at),
		]).flat();
	home.write(name, rolloutOf([meta(), ...askedTwice('tides', 1), ...calls(5), ...answeredTwice('low', 9)]));
	await home.ingest();
	home.write(name, rolloutOf([meta(), ...askedTwice('tides', 1), ...calls(2)]));
	await home.ingest();
	const store = await home.store();
	const session = await onlySession(store);
	assert.deepEqual(await listed(store, session.id), [['tides', 'shortened']]);
	const [prompt] = await store.listPrompts(session.id);
	assert.equal(prompt?.toolCallCount, 5);
	assert.equal(session.toolCallCount, 5);
	assert.equal(session.promptCount, 1);
});

test('the same words asked twice are two prompts, also of a log that was rewritten', async t => {
	const home = new Home(t);
	const log = `sessions/rollout-2025-04-20-${threadId}.json`;
	const turn = (answer: string): Record<string, unknown>[] => [message('user', 'Go on.'), message('assistant', answer)];
	home.write(log, documentOf([...turn('First.'), ...turn('Second.')]));
	await home.ingest();
	home.write(log, documentOf([...turn('First.'), message('user', 'Stop.'), message('assistant', 'Stopped.')]));
	await home.ingest();
	const store = await home.store();
	const {id} = await onlySession(store);
	const answers = (await all(store.prompts(id))).flatMap(prompt =>
		prompt.events.flatMap(event => (event.kind === 'message' ? [event.text] : [])),
	);
	assert.deepEqual(new Set(answers), new Set(['First.', 'Second.', 'Stopped.']));
	assert.equal((await store.listPrompts(id)).length, 3);
});

test('derived anew from the archive, everything is as it was', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	home.write(logName(idOf(2), '2026-02-04'), retold(legacy, idOf(2), '2026-02-04'));
	await home.ingest();
	home.write(name, rolloutOf([meta(), ...legacyTurn('Else?', 'Yes.', 3, 1000)]));
	fs.rmSync(home.path(logName(idOf(2), '2026-02-04')));
	await home.ingest();
	const before = contentOf(home.database);
	const ingest = openIngestStore(home.database);
	await ingest.forgetReaders();
	await ingest.commit();
	await ingest.close();
	assert.deepEqual((await home.ingest()).failures, []);
	const sorted = ({prompts = [], ...content}: ReturnType<typeof contentOf>) => ({
		...content,
		prompts: prompts.toSorted((a, b) => Number(a['id']) - Number(b['id'])),
	});
	assertSameContent(sorted(contentOf(home.database)), sorted(before));
});

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
	const store = await home.store();
	assert.deepEqual(await listed(store, (await onlySession(store)).id), [
		[harbours, 'shortened'],
		['Else?', null],
		[saintMalo, 'shortened'],
		['And?', null],
	]);
});

test('a turn that grows back after a rewriting is no longer gone', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	await home.ingest();
	const begun = legacy.indexOf('{"timestamp"', legacy.indexOf(saintMalo));
	home.write(name, Buffer.from(legacy.subarray(0, begun).toString().replace('0.98.0', '0.99.9')));
	await home.ingest();
	const store = await home.store();
	const {id} = await onlySession(store);
	assert.deepEqual(await listed(store, id), [
		[harbours, null],
		[saintMalo, 'shortened'],
	]);
	home.append(name, legacy.subarray(begun));
	await home.ingest();
	assert.deepEqual(await listed(store, id), bothPresent);
});

test('problems of a version that was rewritten are counted no longer', async t => {
	const home = new Home(t);
	home.write(name, Buffer.concat([legacy, Buffer.from('not a record\n')]));
	await home.ingest();
	home.write(name, legacy);
	await home.ingest();
	const store = await home.store();
	const session = await onlySession(store);
	assert.deepEqual([session.problemCount, (await all(store.problems(session.id))).length], [0, 0]);
});

test('versions of a log are one file in the totals', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	await home.ingest();
	home.write(name, legacy.subarray(0, 2000));
	await home.ingest();
	assert.equal((await (await home.store()).totals()).files, 1);
});

test('what was not archived before its log was rewritten is not told in words of the new one', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	let isRead = false;
	await home.ingest({
		onFile() {
			isRead = true;
		},
		shouldStop: () => isRead,
	});
	home.write(name, rolloutOf([meta(), ...legacyTurn('Tell me of quite other things', 'Gladly.', 60, 100)]));
	await home.ingest();
	const store = await home.store();
	const {id} = await onlySession(store);
	for (const prompt of await all(store.prompts(id))) {
		if (prompt.gone !== null) {
			assert.equal(JSON.stringify(prompt).includes('Gladly'), false, prompt.text);
		}
	}
});

test('a log that vanished keeps its session, which is no longer gone when it comes back', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	home.write(logName(idOf(2), '2026-02-04'), retold(legacy, idOf(2), '2026-02-04'));
	await home.ingest();
	const content = contentOf(home.database);
	const regardlessOfGone = ({files = [], sessions = [], ...content}: ReturnType<typeof contentOf>) => ({
		...content,
		files: files.map(row => ({...row, gone_at: null})),
		sessions: sessions.map(row => ({...row, gone_at: null})),
	});
	const before = regardlessOfGone(content);
	const goneNow = async (): Promise<(string | undefined)[]> => {
		const sessions = await (await home.store()).listSessions({limit: 5});
		return sessions.map(session => session.gone?.reason);
	};
	const since = Date.now();
	fs.renameSync(home.path(name), `${home.folder}.aside`);
	assert.deepEqual((await home.ingest()).failures, []);
	assertSameContent(regardlessOfGone(contentOf(home.database)), before);
	assert.deepEqual(await goneNow(), [undefined, 'deleted']);
	const store = await home.store();
	const [session] = await store.findSessions(threadId);
	assert.ok(session?.gone && Date.parse(session.gone.since) >= since);
	await home.ingest();
	assert.deepEqual((await store.session(session.id))?.gone, session.gone, 'since when stays');
	assert.equal((await rawOf(store, session.id)).equals(legacy), true);

	fs.renameSync(`${home.folder}.aside`, home.path(name));
	assert.deepEqual((await home.ingest()).failures, []);
	assert.deepEqual(await goneNow(), [undefined, undefined]);
	assertSameContent(regardlessOfGone(contentOf(home.database)), before);
});

test('a log that comes back rewritten is one session that is there', async t => {
	const home = new Home(t);
	home.write(name, legacy);
	await home.ingest();
	fs.rmSync(home.path(name));
	await home.ingest();
	home.write(name, rolloutOf([meta(), ...legacyTurn(harbours, 'Only Brest has one.', 1, 1000)]));
	await home.ingest();
	const store = await home.store();
	const session = await onlySession(store);
	assert.equal(session.gone, null);
	assert.deepEqual(await listed(store, session.id), [
		[harbours, null],
		[saintMalo, 'shortened'],
	]);
	await assertLikeNew(home);
});

test('a home whose folder of sessions cannot be listed tells nothing of what is gone', {skip: cannotLock}, async t => {
	const home = new Home(t);
	home.write(name, legacy);
	await home.ingest();
	const folder = path.dirname(home.path(name));
	fs.chmodSync(folder, 0);
	t.after(() => fs.chmodSync(folder, 0o700));
	await home.ingest();
	assert.equal((await onlySession(await home.store())).gone, null);
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
	// It lay idle for long, so nothing was kept to go on from.
	assert.deepEqual([resumed.files[0]?.change, resumed.bytes], ['grown', legacy.length + more.length]);
	assert.equal(generationOf(home), 1);
	await assertLikeNew(home);

	const still = rolloutOf(answeredTwice('And on.', 120));
	home.write(name, Buffer.concat([legacy, more, still]));
	assert.equal((await home.ingest()).bytes, still.length, 'now it is fresh');
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
		assert.deepEqual(
			(await listed(store, session.id)).map(([text]) => text),
			[harbours, 'Add Saint-Malo.'].slice(0, version === versions.at(-1) ? 2 : 1),
		);
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

test('a log that went is told, and so is one that is there again', async t => {
	const home = new Home(t);
	const file = home.write(name, legacy);
	const store = openIngestStore(home.database);
	t.after(() => store.close());
	let changes = 0;
	// As the worker does: with one ingest for all rounds.
	const ingest = home.ingestWith(store, {
		onChange() {
			changes++;
		},
	});
	const told = async (): Promise<number> => {
		changes = 0;
		await ingest.run();
		return changes;
	};

	assert.ok((await told()) > 0);
	assert.equal(await told(), 0);
	fs.rmSync(file);
	assert.equal(await told(), 1);
	assert.notEqual((await onlySession(await home.store())).gone, null);
	assert.equal(await told(), 0, 'once');
	home.write(name, legacy);
	assert.ok((await told()) > 0);
});
