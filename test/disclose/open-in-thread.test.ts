import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {openInThread, type ThreadStore} from '../../source/disclose/open-in-thread.js';
import {UserError} from '../../source/model/problem.js';
import {answeredTwice, askedTwice, meta, rolloutOf} from '../helpers/rollout.js';
import {fromRecipe} from '../helpers/secret-samples.js';
import {all, Home, idOf, logName, temporaryFolder} from '../ingest/home.js';

const pat = fromRecipe('ghp_<A36>');

/** A thread whose rules are those of an empty folder, closed after the test. */
const opened = (t: TestContext, database: string, program?: URL, rules = ''): ThreadStore => {
	const folder = temporaryFolder(t);
	const before = process.env['XDG_CONFIG_HOME'];
	process.env['XDG_CONFIG_HOME'] = folder;
	fs.mkdirSync(path.join(folder, 'codex-tui'));
	if (rules !== '') {
		fs.writeFileSync(path.join(folder, 'codex-tui', 'redactions.yml'), rules);
	}

	const store = openInThread({database}, program);
	if (before === undefined) {
		Reflect.deleteProperty(process.env, 'XDG_CONFIG_HOME');
	} else {
		process.env['XDG_CONFIG_HOME'] = before;
	}

	t.after(() => store.close().catch(() => {}));
	return store;
};

const homeWith = async (t: TestContext, prompts = 3): Promise<Home> => {
	const home = new Home(t);
	const turns = Array.from({length: prompts}, (_, index) => [
		...askedTwice(`Question ${index + 1} about ${pat}`, index * 10),
		...answeredTwice(`Answer ${index + 1}`, index * 10 + 1),
	]);
	home.write(logName(idOf(1)), rolloutOf([meta({id: idOf(1)}), ...turns.flat()]));
	await home.ingest();
	return home;
};

/** A thread that does what a line of code says with each message. */
const programOf = (code: string): URL =>
	new URL(`data:text/javascript,${encodeURIComponent(`import {parentPort} from 'node:worker_threads';${code}`)}`);

test('both ways answer as a store does, redacted', async t => {
	const home = await homeWith(t);
	const {screen, outgoing, show} = opened(t, home.database);
	for (const store of [screen, outgoing]) {
		assert.equal((await store.totals()).prompts, 3);
		const [session] = await store.listSessions({limit: 10});
		assert.ok(session);
		assert.equal(session.title, 'Question 1 about [REDACTED:github-pat#1]');
		assert.equal((await store.listPrompts(session.id)).length, 3);
		const prompts = await all(store.prompts(session.id));
		assert.deepEqual(
			prompts.map(({text}) => text),
			[1, 2, 3].map(number => `Question ${number} about [REDACTED:github-pat#1]`),
		);
		assert.deepEqual(await all(store.problems()), []);
		assert.deepEqual(await store.annotations.tags(), []);
	}

	assert.deepEqual(await show([{path: `/srv/${pat}/x`, lines: 3}]), [
		{path: '/srv/[REDACTED:github-pat#1]/x', lines: 3},
	]);
});

test('a stream that is left early is ended, and another can begin', async t => {
	const home = await homeWith(t, 30);
	const {screen} = opened(t, home.database);
	const [session] = await screen.listSessions({limit: 1});
	assert.ok(session);
	for (let time = 0; time < 20; time++) {
		for await (const prompt of screen.prompts(session.id)) {
			assert.equal(prompt.index, 1);
			break;
		}
	}

	assert.equal((await all(screen.prompts(session.id))).length, 30);
});

test('an end is told to the thread, once, and only where a stream was left', async t => {
	const {screen, show} = opened(
		t,
		'',
		programOf(`
			let ends = 0, left = 3;
			parentPort.on('message', ({type, id}) => {
				if (type === 'end') ends++;
				if (type === 'call') parentPort.postMessage({type: 'stream', id, stream: 1});
				if (type === 'next') parentPort.postMessage({type: 'item', id, result: {value: left, done: left-- <= 0}});
				if (type === 'show') parentPort.postMessage({type: 'answer', id, value: ends});
				if (type === 'close') parentPort.postMessage({type: 'answer', id});
			});`),
	);
	assert.equal((await all(screen.problems())).length, 3);
	assert.equal(await show(0), 0);
	const iterator = screen.problems()[Symbol.asyncIterator]();
	await iterator.next();
	await iterator.return?.();
	assert.equal(await show(0), 0, 'it had ended by itself');
});

test('a long list comes in parts, in its order, while other questions are answered', async t => {
	const home = new Home(t);
	const answers = Array.from({length: 2300}, (_, index) => answeredTwice(`Answer ${index}`, index));
	home.write(logName(idOf(1)), rolloutOf([meta({id: idOf(1)}), ...askedTwice('Count', 0), ...answers.flat()]));
	await home.ingest();
	const {screen} = opened(t, home.database);
	const [session] = await screen.listSessions({limit: 1});
	const [prompt] = await screen.listPrompts(session?.id ?? 0);
	const ids = await screen.eventIds({sessionId: session?.id ?? 0, promptId: prompt?.id ?? 0});
	const [rows, totals] = await Promise.all([screen.listEvents(ids), screen.totals()]);
	assert.deepEqual(
		rows.map(({text}) => text),
		['Count', ...answers.keys().map(index => `Answer ${index}`)],
	);
	assert.equal(totals.sessions, 1);
});

test('a mistake in a person’s rules stays a sentence with its exit code, for every question', async t => {
	const home = await homeWith(t);
	const {screen, preview} = opened(t, home.database, undefined, '- {id: broken}\n');
	for (const question of [screen.totals(), all(screen.problems()), preview({home: home.folder}, 5)]) {
		await assert.rejects(question, (error: unknown) => {
			assert.ok(error instanceof UserError);
			assert.equal(error.exitCode, 2);
			assert.match(error.message, /^Line 1 of .*redactions\.yml: rule "broken" has no pattern/);
			return true;
		});
	}
});

test('a database that cannot be opened is told with its exit code, without what its path hides', async t => {
	const file = path.join(temporaryFolder(t), `${pat}.db`);
	fs.writeFileSync(
		file,
		'this is no database, but long enough to be taken for the header of one by who looks only once',
	);
	const {screen} = opened(t, file);
	await assert.rejects(screen.totals(), (error: unknown) => {
		assert.ok(error instanceof UserError);
		assert.ok(!`${error.message} ${error.stack}`.includes(pat.slice(4)), error.message);
		assert.match(error.message, /REDACTED/);
		return true;
	});
});

test('a bug in the thread keeps its stack, and is none that a person could mend', async t => {
	const home = await homeWith(t);
	const {screen} = opened(t, home.database);
	await assert.rejects(screen.listSessions(null as never), (error: unknown) => {
		assert.ok(error instanceof Error && !(error instanceof UserError));
		assert.match(error.stack ?? '', /^TypeError: .*\n +at /);
		return true;
	});
	assert.equal((await screen.totals()).sessions, 1, 'the thread goes on');
});

test('what is asked when the thread dies, and afterwards, fails with a sentence that quotes nothing', async t => {
	const {screen} = opened(
		t,
		'',
		programOf(`parentPort.on('message', () => { throw new RangeError('while reading ${pat}'); });`),
	);
	const sentence = /^Error: The thread that reads the database ended \(RangeError\)\.$/;
	const open = [screen.totals(), all(screen.problems())];
	for (const question of open) {
		await assert.rejects(question, (error: unknown) => sentence.test(String(error)));
	}

	await assert.rejects(screen.totals(), (error: unknown) => sentence.test(String(error)));
	await screen.close();
});

test('closing ends the thread, and whoever asks later is told', async t => {
	const home = await homeWith(t);
	const {screen} = opened(t, home.database);
	assert.equal((await screen.totals()).sessions, 1);
	await screen.close();
	await assert.rejects(screen.totals(), /The thread that reads the database ended/);
	await screen.close();
});

test('a session is revealed on the screen alone, and what changed is told', async t => {
	const home = await homeWith(t);
	const store = opened(t, home.database);
	const changes: (number | null)[] = [];
	store.onChange(session => changes.push(session));
	const [session] = await store.screen.listSessions({limit: 1});
	assert.ok(session);
	await store.reveal(session.id, true);
	assert.match((await store.screen.session(session.id))?.title ?? '', new RegExp(pat));
	assert.doesNotMatch((await store.outgoing.session(session.id))?.title ?? '', new RegExp(pat));
	await store.reveal(session.id, false);
	assert.doesNotMatch((await store.screen.session(session.id))?.title ?? '', new RegExp(pat));
	await sleep(0);
	assert.ok(changes.includes(session.id));
});

test('heads of logs that were never read are shown redacted, until the database knows a session', async t => {
	const home = new Home(t);
	home.write(
		logName(idOf(1)),
		rolloutOf([meta({id: idOf(1), cwd: `/srv/${pat}`, git: {branch: pat}}), ...askedTwice(`Try ${pat}`, 1)]),
	);
	const {preview} = opened(t, home.database);
	const [session] = await preview({home: home.folder}, 5);
	assert.equal(session?.title, 'Try [REDACTED:github-pat#1]');
	assert.ok(!JSON.stringify(session).includes(pat.slice(4)));
	await home.ingest();
	assert.deepEqual(await preview({home: home.folder}, 5), []);
});
