import assert from 'node:assert/strict';
import test from 'node:test';
import type {PromptSummary, SessionSummary} from '../../source/model/session.js';
import {type Driven, driveExplorer, now} from '../helpers/drive-explorer.js';
import {command, createMemoryStore, type MemorySession} from '../helpers/memory-store.js';

const ago = (seconds: number): string => new Date(now.getTime() - seconds * 1000).toISOString();

type Outcome = PromptSummary['outcome'];

/** A session whose last line is some seconds old; each prompt with how its turn stands and how many calls it made. */
const session = (
	id: number,
	seconds: number,
	turns: readonly [string, Outcome, number][],
	summary: Partial<SessionSummary> = {},
): MemorySession => ({
	summary: {id, threadId: `thread-${id}`, endedAt: ago(seconds), promptCount: turns.length, bytes: seconds, ...summary},
	prompts: turns.map(([text, outcome, calls], index) => ({
		text,
		summary: {id: id * 1000 + index, outcome},
		events: Array.from({length: calls}, (_, index) => command(`step ${index + 1}`, '')),
	})),
});

const quiet = session(1, 3600, [['An old question', 'open', 1]]);

const liveRows = (driven: Driven): string[] => (driven.rows('sessions') ?? []).filter(row => row.includes('live: '));

test('a session is live while its log grows, or while its last turn is open and not forgotten', async () => {
	const store = createMemoryStore(
		quiet,
		session(2, 5, [['Written just now', 'done', 1]]),
		session(3, 300, [['At work for minutes', 'open', 1]]),
		session(4, 300, [['Done for minutes', 'done', 1]]),
		session(5, -5, [['From a clock ahead', 'done', 1]]),
		session(6, -3600, [['From another day', 'open', 1]]),
		session(7, 3, [['Its log is gone', 'open', 1]], {gone: {since: ago(1), reason: 'deleted'}}),
	);
	const driven = await driveExplorer({store});
	await driven.until(() => liveRows(driven).length === 3);
	const titles = liveRows(driven).map(row => /live: (.{8})/.exec(row)?.[1]);
	assert.deepEqual(titles.toSorted(), ['At work ', 'From a c', 'Written ']);
});

test('what is rolled back leaves no turn open', async () => {
	const store = createMemoryStore(session(2, 300, [['Kept', 'done', 1]]), {
		summary: {id: 3, endedAt: ago(300), title: 'Taken back'},
		prompts: [
			{text: 'Answered', summary: {outcome: 'done'}},
			{text: 'Taken back', summary: {outcome: 'open', state: 'rolled-back'}},
		],
	});
	const driven = await driveExplorer({store});
	await driven.settle();
	assert.deepEqual(liveRows(driven), []);
});

test('the mark goes by itself once nothing is written any more', async () => {
	const clock = {now: now.getTime()};
	const driven = await driveExplorer({
		store: createMemoryStore(session(2, 9.9, [['Written just now', 'done', 1]])),
		now: () => new Date(clock.now),
	});
	await driven.until(() => liveRows(driven).length === 1);
	clock.now += 200;
	await driven.until(() => liveRows(driven).length === 0);
});

test('followed, the newest prompt and event stay selected while the session grows', async () => {
	const store = createMemoryStore(quiet, session(2, 5, [['Paint the hull', 'open', 2]]));
	const driven = await driveExplorer({store, columns: 200});
	const {explorer, ingest, press, until, selected} = driven;
	await until(() => liveRows(driven).length === 1);
	await press('f');
	assert.equal(explorer.state().focus, 'events');
	await until(() => /step 2/.test(selected('events') ?? ''));
	assert.match(driven.status(), /Following; f or a key that moves ends it/);

	store.add(session(2, 4, [['Paint the hull', 'open', 60]]));
	ingest.change();
	await until(() => /step 60/.test(selected('events') ?? ''));
	store.add(
		session(2, 3, [
			['Paint the hull', 'done', 60],
			['Paint the mast', 'open', 3],
		]),
	);
	ingest.change();
	await until(() => /Paint the mast/.test(selected('prompts') ?? '') && /step 3/.test(selected('events') ?? ''));
	assert.match(
		explorer
			.screen()
			.panes.find(({id}) => id === 'events')
			?.heading.map(({text}) => text)
			.join('') ?? '',
		/· following/,
	);
});

test('any key that moves ends following; one that changes panes does not', async () => {
	const store = createMemoryStore(session(2, 5, [['Paint the hull', 'open', 5]]));
	const {explorer, ingest, press, until} = await driveExplorer({store, columns: 200});
	for (const key of ['k', 'down', 'g', 'pageup', '[']) {
		await press('f', 'enter', 'tab', 'shift-tab', 'h');
		assert.equal(explorer.state().following, 2);
		await press(key);
		assert.equal(explorer.state().following, undefined, key);
		explorer.press('h');
		explorer.press('h');
	}

	await press('f', 'k');
	store.add(session(2, 4, [['Paint the hull', 'open', 9]]));
	ingest.change();
	await until(() => explorer.state().lists.events.ids.length === 10);
	assert.equal(explorer.state().lists.events.cursor, 0, 'growing takes nobody along who does not follow');
	await press('f', 'f');
	assert.equal(explorer.state().following, undefined, 'the same key ends it');
});

test('a session that is not written yet can be followed, and another one in the panes is not', async () => {
	const store = createMemoryStore(quiet, session(2, 900, [['Done long ago', 'done', 1]]));
	const {explorer, press, status} = await driveExplorer({store});
	await press('f');
	assert.match(status(), /nothing is being written just now/);
	assert.notEqual(explorer.state().following, undefined);
	await press('h', 'h', 'j');
	assert.equal(explorer.state().following, undefined);
});

test('the end of a turn is told: of own sessions always, of automation while it is followed', async () => {
	const told: string[] = [];
	const agent = {kind: 'sub-agent'} as const;
	const store = createMemoryStore(
		session(2, 5, [['Paint the hull', 'open', 1]]),
		session(3, 5, [['Sand the hull', 'open', 1]], agent),
		session(4, 900, [['Sleeping', 'open', 1]]),
	);
	const {explorer, ingest, press, settle, until} = await driveExplorer({store, notify: text => told.push(text)});
	await settle();
	assert.deepEqual(told, [], 'what is there at the start is no news');

	store.add(session(2, 4, [['Paint the hull', 'done', 2]]), session(3, 4, [['Sand the hull', 'done', 2]], agent));
	ingest.change();
	await until(() => told.length > 0);
	await settle();
	assert.deepEqual(told.splice(0), ['Paint the hull is done']);

	// A turn that began and ended between two looks, and one that is stopped.
	store.add(
		session(2, 3, [
			['Paint the hull', 'done', 2],
			['Paint it again', 'aborted', 1],
		]),
	);
	ingest.change();
	await until(() => told.length > 0);
	assert.deepEqual(told.splice(0), ['Paint the hull was stopped']);

	await press('a', 'j');
	const [threadId] = [explorer.state().lists.sessions.ids[explorer.state().lists.sessions.cursor]];
	assert.equal(threadId, 3);
	await press('f');
	store.add(
		session(
			3,
			2,
			[
				['Sand the hull', 'done', 2],
				['And again', 'failed', 1],
			],
			agent,
		),
	);
	ingest.change();
	await until(() => told.length > 0);
	assert.deepEqual(told, ['Sand the hull has failed']);
});
