import assert from 'node:assert/strict';
import fs from 'node:fs';
import {type TestContext, test} from 'node:test';
import fc from 'fast-check';
import type {Ingest} from '../../source/ingest/ingest.js';
import type {IngestStore} from '../../source/store/ingest-store.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {
	answeredTwice,
	askedTwice,
	event,
	functionCall,
	functionOutput,
	item,
	legacyTurn,
	message,
	meta,
	paginatedTurn,
	reasoning,
	rolloutOf,
	sampleRollouts,
	threadId,
	tokenCount,
	usage,
} from '../helpers/rollout.js';
import {all, assertSameContent, assertSound, contentOf, Home, logName, onlySession, query, rawOf} from './home.js';

const name = logName(threadId);

/** Everything that can go wrong between two writes, in one log. */
const oddLog = Buffer.concat([
	Buffer.from(`\u{FEFF}${meta()}\r\n\r\n`),
	rolloutOf([
		item(message('user', 'Which harbours have no table?'), 1),
		item(message('assistant', 'Only Brest — “one”.'), 2),
		// Now the log turns out to tell prompts by events.
		event('user_message', {message: 'Add Saint-Malo.'}, 3),
		item(message('user', 'Add Saint-Malo.'), 3),
		item(functionCall('exec_command', {cmd: 'ls'}, 'c1'), 4),
		'{"torn":"once',
		item(functionCall('exec_command', {cmd: 'pwd'}, 'c2'), 4) + item(functionOutput('c1', 'one'), 5),
		Buffer.alloc(64),
		Buffer.from([0x7b, 0xff, 0xc3, 0x28, 0x7d]),
		item(functionOutput('c2', 'Process exited with code 1\nOutput:\ntwo'), 6),
		item(functionOutput('c9', 'of no call'), 6),
		item(reasoning(['**Thinking**']), 7),
		event('agent_reasoning', {text: '**Thinking**'}, 7),
		tokenCount(usage(100, 10, 10), usage(100, 10, 10), 8),
		tokenCount(usage(100, 10, 10), usage(100, 10, 10), 8),
		tokenCount(null, null, 8),
		...answeredTwice('Added 🌊.', 9),
		event('thread_rolled_back', {num_turns: 1}, 10),
		event('thread_name_updated', {thread_name: 'harbours'}, 11),
		'{"type":"brand_new","payload":{"a":1}}',
		...paginatedTurn('And Roscoff?', 'Also.', 12),
		event('turn_aborted', {turn_id: 't', reason: 'interrupted'}, 30),
	]),
	Buffer.from(' \n\n{"type":"event_msg","payload":{"type":"warning","message":"no line end"}}'),
]);

const {'era A document': _document, ...lineLogs} = sampleRollouts();
const logs: Record<string, Buffer> = {...lineLogs, 'odd lines': oddLog};

test('a line that is whole but for its end, read before it, gives the same', async t => {
	const home = new Home(t);
	const bytes = sampleRollouts()['era C legacy'] ?? Buffer.alloc(0);
	const ends = [...bytes.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at);
	assert.ok(ends.length > 10);
	for (const [round, end] of ends.entries()) {
		await assertSameInPieces(home, bytes, [end], true, round);
	}
});

/** Where to cut: anywhere, and more often around line ends. */
const cutsOf = (bytes: Buffer): fc.Arbitrary<number[]> => {
	const ends = [...bytes.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at);
	const near = fc.tuple(fc.constantFrom(...ends), fc.integer({min: -1, max: 2})).map(([at, by]) => at + by);
	return fc
		.array(fc.oneof(near, fc.integer({min: 0, max: bytes.length})), {minLength: 1, maxLength: 6})
		.map(cuts => [...new Set(cuts.filter(cut => cut >= 0 && cut <= bytes.length))].toSorted((a, b) => a - b));
};

/** Ingests that share a store, as the worker's, or have one each, as commands that follow each other. */
const runner = (home: Home, database: string, isRestarted: boolean) => {
	let store: IngestStore | undefined;
	let ingest: Ingest | undefined;
	return {
		async run(): Promise<void> {
			if (isRestarted) {
				assert.deepEqual((await home.ingest({database})).failures, []);
				return;
			}

			store ??= openIngestStore(database);
			ingest ??= home.ingestWith(store);
			assert.deepEqual((await ingest.run()).failures, []);
		},
		async close(): Promise<void> {
			await store?.close();
		},
	};
};

const assertSameInPieces = async (
	home: Home,
	bytes: Buffer,
	cuts: readonly number[],
	isRestarted: boolean,
	round: number,
): Promise<void> => {
	const log = home.write(name, '');
	const pieces = home.otherDatabase(`pieces-${round}`);
	const {run, close} = runner(home, pieces, isRestarted);
	let at = 0;
	for (const cut of [...cuts, bytes.length]) {
		fs.appendFileSync(log, bytes.subarray(at, cut));
		await run();
		at = cut;
	}

	await close();
	const whole = home.otherDatabase(`whole-${round}`);
	await home.ingest({database: whole});
	assertSameContent(contentOf(pieces), contentOf(whole));
	for (const database of [pieces, whole]) {
		for (const ending of ['.db', '.archive.db']) {
			fs.rmSync(database.replace(/\.db$/, ending));
		}
	}
};

for (const [title, bytes] of Object.entries(logs)) {
	test(`read in pieces, cut anywhere, gives the same as read at once: ${title}`, async t => {
		const home = new Home(t);
		let round = 0;
		await fc.assert(
			fc.asyncProperty(cutsOf(bytes), fc.boolean(), async (cuts, isRestarted) => {
				round++;
				await assertSameInPieces(home, bytes, cuts, isRestarted, round);
			}),
			{numRuns: title === 'odd lines' ? 25 : 5, interruptAfterTimeLimit: 2000},
		);
	});
}

test('read line by line, with one store for all', async t => {
	const ends = [...oddLog.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1);
	await assertSameInPieces(new Home(t), oddLog, ends, false, 0);
});

const problemsOf = async (home: Home): Promise<string[]> =>
	(await all((await home.store()).problems())).map(({line, reason}) => `${line}: ${reason}`);

const begun = async (t: TestContext, bytes: Buffer | string): Promise<Home> => {
	const home = new Home(t);
	home.write(name, bytes);
	await home.ingest();
	return home;
};

test('a torn last line waits, and is a problem meanwhile', async t => {
	const [asked, repeated] = askedTwice('tides', 1) as [string, string];
	const home = await begun(t, `${meta()}\n${asked.slice(0, 60)}`);
	assert.deepEqual(await problemsOf(home), ['2: unfinished last line']);
	const [file] = await (await home.store()).sourceFiles(1);
	assert.deepEqual([file?.lines, file?.problems], [2, 1]);
	assert.equal((await onlySession(await home.store())).problemCount, 1);

	home.append(name, asked.slice(60, 90));
	await home.ingest();
	assert.deepEqual(await problemsOf(home), ['2: unfinished last line']);

	home.append(name, `${asked.slice(90)}\n${repeated}\n`);
	await home.ingest();
	assert.deepEqual(await problemsOf(home), []);
	const session = await onlySession(await home.store());
	assert.deepEqual([session.title, session.problemCount, session.promptCount], ['tides', 0, 1]);
});

test('a torn last line that stays so is a problem that is no longer unfinished', async t => {
	const home = await begun(t, `${meta()}\n{"timestamp":"2026`);
	home.append(name, `\n${askedTwice('tides').join('\n')}\n`);
	await home.ingest();
	assert.deepEqual(await problemsOf(home), ['2: JSON object cut short or damaged']);
});

test('a record that follows a torn one on the same line is saved', async t => {
	const home = await begun(t, `${meta()}\n{"timestamp":"2026`);
	home.append(name, `${event('user_message', {message: 'tides'}, 1)}\n`);
	await home.ingest();
	assert.deepEqual(await problemsOf(home), ['2: JSON object cut short or damaged']);
	assert.equal((await onlySession(await home.store())).title, 'tides');
});

test('a whole last record without line end is read at once, and not twice later', async t => {
	const question = event('user_message', {message: 'tides'}, 1);
	const home = await begun(t, `${meta()}\n${question}`);
	const count = (): unknown[] => [
		query(home.database, 'select count(*) as n from events')[0]?.['n'],
		query(home.database, 'select count(*) as n from prompts')[0]?.['n'],
	];
	assert.deepEqual(await problemsOf(home), []);
	assert.equal((await onlySession(await home.store())).title, 'tides');
	assert.deepEqual(count(), [2, 1]);
	await home.ingest();
	home.append(name, '\n');
	await home.ingest();
	assert.deepEqual(count(), [2, 1]);
	home.append(name, `${event('agent_message', {message: 'low'}, 2)}\n`);
	await home.ingest();
	assert.deepEqual(count(), [3, 1]);
	assert.equal((await onlySession(await home.store())).promptCount, 1);
});

test('only what was appended is read, and the summary says so', async t => {
	const home = await begun(t, rolloutOf([meta(), ...legacyTurn('tides', 'low', 1, 1000)]));
	const more = rolloutOf(legacyTurn('and now?', 'high', 20, 2000));
	home.append(name, more);
	const {files, bytes} = await home.ingest();
	assert.deepEqual(
		files.map(file => [file.change, file.bytes, file.prompts, file.toolCalls]),
		[['grown', more.length, 2, 2]],
	);
	assert.equal(bytes, more.length);
});

test('a log that was only touched is not read again', async t => {
	const home = await begun(t, rolloutOf([meta(), ...askedTwice('tides')]));
	const before = contentOf(home.database);
	fs.utimesSync(home.path(name), new Date(), new Date(Date.now() + 5000));
	const {files} = await home.ingest();
	assert.deepEqual(
		files.map(file => [file.change, file.bytes]),
		[['unchanged', 0]],
	);
	const {files: rows, sessions, ...rest} = contentOf(home.database);
	const {files: _rows, sessions: _sessions, ...restBefore} = before;
	assert.deepEqual(rest, restBefore);
	assert.equal(rows?.length, 1);
	assert.equal(sessions?.length, 1);
	assert.deepEqual((await home.ingest()).files, []);
});

test('a log without an id that gets one later stays one session', async t => {
	const home = new Home(t);
	const log = home.write('sessions/notes.jsonl', meta().slice(0, 50));
	await home.ingest();
	assert.equal((await (await home.store()).listSessions({limit: 5})).length, 1);
	fs.appendFileSync(log, `${meta().slice(50)}\n${askedTwice('tides').join('\n')}\n`);
	await home.ingest();
	const store = await home.store();
	const session = await onlySession(store);
	assert.deepEqual([session.threadId, session.title], [threadId, 'tides']);
	assert.equal((await store.listPrompts(session.id)).length, 1);
});

test('what is appended while the log is read is for the next round', async t => {
	const home = new Home(t);
	const bytes = rolloutOf([meta(), ...askedTwice('tides')]);
	home.write(name, bytes);
	const more = rolloutOf(answeredTwice('low', 5));
	let isAppended = false;
	await home.ingest({
		onProgress({phase}) {
			if (phase === 'reading' && !isAppended) {
				isAppended = true;
				home.append(name, more);
			}
		},
	});
	await home.ingest();
	const store = await home.store();
	const {id} = await onlySession(store);
	assert.equal((await rawOf(store, id)).equals(Buffer.concat([bytes, more])), true);
	const whole = home.otherDatabase('whole');
	await home.ingest({database: whole});
	assertSameContent(contentOf(home.database), contentOf(whole));
	assertSound(home.database);
});
