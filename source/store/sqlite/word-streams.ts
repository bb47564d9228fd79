import {type Leaf, leavesOf, type WordTree} from '../../query/word-query.js';
import {expressionOf, leafExpression} from '../search-expression.js';
import type {SearchPart} from '../search-index.js';
import type {Connection} from './database.js';
import {wordBeginnings} from './word-beginnings.js';

/** Words that one expression asks for instead of a beginning; each is a place to look at for every row. */
const wordsPerExpression = 128;

/** Words that a beginning may stand for, those that stand in most places first. */
const mostWords = 1024;

/** Behind all ids. */
const endOfIds = Number.MAX_SAFE_INTEGER;

/** Ids in a half-open range, ascending, at most so many. */
export type IdStream = (range: {from: number; end: number; limit: number}) => number[];

/** How a query is asked: by several expressions, of which any may hold. */
type Expressions = {
	texts: string[];
	/** Not all words are among them. */
	isCut: boolean;
};

/**
Lists of ids that have what a query asks for, from one of the tables. Bounds are cast, since better-sqlite3 hands over every number
as a float, and FTS5 walks through all places of a word rather than seek to one.
*/
export const wordStreams = (db: Connection, part: SearchPart) => {
	const matches = db
		.prepare(
			`select rowid from ${part} where ${part} match @expression and rowid >= cast(@from as integer) and rowid < cast(@end as integer) order by rowid limit @limit`,
		)
		.pluck();
	const counted = db
		.prepare(`select count(*) from (select 1 from ${part} where ${part} match @expression limit @limit)`)
		.pluck();
	const beginnings = wordBeginnings(db, part);

	/** The words that a leaf may stand for, as expressions. */
	const wordsOf = ({words, isPrefix}: Leaf): Expressions | null => {
		if (!isPrefix) {
			return null;
		}

		const [, before = '', last = ''] = /^(.*?)([\p{L}\p{N}\p{M}\p{Co}]+)$/su.exec(words) ?? [];
		const folded = last.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
		const found = beginnings(folded);
		// A phrase costs more than a word, and one that nothing was found for may be folded by other rules.
		const most = before === '' ? mostWords : 64;
		return found.words.length === 0 || (before !== '' && found.words.length > most)
			? null
			: {
					texts: found.words.slice(0, most).map(word => leafExpression({words: before + word, isPrefix: false})),
					isCut: found.isCut || found.words.length > most,
				};
	};

	/** `isQuick`: the most frequent words of a beginning are enough. */
	const expressions = (tree: WordTree, isQuick: boolean): Expressions => {
		const leaves = leavesOf(tree);
		const wordsOfLeaves = new Map(leaves.map(leaf => [leaf, wordsOf(leaf)]));
		// All beginnings but one stand for their most frequent words; of that one, all words are asked for in turn.
		const longest = leaves.toSorted(
			(a, b) => (wordsOfLeaves.get(b)?.texts.length ?? 0) - (wordsOfLeaves.get(a)?.texts.length ?? 0),
		)[0];
		const rounds = isQuick
			? 1
			: Math.max(1, Math.ceil(((longest && wordsOfLeaves.get(longest)?.texts.length) ?? 0) / wordsPerExpression));
		const texts = Array.from({length: rounds}, (_, round) =>
			expressionOf(tree, leaf => {
				const words = wordsOfLeaves.get(leaf) ?? null;
				if (words === null) {
					return leafExpression(leaf);
				}

				const from = leaf === longest ? round * wordsPerExpression : 0;
				const asked = words.texts.slice(from, from + wordsPerExpression);
				return `(${[...asked, ...partsOf(leaf)].join(' OR ')})`;
			}),
		);
		const isCut = leaves.some(leaf => {
			const words = wordsOfLeaves.get(leaf);
			const asked = leaf === longest ? rounds * wordsPerExpression : wordsPerExpression;
			return words !== null && words !== undefined && (words.isCut || words.texts.length > asked);
		});
		return {texts, isCut};
	};

	return {
		expressions,

		/**
		Ids of an expression. FTS5 looks for the next place up to the end of the table, whatever the bounds: for a phrase that nothing
		has that takes 50 ms. So what it found behind a range is kept for the ranges that follow.
		*/
		stream(expression: string): IdStream {
			let kept: {from: number; end: number; ids: number[]} = {from: 0, end: 0, ids: []};
			return ({from, end, limit}) => {
				if (limit < 0 && kept.end < end) {
					return matches.all({expression, from, end, limit}) as number[];
				}

				if (from < kept.from || kept.end < end) {
					const ids = matches.all({expression, from, end: endOfIds, limit}) as number[];
					kept = {from, ids, end: ids.length < limit ? endOfIds : (ids.at(-1) as number) + 1};
				}

				const found = kept.ids.filter(id => id >= from && id < end);
				return limit < 0 ? found : found.slice(0, limit);
			};
		},

		/** Events that have a word, counted up to a limit. */
		count(leaf: Leaf, limit: number): number {
			const expression = expressions({type: 'leaf', ...leaf}, true).texts[0] ?? leafExpression(leaf);
			return counted.get({expression, limit}) as number;
		},
	};
};

/** A name may stand as a part of a longer one, such as `TideTable` in `firstTideTable`. */
const partsOf = ({parts}: Leaf): string[] =>
	parts === undefined ? [] : [leafExpression({words: parts, isPrefix: false})];

export type WordStreams = ReturnType<typeof wordStreams>;
