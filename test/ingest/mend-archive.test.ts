import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import {test} from 'node:test';
import Database from 'better-sqlite3';
import {checkDatabases} from '../../source/store/sqlite/check-database.js';
import {archivePath} from '../../source/store/sqlite/database.js';
import {item, legacyTurn, message, meta, rolloutOf} from '../helpers/rollout.js';
import {assertSound, Home, idOf, logName, onlySession, query, rawOf} from './home.js';

const name = logName(idOf(1));

/** Several blocks of text, and an image that is kept apart. */
const log = (words = 'x'): Buffer =>
	rolloutOf([
		meta({id: idOf(1)}),
		...legacyTurn('How high is it?', 'High.', 1, 10),
		item(message('user', {type: 'input_image', image_url: `data:image/png;base64,${shot}`})),
		...Array.from({length: 12}, (_, at) => item(message('assistant', `${at} ${noise()}`))),
		item(message('assistant', words)),
	]);

const shot = randomBytes(60_000).toString('base64');

/** Text that no compression makes small, and no run of base64. */
const noise = (): string => randomBytes(80_000).toString('hex').replaceAll(/.{50}/g, '$& ');

/** Another byte than the one that is there, whichever that is. */
const otherByte = "iif(substr(data, -9, 1) = x'5A', x'5B', x'5A')";
const flipped = `cast(substr(data, 1, length(data) - 9) || ${otherByte} || substr(data, -8) as blob)`;

const damages: Record<string, string> = {
	'its first block is': `update blocks set data = ${flipped} where "offset" = 0`,
	'a block in its middle is': `update blocks set data = ${flipped} where id = 2`,
	'its last block is': `update blocks set data = ${flipped} where id = (select max(id) from blocks)`,
	'an image is': `update packs set data = ${flipped}`,
	'everything is': `update blocks set data = x'00'`,
	'a block is gone and another is': `delete from blocks where id = 2; update blocks set data = ${flipped} where id = 3`,
	'the number of a line is': 'update blocks set first_line = first_line + 1 where id = 3',
};

const archiveFaults = (home: Home): string[] =>
	checkDatabases(home.database).flatMap(({part, faults}) => (part === 'archive' ? faults : []));

const damage = (home: Home, sql: string): void => {
	const db = new Database(archivePath(home.database));
	db.exec(sql);
	db.close();
	assert.notDeepEqual(archiveFaults(home), []);
};

const checkUp = async (home: Home): Promise<void> => {
	const store = await home.store();
	const {databases} = await store.health();
	assert.notDeepEqual(databases.find(({part}) => part === 'archive')?.faults, []);
};

for (const [what, sql] of Object.entries(damages)) {
	test(`where ${what} damaged in the archive, it is put back from the log after a check-up`, async t => {
		const home = new Home(t);
		const bytes = log();
		home.write(name, bytes);
		await home.ingest();
		damage(home, sql);
		await checkUp(home);
		assert.deepEqual((await home.ingest()).failures, []);
		assert.deepEqual(archiveFaults(home), []);
		assertSound(home.database);
		assert.deepEqual(query(home.database, 'select generation, archived_to - bytes as ahead from files'), [
			{generation: 1, ahead: 0},
		]);
		fs.rmSync(home.path(name));
		await home.ingest();
		const store = await home.store();
		assert.ok((await rawOf(store, (await onlySession(store)).id)).equals(bytes));
	});
}

test('an image that was damaged is kept anew for the next log that holds it', async t => {
	const home = new Home(t);
	home.write(name, log());
	await home.ingest();
	damage(home, damages['an image is'] as string);
	await checkUp(home);
	home.write(
		logName(idOf(2)),
		rolloutOf([meta({id: idOf(2)}), item(message('user', `data:image/png;base64,${shot}`))]),
	);
	await home.ingest();
	assert.deepEqual(archiveFaults(home), []);
});

test('a damaged archive of a log that is gone, or holds something else, is left as it is', async t => {
	const home = new Home(t);
	const bytes = log();
	home.write(name, bytes);
	await home.ingest();
	damage(home, damages['a block in its middle is'] as string);
	const before = archiveFaults(home);
	fs.rmSync(home.path(name));
	await home.ingest();
	await checkUp(home);
	await home.ingest();
	assert.deepEqual(archiveFaults(home), before);

	const other = rolloutOf([meta({id: idOf(1)}), ...legacyTurn('And now?', 'Low.', 1, 10)]);
	home.write(name, other);
	await home.ingest();
	assert.deepEqual(archiveFaults(home), before);
	const store = await home.store();
	assert.ok((await rawOf(store, (await onlySession(store)).id)).equals(other));
});

test('a log that was rewritten after the check-up is kept anew beside what is damaged', async t => {
	const home = new Home(t);
	const bytes = log();
	home.write(name, bytes);
	await home.ingest();
	damage(home, damages['its first block is'] as string);
	await checkUp(home);
	// The same beginning and end, which the index takes for the same log.
	const other = Buffer.from(bytes);
	other.write('0123456789', bytes.length - 200_000);
	home.write(name, other);
	assert.deepEqual((await home.ingest()).failures, []);
	assert.equal(archiveFaults(home).length, 1);
	fs.rmSync(home.path(name));
	await home.ingest();
	const store = await home.store();
	assert.ok((await rawOf(store, (await onlySession(store)).id)).equals(other));
});

test('an index made anew meets damage of the archive and has it mended', async t => {
	const home = new Home(t);
	const bytes = log();
	home.write(name, bytes);
	await home.ingest();
	damage(home, damages['its first block is'] as string);
	fs.rmSync(home.database);
	assert.deepEqual((await home.ingest()).failures, []);
	assert.deepEqual(archiveFaults(home), []);
});

test('damage of a log that is gone keeps nothing else from being derived anew', async t => {
	const home = new Home(t);
	home.write(name, log());
	home.write(logName(idOf(2)), rolloutOf([meta({id: idOf(2)}), ...legacyTurn('And now?', 'Low.', 1, 10)]));
	await home.ingest();
	damage(
		home,
		"update blocks set data = x'00' where rollout_id = (select id from rollouts where key like '%01.jsonl')",
	);
	fs.rmSync(home.path(name));
	fs.rmSync(home.path(logName(idOf(2))));
	await home.ingest();
	const threads = 'select thread_id, prompt_count from sessions order by 1';
	const before = query(home.database, threads);
	assert.equal(before.length, 2);
	const db = new Database(home.database);
	db.exec("update files set reader = 'codex/0'; delete from ledgers");
	db.close();
	await home.ingest();
	assert.deepEqual(query(home.database, threads), before);
	assert.deepEqual(
		query(home.database, "select reader = 'codex/0' as isOld from files order by key").map(({isOld}) => isOld),
		[1, 0],
	);
});

test('damage of a log that is gone keeps the words of others from nothing', async t => {
	const home = new Home(t);
	home.write(name, log());
	home.write(logName(idOf(2)), rolloutOf([meta({id: idOf(2)}), ...legacyTurn('And now?', 'Low.', 1, 10)]));
	await home.ingest();
	damage(
		home,
		"update blocks set data = x'00' where rollout_id = (select id from rollouts where key like '%01.jsonl')",
	);
	fs.rmSync(home.path(name));
	const {failures, hasTextsLeft} = await home.ingest({withTexts: true});
	assert.deepEqual(failures, [{path: home.path(name), reason: 'damaged in the archive, see codex-tui doctor'}]);
	assert.equal(hasTextsLeft ?? false, false);
});
