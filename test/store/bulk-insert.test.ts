import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import {type BulkInsert, bulkInsert} from '../../source/store/sqlite/bulk-insert.js';
import type {Connection} from '../../source/store/sqlite/database.js';

const open = (t: TestContext): Connection => {
	const db = new Database(':memory:');
	db.exec("create table words (id integer primary key, word text, kind text not null default '?') strict");
	t.after(() => db.close());
	return db;
};

const add = (words: BulkInsert, from: number, count: number): void => {
	for (let id = from; id < from + count; id++) {
		words.add([id, `word ${id}`]);
	}
};

const ids = (db: Connection): unknown[] => db.prepare('select id from words order by id').pluck().all();

const upTo = (count: number): number[] => Array.from({length: count}, (_, index) => index);

test('every row is written once, however many there are', t => {
	const db = open(t);
	const words = bulkInsert(db, 'words', ['id', 'word', "kind = 'plain'"]);
	fc.assert(
		fc.property(fc.array(fc.nat(200), {maxLength: 5}), counts => {
			db.exec('delete from words');
			let written = 0;
			for (const count of counts) {
				add(words, written, count);
				words.flush();
				written += count;
				assert.deepEqual(ids(db), upTo(written));
			}
		}),
		{numRuns: 50},
	);
	add(words, 1000, 1);
	words.flush();
	assert.deepEqual(db.prepare('select * from words where id = 1000').get(), {
		id: 1000,
		word: 'word 1000',
		kind: 'plain',
	});
});

test('rows wait for others until they are flushed', t => {
	const db = open(t);
	const words = bulkInsert(db, 'words', ['id', 'word']);
	add(words, 0, 70);
	assert.deepEqual(ids(db), upTo(64));
	words.flush();
	words.flush();
	assert.deepEqual(ids(db), upTo(70));
});

test('rows that are dropped are not written later', t => {
	const db = open(t);
	const words = bulkInsert(db, 'words', ['id', 'word']);
	add(words, 0, 5);
	words.drop();
	add(words, 5, 1);
	words.flush();
	assert.deepEqual(ids(db), [5]);
});

test('a row told again takes the place of one that still waits', t => {
	const db = open(t);
	const words = bulkInsert(db, 'words', ['id', 'word'], 'on conflict (id) do update set word = excluded.word');
	words.add([1, 'first']);
	words.add([1, 'second']);
	words.flush();
	assert.deepEqual(db.prepare('select id, word from words').all(), [{id: 1, word: 'second'}]);
});
