import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {zstdCompressSync, zstdDecompressSync} from 'node:zlib';
import type {LogEvent} from '../../source/model/log-event.js';
import type {SessionSummary} from '../../source/model/session.js';
import {all, archivedBytes, assertSameContent, assertSound, Home, presentContent} from '../ingest/home.js';

/*
What Codex does to logs after they were written, done to copies of sessions that lie beside the repository:
whatever happens to the files, no prompt, call or token is lost or told twice.
*/
const corpus = fileURLToPath(new URL('../../../shared/corpus/codex/', import.meta.url));
const skip = fs.existsSync(corpus) ? false : 'the sessions of released versions are not beside the repository';

const cases = skip ? [] : fs.readdirSync(corpus).filter(name => fs.existsSync(path.join(corpus, name, 'truth.json')));

/** What the store tells of a thread, without what its files are. */
type Telling = {
	kind: string;
	name: string | null;
	prompts: [text: string, state: string][];
	calls: string[];
	answers: string[];
	tokens: number;
	counts: number[];
};

type Told = Record<string, Telling>;

const callsIn = (events: readonly LogEvent[]): string[] =>
	events.flatMap(event => (event.kind === 'tool-call' ? [`${event.callId} ${event.output}`] : []));

const answersIn = (events: readonly LogEvent[]): string[] =>
	events.flatMap(event => (event.kind === 'message' && event.role === 'assistant' ? [event.text] : []));

/** Everything that is told now, by thread; `gone` gets the reasons of what is gone. */
const told = async (home: Home, gone: string[] = []): Promise<Told> => {
	const store = await home.store();
	const found: Told = {};
	for (const session of await store.listSessions({limit: 100})) {
		const prompts = await all(store.prompts(session.id));
		const events = [...(await all(store.prelude(session.id))), ...prompts.flatMap(prompt => prompt.events)];
		gone.push(...prompts.flatMap(prompt => prompt.gone?.reason ?? []));
		assert.equal(found[session.threadId], undefined, 'one session per thread');
		found[session.threadId] = {
			kind: session.kind,
			name: session.name,
			prompts: prompts.map(({text, state}) => [text, state]),
			calls: callsIn(events),
			answers: answersIn(events),
			tokens: session.usage.totalTokens,
			counts: [session.promptCount, session.toolCallCount, session.problemCount],
		};
	}

	const used = (await store.usage({})).reduce((sum, entry) => sum + entry.usage.totalTokens, 0);
	assert.equal(
		used,
		Object.values(found).reduce((sum, {tokens}) => sum + tokens, 0),
		'what usage sums up',
	);
	await store.close();
	return found;
};

const sessionsOf = async (home: Home): Promise<SessionSummary[]> => (await home.store()).listSessions({limit: 100});

const ingestQuietly = async (home: Home): Promise<void> => {
	const {failures} = await home.ingest();
	assert.deepEqual(failures, []);
	assertSound(home.database);
	assert.deepEqual((await home.ingest()).files, [], 'nothing is read again');
};

/** A copy of a case's home, times of files included. */
const copyOf = (t: TestContext, name: string, folder = 'home'): Home => {
	const home = new Home(t);
	fs.cpSync(path.join(corpus, name, folder), home.folder, {recursive: true, preserveTimestamps: true});
	return home;
};

const logsOf = (home: Home): string[] =>
	(fs.readdirSync(home.folder, {recursive: true}) as string[])
		.filter(file => /rollout-.*\.(?:jsonl|jsonl\.zst|json)$/.test(file))
		.toSorted();

const changeFile = (file: string, name: string, change: (bytes: Buffer) => Buffer): void => {
	const {atime, mtime} = fs.statSync(file);
	const bytes = fs.readFileSync(file);
	fs.rmSync(file);
	fs.writeFileSync(name, change(bytes));
	fs.utimesSync(name, atime, mtime);
};

for (const name of cases.filter(name => /-S10-/.test(name))) {
	test(`${name}: migrated between two ingests, no prompt is lost or doubled`, async t => {
		const home = copyOf(t, name, 'home_before');
		await ingestQuietly(home);
		const before = await told(home);
		const logs = logsOf(home);
		const bytes = logs.map(log => fs.readFileSync(home.path(log)));
		const present = Object.values(before).flatMap(({prompts}) => prompts).length;
		assert.ok(present > 1);

		fs.cpSync(path.join(corpus, name, 'home'), home.folder, {recursive: true});
		const changed = logs.map((log, index) => !fs.readFileSync(home.path(log)).equals(bytes[index] as Buffer));
		assert.ok(changed.includes(true));
		await ingestQuietly(home);
		const gone: string[] = [];
		const after = await told(home, gone);
		for (const [thread, telling] of Object.entries(before)) {
			assert.deepEqual(after[thread], telling, thread);
		}

		assert.deepEqual(Object.keys(after), Object.keys(before));
		// Migration drops turns that were rolled back.
		const isDropped = Object.values(before).some(({prompts}) => prompts.some(([, state]) => state === 'rolled-back'));
		assert.equal(gone.length > 0, isDropped);
		assert.ok(gone.every(reason => ['rewritten', 'shortened'].includes(reason)));
		for (const [index, log] of logs.entries()) {
			assert.equal(archivedBytes(home, 1, path.basename(log)).equals(bytes[index] as Buffer), true, 'old bytes');
		}

		const fresh = home.otherDatabase('fresh');
		await home.ingest({database: fresh});
		const {sessions: _, ...now} = presentContent(home.database);
		const {sessions: __, ...expected} = presentContent(fresh);
		assertSameContent(now, expected);

		// The migration taken back, as from a backup.
		for (const [index, log] of logs.entries()) {
			home.write(log, bytes[index] as Buffer);
		}

		await ingestQuietly(home);
		const again: string[] = [];
		assert.deepEqual(await told(home, again), before);
		assert.deepEqual(again, []);
	});
}

/** A case of every way to keep a session: documents, bare lines, forks, reverts, sub-agents, compressed. */
const walked =
	/^(?:0\.1\.2505172129-S1|0\.29\.0-S4|0\.36\.0-S1|0\.80\.0-S15|0\.130\.0-S4|0\.148\.0-S11.*|0\.160\.0-S15|0\.169\.0-S[45])$/;

for (const name of cases.filter(name => walked.test(name))) {
	test(`${name}: archived, compressed, expanded, deleted and restored, it tells the same`, async t => {
		const home = copyOf(t, name);
		await ingestQuietly(home);
		const first = await told(home);
		const logs = logsOf(home);
		const same = async (step: string): Promise<void> => {
			await ingestQuietly(home);
			const gone: string[] = [];
			assert.deepEqual(await told(home, gone), first, step);
			assert.deepEqual(gone, [], step);
		};

		const archived = home.path('archived_sessions');
		fs.mkdirSync(archived, {recursive: true});
		for (const log of logs) {
			fs.renameSync(home.path(log), path.join(archived, path.basename(log)));
		}

		await same('archived');
		assert.ok((await sessionsOf(home)).every(session => session.archived));

		for (const log of logsOf(home).filter(log => log.endsWith('.jsonl'))) {
			changeFile(home.path(log), `${home.path(log)}.zst`, bytes => zstdCompressSync(bytes));
		}

		await same('compressed');
		for (const log of logsOf(home).filter(log => log.endsWith('.zst'))) {
			changeFile(home.path(log), home.path(log).slice(0, -4), bytes => zstdDecompressSync(bytes));
		}

		await same('expanded');
		for (const log of logs) {
			const plain = log.replace(/\.zst$/, '');
			fs.renameSync(path.join(archived, path.basename(plain)), home.path(plain));
		}

		await same('taken out of the archive');

		const [one = ''] = logsOf(home);
		const kept = fs.readFileSync(home.path(one));
		fs.rmSync(home.path(one));
		await same('one deleted');
		home.write(one, kept);
		await same('restored');
		assert.ok((await sessionsOf(home)).every(session => session.gone === null));

		fs.cpSync(home.folder, `${home.folder}.aside`, {recursive: true, preserveTimestamps: true});
		for (const log of logsOf(home)) {
			fs.rmSync(home.path(log));
		}

		await same('all deleted');
		assert.ok((await sessionsOf(home)).every(session => session.gone?.reason === 'deleted'));
		fs.cpSync(`${home.folder}.aside`, home.folder, {recursive: true, preserveTimestamps: true});
		await same('all restored');
		assert.ok((await sessionsOf(home)).every(session => session.gone === null));

		const content = presentContent(home.database);
		fs.rmSync(home.database);
		await same('index made anew');
		assertSameContent(withoutPlaces(presentContent(home.database)), withoutPlaces(content));
	});
}

/** Where files lay on the disk may change when they are restored. */
const withoutPlaces = (content: ReturnType<typeof presentContent>) => ({
	...content,
	files: (content['files'] ?? []).map(({inode: _, device: __, mtime_ns: ___, ...row}) => row),
});

/** Content as the files tell it, wherever they lie and however they are kept. */
for (const name of cases.filter(name => /^0\.(?:148\.0-S11.*|15\d\.0-S15|160\.0-S(?:4|15)|169\.0-S4)$/.test(name))) {
	for (const [order, arrange] of Object.entries({
		'the base first': (logs: string[]) => logs,
		'the base last': (logs: string[]) => logs.toReversed(),
	})) {
		test(`${name}: files of a reverted thread, ${order}`, async t => {
			const whole = copyOf(t, name);
			await ingestQuietly(whole);
			const expected = await told(whole);

			const home = new Home(t);
			for (const entry of fs.readdirSync(whole.folder).filter(entry => !/sessions$/.test(entry))) {
				fs.cpSync(whole.path(entry), home.path(entry));
			}

			for (const log of arrange(logsOf(whole).toSorted((a, b) => path.basename(a).localeCompare(path.basename(b))))) {
				fs.mkdirSync(path.dirname(home.path(log)), {recursive: true});
				fs.cpSync(whole.path(log), home.path(log), {preserveTimestamps: true});
				assert.deepEqual((await home.ingest()).failures, []);
			}

			const found = await told(home);
			for (const [thread, telling] of Object.entries(expected)) {
				assert.deepEqual(found[thread], telling, thread);
			}

			assert.deepEqual(Object.keys(found).toSorted(), Object.keys(expected).toSorted());
			assertSound(home.database);
		});
	}
}
