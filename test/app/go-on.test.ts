import assert from 'node:assert/strict';
import test from 'node:test';
import type {SessionSummary} from '../../source/model/session.js';
import {rowText} from '../../source/text/cells.js';
import {type Driven, driveExplorer, now} from '../helpers/drive-explorer.js';
import {fakeOutside, threadOf} from '../helpers/fake-outside.js';
import {command, createMemoryStore, type MemorySession} from '../helpers/memory-store.js';

const session = (id: number, title: string, summary: Partial<SessionSummary> = {}): MemorySession => ({
	summary: {id, threadId: threadOf(id), ...summary},
	prompts: [{text: title, summary: {id: id * 1000}, events: [command('npm test', 'ok')]}],
});

const live = {endedAt: new Date(now.getTime() - 2000).toISOString()};
const gone = {gone: {since: now.toISOString(), reason: 'deleted'}};
const agentOf = (parent: number): Partial<SessionSummary> => ({kind: 'sub-agent', parentThreadId: threadOf(parent)});

const drive = async (...sessions: MemorySession[]) => {
	const fake = fakeOutside();
	const copied: string[] = [];
	const driven = await driveExplorer({
		store: createMemoryStore(...sessions),
		outside: fake.outside,
		origin: fake.origin,
		async copy(text) {
			copied.push(text);
			return 'system';
		},
	});
	await driven.settle();
	return {...driven, ...fake, copied};
};

const overlayText = ({explorer}: Driven): string => {
	const {overlay} = explorer.screen();
	return [overlay?.heading ?? [], ...(overlay?.rows ?? []), ...(overlay?.foot ?? [])]
		.map(row => rowText(row))
		.join('\n');
};

const menuTitle = ({explorer}: Driven): string | undefined => explorer.screen().menu?.title;

test('o resumes the session by its origin, from any pane, and has the logs looked at', async () => {
	const driven = await drive(session(1, 'Paint the hull'));
	for (const keys of [['o'], ['enter', 'o'], ['enter', 'enter', 'o']]) {
		await driven.press(...keys);
		assert.deepEqual(driven.asked.splice(0), [`resume ${threadOf(1)} in /srv/boat yard`]);
	}

	assert.equal(driven.ingest.looks(), 3);
});

test('what is in the way of resuming is said', async () => {
	const driven = await drive(session(1, 'Paint the hull'));
	driven.refuse('There is no codex on your PATH.');
	await driven.press('o');
	assert.match(driven.status(), /There is no codex on your PATH\./);

	const other = await drive(session(1, 'Paint the hull', gone), session(2, 'No id', {threadId: 'file:old.json'}));
	await other.press('g', 'o');
	assert.match(other.status(), /tells no id/);
	await other.press('y');
	assert.match(other.status(), /tells no id/);
	await other.press('j', 'o');
	assert.match(other.status(), /log of this session is gone/);
	assert.deepEqual(other.asked, []);
});

test('a live session is resumed only when that is said again', async () => {
	const driven = await drive(session(1, 'Paint the hull', live));
	await driven.press('o');
	assert.match(menuTitle(driven) ?? '', /two would write to one log/);
	await driven.press('enter');
	assert.deepEqual(driven.asked, [], 'leaving it is the first choice');
	await driven.press('o', '2');
	assert.deepEqual(driven.asked, [`resume ${threadOf(1)} in /srv/boat yard`]);
});

test('y copies the command that resumes', async () => {
	const driven = await drive(session(1, 'Paint the hull'));
	await driven.press('y');
	assert.deepEqual(driven.copied, [`codex resume ${threadOf(1)}`]);
	assert.match(driven.status(), /in the clipboard/);
});

test('e opens the event, and the log after it was said that nothing is redacted', async () => {
	const driven = await drive(session(1, 'Paint the hull'));
	await driven.press('enter', 'enter', 'j', 'e');
	assert.deepEqual(driven.asked.splice(0), ['open event of line 2']);
	await driven.press('l', 'e');
	assert.deepEqual(driven.asked.splice(0), ['open event of line 2'], 'from the detail too');
	await driven.press('h', 'h', 'h', 'e');
	assert.match(menuTitle(driven) ?? '', /nothing is redacted/);
	assert.deepEqual(driven.asked, []);
	await driven.press('enter');
	assert.deepEqual(driven.asked.splice(0), ['open logs of 1']);
	await driven.press('e', '2');
	assert.deepEqual(driven.asked, []);
});

test('before anything is archived it is shown: logs, threads of sub-agents and theirs, what stays', async () => {
	const driven = await drive(
		session(1, 'Paint the hull'),
		session(2, 'Sand the keel', agentOf(1)),
		session(3, 'Fetch sandpaper', agentOf(2)),
		session(4, 'Another way to paint', {kind: 'fork', forkedFromThreadId: threadOf(1)}),
	);
	await driven.press('g');
	while (!/Paint the hull/.test(driven.selected('sessions') ?? '')) {
		await driven.press('j');
	}

	await driven.press('x', 'enter');
	const text = overlayText(driven);
	assert.match(text, /Archive a session/);
	assert.match(text, /Codex moves to its folder of archived sessions 1 log, 1 kB/);
	assert.match(text, /rollout-1\.jsonl +1 kB/);
	assert.match(text, /With it go 2 threads of its sub-agents, 2 kB/);
	assert.match(text, /Sand the keel/);
	assert.match(text, /Fetch sandpaper/);
	assert.doesNotMatch(text, /Another way/, 'a fork is a session of its own');
	assert.match(text, /Enter archives it/);
	assert.deepEqual(driven.asked.splice(0), ['can archive'], 'nothing is done yet');
	await driven.press('escape');
	assert.equal(driven.explorer.state().overlay, undefined);
	await driven.press('x', 'enter');
	await driven.press('enter');
	assert.deepEqual(driven.asked, ['can archive', `archive ${threadOf(1)}`]);
	assert.match(driven.status(), /Codex has archived it/);
	assert.equal(driven.ingest.looks(), 1);
});

test('to delete, a word is typed, in which no letter is a key', async () => {
	const driven = await drive(session(1, 'Paint the hull'));
	await driven.press('x', '3');
	assert.match(overlayText(driven), /Delete a session/);
	for (const typed of [[], ['q', 'j', 'x'], ['d', 'e', 'l', 'e', 't']]) {
		await driven.press('ctrl-u', ...typed, 'enter');
		assert.match(driven.status(), /Type delete, then press Enter/, typed.join(''));
	}

	assert.deepEqual(driven.asked.splice(0), ['can delete']);
	await driven.press('e');
	assert.match(overlayText(driven), /Type delete and press Enter: delete/);
	await driven.press('enter');
	assert.deepEqual(driven.asked, [`delete ${threadOf(1)}`]);
});

test('what Codex cannot or does not do is said, and nothing else happens', async () => {
	const driven = await drive(session(1, 'Paint the hull'));
	driven.refuse('codex-cli 0.130.0 cannot archive sessions; Codex 0.136 and later can.');
	await driven.press('x', 'enter');
	assert.match(driven.status(), /cannot archive sessions/);
	assert.equal(driven.explorer.state().overlay, undefined);
	driven.refuse(undefined);
	await driven.press('x', 'enter');
	driven.refuse('Codex did not archive it: no such session');
	await driven.press('enter');
	assert.match(driven.status(), /Codex did not archive it: no such session/);
});

test('neither a live session is filed, nor one of which a sub-agent is live, nor one that became so meanwhile', async () => {
	for (const sessions of [
		[session(1, 'Paint the hull', live)],
		[session(1, 'Paint the hull'), session(2, 'Sand the keel', {...agentOf(1), ...live})],
	]) {
		const driven = await drive(...sessions);
		await driven.press('x');
		assert.match(driven.status(), /is being written just now/);
		assert.equal(menuTitle(driven), undefined);
	}

	const driven = await drive(session(1, 'Paint the hull'));
	await driven.press('x', '3');
	await driven.press(...'delete');
	const asked = driven.store.queries.length;
	driven.store.add(session(1, 'Paint the hull', live));
	driven.ingest.change();
	await driven.until(() => driven.store.queries.lastIndexOf('listPrompts') >= asked);
	await driven.settle();
	await driven.press('enter');
	assert.match(driven.status(), /is being written just now/);
	assert.deepEqual(driven.asked, ['can delete']);
});

test('a log that another program has open is left alone, and resumed only when that is said again', async () => {
	const driven = await drive(session(1, 'Paint the hull'), session(2, 'Sand the keel', agentOf(1)));
	driven.open('/home/ada/.codex/sessions/rollout-2.jsonl');
	await driven.press('x', 'enter');
	assert.match(driven.status(), /Another program has a log of it open/);
	driven.open(undefined);
	await driven.press('x', 'enter');
	driven.open('/home/ada/.codex/sessions/rollout-1.jsonl');
	await driven.press('enter');
	assert.match(driven.status(), /Another program has a log of it open/);
	assert.deepEqual(driven.asked.splice(0), ['can archive', 'can archive']);

	await driven.press('o');
	assert.match(menuTitle(driven) ?? '', /two would write to one log/);
	await driven.press('2');
	assert.deepEqual(driven.asked, [`resume ${threadOf(1)} in /srv/boat yard`]);
});

test('what is archived is brought back and not archived again; what is gone is not filed', async () => {
	const driven = await drive(session(1, 'Paint the hull', {archived: true}));
	await driven.press('x', '1');
	assert.match(driven.status(), /archived already/);
	await driven.press('x', 'enter');
	await driven.press('enter');
	assert.deepEqual(driven.asked, ['can unarchive', `unarchive ${threadOf(1)}`]);

	const other = await drive(session(1, 'Paint the hull'));
	await other.press('x', '2');
	assert.match(other.status(), /is not archived/);

	const lost = await drive(session(1, 'Paint the hull', gone));
	await lost.press('x');
	assert.match(lost.status(), /gone already/);
	assert.deepEqual([...other.asked, ...lost.asked], []);
});
