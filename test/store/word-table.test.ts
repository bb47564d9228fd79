import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openDatabase} from '../../source/store/sqlite/database.js';
import {wordTable} from '../../source/store/sqlite/word-table.js';

/** A table of words written in so many pieces. */
const tableOf = (pieces: number) => {
	const db = openDatabase('search', ':memory:');
	const table = wordTable(db, 'messages');
	for (let id = 1; id <= pieces; id++) {
		table.write(id, `tide ${id} ${'low water '.repeat(50)}`);
	}

	const segments = db.prepare('select count(distinct segid) from messages_idx').pluck();
	const matches = db.prepare("select count(*) from messages where messages match 'tide'").pluck();
	return {db, table, segments: () => segments.get() as number, matches: () => matches.get() as number};
};

test('pieces are merged step by step, and nothing is lost', () => {
	const {db, table, segments, matches} = tableOf(60);
	assert.equal(segments(), 60);
	while (table.mergeSome()) {}
	assert.ok(segments() <= 20, `${segments()} segments`);
	assert.equal(matches(), 60);
	table.beginMergeAll();
	while (table.mergeSome()) {}
	assert.equal(segments(), 1);
	assert.equal(matches(), 60);
	assert.deepEqual(db.pragma('integrity_check', {simple: true}), 'ok');
	db.close();
});

test('rows of a range are taken back, some at a time', () => {
	const {db, table, matches} = tableOf(2500);
	assert.equal(table.removeSome(100, 2400), true);
	assert.equal(matches(), 500);
	assert.equal(table.removeSome(100, 2400), false);
	assert.equal(matches(), 200);
	table.write(100, 'tide again');
	table.write(100, 'tide once more');
	assert.equal(matches(), 201);
	db.close();
});
