import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import Database from 'better-sqlite3';
import {Ingest} from '../../source/ingest/ingest.js';
import type {SearchIndex} from '../../source/store/search-index.js';
import {searchPath} from '../../source/store/sqlite/database.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {openSearchIndex} from '../../source/store/sqlite/open-search-index.js';
import {
	completed,
	customCall,
	customOutput,
	event,
	functionCall,
	functionOutput,
	item,
	legacyTurn,
	message,
	meta,
	paginatedTurn,
	readRollout,
	rolloutOf,
	sampleRollouts,
	threadId,
} from '../helpers/rollout.js';
import {Home, idOf, logName, query, retold} from './home.js';
import {assertSameWords, found, ingestTexts, wordsIn} from './search-content.js';

/** Rebuilt from nothing, which is what every other way has to come to. */
const assertAsRebuilt = async (home: Home): Promise<void> => {
	const words = wordsIn(home.database);
	fs.rmSync(searchPath(home.database), {force: true});
	await ingestTexts(home);
	assertSameWords(words, wordsIn(home.database));
	assert.ok(words.length > 0);
};

const fileIdOf = (database: string, key: string): number =>
	query(database, `select id from files where key like '%${key}%' and superseded_at is null`)[0]?.['id'] as number;

const phrase = (text: string): string => `"${text.replaceAll('"', ' ')}"`;

test('every text of every era is found and leads to the event that is listed', async t => {
	const home = new Home(t);
	let checked = 0;
	for (const [index, [name, bytes]] of Object.entries(sampleRollouts()).entries()) {
		const id = idOf(index + 10);
		const log = bytes.includes('"items"') ? logName(id).replace(/l$/, '') : logName(id);
		home.write(log, retold(bytes, id));
		await ingestTexts(home);
		const fileId = fileIdOf(home.database, id);
		const rollout = readRollout(retold(bytes, id));
		const leadsTo = async (text: string, part: 'messages' | 'outputs', sequence: number): Promise<void> => {
			const ids = found(home.database, phrase(text), part);
			assert.ok(
				ids.includes(fileId * 2 ** 24 + sequence),
				`${name}: “${text}” in ${part} leads to ${sequence}: ${ids}`,
			);
			checked++;
		};

		for (const {sequence, event: told} of rollout.joined) {
			if (told.kind === 'message' && told.text !== '') {
				await leadsTo(told.context ?? told.text, 'messages', sequence);
			} else if (told.kind === 'reasoning' && told.text !== '') {
				await leadsTo(told.text, 'messages', sequence);
			} else if (told.kind === 'tool-call') {
				await leadsTo(told.command ?? '', 'messages', sequence);
				await leadsTo(told.output ?? '', 'outputs', sequence);
			}
		}
	}

	assert.ok(checked > 40, `${checked} texts`);
	await assertAsRebuilt(home);
});

const everything = rolloutOf([
	meta(),
	...legacyTurn('Where is the quillfish?', 'The quillfish is in readTideTable.', 1, 1000),
	...paginatedTurn('Where is the moonfish?', 'In snake_case_name.', 20),
	item(
		customCall('apply_patch', '*** Begin Patch\n*** Add File: docs/starfish.md\n+jellyfish\n*** End Patch', 'p1'),
		30,
	),
	item(customOutput('p1', 'Success. Updated docs/starfish.md'), 31),
	item(
		functionCall('update_plan', {explanation: 'swordfish', plan: [{step: 'Find\tsunfish', status: 'pending'}]}, 'u1'),
		32,
	),
	item(functionOutput('u1', 'Plan updated'), 33),
	event(
		'exec_command_end',
		{
			call_id: 'x1',
			source: 'user_shell',
			command: ['bash', '-lc', 'cat lionfish'],
			aggregated_output: 'pipefish\n',
			exit_code: 0,
			duration: {secs: 0, nanos: 1},
		},
		34,
	),
	item({type: 'web_search_call', status: 'completed', action: {type: 'search', query: 'archerfish habitat'}}, 35),
	completed('Plan', {id: 'pl', text: 'First the butterflyfish.'}, 36),
	event('context_compacted', {}, 37),
	`{"timestamp":"2026-02-03T10:01:00.000Z","type":"compacted","payload":{"message":"Summary about clownfish.","replacement_history":[{"type":"message","role":"user","content":[{"type":"input_text","text":"hiddenfish"}]}]}}`,
	item(message('user', '<environment_context>\n<cwd>/home/secretfish</cwd>\n</environment_context>'), 38),
	item(functionCall('view_image', {path: '/tmp/goldfish.png'}, 'v1'), 39),
	item(
		functionOutput('v1', [
			{type: 'input_text', text: 'drawn catfish'},
			{type: 'input_image', image_url: `data:image/png;base64,${'QUJD'.repeat(50)}`},
		]),
		40,
	),
	item(message('assistant', '潮汐表を読む'), 41),
	item({type: 'reasoning', summary: [], content: null, encrypted_content: 'cipherfish'}, 42),
]);

test('each text is indexed once, and what nobody reads is not', async t => {
	const home = new Home(t);
	home.write(logName(threadId), everything);
	await ingestTexts(home);
	const expected: [string, number, number][] = [
		['quillfish', 3, 0],
		['"where is the quillfish"', 2, 0],
		['"the quillfish is in"', 1, 0],
		['readtidetable', 1, 0],
		['tide table', 1, 0],
		['"snake_case_name"', 1, 0],
		['snake', 1, 0],
		['"where is the moonfish"', 1, 0],
		['brest', 0, 2],
		['docs/starfish', 1, 1],
		['jellyfish', 1, 0],
		['swordfish', 1, 0],
		['sunfish', 1, 0],
		['lionfish', 1, 0],
		['pipefish', 0, 1],
		['archerfish', 1, 0],
		['butterflyfish', 1, 0],
		['clownfish', 1, 0],
		['goldfish', 1, 0],
		['catfish', 0, 1],
		['environment_context', 1, 0],
		['潮汐', 1, 0],
		['汐潮', 0, 0],
		...['secretfish', 'hiddenfish', 'cipherfish', 'QUJDQUJD', 'base64'].map((word): [string, number, number] => [
			word,
			0,
			0,
		]),
	];
	for (const [words, messages, outputs] of expected) {
		assert.deepEqual(
			[found(home.database, words, 'messages').length, found(home.database, words, 'outputs').length],
			[messages, outputs],
			words,
		);
	}

	const listed = new Set(query(home.database, 'select id from events where completes is null').map(row => row['id']));
	const ids = new Set(wordsIn(home.database).map(word => Number(word.split(' ')[1])));
	assert.deepEqual(
		[...ids].filter(id => !listed.has(id)),
		[],
	);
});

test('a log that grows piece by piece gives the words of one read whole', async t => {
	for (const [at, bytes] of [
		everything,
		...Object.values(sampleRollouts()).filter(one => !one.includes('"items"')),
	].entries()) {
		const home = new Home(t);
		const name = logName(threadId);
		home.write(name, '');
		// Pieces of uneven length, so that most end within a line.
		const pieces = 25 + at;
		for (let piece = 0; piece < pieces; piece++) {
			const [from, to] = [piece, piece + 1].map(one => Math.floor((one * bytes.length) / pieces));
			home.append(name, bytes.subarray(from, to));
			await ingestTexts(home);
		}

		await assertAsRebuilt(home);
	}
});

test('words of a log that was rewritten go with it', async t => {
	const home = new Home(t);
	const name = logName(threadId);
	home.write(name, rolloutOf([meta(), ...legacyTurn('Where is the quillfish?', 'There.', 1, 1000)]));
	home.write(logName(idOf(2)), retold(everything, idOf(2)));
	await ingestTexts(home);
	assert.equal(found(home.database, '"where is the quillfish"').length, 4);
	home.write(name, rolloutOf([meta(), ...legacyTurn('Where is the moonfish, then?', 'There.', 1, 1000)]));
	await ingestTexts(home);
	assert.equal(found(home.database, '"where is the quillfish"').length, 2);
	assert.equal(found(home.database, '"moonfish then"').length, 2);
	await assertAsRebuilt(home);
});

test('words of a log that is gone stay, and can be told again from the archive', async t => {
	const home = new Home(t);
	const file = home.write(logName(threadId), everything);
	await ingestTexts(home);
	fs.rmSync(file);
	await ingestTexts(home);
	assert.equal(found(home.database, 'pipefish').length, 1);
	await assertAsRebuilt(home);
});

test('words follow an index that was made anew', async t => {
	const home = new Home(t);
	home.write(logName(idOf(2), '2026-02-05'), retold(everything, idOf(2), '2026-02-05'));
	await ingestTexts(home);
	home.write(logName(threadId), rolloutOf([meta(), ...legacyTurn('Where is the seahorse?', 'There.', 1, 1000)]));
	fs.rmSync(home.database);
	await ingestTexts(home);
	await assertAsRebuilt(home);
});

/** A home with several logs, one of them too long for one step. */
const setUp = async (t: TestContext) => {
	const home = new Home(t);
	const turns = Array.from({length: 60}, (_, at) => [
		...legacyTurn(`Question ${at}?`, `Answer ${at}. ${'The tide is low. '.repeat(5000)}`, at * 10, 1000 + at * 1000),
	]);
	home.write(logName(threadId), rolloutOf([meta(), ...turns.flat()]));
	for (const [index, bytes] of Object.values(sampleRollouts())
		.filter(one => !one.includes('"items"'))
		.entries()) {
		home.write(logName(idOf(index + 2), '2026-02-04'), retold(bytes, idOf(index + 2), '2026-02-04'));
	}

	await home.ingest();
	await ingestTexts(home);
	const expected = wordsIn(home.database);
	assert.ok(expected.length > 100_000);
	fs.rmSync(searchPath(home.database), {force: true});
	return {home, expected};
};

class Crash extends Error {}

/** A search database whose calls are counted and can be interrupted. */
const counting = (search: SearchIndex, onCall: () => void): SearchIndex =>
	new Proxy(search, {
		get(target, name: keyof SearchIndex) {
			const original = target[name] as (...input: unknown[]) => unknown;
			return (...input: unknown[]) => {
				if (name !== 'close' && name !== 'rollBack') {
					onCall();
				}

				return original.apply(target, input);
			};
		},
	});

test('indexing that was stopped anywhere is completed by the next round', async t => {
	const {home, expected} = await setUp(t);
	let calls = 0;
	await ingestTexts(home, home.database, {}, search => counting(search, () => calls++));
	assert.ok(calls > 15, `${calls} calls`);
	for (const stop of Array.from({length: 5}, (_, at) => 1 + Math.floor((at * calls) / 5))) {
		fs.rmSync(searchPath(home.database), {force: true});
		let call = 0;
		const crashed = ingestTexts(home, home.database, {}, search =>
			counting(search, () => {
				if (++call === stop) {
					throw new Crash();
				}
			}),
		);
		await assert.rejects(crashed, Crash);
		await ingestTexts(home);
		assertSameWords(wordsIn(home.database), expected, `stopped at call ${stop}`);
	}
});

test('indexing that makes room for new lines after every step comes to the same', async t => {
	const {home, expected} = await setUp(t);
	const rounds = await ingestTexts(home, home.database, {textMs: 0});
	assert.ok(rounds > 10, `${rounds} rounds`);
	assertSameWords(wordsIn(home.database), expected);
});

test('new lines are read and indexed while older ones wait', async t => {
	const {home} = await setUp(t);
	const name = logName(idOf(2), '2026-02-04');
	let rounds = 0;
	await ingestTexts(home, home.database, {
		textMs: 0,
		onProgress({phase}) {
			if (phase === 'finding' && ++rounds === 4) {
				home.append(name, rolloutOf(legacyTurn('Where is the quillfish?', 'There.', 100, 9000)));
			}
		},
	});
	assert.equal(found(home.database, '"where is the quillfish"').length, 2);
	await assertAsRebuilt(home);
});

test('indexing that was killed is completed by the next round', async t => {
	const {home, expected} = await setUp(t);
	const script = fileURLToPath(new URL('run-texts.ts', import.meta.url));
	for (const killAt of [3, 9, 14]) {
		const {promise, resolve} = Promise.withResolvers<string | null>();
		execFile(
			process.execPath,
			['--import', 'tsx', script, home.folder, home.database, String(killAt)],
			(error, _out, err) => resolve(error?.signal ?? `no signal: ${err}`),
		);
		assert.equal(await promise, 'SIGKILL');
	}

	await ingestTexts(home);
	assertSameWords(wordsIn(home.database), expected);
});

test('a damaged search database is set aside and made anew', async t => {
	const home = new Home(t);
	home.write(logName(threadId), everything);
	await ingestTexts(home);
	const expected = wordsIn(home.database);
	fs.writeFileSync(searchPath(home.database), 'no database at all');
	await ingestTexts(home);
	assertSameWords(wordsIn(home.database), expected);
	assert.ok(fs.existsSync(`${searchPath(home.database)}.damaged`));
	assert.equal(fs.statSync(searchPath(home.database)).mode & 0o777, process.platform === 'win32' ? 0o666 : 0o600);
});

test('progress is told as a share of all logs, and goes on where it was', async t => {
	const {home} = await setUp(t);
	const shares: number[] = [];
	await ingestTexts(home, home.database, {
		textMs: 0,
		onProgress({phase, bytesDone, bytesTotal, filesTotal}) {
			if (phase === 'indexing') {
				assert.ok(filesTotal > 1);
				shares.push(bytesDone / bytesTotal);
			}
		},
	});
	assert.ok(shares.length > 5);
	assert.deepEqual(
		shares,
		shares.toSorted((a, b) => a - b),
	);
	assert.ok((shares.at(-1) as number) > 0.15 && (shares.at(-1) as number) <= 1.001, `${shares.at(-1)}`);
});

test('damage met while indexing does not stop reading, and the next start begins anew', async t => {
	const home = new Home(t);
	const name = logName(threadId);
	home.write(name, everything);
	await ingestTexts(home);
	const db = new Database(searchPath(home.database));
	db.unsafeMode();
	db.exec("update messages_data set block = x'ffffffffffffffffffffff' where id = 10");
	db.close();
	home.append(name, rolloutOf(legacyTurn('Where is the seahorse?', 'There.', 100, 9000)));
	await ingestTexts(home);
	assert.equal(query(home.database, "select 1 from prompts where text like '%seahorse%'").length, 1);
	assert.ok(fs.existsSync(`${searchPath(home.database)}.damaged`));
	await ingestTexts(home);
	assert.equal(found(home.database, '"where is the seahorse"').length, 2);
	await assertAsRebuilt(home);
});

test('indexing waits its turn while another program is at it', async t => {
	const home = new Home(t);
	home.write(logName(threadId), everything);
	await home.ingest();
	const store = openIngestStore(home.database);
	const search = openSearchIndex(home.database);
	const ingest = new Ingest(
		store,
		{source: {home: home.folder}, home: home.folder, batchLines: 500},
		{
			...search,
			begin() {
				throw Object.assign(new Error('database is locked'), {code: 'SQLITE_BUSY'});
			},
		},
	);
	const {failures, hasTextsLeft} = await ingest.run();
	search.close();
	await store.close();
	assert.deepEqual([failures, hasTextsLeft], [[], false]);
	await ingestTexts(home);
	assert.equal(found(home.database, 'pipefish').length, 1);
});
