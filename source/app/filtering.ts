import {candidateLimit, type Fields, type Match, matchFields, mayMatch, queryWords} from '../view/fuzzy.js';
import type {ListId} from '../view/layout.js';
import {breathe} from './latest.js';
import {lineText} from './line-editor.js';
import type {RowId} from './list-state.js';
import type {Port} from './port.js';

export type Marks = ReadonlyMap<RowId, Match['ranges']>;

export type Filtering = {
	/** Shows these rows, through the list's filter where it has one. `isForced` selects whatever was selected. */
	show: (ids: readonly RowId[], select?: RowId, isForced?: boolean) => void;
	/** Filters again if the filter changed since. */
	update: () => void;
	/** The list belongs to something else now. */
	clear: () => void;
	marks: () => Marks;
	/** Whether the rows shown are those of a filter. */
	isApplied: () => boolean;
	/** The rows shown are not yet those of the filter as it stands. */
	isPending: () => boolean;
	stop: () => void;
};

type Options = {
	list: ListId;
	/** Texts to search in a row; undefined for a row that is never filtered away. */
	fieldsOf: (id: RowId) => Fields | undefined;
	/** The rows shown for matches, which come best first; others may be among them. By default matches keep their order. */
	arrange?: (matches: readonly RowId[]) => readonly RowId[];
	/** What a filter asks for; by default words, all of which must be in the row. */
	read?: (text: string) => FilterReading;
};

export type FilterReading = {
	/** Words that a row must have, for a quick look. */
	words: string[];
	match: (id: RowId, fields: Fields) => Match | undefined;
};

const readWords = (text: string): FilterReading => {
	const words = queryWords(text);
	return {words, match: (_, fields) => matchFields(words, fields)};
};

/** Longest stretch of work between two breaths, in ms. */
const sliceMs = 4;

type Found = {id: RowId; match: Match; index: number};

const noMarks: Marks = new Map();

/** The filter of one list. Scoring runs in slices between keys, and a new letter ends it. */
export const createFiltering = (port: Port, {list, fieldsOf, arrange, read = readWords}: Options): Filtering => {
	let all: readonly RowId[] = [];
	let marks = noMarks;
	/** The filter last asked for, and the one whose rows are shown. */
	let wanted = '';
	let applied = '';
	let run = 0;

	const eachInSlices = async (ids: readonly RowId[], own: number, visit: (id: RowId, index: number) => void) => {
		let until = performance.now() + sliceMs;
		for (const [index, id] of ids.entries()) {
			visit(id, index);
			if (performance.now() > until) {
				await breathe();
				if (own !== run) {
					return false;
				}

				until = performance.now() + sliceMs;
			}
		}

		return true;
	};

	const candidates = async (words: string[], own: number): Promise<readonly RowId[] | undefined> => {
		if (all.length <= candidateLimit) {
			return all;
		}

		const kept: RowId[] = [];
		const isDone = await eachInSlices(all, own, id => {
			const fields = fieldsOf(id);
			if (kept.length < candidateLimit && fields && mayMatch(words, fields)) {
				kept.push(id);
			}
		});
		return isDone ? kept : undefined;
	};

	const search = async (text: string, own: number): Promise<void> => {
		// The key press that typed the letter is answered first; letters of one chunk make one search.
		await breathe();
		if (own !== run) {
			return;
		}

		const {words, match: matchRow} = read(text);
		const rows = await candidates(words, own);
		const found: Found[] = [];
		const isDone =
			rows &&
			(await eachInSlices(rows, own, (id, index) => {
				const match = matchRow(id, fieldsOf(id) ?? []);
				if (match) {
					found.push({id, match, index});
				}
			}));
		if (!isDone) {
			return;
		}

		const isNew = applied !== text;
		const ranked = found.toSorted((a, b) => a.match.score - b.match.score || a.index - b.index);
		const ids = arrange ? arrange(ranked.map(({id}) => id)) : found.map(({id}) => id);
		const best = ranked[0]?.id;
		applied = text;
		marks = new Map(found.map(({id, match}) => [id, match.ranges]));
		port.dispatch({
			type: 'rows',
			list,
			ids,
			total: all.length,
			matches: found.length,
			...(isNew && best !== undefined ? {select: best, isForced: true} : {}),
		});
	};

	const query = (): string => lineText(port.state().lists[list].filter).trim();

	const apply = (select?: RowId, isForced = false): void => {
		run++;
		wanted = query();
		if (wanted !== '') {
			void search(wanted, run).catch(port.report);
			return;
		}

		applied = '';
		marks = noMarks;
		const selection = select === undefined ? {} : {select, isForced};
		port.dispatch({type: 'rows', list, ids: all, total: all.length, ...selection});
	};

	return {
		show(ids, select, isForced) {
			all = ids;
			apply(select, isForced);
		},
		update() {
			if (query() !== wanted) {
				apply();
			}
		},
		clear() {
			run++;
			all = [];
			wanted = '';
			applied = '';
			marks = noMarks;
		},
		marks: () => marks,
		isApplied: () => applied !== '',
		isPending: () => query() !== applied,
		stop() {
			run++;
		},
	};
};
