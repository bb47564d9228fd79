import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {archivePath} from '../../source/store/sqlite/database.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {item, legacyTurn, message, meta, rolloutOf, sampleRollouts, threadId} from '../helpers/rollout.js';
import {assertSameContent, assertSound, contentOf, copied, Home, idOf, logName, query, retold} from './home.js';
import {watched} from './watched-store.js';

const sample = sampleRollouts()['era C legacy'] as Buffer;

/** A log that takes several batches: more than two chunks of a megabyte. */
const longLog = rolloutOf([
	meta(),
	...Array.from({length: 110}, (_, at) => [
		...legacyTurn(`Question ${at}?`, `Answer ${at}.`, at * 10, 1000 + at * 1000),
		item(message('developer', `${at} `.repeat(6000)), at * 10),
	]).flat(),
	'{"torn":',
]).subarray(0, -1);

const write = (home: Home): void => {
	home.write('session_index.jsonl', `${JSON.stringify({id: threadId, thread_name: 'tides'})}\n`);
	home.write(logName(idOf(3), '2026-02-04'), retold(sample, idOf(3), '2026-02-04'));
	home.write(logName(threadId), longLog);
	home.write(logName(idOf(2), '2026-02-02'), retold(sample, idOf(2), '2026-02-02'));
};

/** A home with several logs, and what an undisturbed run makes of it. */
const setUp = async (t: TestContext) => {
	const home = new Home(t);
	write(home);
	const undisturbed = home.otherDatabase('undisturbed');
	await home.ingest({database: undisturbed, batchLines: 50});
	return {home, expected: contentOf(undisturbed)};
};

/** A generation may be spent where a reading was cut off in the middle of a file; the rows are the same. */
const regardlessOfGeneration = ({files = [], blocks = [], ...content}: ReturnType<typeof contentOf>) => ({
	...content,
	files: files.map(({generation: _generation, ...row}) => row),
	blocks: blocks.map(({generation: _generation, ...row}) => row),
});

const regardlessOfWhen = (content: ReturnType<typeof contentOf>) => ({
	...content,
	files: content['files']?.map(row => ({...row, superseded_at: row['superseded_at'] !== null})) ?? [],
});

class Crash extends Error {}

/** How many calls of the store a whole run makes. */
const countCalls = async (home: Home): Promise<number> => {
	let calls = 0;
	const store = watched(openIngestStore(home.otherDatabase('count')), {onCall: () => calls++, commitsEachBatch: true});
	await home.ingestWith(store, {batchLines: 50}).run();
	await store.close();
	return calls;
};

test('an ingest that was stopped anywhere is completed by the next', async t => {
	const {home, expected} = await setUp(t);
	const calls = await countCalls(home);
	assert.ok(calls > 20, `${calls} calls`);
	let round = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.integer({min: 1, max: calls}), {minLength: 1, maxLength: 3}),
			fc.boolean(),
			async (stops, commitsEachBatch) => {
				round++;
				const database = home.otherDatabase(`crashed-${round}`);
				for (const stop of stops) {
					let call = 0;
					const store = watched(openIngestStore(database), {
						onCall() {
							call++;
							if (call === stop) {
								throw new Crash();
							}
						},
						commitsEachBatch,
					});
					await home
						.ingestWith(store, {batchLines: 50})
						.run()
						.catch((error: unknown) => assert.ok(error instanceof Crash, String(error)));
					await store.close();
				}

				assertSound(database);
				await home.ingest({database, batchLines: 50});
				assertSameContent(regardlessOfGeneration(contentOf(database)), regardlessOfGeneration(expected));
				for (const file of [database, archivePath(database)]) {
					fs.rmSync(file);
				}
			},
		),
		{numRuns: 12, interruptAfterTimeLimit: 2500},
	);
});

const script = fileURLToPath(new URL('run-ingest.ts', import.meta.url));

const run = async (home: Home, database: string, killAt = 0): Promise<{signal: string | null; output: string}> => {
	const {promise, resolve, reject} = Promise.withResolvers<{signal: string | null; output: string}>();
	execFile(
		process.execPath,
		['--import', import.meta.resolve('tsx'), script, home.folder, database, String(killAt)],
		(error, stdout, stderr) => {
			const signal = error?.signal ?? null;
			if (error !== null && signal === null) {
				reject(new Error(stderr));
			} else {
				resolve({signal, output: stdout});
			}
		},
	);
	return promise;
};

test('a session that is a copy of another is known as one though the ingest was stopped', async t => {
	const home = new Home(t);
	home.write(logName(idOf(2), '2026-02-03'), copied(sample, idOf(2), '2026-02-03'));
	home.write(logName(idOf(3), '2026-02-04'), copied(sample, idOf(3), '2026-02-04'));
	const undisturbed = home.otherDatabase('undisturbed');
	await home.ingest({database: undisturbed});
	const store = watched(openIngestStore(home.database), {
		onCall(method) {
			if (method === 'findCopies') {
				throw new Crash();
			}
		},
	});
	await assert.rejects(home.ingestWith(store).run(), Crash);
	await store.close();
	await home.ingest();
	const statesIn = (database: string): unknown[] => query(database, 'select state from prompts order by id');
	assert.deepEqual(statesIn(home.database), statesIn(undisturbed));
});

test('a process that is killed leaves a sound database, which the next one completes', async t => {
	const {home, expected} = await setUp(t);
	const database = home.otherDatabase('killed');
	for (const killAt of [6, 5, 8]) {
		assert.equal((await run(home, database, killAt)).signal, 'SIGKILL');
		assertSound(database);
	}

	await home.ingest({database, batchLines: 50});
	assertSound(database);
	assertSameContent(regardlessOfGeneration(contentOf(database)), regardlessOfGeneration(expected));
});

test('a long log that was stopped between two batches goes on where it stopped', async t => {
	const home = new Home(t);
	home.write(logName(threadId), longLog);
	let batches = 0;
	const store = watched(openIngestStore(home.database), {
		onCall(method) {
			batches += Number(method === 'writeProgress');
			if (batches === 3) {
				throw new Crash();
			}
		},
		commitsEachBatch: true,
	});
	await assert.rejects(home.ingestWith(store, {batchLines: 50}).run(), Crash);
	await store.close();
	const [before] = contentOf(home.database)['files'] ?? [];
	const readTo = Number(before?.['read_to']);
	assert.ok(readTo > 1_000_000);

	const {files} = await home.ingest({batchLines: 50});
	assert.deepEqual(
		files.map(({change, bytes}) => ({change, bytes})),
		[{change: 'grown', bytes: longLog.length - readTo}],
	);
	assert.equal(contentOf(home.database)['files']?.[0]?.['generation'], 1n);
});

test('two processes at once enter nothing twice', async t => {
	const {home, expected} = await setUp(t);
	const database = home.otherDatabase('shared');
	const both = await Promise.all([run(home, database), run(home, database)]);
	assert.deepEqual(
		both.map(({signal, output}) => ({signal, failures: JSON.parse(output || '{}').failures})),
		[
			{signal: null, failures: []},
			{signal: null, failures: []},
		],
	);
	await home.ingest({database});
	assertSound(database);
	assertSameContent(contentOf(database), expected);
});

test('two ingests one after the other enter nothing twice', async t => {
	const {home, expected} = await setUp(t);
	await home.ingest();
	const {files, bytes} = await home.ingest();
	assert.deepEqual([files, bytes], [[], 0]);
	assertSameContent(contentOf(home.database), expected);
});

/** An ingest that learns what is known, then is overtaken by another one that does everything. */
const overtaken = async (home: Home): Promise<void> => {
	const slow = openIngestStore(home.database);
	let isOvertaken = false;
	const store = new Proxy(slow, {
		get(target, method: keyof typeof slow) {
			return method === 'knownFiles' && !isOvertaken
				? async () => {
						isOvertaken = true;
						const known = await target.knownFiles();
						await target.commit();
						await home.ingest();
						return known;
					}
				: target[method];
		},
	});
	await home.ingestWith(store).run();
	await slow.close();
};

for (const [title, change] of Object.entries<(home: Home) => void>({
	grew: home => home.append(logName(idOf(2)), retold(rolloutOf(legacyTurn('And?', 'Yes.', 50, 5000)), idOf(2))),
	'was rewritten': home =>
		home.write(logName(idOf(2)), retold(rolloutOf([meta(), ...legacyTurn('Else?', 'No.', 1, 700)]), idOf(2))),
	'was saved again': home =>
		home.write(
			`sessions/rollout-2025-04-20-${idOf(4)}.json`,
			retold(sampleRollouts()['era A document'] as Buffer, idOf(4)),
		),
	'was moved': home => {
		fs.mkdirSync(home.path('archived_sessions'));
		fs.renameSync(
			home.path(logName(idOf(2))),
			home.path(`archived_sessions/rollout-2026-02-03T10-00-00-${idOf(2)}.jsonl`),
		);
	},
	'is new': home => home.write(logName(idOf(9)), retold(sample, idOf(9))),
})) {
	test(`an ingest that another one overtook changes nothing when a log ${title}`, async t => {
		const home = new Home(t);
		home.write(logName(idOf(2)), retold(sample, idOf(2)));
		home.write(
			`sessions/rollout-2025-04-20-${idOf(4)}.json`,
			retold((sampleRollouts()['era A document'] as Buffer).subarray(0, -100), idOf(4)),
		);
		await home.ingest();
		fs.cpSync(home.database, home.otherDatabase('alone'));
		fs.cpSync(archivePath(home.database), archivePath(home.otherDatabase('alone')));
		change(home);
		await overtaken(home);
		await home.ingest({database: home.otherDatabase('alone')});
		await home.ingest();
		assertSound(home.database);
		const current = query(home.database, 'select key from files where superseded_at is null').map(({key}) => key);
		assert.equal(new Set(current).size, current.length, 'one present version of each log');
		assertSameContent(
			regardlessOfWhen(contentOf(home.database)),
			regardlessOfWhen(contentOf(home.otherDatabase('alone'))),
		);
	});
}
