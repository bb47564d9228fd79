import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import {Ingest} from '../../source/ingest/ingest.js';
import {parseQuery} from '../../source/query/parse-query.js';
import {wordQuery} from '../../source/query/word-query.js';
import type {SearchIndex, SearchPart} from '../../source/store/search-index.js';
import {openDatabase, searchPath} from '../../source/store/sqlite/database.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {openSearchIndex} from '../../source/store/sqlite/open-search-index.js';
import {wordStreams} from '../../source/store/sqlite/word-streams.js';
import type {Home, RunOptions} from './home.js';

/** Every word of the search database with its event and place, a line for each. */
export const wordsIn = (database: string): string[] => {
	const db = new Database(searchPath(database));
	try {
		return ['messages', 'outputs'].flatMap(part => {
			db.exec(`create virtual table temp.${part}_words using fts5vocab(main, ${part}, instance)`);
			return db
				.prepare(
					`select '${part} ' || doc || ' ' || offset || ' ' || term from temp.${part}_words order by doc, offset, term`,
				)
				.pluck()
				.all() as string[];
		});
	} finally {
		db.close();
	}
};

/** Compares two lists of words and names the first that differ, since whole lists fill screens. */
export const assertSameWords = (actual: readonly string[], expected: readonly string[], how = ''): void => {
	const at = expected.findIndex((word, index) => actual[index] !== word);
	const place = at === -1 && actual.length > expected.length ? expected.length : at;
	assert.equal(
		place === -1 ? 'the same' : actual.slice(place, place + 3).join(', '),
		place === -1 ? 'the same' : expected.slice(place, place + 3).join(', '),
		how,
	);
};

/** Ids of all events in which the tables have what is typed, copies as well, ascending. */
export const found = (database: string, typed: string, where: SearchPart | 'both' = 'both'): number[] => {
	const {all} = wordQuery(parseQuery(typed, {now: new Date()}).text);
	assert.ok(all, `${typed} has words`);
	const db = openDatabase('search', searchPath(database));
	try {
		const ids = (where === 'both' ? (['messages', 'outputs'] as const) : [where]).flatMap(part => {
			const streams = wordStreams(db, part);
			return streams
				.expressions(all, false)
				.texts.flatMap(text => streams.stream(text)({from: 0, end: Number.MAX_SAFE_INTEGER, limit: -1}));
		});
		return [...new Set(ids)].toSorted((a, b) => a - b);
	} finally {
		db.close();
	}
};

/** Rounds with stores of their own until all words are indexed; `wrap` may disturb them. */
export const ingestTexts = async (
	home: Home,
	database = home.database,
	options: RunOptions = {},
	wrap: (search: SearchIndex) => SearchIndex = search => search,
): Promise<number> => {
	const store = openIngestStore(database);
	const search = openSearchIndex(database);
	let rounds = 0;
	try {
		const ingest = new Ingest(
			store,
			{source: {home: home.folder}, home: home.folder, batchLines: 500, ...options},
			wrap(search),
		);
		for (let hasTextsLeft = true; hasTextsLeft && !options.shouldStop?.(); rounds++) {
			({hasTextsLeft = false} = await ingest.run());
		}
	} finally {
		search.close();
		await store.close();
	}

	return rounds;
};
