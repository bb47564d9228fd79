import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import Database from 'better-sqlite3';
import {packageRoot} from '../../source/files/package-root.js';
import {openDatabase} from '../../source/store/sqlite/database.js';
import {endIdOf, eventId, firstFileId, firstIdOf} from '../../source/store/sqlite/ids.js';
import {eventOfRow, firstWideRow, rowOf, rowsBetween} from '../../source/store/sqlite/word-rows.js';
import {wordStreams} from '../../source/store/sqlite/word-streams.js';
import {wordTable} from '../../source/store/sqlite/word-table.js';
import {temporaryFolder} from '../ingest/home.js';

const newest = firstFileId - 3;

/** In order; some of long logs, some of logs that came when there were too many for small rows. */
const ids = [1, firstFileId - 2 ** 16 - 1, firstFileId - 2 ** 16, newest, newest + 1, newest + 2].flatMap(file =>
	[0, 1, 4095, 4096, 2 ** 24 - 1].map(sequence => eventId(file, sequence)),
);

test('each event has a row of its own, which is small but in long logs and where there are very many', () => {
	assert.deepEqual(ids.map(rowOf).map(eventOfRow), ids);
	assert.equal(new Set(ids.map(rowOf)).size, ids.length);
	const small = ids.filter(id => rowOf(id) < firstWideRow);
	assert.deepEqual(
		small.map(rowOf),
		small.map(rowOf).toSorted((a, b) => a - b),
	);
	assert.equal(small.length, 4 * 3);
	assert.ok(rowOf(eventId(newest, 4095)) < firstWideRow);
	assert.ok(rowOf(eventId(newest, 4096)) >= firstWideRow);
});

test('the document tells how to make an event of a row', () => {
	const document = fs.readFileSync(new URL('../../docs/schema.md', import.meta.url), 'utf8');
	const expression = /^select (iif.+) as event_id$/m.exec(document)?.[1];
	const db = new Database(':memory:');
	const told = db.prepare(`select ${expression} from (select cast(? as integer) as rowid)`).pluck();
	assert.deepEqual(
		ids.map(id => told.get(rowOf(id))),
		ids,
	);
	db.close();
});

test('a range of events is two ranges of rows', () => {
	for (const from of ids) {
		for (const end of [...ids, endIdOf(firstFileId), Number.MAX_SAFE_INTEGER]) {
			const {small, wide} = rowsBetween(from, end);
			const inside = ids.filter(id => [small, wide].some(range => rowOf(id) >= range.from && rowOf(id) < range.end));
			assert.deepEqual(
				inside,
				ids.filter(id => id >= from && id < end),
				`${from} to ${end}`,
			);
		}
	}
});

test('words of long logs are found and taken back in the order of events', () => {
	const db = openDatabase('search', ':memory:');
	const table = wordTable(db, 'messages');
	for (const id of ids) {
		table.write(id, 'low tide');
	}

	const stream = () => wordStreams(db, 'messages').stream('"low tide"');
	const whole = {from: 0, end: endIdOf(firstFileId)};
	assert.deepEqual(stream()({...whole, limit: -1}), ids);
	assert.deepEqual(stream()({...whole, limit: 7}), ids.slice(0, 7));
	const one = {from: firstIdOf(newest), end: endIdOf(newest)};
	assert.deepEqual(
		stream()({...one, limit: -1}),
		ids.filter(id => id >= one.from && id < one.end),
	);

	// What a look found behind its range is kept for the next: it must be as much as the limit allows.
	const kept = stream();
	assert.deepEqual(kept({...one, limit: 3}), ids.slice(15, 18));
	assert.deepEqual(kept({from: one.end, end: whole.end, limit: 4}), ids.slice(20, 24));

	table.removeAll(one.from, one.end);
	table.remove(ids[0] as number);
	assert.deepEqual(
		stream()({...whole, limit: -1}),
		ids.slice(1).filter(id => id < one.from || id >= one.end),
	);
	db.close();
});

test('words that have rows of an earlier release are indexed again, and what was found in the logs is kept', t => {
	const file = path.join(temporaryFolder(t), 'codex-tui.search.db');
	const folder = new URL('source/store/sqlite/migrations/search/', packageRoot());
	const old = new Database(file);
	for (const name of ['001-words.sql', '002-findings.sql']) {
		old.exec(fs.readFileSync(new URL(name, folder), 'utf8'));
	}

	old.exec("insert into messages (rowid, text) values (17592135909376, 'low tide')");
	for (const part of ['messages', 'outputs', 'findings']) {
		old
			.prepare(
				`insert into progress (part, file_id, key, generation, reader, sequence, known_to, indexed_bytes)
				values (?, 1048573, 'tides', 1, 'codex', 12, 12, 900)`,
			)
			.run(part);
	}

	old.pragma('application_id = 0x63647873');
	old.pragma('user_version = 2');
	old.close();
	const db = openDatabase('search', file);
	t.after(() => db.close());
	assert.deepEqual(db.prepare('select part from progress').pluck().all(), ['findings']);
	assert.equal(db.prepare("select count(*) from messages where messages match 'tide'").pluck().get(), 0);
	wordTable(db, 'messages').write(eventId(newest, 12), 'low tide');
	assert.deepEqual(wordStreams(db, 'messages').stream('tide')({from: 0, end: endIdOf(newest), limit: -1}), [
		eventId(newest, 12),
	]);
});
