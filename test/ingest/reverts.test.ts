import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {meta, paginatedTurn, rolloutOf, threadId} from '../helpers/rollout.js';
import {all, Home, idOf, onlySession} from './home.js';

/*
A revert leaves the file as it is and goes on in another one, which names the part of the first that it keeps
(format reference 13.4).
*/

const kept = [meta({history_mode: 'paginated'}), ...paginatedTurn('Which harbours?', 'Brest.', 1)];
const base = rolloutOf([...kept, ...paginatedTurn('Add Roscoff.', 'Added.', 20)]);
const reverted = (end: number): Buffer =>
	rolloutOf([
		meta({
			history_mode: 'paginated',
			history_base: {thread_id: threadId, end_ordinal_exclusive: kept.length, end_byte_offset: end},
		}),
		...paginatedTurn('Add Morlaix.', 'Added Morlaix.', 40),
	]);

const logs = {
	base: [`sessions/2026/02/03/rollout-2026-02-03T10-00-00-${threadId}.jsonl`, base],
	reverted: [
		`sessions/2026/02/03/rollout-2026-02-03T10-00-30-${threadId}_${idOf(9)}.jsonl`,
		reverted(rolloutOf(kept).length),
	],
} as const;

const takenBack = [
	['Which harbours?', 'live', null],
	['Add Roscoff.', 'rolled-back', 'shortened'],
	['Add Morlaix.', 'live', null],
];

const listed = async (home: Home): Promise<unknown[]> => {
	const store = await home.store();
	const {id} = await onlySession(store);
	return (await all(store.prompts(id))).map(({text, state, gone}) => [text, state, gone?.reason ?? null]);
};

for (const order of [
	['base', 'reverted'],
	['reverted', 'base'],
] as const) {
	test(`a reverted thread whose ${order[0]} file comes first is told in its order`, async t => {
		const home = new Home(t);
		for (const key of order) {
			const [name, bytes] = logs[key];
			home.write(name, bytes);
			assert.deepEqual((await home.ingest()).failures, []);
		}

		const store = await home.store();
		const session = await onlySession(store);
		assert.deepEqual(
			(await all(store.prompts(session.id))).map(({text, state}) => [text, state]),
			[
				['Which harbours?', 'live'],
				['Add Roscoff.', 'rolled-back'],
				['Add Morlaix.', 'live'],
			],
		);
		assert.deepEqual([session.title, session.promptCount, session.toolCallCount], ['Which harbours?', 3, 3]);
	});
}

test('a reverted thread whose first file was rewritten keeps what was taken back as such', async t => {
	const home = new Home(t);
	home.write(...logs.base);
	home.write(...logs.reverted);
	await home.ingest();
	// As compaction of a log may leave it: without the turns that were taken back.
	home.write(logs.base[0], rolloutOf(kept));
	await home.ingest();
	assert.deepEqual(await listed(home), takenBack);
});

test('what was taken back stays so when earlier versions are derived anew', async t => {
	const home = new Home(t);
	home.write(...logs.base);
	home.write(...logs.reverted);
	await home.ingest();
	home.write(logs.base[0], rolloutOf(kept));
	await home.ingest();
	const ingest = openIngestStore(home.database);
	await ingest.forgetReaders();
	await ingest.commit();
	await ingest.close();
	await home.ingest();
	assert.deepEqual(await listed(home), takenBack);
});

test('a reverted thread of which one file is deleted is not gone', async t => {
	const home = new Home(t);
	home.write(...logs.base);
	home.write(...logs.reverted);
	await home.ingest();
	fs.rmSync(home.path(logs.base[0]));
	await home.ingest();
	const store = await home.store();
	const session = await onlySession(store);
	assert.equal(session.gone, null);
	assert.equal((await store.listPrompts(session.id)).length, 3);
	fs.rmSync(home.path(logs.reverted[0]));
	await home.ingest();
	assert.equal((await onlySession(await home.store())).gone?.reason, 'deleted');
});
