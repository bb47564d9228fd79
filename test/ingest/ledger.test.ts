import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {archivePath, searchPath} from '../../source/store/sqlite/database.js';
import {legacyTurn, meta, rolloutOf} from '../helpers/rollout.js';
import {Home, idOf, logName, query} from './home.js';

const log = (number: number): Buffer => rolloutOf([meta({id: idOf(number)}), ...legacyTurn('Ask?', 'Told.', 1, 100)]);

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
