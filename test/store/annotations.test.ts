import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {zstdCompressSync} from 'node:zlib';
import Database from 'better-sqlite3';
import {dispositions} from '../../source/model/annotation.js';
import {UserError} from '../../source/model/problem.js';
import type {SessionSummary} from '../../source/model/session.js';
import {mostQueries} from '../../source/store/annotations.js';
import {annotationsPath, databaseFiles} from '../../source/store/sqlite/database.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import type {Store} from '../../source/store/store.js';
import {
	documentOf,
	legacyTurn,
	message,
	meta,
	moment,
	paginatedTurn,
	rolloutOf,
	sampleRollouts,
	threadId,
} from '../helpers/rollout.js';
import {Home, idOf, logName, query} from '../ingest/home.js';

const isPosix = process.platform !== 'win32';
const isRoot = process.getuid?.() === 0;
const samples = sampleRollouts();
const sample = samples['era C legacy'] as Buffer;
const name = logName(threadId);

const sessionOf = async (store: Store, thread = threadId): Promise<SessionSummary> => {
	const [session] = await store.findSessions(thread);
	assert.ok(session, `a session of ${thread}`);
	return session;
};

/** Every prompt with its words, and every event with where it stands. */
const placesIn = async (store: Store, thread = threadId) => {
	const {id} = await sessionOf(store, thread);
	const prompts = await store.listPrompts(id);
	const scopes = ['prelude' as const, ...prompts.map(prompt => prompt.id)];
	const events = new Map<number, string>();
	for (const promptId of scopes) {
		for (const eventId of await store.eventIds({sessionId: id, promptId})) {
			const detail = await store.event(eventId);
			events.set(eventId, `${detail?.event.kind} ${detail?.lines[0]}`);
		}
	}

	const words = prompts.map(({id: promptId, title}, at) => {
		const before = prompts.slice(0, at).filter(other => other.title === title).length;
		return [promptId, `${title} ${before + 1}`] as const;
	});
	return {prompts: new Map(words), events};
};

/** Adds something to everything, so that each says of what it is. */
const annotateAll = async ({annotations}: Store, places: Awaited<ReturnType<typeof placesIn>>): Promise<void> => {
	await annotations.tag([threadId], {add: ['harbours'], remove: []});
	await annotations.noteSession(threadId, 'about tides');
	for (const [at, [id, words]] of [...places.prompts].entries()) {
		await annotations.notePrompt(id, words);
		await annotations.dispose(id, dispositions[at % dispositions.length] ?? null);
	}

	for (const [id, place] of places.events) {
		await annotations.noteEvent(id, place);
		await annotations.bookmark(id, true);
	}
};

/** What was added, each with the words or the place of that to which it belongs now. */
const told = async (store: Store, thread = threadId) => {
	const places = await placesIn(store, thread);
	const {prompts, events} = await store.annotations.inside((await sessionOf(store, thread)).id);
	return {
		session: (await store.annotations.sessions()).get(threadId),
		prompts: [...places.prompts].map(([id, words]) => [words, prompts.get(id)?.note, prompts.get(id)?.disposition]),
		events: [...places.events].map(([id, place]) => [place, events.get(id)?.note, events.get(id)?.isBookmarked]),
	};
};

type Told = Awaited<ReturnType<typeof told>>;

/** Every prompt and event has what was added to it, and nothing else. */
const assertAtHome = ({session, prompts, events}: Told): void => {
	assert.deepEqual(session, {tags: ['harbours'], note: 'about tides'});
	assert.ok(prompts.length > 0 && events.length > 0);
	for (const [words, note] of prompts) {
		assert.equal(note, words);
	}

	for (const [place, note, isBookmarked] of events) {
		assert.deepEqual([note, isBookmarked], [place, true]);
	}
};

const removeIndex = (home: Home): void => {
	for (const {part, path: file} of databaseFiles(home.database)) {
		for (const ending of part === 'annotations' ? [] : ['', '-wal', '-shm']) {
			fs.rmSync(file + ending, {force: true});
		}
	}
};

const deriveAnew = async (home: Home): Promise<void> => {
	const ingest = openIngestStore(home.database);
	await ingest.forgetReaders();
	await ingest.commit();
	await ingest.close();
};

const archivedName = `archived_sessions/${path.basename(name)}`;

const survivals: Record<string, (home: Home, log: string) => void | Promise<void>> = {
	'being read again by a newer format': home => deriveAnew(home),
	'deletion of index, archive and words': home => removeIndex(home),
	'deletion of the log'(home, log) {
		fs.rmSync(home.path(log));
	},
	async 'deletion of the log, then derived anew from the archive'(home, log) {
		fs.rmSync(home.path(log));
		await deriveAnew(home);
	},
	'compression of the log'(home, log) {
		home.write(`${log}.zst`, zstdCompressSync(fs.readFileSync(home.path(log))));
		fs.rmSync(home.path(log));
	},
	'being moved to the archive folder'(home, log) {
		const target = home.path(path.join(path.dirname(archivedName), path.basename(log)));
		fs.mkdirSync(path.dirname(target), {recursive: true});
		fs.renameSync(home.path(log), target);
	},
	'being moved and compressed, and a new index'(home, log) {
		const target = path.join(path.dirname(archivedName), `${path.basename(log)}.zst`);
		home.write(target, zstdCompressSync(fs.readFileSync(home.path(log))));
		fs.rmSync(home.path(log));
		removeIndex(home);
	},
};

for (const [era, bytes] of Object.entries(samples)) {
	for (const [survival, change] of Object.entries(survivals)) {
		const isDocument = bytes.includes('"items"');
		test(`${era}: what was added survives ${survival}`, {skip: isDocument && /compress/.test(survival)}, async t => {
			const home = new Home(t);
			const log = isDocument ? name.replace(/l$/, '') : name;
			home.write(log, bytes);
			await home.ingest();
			const before = await home.store();
			await annotateAll(before, await placesIn(before));
			const expected = await told(before);
			assertAtHome(expected);
			await before.close();
			await change(home, log);
			await home.ingest();
			assert.deepEqual(await told(await home.store()), expected);
		});
	}
}

const openHome = async (t: TestContext, bytes: Buffer = sample): Promise<{home: Home; store: Store}> => {
	const home = new Home(t);
	home.write(name, bytes);
	await home.ingest();
	return {home, store: await home.store()};
};

/** What an event says, wherever it stands. */
const wordsOf = async (store: Store, id: number): Promise<string> => {
	const detail = await store.event(id);
	// What counts as an event's own usage depends on what stands before it.
	return JSON.stringify(detail?.event, (key, value: unknown) => (key === 'line' || key === 'own' ? undefined : value));
};

test('of a log that was rewritten, what is still there keeps what was added, and so does what is gone', async t => {
	const turns = [
		legacyTurn('Which harbours?', 'Brest.', 1, 1000),
		legacyTurn('Go on.', 'First.', 20, 2000),
		legacyTurn('Go on.', 'Second.', 40, 3000),
		legacyTurn('Add Roscoff.', 'Added.', 60, 4000),
	];
	const {home, store} = await openHome(t, rolloutOf([meta(), ...turns.flat()]));
	const places = await placesIn(store);
	for (const [id, words] of places.prompts) {
		await store.annotations.notePrompt(id, words);
	}

	for (const id of places.events.keys()) {
		await store.annotations.noteEvent(id, await wordsOf(store, id));
	}

	await store.close();
	const without = turns.filter((_, at) => at !== 1);
	home.write(name, rolloutOf([meta({cwd: '/home/mira/elsewhere'}), ...without.flat()]));
	await home.ingest();
	const after = await home.store();
	const {prompts} = await told(after);
	assert.deepEqual(
		prompts.map(([words, note]) => [words, note]),
		[
			['Which harbours? 1', 'Which harbours? 1'],
			['Go on. 1', 'Go on. 1'],
			['Go on. 2', 'Go on. 2'],
			['Add Roscoff. 1', 'Add Roscoff. 1'],
		],
	);
	const session = await sessionOf(after);
	const {events} = await after.annotations.inside(session.id);
	let marked = 0;
	for (const {id} of await after.listPrompts(session.id)) {
		for (const eventId of await after.eventIds({sessionId: session.id, promptId: id})) {
			assert.deepEqual(events.get(eventId), {note: await wordsOf(after, eventId), isBookmarked: false});
			marked++;
		}
	}

	assert.ok(marked >= 4 * 5);
});

test('lines without a time that are the same byte for byte are told apart, and found again after those before are gone', async t => {
	const same = message('assistant', 'Done.');
	const items = [message('user', 'One?'), same, message('user', 'Two?'), same, message('user', 'Three?'), same];
	const home = new Home(t);
	const log = name.replace(/l$/, '');
	home.write(log, documentOf(items));
	await home.ingest();
	const store = await home.store();
	const {events} = await placesIn(store);
	const answers = [...events].filter(([, place]) => place.startsWith('message')).map(([id]) => id);
	const details = await Promise.all(answers.map(id => store.event(id)));
	const done = answers.filter((_, at) => {
		const found = details[at]?.event;
		return found?.kind === 'message' && found.text === 'Done.';
	});
	assert.equal(done.length, 3);
	await store.annotations.bookmark(done[1] as number, true);
	const marked = await store.annotations.inside((await sessionOf(store)).id);
	assert.deepEqual([...marked.events.keys()], [done[1]]);
	await store.close();
	removeIndex(home);
	await home.ingest();
	const again = await home.store();
	const found = await again.annotations.inside((await sessionOf(again)).id);
	assert.equal(found.events.size, 1);
	const [place] = found.events.keys();
	assert.equal((await again.event(place as number))?.lines[0], details[answers.indexOf(done[1] as number)]?.lines[0]);
});

test('a fork that copies its parent has prompts of its own', async t => {
	const home = new Home(t);
	const forkId = idOf(7);
	const lines = [meta(), ...legacyTurn('Which harbours?', 'Brest.', 1, 1000)];
	home.write(name, rolloutOf(lines));
	const fork = rolloutOf([
		meta({id: forkId, forked_from_id: threadId, timestamp: moment(100)}, 100),
		...lines.map(line => line.replace(/"timestamp":"[^"]+"/, `"timestamp":"${moment(100)}"`)),
		...legacyTurn('Now Roscoff.', 'Done.', 160, 5000),
	]);
	home.write(logName(forkId, '2026-02-05'), fork);
	await home.ingest();
	const store = await home.store();
	const parent = await sessionOf(store);
	const child = await sessionOf(store, forkId);
	const inherited = (await store.listPrompts(child.id)).filter(({state}) => state === 'inherited');
	const [first] = await store.listPrompts(parent.id);
	assert.ok(inherited[0] && first && inherited[0].title === first.title);
	await store.annotations.dispose(inherited[0].id, 'ignored');
	await store.annotations.notePrompt(first.id, 'as it was asked');
	assert.deepEqual(
		[...(await store.annotations.inside(parent.id)).prompts],
		[[first.id, {note: 'as it was asked', disposition: null}]],
	);
	assert.deepEqual(
		[...(await store.annotations.inside(child.id)).prompts],
		[[inherited[0].id, {note: null, disposition: 'ignored'}]],
	);
});

test("a fork that goes on from its parent's log shows the parent's prompts with what was added to them", async t => {
	const home = new Home(t);
	const base = [meta({history_mode: 'paginated'}), ...paginatedTurn('Which harbours?', 'Brest.', 1)];
	const forkId = idOf(7);
	home.write(name, rolloutOf(base));
	home.write(
		logName(forkId, '2026-02-05'),
		rolloutOf([
			meta({
				id: forkId,
				forked_from_id: threadId,
				history_mode: 'paginated',
				history_base: {
					thread_id: threadId,
					end_ordinal_exclusive: base.length,
					end_byte_offset: rolloutOf(base).length,
				},
			}),
			...paginatedTurn('Which harbours?', 'Morlaix.', 40),
		]),
	);
	await home.ingest();
	const store = await home.store();
	const child = await sessionOf(store, forkId);
	const [inherited, own] = await store.listPrompts(child.id);
	assert.deepEqual([inherited?.state, own?.state], ['inherited', 'live']);
	await store.annotations.notePrompt(inherited?.id as number, "the parent's");
	await store.annotations.notePrompt(own?.id as number, 'its own');
	const [event] = await store.eventIds({sessionId: child.id, promptId: inherited?.id as number});
	await store.annotations.bookmark(event as number, true);
	const inside = await store.annotations.inside(child.id);
	assert.equal(inside.prompts.get(inherited?.id as number)?.note, "the parent's");
	assert.equal(inside.prompts.get(own?.id as number)?.note, 'its own');
	assert.deepEqual([...inside.events.keys()], [event]);
	const parent = await store.annotations.inside((await sessionOf(store)).id);
	assert.deepEqual([...parent.prompts], [[inherited?.id, {note: "the parent's", disposition: null}]]);
	assert.deepEqual([...parent.events.keys()], [event]);
});

test('tags keep the case they were first given and compare without it', async t => {
	const {store} = await openHome(t);
	const {annotations} = store;
	await annotations.tag(['a', 'b'], {add: ['Größe', 'bug'], remove: []});
	await annotations.tag(['c'], {add: ['GRÖSSE', 'größe', 'BUG'], remove: []});
	await annotations.tag(['b'], {add: [], remove: ['GRÖßE']});
	const sessions = await annotations.sessions();
	assert.deepEqual(sessions.get('a')?.tags, ['bug', 'Größe']);
	assert.deepEqual(sessions.get('b')?.tags, ['bug']);
	assert.deepEqual(sessions.get('c')?.tags, ['bug', 'GRÖSSE', 'Größe']);
	assert.deepEqual(await annotations.tags(), ['bug', 'Größe', 'GRÖSSE']);
});

test('what is taken away is gone, and a session with nothing is not there', async t => {
	const {home, store} = await openHome(t);
	const places = await placesIn(store);
	await annotateAll(store, places);
	const {annotations} = store;
	await annotations.tag([threadId], {add: [], remove: ['HARBOURS']});
	await annotations.noteSession(threadId, null);
	for (const id of places.prompts.keys()) {
		await annotations.notePrompt(id, null);
		await annotations.dispose(id, null);
	}

	for (const id of places.events.keys()) {
		await annotations.noteEvent(id, null);
		await annotations.bookmark(id, false);
	}

	assert.equal((await annotations.sessions()).size, 0);
	const {prompts, events} = await annotations.inside((await sessionOf(store)).id);
	assert.deepEqual([prompts.size, events.size], [0, 0]);
	await store.close();
	const file = annotationsPath(home.database);
	assert.equal(fs.existsSync(`${file}-wal`), false);
	assert.ok(!fs.readFileSync(file).includes('about tides'), 'nor are its bytes there');
});

test('rows tell when and by whom they were made and changed', async t => {
	const {home, store} = await openHome(t);
	const before = Date.now();
	await store.annotations.noteSession(threadId, 'one');
	const file = annotationsPath(home.database);
	const rows = () => query(file, 'select created_at, updated_at, actor from session_notes');
	const [first] = rows();
	assert.ok(Number(first?.['created_at']) >= before && first?.['created_at'] === first?.['updated_at']);
	assert.ok(typeof first?.['actor'] === 'string' && first['actor'] !== '');
	await wait(5);
	await store.annotations.noteSession(threadId, 'one');
	assert.deepEqual(rows(), [first], 'saying the same again changes nothing');
	await store.annotations.noteSession(threadId, 'two');
	const [second] = rows();
	assert.equal(second?.['created_at'], first['created_at']);
	assert.ok(Number(second?.['updated_at']) > Number(first['updated_at']));
});

test('queries are kept once, the newest last, so many of them', async t => {
	const {store} = await openHome(t);
	const {annotations} = store;
	for (let n = 0; n < mostQueries + 3; n++) {
		await annotations.rememberQuery(`q${n}`);
	}

	await annotations.rememberQuery('q100');
	const queries = await annotations.queries();
	assert.equal(queries.length, mostQueries);
	assert.deepEqual([queries[0], queries.at(-2), queries.at(-1)], ['q3', 'q502', 'q100']);
	assert.equal(new Set(queries).size, mostQueries);
});

test('views are known by their names, case aside', async t => {
	const {store} = await openHome(t);
	const {annotations} = store;
	await annotations.saveView({name: 'Slow tests', query: 'kind:tool test'});
	await annotations.saveView({name: 'bugs', query: 'tag:bug'});
	await annotations.saveView({name: 'slow TESTS', query: 'exit:>0'});
	assert.deepEqual(await annotations.views(), [
		{name: 'bugs', query: 'tag:bug'},
		{name: 'slow TESTS', query: 'exit:>0'},
	]);
	await annotations.removeView('BUGS');
	assert.deepEqual(
		(await annotations.views()).map(view => view.name),
		['slow TESTS'],
	);
});

test('reading makes no database; the first note makes a private one that does not lose what was committed', async t => {
	const {home, store} = await openHome(t);
	const file = annotationsPath(home.database);
	const {id} = await sessionOf(store);
	assert.equal((await store.annotations.sessions()).size, 0);
	assert.deepEqual(await store.annotations.queries(), []);
	assert.equal((await store.annotations.inside(id)).prompts.size, 0);
	assert.equal(fs.existsSync(file), false);
	await store.annotations.noteSession(threadId, 'one');
	for (const ending of isPosix ? ['', '-wal', '-shm'] : []) {
		assert.equal(fs.statSync(file + ending).mode & 0o777, 0o600, ending);
	}

	const db = new Database(file, {readonly: true});
	t.after(() => db.close());
	assert.equal(db.pragma('journal_mode', {simple: true}), 'wal');
});

test('what another program changes is told, once and soon; what this one changes is not', async t => {
	const {home, store} = await openHome(t);
	const other = await home.store();
	let told = 0;
	const end = store.annotations.watch(() => told++);
	t.after(end);
	const toldSoon = async (expected: number): Promise<void> => {
		for (const deadline = Date.now() + 5000; told < expected && Date.now() < deadline; ) {
			await wait(20);
		}

		await wait(700);
		assert.equal(told, expected);
	};
	await other.annotations.noteSession(threadId, 'first');
	await toldSoon(1);
	assert.equal((await store.annotations.sessions()).get(threadId)?.note, 'first');
	await other.annotations.noteSession(threadId, 'second');
	await toldSoon(2);
	await store.annotations.noteSession(threadId, 'mine');
	await toldSoon(2);
	end();
	await other.annotations.noteSession(threadId, 'third');
	await toldSoon(2);
});

test('ten thousand sessions with tags and notes are one query of some milliseconds', async t => {
	const {store} = await openHome(t);
	const threads = Array.from({length: 10_000}, (_, n) => idOf(n));
	await store.annotations.tag(threads, {add: ['one', 'two'], remove: []});
	const started = process.cpuUsage();
	const sessions = await store.annotations.sessions();
	const {user, system} = process.cpuUsage(started);
	assert.equal(sessions.size, 10_000);
	assert.deepEqual(sessions.get(idOf(5)), {tags: ['one', 'two'], note: null});
	assert.ok((user + system) / 1000 < 300, `${(user + system) / 1000} ms`);
});

test('where nothing can be written, what was added is read and a change is refused with a sentence', {
	skip: !isPosix ? 'modes are a POSIX matter' : isRoot && 'root may write everywhere',
}, async t => {
	const {home, store} = await openHome(t);
	await store.annotations.noteSession(threadId, 'one');
	await store.close();
	const folder = path.dirname(home.database);
	for (const file of fs.readdirSync(folder)) {
		fs.chmodSync(path.join(folder, file), 0o400);
	}

	fs.chmodSync(folder, 0o500);
	t.after(() => fs.chmodSync(folder, 0o700));
	const reader = await home.store();
	assert.equal((await reader.annotations.sessions()).get(threadId)?.note, 'one');
	await assert.rejects(reader.annotations.noteSession(threadId, 'two'), error => error instanceof UserError);
});

test('a damaged database says that it holds notes, and where they come back from', async t => {
	const {home, store} = await openHome(t);
	await store.annotations.noteSession(threadId, 'one');
	await store.close();
	fs.writeFileSync(annotationsPath(home.database), 'no database at all, but long enough to look like one'.repeat(200));
	const reader = await home.store();
	await assert.rejects(
		reader.annotations.sessions(),
		(error: unknown) => error instanceof UserError && /your tags and notes.*backup/.test(error.message),
	);
});
