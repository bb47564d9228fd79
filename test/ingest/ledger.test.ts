import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import Database from 'better-sqlite3';
import {archivePath, searchPath} from '../../source/store/sqlite/database.js';
import {legacyTurn, meta, rolloutOf, sampleRollouts} from '../helpers/rollout.js';
import {copied, Home, idOf, logName, query} from './home.js';
import {assertSameWords, wordsIn} from './search-content.js';

const log = (number: number): Buffer => rolloutOf([meta({id: idOf(number)}), ...legacyTurn('Ask?', 'Told.', 1, 100)]);

const sample = sampleRollouts()['era C legacy'] as Buffer;

const homeWithLogs = async (t: TestContext): Promise<Home> => {
	const home = new Home(t);
	for (const number of [1, 2, 3]) {
		home.write(logName(idOf(number)), log(number));
	}

	await home.ingest();
	return home;
};

const prompts = (home: Home): number => query(home.database, 'select 1 from prompts').length;

/** Changes that a glance must not miss, each with how many logs are read because of it. */
const changes: Record<string, [change: (home: Home) => void, read: number, prompts: number]> = {
	'a log that grew': [home => home.append(logName(idOf(2)), rolloutOf(legacyTurn('More?', 'Yes.', 50, 200))), 1, 4],
	'a log that came': [home => void home.write(logName(idOf(4)), log(4)), 1, 4],
	'one that grew and one that came': [
		home => {
			home.append(logName(idOf(1)), rolloutOf(legacyTurn('More?', 'Yes.', 50, 200)));
			home.write(logName(idOf(5)), log(5));
		},
		2,
		5,
	],
	'a log of the same size at another time': [
		home => void home.write(logName(idOf(2)), log(2).toString().replace('Told.', 'Gold.')),
		1,
		// What the log held before stays known.
		4,
	],
	'an index that is gone': [home => fs.rmSync(home.database), 3, 3],
};

for (const [name, [change, read, asked]] of Object.entries(changes)) {
	test(`after a glance at everything, ${name} is read`, async t => {
		const home = await homeWithLogs(t);
		assert.deepEqual((await home.ingest()).files, []);
		change(home);
		const {files, found} = await home.ingest();
		assert.equal(files.length, read);
		assert.equal(found, fs.readdirSync(home.path(logName(idOf(1)).replace(/\/[^/]+$/, ''))).length);
		assert.equal(prompts(home), asked);
		assert.deepEqual((await home.ingest()).files, []);
	});
}

test('a log that is there twice, linked or compressed beside itself, is read once, and known as before', async t => {
	const [one, two] = [logName(idOf(1)), logName(idOf(2))];
	const twins: Record<string, (home: Home) => void> = {
		'a hard link': home => fs.linkSync(home.path(one), home.path(logName(idOf(7)))),
		'a link': home => fs.symlinkSync(home.path(one), home.path(logName(idOf(7)))),
		'a compressed twin': home => void home.write(`${one}.zst`, zstdCompressSync(log(1))),
		'a copy among the archived': home => void home.write(`archived_sessions/${path.basename(one)}`, log(1)),
	};
	for (const [name, twin] of Object.entries(twins)) {
		const home = await homeWithLogs(t);
		twin(home);
		fs.rmSync(home.path(two));
		for (const round of [1, 2]) {
			const {found, files} = await home.ingest();
			assert.equal(found, 2, `${name}, round ${round}`);
			assert.deepEqual(files, [], name);
		}

		assert.equal(query(home.database, 'select 1 from files').length, 3, name);
		assert.deepEqual(
			query(home.database, 'select key from files where gone_at is not null'),
			[{key: path.basename(two)}],
			`${name}: what went at the same time is missed`,
		);
	}
});

test('a log that was moved or compressed is known by its new place', async t => {
	const home = await homeWithLogs(t);
	const [one, two] = [logName(idOf(1)), logName(idOf(2))];
	const at = new Date('2026-02-03T12:00:00Z');
	fs.utimesSync(home.path(two), at, at);
	await home.ingest();
	fs.mkdirSync(home.path('archived_sessions'));
	fs.renameSync(home.path(one), home.path(`archived_sessions/${path.basename(one)}`));
	home.write(`${two}.zst`, zstdCompressSync(log(2)), at);
	fs.rmSync(home.path(two));
	const {files} = await home.ingest();
	assert.deepEqual(
		files.map(({change}) => change),
		['moved', 'moved'],
	);
	assert.equal(query(home.database, 'select 1 from files where gone_at is null').length, 3);
	assert.equal(query(home.database, "select 1 from files where path like '%.zst' or archived = 1").length, 2);
});

/** Rows that SQLite hands out meanwhile, by all queries on all databases. */
const rowsDuring = async (work: () => Promise<unknown>): Promise<number> => {
	const {prepare} = Database.prototype;
	let rows = 0;
	Database.prototype.prepare = function (this: Database.Database, sql: string) {
		const statement = prepare.call(this, sql);
		const all = statement.all.bind(statement);
		const get = statement.get.bind(statement);
		return Object.assign(statement, {
			all: (...values: [object]) => {
				const found = all(...values);
				rows += found.length;
				return found;
			},
			get: (...values: [object]) => {
				rows++;
				return get(...values);
			},
		});
	} as typeof prepare;
	try {
		await work();
		return rows;
	} finally {
		Database.prototype.prepare = prepare;
	}
};

test('a line more costs as many rows in a large home as in a small one, and nothing else is looked at', async t => {
	const home = new Home(t);
	const write = (from: number, to: number): void => {
		for (let number = from; number < to; number++) {
			home.write(
				logName(idOf(number)),
				rolloutOf([meta({id: idOf(number)}), ...legacyTurn(`Ask ${number}?`, 'Told.', 1, 100)]),
			);
		}
	};
	const ingest = () => home.ingest({withTexts: true});
	const rowsOfOneLine = async (number: number): Promise<number> => {
		home.append(logName(idOf(number)), rolloutOf(legacyTurn(`More ${number}?`, 'Yes.', 50, 200)));
		return rowsDuring(async () => assert.equal((await ingest()).files.length, 1));
	};

	write(1, 20);
	await ingest();
	const inSmall = await rowsOfOneLine(2);
	write(20, 220);
	await ingest();
	assert.equal(await rowsOfOneLine(3), inSmall);
	assert.ok(inSmall > 10 && inSmall < 400, `${inSmall} rows`);
	assert.equal((await ingest()).found, 219);
	assert.equal(await rowsDuring(ingest), 1);
	const words = wordsIn(home.database);
	fs.rmSync(searchPath(home.database));
	await ingest();
	assertSameWords(words, wordsIn(home.database));
});

test('words of a log that another run read anew are indexed by the next run, though the log is as it was', async t => {
	const home = new Home(t);
	const parent = logName(idOf(1), '2026-02-02');
	const lines = copied(sample, idOf(1), '2026-02-02').toString().trimEnd().split('\n');
	home.write(parent, `${lines[0]}\n`);
	home.write(logName(idOf(2), '2026-02-04'), copied(sample, idOf(2), '2026-02-04'));
	await home.ingest({withTexts: true});
	home.append(parent, `${lines.slice(1).join('\n')}\n`);
	// Without words, as most commands do.
	await home.ingest();
	const copies = query(home.database, 'select key, copied_prompts from files where copied_prompts > 0');
	assert.equal(copies.length, 1);
	await home.ingest({withTexts: true});
	assert.deepEqual(
		query(searchPath(home.database), 'select distinct key, copied_prompts from progress where copied_prompts > 0'),
		copies,
	);
});

test('a log that is gone is noticed, and one that comes back too', async t => {
	const home = await homeWithLogs(t);
	const gone = (): number => query(home.database, 'select 1 from files where gone_at is not null').length;
	fs.rmSync(home.path(logName(idOf(2))));
	await home.ingest();
	assert.equal(gone(), 1);
	home.write(logName(idOf(2)), log(2));
	await home.ingest();
	assert.equal(gone(), 0);
});

test('a log that goes while another one comes back is noticed', async t => {
	const home = await homeWithLogs(t);
	fs.rmSync(home.path(logName(idOf(2))));
	await home.ingest();
	home.write(logName(idOf(2)), log(2));
	fs.rmSync(home.path(logName(idOf(3))));
	await home.ingest();
	assert.deepEqual(query(home.database, 'select key from files where gone_at is not null'), [
		{key: path.basename(logName(idOf(3)))},
	]);
});

test('a thread that was named is listed by its name', async t => {
	const home = await homeWithLogs(t);
	home.write('session_index.jsonl', `${JSON.stringify({id: idOf(2), thread_name: 'Tide tables'})}\n`);
	await home.ingest();
	assert.deepEqual(query(home.database, 'select name from sessions where name is not null'), [{name: 'Tide tables'}]);
});

test('raw lines and words that were deleted are made anew', async t => {
	const home = await homeWithLogs(t);
	await home.ingest({withTexts: true});
	const words = (): unknown[] =>
		query(searchPath(home.database), "select rowid from messages where messages match 'ask'");
	const before = words();
	assert.ok(before.length >= 3);
	for (const file of [archivePath(home.database), searchPath(home.database)]) {
		fs.rmSync(file);
	}

	await home.ingest({withTexts: true});
	const kept = query(archivePath(home.database), 'select sum(length) as bytes from blocks')[0]?.['bytes'];
	assert.equal(kept, log(1).length * 3);
	assert.deepEqual(words(), before);
});

test('a round that could not read everything is followed by one that looks at everything', async t => {
	const home = new Home(t);
	home.write(logName(idOf(1)), log(1));
	home.write(logName(idOf(2)), log(2));
	await home.ingest({limit: 1});
	assert.equal(prompts(home), 1);
	await home.ingest();
	assert.equal(prompts(home), 2);
});
