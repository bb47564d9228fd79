import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Connection, openDatabase} from '../../source/store/sqlite/database.js';
import {wordBeginnings} from '../../source/store/sqlite/word-beginnings.js';
import {wordTable} from '../../source/store/sqlite/word-table.js';

/** The same numbers each time. */
const numbers = (seed: number) => () => {
	seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
	return seed / 2_147_483_648;
};

const random = numbers(7);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

const letters = [...'abcdeilmnorstuäöß潮灯0123'];
const newWord = (): string => Array.from({length: 1 + Math.floor(random() * 12)}, () => pick(letters)).join('');
const vocabulary = Array.from({length: 4000}, newWord);

/** Many texts in many pieces, as they are before anything is merged; some taken back. */
const fill = (db: Connection): void => {
	const table = wordTable(db, 'messages');
	let id = 0;
	for (let piece = 0; piece < 12; piece++) {
		db.exec('begin');
		for (let text = 0; text < 120; text++) {
			table.write(++id, Array.from({length: 60}, () => pick(vocabulary)).join(' '));
		}

		db.exec('commit');
	}

	// One word in so many places that its list takes pages of its own.
	table.write(++id, 'often '.repeat(60_000));
};

/** What SQLite's own table of the vocabulary says. */
const known = (db: Connection, beginning: string): string[] => {
	db.exec("create virtual table if not exists temp.vocabulary using fts5vocab('main', 'messages', 'row')");
	const words = db.prepare('select term from temp.vocabulary').pluck().all() as string[];
	return words.filter(word => word.startsWith(beginning)).toSorted();
};

test('words are found by their beginning as SQLite itself knows them, before and after they are merged', () => {
	const db = openDatabase('search', ':memory:');
	fill(db);
	const compare = (): void => {
		const find = wordBeginnings(db, 'messages');
		for (const beginning of ['a', 'ab', 'ä', 'ss', 'st', 'oft', '潮', '0', '12', 'zz', ...vocabulary.slice(0, 40)]) {
			const {words, isCut} = find(beginning);
			const folded = beginning.normalize('NFD').replaceAll(/\p{M}/gu, '');
			assert.deepEqual(find(folded).words.toSorted(), known(db, folded), folded);
			assert.equal(isCut, false);
			assert.equal(new Set(words).size, words.length, 'each word once');
		}
	};

	compare();
	const table = wordTable(db, 'messages');
	while (table.mergeSome()) {}
	compare();
	table.beginMergeAll();
	while (table.mergeSome()) {}
	compare();
	db.close();
});

test('words that stand in most places come first', () => {
	const db = openDatabase('search', ':memory:');
	const table = wordTable(db, 'messages');
	for (let id = 1; id <= 200; id++) {
		table.write(id, `tide ${id % 4 === 0 ? 'tidal ' : ''}${id === 9 ? 'tides' : ''}`);
	}

	assert.deepEqual(wordBeginnings(db, 'messages')('tid').words, ['tide', 'tidal', 'tides']);
	db.close();
});
