import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import Database from 'better-sqlite3';
import {codex} from '../../source/formats/codex/index.js';
import {FindingsPass} from '../../source/ingest/findings-pass.js';
import {UserError} from '../../source/model/problem.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import type {FindingsIndex} from '../../source/store/findings-index.js';
import type {SearchIndex} from '../../source/store/search-index.js';
import {searchPath} from '../../source/store/sqlite/database.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {openSearchIndex} from '../../source/store/sqlite/open-search-index.js';
import type {Store} from '../../source/store/store.js';
import {becomesSo, startWatching} from '../faults/program.js';
import {
	functionCall,
	functionOutput,
	item,
	legacyTurn,
	message,
	meta,
	rolloutOf,
	threadId,
} from '../helpers/rollout.js';
import {fromRecipe} from '../helpers/secret-samples.js';
import {findingsIn, key, lookThrough, password, secretive, token, usualRules} from './findings.js';
import {Home, idOf, logName, onlySession, retold} from './home.js';

const countsOf = async (store: Store, rules = usualRules): Promise<(number | null)[]> => [
	...(await store.findings.counts(rules)).values(),
];

test('every value is noted once per log, with how often it was met, and none can be read there', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	await home.ingest();
	const store = await home.store();
	const {id} = await onlySession(store);
	assert.deepEqual(await countsOf(store), [null]);
	assert.equal(await store.findings.isLookedThrough(id, usualRules), false);
	assert.deepEqual(await store.findings.of(id, usualRules), []);

	await lookThrough(home);
	assert.equal(await store.findings.isLookedThrough(id, usualRules), true);
	const places = await store.findings.of(id, usualRules);
	const secrets = places.filter(place => place.class === 'secret');
	assert.equal(secrets.length, 3, 'password, key and token');
	const mail = places.find(place => place.class === 'pii.email');
	assert.equal(mail?.field, 'prompt.text');
	assert.equal((await store.promptText(mail.eventId)).slice(mail.start, mail.end), 'kim.quill@harbour.dev');
	const named = secrets.find(({field}) => field === 'output');
	assert.ok(named && named.places >= 3, 'in the output, the command and the second output');
	assert.deepEqual(await countsOf(store), [4], 'the folder of the session, which is shown as ~, does not count');
	const written = JSON.stringify(findingsIn(home.database));
	for (const value of [password, token, key, 'kim.quill']) {
		assert.ok(!written.includes(value));
	}
});

test('a session with nothing to hide counts none', async t => {
	const home = new Home(t);
	home.write(logName(threadId), rolloutOf([meta({cwd: '/srv/tides'}), ...legacyTurn('When?', 'At noon.', 1, 100)]));
	await home.ingest();
	await lookThrough(home);
	assert.deepEqual(await countsOf(await home.store()), [0]);
});

/** What is found by going through everything anew. */
const rebuilt = async (home: Home) => {
	fs.rmSync(searchPath(home.database), {force: true});
	await lookThrough(home);
	return findingsIn(home.database);
};

/** What does not depend on when a log grew. */
const withoutPlaces = ({findings, ...others}: ReturnType<typeof findingsIn>) => ({
	...others,
	findings: findings.map(({places: _, ...row}) => row),
});

test('a log that grows is looked through from where it ended, by what was known', async t => {
	const home = new Home(t);
	const bytes = secretive();
	const lines = bytes.toString().split('\n').slice(0, -1);
	for (const cut of lines.keys()) {
		const name = logName(idOf(cut + 1), '2026-02-05');
		const whole = retold(bytes, idOf(cut + 1), '2026-02-05').toString();
		const at = whole.split('\n').slice(0, cut).join('\n').length;
		// In the middle of a line, which is looked at as far as it goes.
		home.write(name, whole.slice(0, at + 40));
	}

	await home.ingest();
	await lookThrough(home);
	for (const cut of lines.keys()) {
		const whole = retold(bytes, idOf(cut + 1), '2026-02-05').toString();
		home.append(
			logName(idOf(cut + 1), '2026-02-05'),
			whole.slice(fs.statSync(home.path(logName(idOf(cut + 1), '2026-02-05'))).size),
		);
	}

	await home.ingest();
	const store = await home.store();
	assert.ok((await countsOf(store)).every(count => count === null));
	await lookThrough(home);
	const grown = findingsIn(home.database);
	assert.ok((await countsOf(store)).every(count => count === 4));
	assert.deepEqual(withoutPlaces(grown), withoutPlaces(await rebuilt(home)));
});

test('a log that was rewritten is looked through anew, and nothing of what it held is left', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	await home.ingest();
	await lookThrough(home);
	home.write(logName(threadId), rolloutOf([meta(), ...legacyTurn(`Use ${token}`, 'Yes.', 1, 100)]));
	await home.ingest();
	const store = await home.store();
	assert.deepEqual(await countsOf(store), [null]);
	await lookThrough(home);
	assert.deepEqual(await countsOf(store), [1]);
	assert.deepEqual(findingsIn(home.database), await rebuilt(home));
});

test('other rules begin anew, and until then nothing counts as looked through', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	await home.ingest();
	await lookThrough(home);
	const rules = {disabled: ['github-pat']};
	const {fingerprint} = assembleRedactor(rules);
	assert.notEqual(fingerprint, usualRules);
	const store = await home.store();
	const {id} = await onlySession(store);
	assert.deepEqual(await countsOf(store, fingerprint), [null]);
	await lookThrough(home, {rules});
	assert.deepEqual(await countsOf(store, fingerprint), [3]);
	assert.deepEqual(await countsOf(store), [null]);
	assert.equal(await store.findings.isLookedThrough(id, usualRules), false);
	assert.deepEqual(await store.findings.of(id, usualRules), []);
});

test('of two programs with different rules, the one that began last goes on', async t => {
	const home = new Home(t);
	for (const index of [2, 3, 4]) {
		home.write(logName(idOf(index), '2026-02-04'), retold(secretive(), idOf(index), '2026-02-04'));
	}

	await home.ingest();
	const index = openIngestStore(home.database);
	const search = openSearchIndex(home.database);
	const redactor = assembleRedactor({disabled: ['github-pat']});
	const first = new FindingsPass({store: index, search, format: codex, redactor});
	assert.equal(await first.look({shouldPause: () => true}), false);
	await lookThrough(home);
	assert.equal(await first.look({shouldPause: () => false}), true);
	assert.equal(first.hasNews(), false);
	search.close();
	await index.close();
	const store = await home.store();
	assert.deepEqual(await countsOf(store), [4, 4, 4]);
	assert.deepEqual(await countsOf(store, redactor.fingerprint), [null, null, null]);
});

test('the same rules have the same fingerprint, whatever remarks stand beside them', () => {
	const withRule = (pattern: RegExp, reason: string) =>
		assembleRedactor({
			redactions: {
				rules: [
					{id: 'ours', type: 'regex', pattern, scope: 'global', fields: [], enabled: true, reason, allow: [], line: 1},
				],
				allow: [],
			},
		}).fingerprint;
	assert.equal(assembleRedactor({}).fingerprint, usualRules);
	assert.equal(withRule(/quillfish/dg, 'why'), withRule(/quillfish/dg, 'why not'));
	assert.notEqual(withRule(/quillfish/dg, 'why'), withRule(/quillfish/dgi, 'why'));
	assert.notEqual(withRule(/quillfish/dg, 'why'), usualRules);
});

/** Several logs, one of them of many steps. */
const setUp = async (t: TestContext) => {
	const home = new Home(t);
	const turns = Array.from({length: 30}, (_, at) => [
		...legacyTurn(`Question ${at}: ${password}?`, 'The tide is low. '.repeat(3000), at * 10 + 100, 5000 + at * 1000),
		item(functionCall('exec_command', {cmd: 'printenv'}, `call-${at + 10}`), at * 10 + 105),
		item(functionOutput(`call-${at + 10}`, `SECRET_KEY=${fromRecipe('<A32>', at + 20)}\n`), at * 10 + 106),
		item(message('assistant', `It was ${fromRecipe('<A32>', at + 19)}.`), at * 10 + 107),
	]);
	home.write(logName(threadId), secretive(turns.flat()));
	for (const index of [2, 3, 4]) {
		home.write(logName(idOf(index), '2026-02-04'), retold(secretive(), idOf(index), '2026-02-04'));
	}

	await home.ingest();
	await lookThrough(home);
	const expected = findingsIn(home.database);
	assert.ok(expected.findings.length > 40 && expected.lessons.length > 30);
	fs.rmSync(searchPath(home.database), {force: true});
	return {home, expected};
};

class Crash extends Error {}

const counting = (search: SearchIndex, onCall: () => void): SearchIndex => ({
	...search,
	findings: new Proxy(search.findings, {
		get(target, name: keyof FindingsIndex) {
			onCall();
			return target[name];
		},
	}),
});

test('a look that is left after every step comes to the same', async t => {
	const {home, expected} = await setUp(t);
	const rounds = await lookThrough(home, {shouldPause: () => true});
	assert.ok(rounds > 10, `${rounds} rounds`);
	assert.deepEqual(findingsIn(home.database), expected);
});

test('a look that was stopped anywhere is completed by the next', async t => {
	const {home, expected} = await setUp(t);
	let calls = 0;
	await lookThrough(home, {wrap: search => counting(search, () => calls++)});
	assert.ok(calls > 20, `${calls} calls`);
	for (const stop of Array.from({length: 6}, (_, at) => 1 + Math.floor((at * calls) / 6))) {
		fs.rmSync(searchPath(home.database), {force: true});
		let call = 0;
		const wrap = (search: SearchIndex): SearchIndex =>
			counting(search, () => {
				if (++call === stop) {
					throw new Crash();
				}
			});
		await assert.rejects(lookThrough(home, {wrap}), Crash);
		await lookThrough(home);
		assert.deepEqual(findingsIn(home.database), expected, `stopped at call ${stop}`);
	}
});

test('a look that was killed is completed by the next', async t => {
	const {home, expected} = await setUp(t);
	const script = fileURLToPath(new URL('run-findings.ts', import.meta.url));
	for (const killAt of [3, 11, 27]) {
		const {promise, resolve} = Promise.withResolvers<string | null>();
		execFile(process.execPath, ['--import', 'tsx', script, home.database, String(killAt)], (error, _out, err) =>
			resolve(error?.signal ?? `no signal: ${err}`),
		);
		assert.equal(await promise, 'SIGKILL');
	}

	await lookThrough(home);
	assert.deepEqual(findingsIn(home.database), expected);
});

test('without the search database nothing counts as looked through, until it was made again', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	await home.ingest();
	await lookThrough(home);
	const store = await home.store();
	assert.deepEqual(await countsOf(store), [4]);
	fs.rmSync(searchPath(home.database));
	assert.deepEqual(await countsOf(store), [null]);
	fs.writeFileSync(searchPath(home.database), 'no database at all');
	assert.deepEqual(await countsOf(store), [null]);
	openSearchIndex(home.database).close();
	await lookThrough(home);
	assert.deepEqual(await countsOf(store), [4]);
});

test('damage met on the way does not stop reading, and the next start begins anew', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	await home.ingest();
	await lookThrough(home);
	const db = new Database(searchPath(home.database));
	const page = db.prepare("select rootpage from sqlite_schema where name = 'findings'").pluck().get() as number;
	const size = db.pragma('page_size', {simple: true}) as number;
	db.pragma('wal_checkpoint(TRUNCATE)');
	db.close();
	const bytes = fs.readFileSync(searchPath(home.database));
	bytes.fill(0xff, (page - 1) * size, page * size);
	fs.writeFileSync(searchPath(home.database), bytes);
	home.append(logName(threadId), rolloutOf(legacyTurn(`And ${fromRecipe('ghp_<A36>', 9)}?`, 'No.', 60, 4000)));
	await home.ingest();
	await lookThrough(home);
	assert.ok(fs.existsSync(`${searchPath(home.database)}.damaged`));
	const store = await home.store();
	assert.deepEqual(await countsOf(store), [null]);
	await lookThrough(home);
	assert.deepEqual(await countsOf(store), [5]);
});

test('logs that are gone are looked through in the archive', async t => {
	const home = new Home(t);
	const log = home.write(logName(threadId), secretive());
	await home.ingest();
	fs.rmSync(log);
	await home.ingest();
	await lookThrough(home);
	assert.deepEqual(await countsOf(await home.store()), [4]);
});

test('a value that several logs of a session hold counts once', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	// Codex goes on with a thread in another log.
	home.write(logName(threadId, '2026-02-06'), retold(secretive(), threadId, '2026-02-06'));
	await home.ingest();
	await lookThrough(home);
	const store = await home.store();
	const {id} = await onlySession(store);
	const files = new Set(findingsIn(home.database).progress.map(row => (row as {file_id: number}).file_id));
	assert.equal((await store.findings.counts(usualRules)).get(id), 4);
	assert.equal(files.size, 2);
});

const folders = (home: Home) => ({
	checkoutUser: null,
	config: home.path('config'),
	home: home.folder,
	current: home.folder,
});

test('an ingest looks through logs when it is asked to, also where nothing has changed', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	const store = await home.store();
	await home.ingest({withTexts: true});
	assert.deepEqual(await countsOf(store), [null]);
	await home.ingest({withTexts: true, withFindings: true, ruleFolders: folders(home), shouldStop: () => false});
	assert.deepEqual(await countsOf(store), [4]);
});

test('rules that cannot be read refuse the look, and nothing counts as looked through', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	home.write('config/redactions.yml', 'rules: [');
	const look = home.ingest({withTexts: true, withFindings: true, ruleFolders: folders(home), shouldStop: () => false});
	await assert.rejects(look, UserError);
	assert.deepEqual(await countsOf(await home.store()), []);
});

test('who keeps a database up to date looks through logs once all is read, and through what they get since', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	const watching = startWatching(home);
	t.after(() => watching.stop());
	const store = await home.store();
	const isCounted = async (wanted: number): Promise<boolean> => {
		for (const deadline = performance.now() + 10_000; performance.now() < deadline; await sleep(20)) {
			if ((await countsOf(store))[0] === wanted) {
				return true;
			}
		}

		return false;
	};
	assert.ok(await isCounted(4));
	home.append(logName(threadId), rolloutOf(legacyTurn(`And ${fromRecipe('ghp_<A36>', 9)}?`, 'No.', 60, 4000)));
	assert.ok(await isCounted(5));
	assert.equal(watching.failure(), undefined);
	assert.ok(watching.messages.some(({type}) => type === 'changed'));
});

test('rules that cannot be read are told once, and reading goes on', async t => {
	const home = new Home(t);
	home.write(logName(threadId), secretive());
	home.write('config/redactions.yml', 'rules: [');
	const watching = startWatching(home, {config: home.path('config')});
	t.after(() => watching.stop());
	assert.ok(await becomesSo(() => watching.failure() !== undefined));
	assert.match(watching.failure() ?? '', /^Secrets are not counted: .*redactions\.yml/);
	const store = await home.store();
	home.write(logName(idOf(2), '2026-02-04'), retold(secretive(), idOf(2), '2026-02-04'));
	for (const deadline = performance.now() + 10_000; performance.now() < deadline; await sleep(20)) {
		if ((await countsOf(store)).length === 2) {
			break;
		}
	}

	assert.deepEqual(await countsOf(store), [null, null]);
	assert.equal(watching.messages.filter(({type}) => type === 'failed').length, 1);
});
