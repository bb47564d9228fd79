import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unredacted} from '../../source/disclose/unredacted.js';
import type {EventBody} from '../../source/model/log-event.js';
import {codeBlocks, type ExcerptKind, excerpt, redactedValues} from '../../source/report/excerpt.js';
import {command, createMemoryStore, type MemorySession, message, tokens} from '../helpers/memory-store.js';

/** One session with a prompt; what is asked for is about the event of this number. */
const tell = async (kind: ExcerptKind, session: MemorySession, number?: number) => {
	const store = unredacted(createMemoryStore(session));
	const [{id} = {id: 0}] = await store.listSessions({limit: 1});
	const [prompt] = await store.listPrompts(id);
	const scope = prompt === undefined ? 'prelude' : prompt.id;
	const ids = await store.eventIds({sessionId: id, promptId: scope});
	const event = number === undefined ? undefined : ids[number];
	return {
		told: await excerpt(store, kind, {session: id, prompt: scope, event}),
		blocks: event === undefined ? [] : await codeBlocks(store, event),
	};
};

const patch = (more: object): EventBody => ({
	kind: 'tool-call',
	tool: 'patch',
	name: 'apply_patch',
	callId: 'call-1',
	command: 'lamp.ts',
	arguments: '*** Begin Patch',
	output: null,
	exitCode: null,
	durationMs: null,
	status: 'open',
	...more,
});

test('an exchange begins with its prompt, without the anchors of a report, and counts its images', async () => {
	const {told} = await tell('answers', {
		prompts: [{text: 'Look\nat this', summary: {imageCount: 2}, events: [message('assistant', 'I *do*.'), tokens(9)]}],
	});
	assert.match(
		told ?? '',
		/^### Prompt 1: Look\n\n\*[^\n]+12,400 tokens\*\n\n> Look\\\n> at this\n\n\*2 images came with it\.\*\n\n/,
	);
	assert.match(told ?? '', /> I \\\*do\\\*\.\n$/);
	assert.doesNotMatch(told ?? '', /<a id/);
});

test('the level says what is told, and long outputs are cut below the last', async () => {
	const session = {
		prompts: [{text: 'Go', events: [command('ls', 'x'.repeat(9000)), tokens(5), message('assistant', 'Done.')]}],
	};
	const [answers, actions, full] = await Promise.all(
		(['answers', 'actions', 'full'] as const).map(async kind => (await tell(kind, session)).told ?? ''),
	);
	assert.doesNotMatch(answers ?? '', /Command/);
	assert.match(actions ?? '', /Command[\s\S]*characters left out[\s\S]*Done\./);
	assert.doesNotMatch(actions ?? '', /Tokens/);
	assert.match(full ?? '', /x{9000}[\s\S]*Tokens/);
});

test('what comes before the first prompt is an exchange too', async () => {
	const {told} = await tell('answers', {prelude: [message('assistant', 'Seven gulls.')]});
	assert.match(told ?? '', /^### Before the first prompt\n\n\*\*Answer\*\*[^\n]*\n\n> Seven gulls\.\n$/);
});

test('an exchange beyond all clipboards is cut, and says so', async () => {
	const events = Array.from({length: 4}, () => command('cat', 'y'.repeat(900_000)));
	const {told = ''} = await tell('full', {prompts: [{text: 'Read', events}]});
	assert.ok(told.length < 3_000_000, `${told.length}`);
	assert.match(told, /What follows was left out: it is too long\.\*\n$/);
});

test('the answer is the last one, or the last comment where there is none', async () => {
	const say = (text: string, phase: string | null): EventBody => ({...message('assistant', text), phase}) as EventBody;
	const both = [say('First', null), say('Last', 'final_answer'), say('By the way', 'commentary')];
	assert.equal((await tell('answer', {prompts: [{text: 'Q', events: both}]})).told, 'Last');
	const plan: EventBody = {kind: 'plan', text: '# Chart'};
	assert.equal((await tell('answer', {prompts: [{text: 'Q', events: [say('First', null), plan]}]})).told, '# Chart');
	const comments = [say('One', 'commentary'), say('Two', 'commentary')];
	assert.equal((await tell('answer', {prompts: [{text: 'Q', events: comments}]})).told, 'Two');
	assert.equal((await tell('answer', {prompts: [{text: 'Q', events: []}]})).told, undefined);
});

test('what is pasted into a terminal cannot steer it', async () => {
	const {told} = await tell('command', {prompts: [{text: 'Q', events: [command('echo \u001B[2J\u0007hi\n', '')]}]}, 1);
	assert.equal(told, 'echo ␇hi');
});

test('tabs stay tabs in what is copied as it is', async () => {
	const events = [
		command('printf "a\tb"\r\n\tlamp', ''),
		message('assistant', 'So:\n\n```make\nlamp:\n\tmake horn\n```'),
	];
	const session = {prompts: [{text: 'Q', events}]};
	assert.equal((await tell('command', session, 1)).told, 'printf "a\tb"\n\tlamp');
	assert.deepEqual((await tell('event', session, 2)).blocks, ['lamp:\n\tmake horn']);
});

test('a diff names its files; a patch without one is what was asked for', async () => {
	const change = {path: 'lamp.ts', change: 'update', movedTo: 'light.ts', diff: '@@\n-1\n+2\n'};
	const whole = {path: 'horn.ts', change: 'update', movedTo: null, diff: '--- a/horn.ts\n+++ b/horn.ts\n'};
	const events = [patch({changes: [change, whole]}), patch({}), command('ls', 'a')];
	const session = {prompts: [{text: 'Q', events}]};
	assert.equal(
		(await tell('diff', session, 1)).told,
		'--- lamp.ts\n+++ light.ts\n@@\n-1\n+2\n--- a/horn.ts\n+++ b/horn.ts',
	);
	assert.equal((await tell('diff', session, 2)).told, '*** Begin Patch');
	assert.equal((await tell('diff', session, 3)).told, undefined);
});

test('code is what an event ran and printed, and what stands between fences', async () => {
	const events = [command('ls', 'a\nb'), message('assistant', 'So:\n\n```ts\nlet a;\n```\n\nand `b`')];
	const session = {prompts: [{text: 'Q', events}]};
	assert.deepEqual((await tell('event', session, 1)).blocks, ['ls', 'a\nb']);
	assert.deepEqual((await tell('event', session, 2)).blocks, ['let a;']);
});

test('different values are counted once each, in either form', () => {
	assert.equal(redactedValues('plain'), 0);
	assert.equal(redactedValues('[REDACTED:pat#1] [REDACTED:pat#2] redacted-pat-1 [REDACTED:password#1]'), 3);
});
