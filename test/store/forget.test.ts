import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import Database from 'better-sqlite3';
import {codex} from '../../source/formats/codex/index.js';
import {UserError} from '../../source/model/problem.js';
import {annotationsPath, archivePath, searchPath} from '../../source/store/sqlite/database.js';
import {forgetSessions, listForgotten, planForget, readAgain} from '../../source/store/sqlite/forget-sessions.js';
import {openIngestLock} from '../../source/store/sqlite/ingest-lock.js';
import {openStore} from '../../source/store/sqlite/open.js';
import {event, functionCall, functionOutput, item, meta, rolloutOf, turnContext} from '../helpers/rollout.js';
import {all, assertSound, Home, idOf, logName, query, rawOf} from '../ingest/home.js';

const [leaving, staying, fork] = [idOf(1), idOf(2), idOf(3)];
/** Words of the session that is forgotten; each begins otherwise, since words are kept without what they share. */
const canaries = [
	'quokkaprompt',
	'zyzzyvaanswer',
	'jabirucommand',
	'xenopsoutput',
	'wombattitle',
	'yaffletag',
	'vicunanote',
];
const [inPrompt, inAnswer, inCommand, inOutput, inTitle, inTag, inNote] = canaries as [
	string,
	string,
	string,
	string,
	string,
	string,
	string,
];
const image = (bytes: Buffer) => ({
	type: 'input_image',
	image_url: `data:image/png;base64,${bytes.toString('base64')}`,
});
const own = randomBytes(90_000);
const shared = randomBytes(60_000);

const rollout = (
	id: string,
	words: {prompt: string; answer: string; command: string; output: string},
	images: Buffer[],
	more = {},
) =>
	rolloutOf([
		meta({id, ...more}),
		turnContext(),
		event('user_message', {message: `Where is the ${words.prompt}?`}, 1),
		item(
			{
				type: 'message',
				role: 'user',
				content: [{type: 'input_text', text: `Where is the ${words.prompt}?`}, ...images.map(image)],
			},
			1,
		),
		item(functionCall('exec_command', {cmd: `find ${words.command}`}, 'c1'), 2),
		item(functionOutput('c1', `Process exited with code 0\nOutput:\n${`${words.output} seen\n`.repeat(300)}`), 3),
		item({type: 'message', role: 'assistant', content: [{type: 'output_text', text: `At the ${words.answer}.`}]}, 4),
	]);

const harmless = {prompt: 'harbour', answer: 'quay', command: 'tables', output: 'tide'};

/** A home with a session to be forgotten, annotated and searched, and another one that shares an image with it. */
const homeWithBoth = async (t: TestContext): Promise<Home> => {
	const home = new Home(t);
	const words = {prompt: inPrompt, answer: inAnswer, command: inCommand, output: inOutput};
	const bytes = rollout(leaving, words, [own, shared]);
	// Its prompt history was known before its log was.
	home.write(
		'history.jsonl',
		`${JSON.stringify({session_id: leaving, ts: 1770112800, text: `Where is the ${inPrompt}?`})}\n`,
	);
	await home.ingest({withTexts: true});
	// Read in two goes, so that what was kept first was replaced.
	home.write(logName(leaving), bytes.subarray(0, bytes.length - 300));
	home.write(logName(staying), rollout(staying, harmless, [shared]));
	home.write(
		'session_index.jsonl',
		`${JSON.stringify({id: leaving, thread_name: inTitle, updated_at: '2026-02-03T10:00:00Z'})}\n`,
	);
	await home.ingest({withTexts: true});
	home.write(logName(leaving), bytes);
	await home.ingest({withTexts: true});
	const store = await openStore(home.database, codex);
	const [session] = await store.findSessions(leaving);
	assert.equal(session?.title, inTitle);
	await store.annotations.tag([leaving], {add: [inTag], remove: []});
	await store.annotations.noteSession(leaving, inNote);
	const decide = {action: 'redact' as const, threadId: leaving, reason: 'private'};
	await store.redactions.add({...decide, scope: 'session', value: inPrompt});
	await store.redactions.add({...decide, scope: 'everywhere', value: inAnswer});
	await store.close();
	return home;
};

const filesBeside = (home: Home): string[] => {
	const folder = path.dirname(home.database);
	return fs.readdirSync(folder).map(name => path.join(folder, name));
};

/** Which of these bytes stand in which file. */
const found = (home: Home, needles: readonly (string | Buffer)[]): string[] =>
	filesBeside(home).flatMap(file => {
		const bytes = fs.readFileSync(file);
		return needles.flatMap((needle, at) => (bytes.includes(needle) ? [`${path.basename(file)} ${at}`] : []));
	});

/** A piece of everything compressed that the archive holds of a thread alone. */
const blobsOf = (home: Home): Buffer[] => {
	const db = new Database(archivePath(home.database), {readonly: true});
	const blocks = db
		.prepare('select data from blocks join rollouts on rollouts.id = rollout_id where key like ?')
		.pluck()
		.all(`%${leaving}%`) as Buffer[];
	db.close();
	assert.ok(blocks.length >= 2, 'the log and its prompt history');
	return blocks.map(data => data.subarray(data.length >> 1, (data.length >> 1) + 40));
};

test('what is forgotten is in no byte of any file, and everything else is as it was', async t => {
	const home = await homeWithBoth(t);
	const needles = [...canaries, own.subarray(40_000, 40_060), ...blobsOf(home)];
	const before = found(home, needles);
	for (const name of [
		'index.db 0',
		'index.search.db',
		'index.annotations.db 5',
		'index.annotations.db 6',
		'index.archive.db 7',
	]) {
		assert.ok(
			before.some(one => one.startsWith(name)),
			`${name} was there`,
		);
	}

	const reader = await openStore(home.database, codex);
	const [kept] = await reader.findSessions(staying);
	assert.ok(kept);
	const raw = await rawOf(reader, kept.id);
	await reader.close();
	forgetSessions(home.database, [leaving]);
	assert.deepEqual(found(home, needles), []);
	assert.deepEqual(found(home, [shared.subarray(20_000, 20_060)]), ['index.archive.db 0']);
	const search = new Database(searchPath(home.database));
	for (const part of ['messages', 'outputs']) {
		search.exec(`create virtual table temp.${part}_words using fts5vocab(main, ${part}, row)`);
		const terms = search.prepare(`select term from ${part}_words`).pluck().all() as string[];
		assert.ok(terms.length > 0 && terms.every(term => !canaries.includes(term)), part);
	}

	search.close();
	assertSound(home.database);
	fs.rmSync(home.folder, {recursive: true});
	const store = await home.store();
	assert.deepEqual(
		(await store.listSessions({limit: 9})).map(({threadId}) => threadId),
		[staying],
	);
	assert.deepEqual(await rawOf(store, kept.id), raw);
	assert.deepEqual(await store.annotations.tags(), []);
	const rows = await store.redactions.list();
	assert.deepEqual(
		rows.map(({scope, threadId, hasPlace}) => [scope, threadId, hasPlace]),
		[['everywhere', null, false]],
	);
	assert.equal((await store.redactions.decisions()).decisions[0]?.value, inAnswer);
	assert.equal(await store.redactions.undo(), undefined, 'undoing brings nothing of it back');
	const trail = await all(store.redactions.audit());
	assert.deepEqual(
		trail.map(entry => (entry.type === 'fault' ? entry.reason : entry.kind)),
		['add', 'add', 'forget'],
	);
});

test('it stays forgotten while its log lies there, grows, is compressed or read anew, until that is taken back', async t => {
	const home = await homeWithBoth(t);
	forgetSessions(home.database, [leaving]);
	const threads = async (): Promise<string[]> => {
		const summary = await home.ingest({withTexts: true});
		assert.deepEqual(summary.failures, []);
		const store = await openStore(home.database, codex);
		const list = (await store.listSessions({limit: 9})).map(({threadId}) => threadId);
		await store.close();
		return list;
	};

	assert.deepEqual(await threads(), [staying]);
	home.append(logName(leaving), rolloutOf([event('user_message', {message: `More ${inPrompt}`}, 9)]));
	assert.deepEqual(await threads(), [staying]);
	fs.rmSync(home.database);
	assert.deepEqual(await threads(), [staying], 'by a new index');
	fs.renameSync(home.path(logName(leaving)), home.path(logName(leaving).replace('T10', 'T11')));
	assert.deepEqual(await threads(), [staying], 'under another name of the thread');
	const words = canaries.slice(0, 5);
	assert.deepEqual(found(home, words), []);
	const [row] = listForgotten(home.database);
	assert.deepEqual([row?.threadId, row?.logs], [leaving, 2], 'the log and its prompt history');
	readAgain(home.database, leaving);
	assert.deepEqual(listForgotten(home.database), []);
	assert.deepEqual((await threads()).toSorted(), [leaving, staying]);
});

test('a plan tells logs, forks and older copies, and changes nothing', async t => {
	const home = await homeWithBoth(t);
	home.write(logName(fork, '2026-02-04'), rollout(fork, {...harmless, prompt: 'fork'}, [], {forked_from_id: leaving}));
	await home.ingest();
	const backup = `${home.database}.v1.backup`;
	fs.writeFileSync(backup, 'older');
	const plan = planForget(home.database, [leaving]);
	assert.deepEqual(plan.otherFiles, [backup]);
	assert.deepEqual(
		plan.sessions.map(({threadId, logs, copies}) => [threadId, logs, copies]),
		[[leaving, [home.path(logName(leaving))], [{threadId: fork, kind: 'fork'}]]],
	);
	assert.ok((plan.sessions[0]?.bytes ?? 0) > own.length);
	assert.deepEqual(planForget(home.database, [leaving, fork]).sessions[0]?.copies, []);
	assert.equal(query(home.database, 'select thread_id from sessions').length, 3);
});

test('nothing is forgotten while another program reads logs or has a database open', async t => {
	const home = await homeWithBoth(t);
	const lock = openIngestLock(home.database);
	assert.equal(lock.take(), true);
	const refused = (sentence: RegExp): void =>
		assert.throws(
			() => forgetSessions(home.database, [leaving]),
			error => error instanceof UserError && error.exitCode === 1 && sentence.test(error.message),
		);
	refused(/Another program is reading logs/);
	lock.release();
	lock.close();
	const store = await openStore(home.database, codex);
	await store.listSessions({limit: 1});
	refused(/in use by another program/);
	await store.close();
	assert.equal(query(home.database, 'select thread_id from sessions').length, 2);
	assert.equal(query(annotationsPath(home.database), "select 1 from redaction_audit where kind = 'forget'").length, 0);
	forgetSessions(home.database, [leaving]);
	assert.equal(query(home.database, 'select thread_id from sessions').length, 1);
});
