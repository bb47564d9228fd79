import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {Writable} from 'node:stream';
import {type TestContext, test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import Ajv from 'ajv/dist/2020.js';
import Database from 'better-sqlite3';
import {services} from '../../source/cli/default-services.js';
import {main} from '../../source/cli/main.js';
import {resolveSettings} from '../../source/config/settings.js';
import {archivePath} from '../../source/store/sqlite/database.js';
import {event, legacyTurn, message, meta, rolloutOf} from '../helpers/rollout.js';
import {Home, idOf, logName, query} from '../ingest/home.js';

const session = (id: number, word: string, fields: Record<string, unknown> = {}): Buffer =>
	rolloutOf([meta({id: idOf(id), ...fields}), ...(word === '' ? [] : legacyTurn(`${word}?`, `${word}!`, 0, 100))]);

type Thread = {id: string; path: string; source?: string; archived?: number; first?: string};

const writeList = (home: Home, threads: readonly Thread[]): void => {
	const db = new Database(home.path('state_5.sqlite'));
	db.exec('create table threads (id text, rollout_path text, source text, archived integer, first_user_message text)');
	for (const {id, path: recorded, source = 'cli', archived = 0, first = 'said'} of threads) {
		db.prepare('insert into threads values (?, ?, ?, ?, ?)').run(id, recorded, source, archived, first);
	}

	db.close();
};

/** Runs a command on an invented home with the program's own services. */
const run = async (home: Pick<Home, 'folder' | 'database'>, ...args: string[]) => {
	const [stdout, stderr] = [collector(), collector()];
	const root = path.dirname(home.folder);
	const folders = {home: root, config: root, data: path.join(root, 'data'), checkoutUser: null, current: root};
	const exitCode = await main([...args, '--database', home.database, '--codex-home', home.folder], {
		stdout: stdout.stream,
		stderr: stderr.stream,
		resolve: flags => resolveSettings(flags, {}, folders),
		services,
	});
	return {exitCode, stdout: stdout.text().replaceAll(home.folder, '~'), stderr: stderr.text()};
};

const collector = () => {
	const chunks: Buffer[] = [];
	const stream = new Writable({
		write(chunk: Buffer, _encoding, done) {
			chunks.push(chunk);
			done();
		},
	});
	return {stream, text: () => Buffer.concat(chunks).toString('utf8')};
};

const section = (text: string, heading: string): string[] => {
	const lines = text.split('\n');
	const from = lines.indexOf(heading) + 1;
	assert.ok(from > 0, `${heading} in\n${text}`);
	const length = lines.slice(from).indexOf('');
	return lines.slice(from, length < 0 ? undefined : from + length).map(line => line.trim());
};

const schema = JSON.parse(fs.readFileSync(new URL('../../docs/json.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv.default({strict: true, allowUnionTypes: true, allErrors: true});
const validate = ajv.compile({$ref: '#/$defs/checkUp', $defs: schema.$defs});

const assertValid = (json: unknown): void => {
	assert.ok(validate(json), ajv.errorsText(validate.errors, {separator: '\n'}));
};

/** A home with one session for every reason that hides one, and one that hides for none. */
const crowdedHome = (t: TestContext): Home => {
	const home = new Home(t);
	const days = Array.from({length: 11}, (_, n) => `2026-02-${String(n + 1).padStart(2, '0')}`);
	const put = (n: number, bytes: Buffer, ending = ''): string => home.write(logName(idOf(n), days[n]) + ending, bytes);
	const listed = (n: number): string => `/old/.codex/${logName(idOf(n), days[n])}`;
	put(1, session(1, 'tide'));
	put(
		2,
		rolloutOf([
			JSON.stringify({id: idOf(2), timestamp: '2025-07-01T12:00:00.000Z'}),
			JSON.stringify(message('user', 'old?')),
		]),
	);
	put(3, session(3, 'ebb', {source: {subagent: 'review'}}));
	put(4, session(4, 'flow'));
	put(5, session(5, 'spring', {originator: 'codex_exec'}));
	put(6, session(6, ''));
	put(7, session(7, 'neap\u001B[2J'));
	put(8, session(8, 'slack'));
	put(9, zstdCompressSync(session(9, 'surge')), '.zst');
	writeList(home, [
		{id: idOf(1), path: listed(1)},
		{id: idOf(3), path: listed(3), source: '{"subagent":"review"}'},
		{id: idOf(4), path: listed(4), archived: 1},
		{id: idOf(5), path: listed(5), source: 'exec'},
		{id: idOf(6), path: listed(6), first: ''},
		{id: idOf(8), path: '/old/.codex/sessions/else\u001B[31mwhere.jsonl'},
		{id: idOf(10), path: listed(10)},
	]);
	return home;
};

test('doctor tells why Codex does not list a session', async t => {
	const home = crowdedHome(t);
	const {stdout, stderr, exitCode} = await run(home, 'doctor', '--json');
	assert.equal(stderr, '');
	assert.equal(exitCode, 0);
	const json = JSON.parse(stdout);
	assertValid(json);
	assert.deepEqual(
		new Map(json.hidden.map((hidden: {id: string; reasons: string[]}) => [hidden.id, hidden.reasons])),
		new Map([
			[idOf(9), ['not-listed', 'compressed']],
			[idOf(8), ['other-file']],
			[idOf(7), ['not-listed']],
			[idOf(6), ['no-prompt']],
			[idOf(5), ['non-interactive']],
			[idOf(4), ['archived']],
			[idOf(3), ['automation']],
			[idOf(2), ['old-format', 'not-listed']],
		]),
	);
	assert.deepEqual(
		json.missing.map(({id, kept}: {id: string; kept: boolean}) => [id, kept]),
		[[idOf(10), false]],
	);
	const {recordedHome, threads, sessionsOnDisk} = json.codexList;
	assert.deepEqual(
		{recordedHome, threads, sessionsOnDisk},
		{recordedHome: '/old/.codex', threads: 7, sessionsOnDisk: 9},
	);
});

test('the text says the same, cleaned', async t => {
	const {stdout} = await run(crowdedHome(t), 'doctor');
	assert.doesNotMatch(stdout, /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
	const rows = section(stdout, "Sessions that Codex's own list does not show");
	assert.match(rows[0] ?? '', /^Compared with ~\/state_5\.sqlite, which lists 7 threads\.$/);
	assert.equal(rows[1], 'It was written for /old/.codex; its paths are looked up below ~.');
	assert.equal(rows[2], '8 of 9 sessions on disk:');
	const groups = rows.filter(row => /: \d+$/.test(row));
	assert.equal(groups.length, 7);
	assert.ok(groups.includes('Not in its database: 2'));
	assert.ok(rows.some(row => row.startsWith(idOf(8)) && row.endsWith('slack? → /old/.codex/sessions/elsewhere.jsonl')));
	assert.ok(rows.some(row => row.startsWith(idOf(9)) && row.endsWith('(also: compressed)')));
	assert.deepEqual(section(stdout, "Threads in Codex's list whose log is gone"), [
		`${idOf(10)}  /old/.codex/${logName(idOf(10), '2026-02-11')}; never read here`,
	]);
	assert.match(stdout, /\nThe databases are sound and every log was read\.\n$/);
});

test('a home without a state database is told by its logs, and sentences say that all is well', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), session(1, 'tide'));
	const {stdout, exitCode} = await run(home, 'doctor');
	assert.equal(exitCode, 0);
	const [source, none] = section(stdout, "Sessions that Codex's own list does not show");
	assert.equal(source, 'There is no state database in ~ (releases from 0.105 on keep one), so the logs alone tell.');
	assert.equal(none, 'None of 1 session on disk.');
	const headings = ['Logs that changed other than by growing', 'Lines that could not be read'];
	for (const heading of [...headings, 'Kinds of lines that this release does not know']) {
		assert.match(section(stdout, heading)[0] ?? '', /^None: /);
	}

	assertValid(JSON.parse((await run(home, 'doctor', '--json')).stdout));
});

test('findings name their place, and a state database that cannot be read is said', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), rolloutOf([meta({id: idOf(1)}), event('moon\u001B[2Jphase'), 'no JSON']));
	home.write('state_5.sqlite', 'no database '.repeat(100));
	const {stdout, exitCode} = await run(home, 'doctor');
	assert.equal(exitCode, 0);
	const place = `first at ~/${logName(idOf(1))}`;
	assert.deepEqual(section(stdout, 'Lines that could not be read'), [`1 ×  not a JSON object  ${place}:3`]);
	assert.deepEqual(section(stdout, 'Kinds of lines that this release does not know'), [
		`1 ×  event_msg moonphase  ${place}:2`,
	]);
	assert.match(stdout, /state_5\.sqlite could not be read \(file is not a database\), so the logs alone tell/);
	const json = JSON.parse((await run(home, 'doctor', '--json')).stdout);
	assertValid(json);
	assert.equal(json.unknownKinds[0].type, 'event_msg moon\u001B[2Jphase');
});

test('a file that cannot be read is told once and fails the check-up', async t => {
	const home = new Home(t);
	home.write(`${logName(idOf(1))}.zst`, 'no zstd');
	const {stdout, stderr, exitCode} = await run(home, 'doctor');
	assert.equal(exitCode, 1);
	assert.equal(stderr, '');
	assert.equal(section(stdout, 'Files that could not be read in this run').length, 1);
	assert.match(stdout, /\nNot in order: .*\n$/);
	const json = JSON.parse((await run(home, 'doctor', '--json')).stdout);
	assertValid(json);
	assert.equal(json.healthy, false);
});

test('repair derives everything anew, from the archive where a log is gone', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), session(1, 'tide'));
	home.write(logName(idOf(2), '2026-02-04'), session(2, 'ebb'));
	await run(home, 'doctor');
	fs.rmSync(home.path(logName(idOf(2), '2026-02-04')));
	await run(home, 'doctor');
	const before = query(home.database, 'select * from prompts order by id');
	const archive = query(archivePath(home.database), 'select * from blocks');
	const db = new Database(home.database);
	db.exec('delete from messages');
	db.close();

	const {stdout, stderr, exitCode} = await run(home, 'doctor', '--repair');
	assert.equal(exitCode, 0);
	assert.equal(
		stderr,
		'Repair: the index was sound. Everything in it was derived anew.\n' +
			'Repair: 1 session was derived from logs on disk, the others from the archive, which was not changed.\n',
	);
	assert.deepEqual(query(home.database, 'select * from prompts order by id'), before);
	assert.equal(query(home.database, 'select distinct file_id from messages').length, 2);
	assert.deepEqual(query(archivePath(home.database), 'select * from blocks'), archive);
	assert.equal(section(stdout, 'Logs that changed other than by growing').length, 1);
});

/** Overwrites pages of a database file; the first page tells what the file is. */
const damage = (file: string, firstPage: number, pages: number): void => {
	const handle = fs.openSync(file, 'r+');
	fs.writeSync(handle, Buffer.alloc(8192 * pages, 0x5a), 0, 8192 * pages, 8192 * firstPage);
	fs.closeSync(handle);
};

for (const [what, firstPage, pages] of [
	['all', 0, 1],
	['half', 4, 20],
	['one table', 2, 1],
] as const) {
	test(`damage to ${what} of the index is told without a stack, and repaired`, async t => {
		const home = new Home(t);
		home.write(logName(idOf(1)), session(1, 'tide'));
		await run(home, 'doctor');
		damage(home.database, firstPage, pages);
		home.append(logName(idOf(1)), `${event('task_complete', {}, 9)}\n`);
		// Repaired is a copy, as the same process may still have the damaged one open.
		const copy = {folder: home.folder, database: home.otherDatabase('copy')};
		fs.copyFileSync(home.database, copy.database);
		fs.copyFileSync(archivePath(home.database), archivePath(copy.database));
		const {exitCode, stdout, stderr} = await run(home, 'doctor');
		assert.equal(exitCode, 1);
		assert.equal(stderr, '');
		assert.match(stdout, /index .*: .*, damaged\n/);
		assert.equal((await run(copy, 'doctor', '--repair')).exitCode, 0);
		assert.equal(query(copy.database, 'select count(*) as count from prompts')[0]?.['count'], 1);
	});
}

test('a damaged archive is told and not touched', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), session(1, 'tide'));
	await run(home, 'doctor');
	damage(archivePath(home.database), 0, 1);
	const before = fs.readFileSync(archivePath(home.database));
	const {exitCode, stdout} = await run(home, 'doctor', '--repair');
	assert.equal(exitCode, 1);
	assert.match(stdout, /Keep a copy of the archive before anything else/);
	assert.ok(fs.readFileSync(archivePath(home.database)).equals(before));
});

test('damage is told, and repair makes a new index beside the damaged one', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), session(1, 'tide'));
	await run(home, 'doctor');
	fs.writeFileSync(home.database, Buffer.alloc(fs.statSync(home.database).size, 0x5a));
	const damaged = await run(home, 'doctor');
	assert.equal(damaged.exitCode, 1);
	assert.match(damaged.stdout, /index .*: .*, damaged\n/);
	assert.match(damaged.stdout, /codex-tui doctor --repair/);
	const json = JSON.parse((await run(home, 'doctor', '--json')).stdout);
	assertValid(json);
	assert.deepEqual(Object.keys(json), ['schema', 'healthy', 'databases', 'failures']);

	const {stderr, exitCode} = await run(home, 'doctor', '--repair', '--json');
	assert.equal(exitCode, 0);
	assert.match(stderr, /^Repair: the index was damaged and lies at .*index\.db\.damaged now\. A new one was made\.\n/);
	assert.equal(fs.statSync(`${home.database}.damaged`).mode & 0o777, 0o600);
	assert.equal(query(home.database, 'select count(*) as count from prompts')[0]?.['count'], 1);
});
