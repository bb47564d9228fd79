import type {SessionSummary} from '../model/session.js';
import type {Query} from '../query/query.js';
import {type WordMatcher, wordMatcher} from '../query/word-matcher.js';
import {leavesOf, wordQuery} from '../query/word-query.js';
import type {SavedView} from '../store/annotations.js';
import type {Search, SearchAnswer, SearchHit} from '../store/search.js';
import type {SearchRow, SearchState as ShownState} from '../view/search-rows.js';
import {lineText} from './line-editor.js';
import type {RowId} from './list-state.js';
import type {Port} from './port.js';
import type {QueryHistory} from './query-history.js';
import type {QueryReader, TextAtCaret} from './query-reader.js';

export type SearchFeed = {
	isAvailable: boolean;
	/** Asks when the query, its order or its depth has changed, and for more when the end of the results is near. */
	update: () => void;
	row: (id: RowId | undefined) => SearchRow | undefined;
	hit: (id: RowId | undefined) => SearchHit | undefined;
	/** What is shown beside the query. */
	shown: () => ShownState;
	/** The query with its first completion taken; undefined where there is none. */
	completed: () => TextAtCaret | undefined;
	/** What the query asks for, to be marked where it stands. */
	words: () => WordMatcher | undefined;
	/** The query before the one at hand. */
	older: () => string | undefined;
	/** A query that led somewhere is kept. */
	keep: () => void;
	save: (view: SavedView) => void;
	drop: (name: string) => void;
	stop: () => void;
};

const firstLimit = 200;

/** More results are asked for when so few are left below the selected one. */
const nearEnd = 40;

/** Sessions found by their titles that stand before hits of words. */
const titlesFirst = 3;

/** What a query asks for, if it asks for words at all; told anew with every frame, of one query at a time. */
const wordsToMark = () => {
	let last: {query: Query; words: WordMatcher | undefined} | undefined;
	return (query: Query): WordMatcher | undefined => {
		if (last?.query !== query) {
			const leaves = leavesOf(wordQuery(query.text).all);
			last = {query, words: leaves.length === 0 ? undefined : wordMatcher(leaves)};
		}

		return last.words;
	};
};

const sessionRowId = (id: number): RowId => `s${id}`;

type Rows = {ids: RowId[]; rows: Map<RowId, SearchRow>};

/** Hits under their sessions, in the order in which each session is first hit. */
const rowsOf = (answer: SearchAnswer, sessionOf: (id: number) => SessionSummary | undefined): Rows => {
	const rows = new Map<RowId, SearchRow>();
	const bySession = Map.groupBy(answer.hits, hit => hit.sessionId);
	const titled = new Map(answer.sessions.map(found => [found.session.id, found]));
	const alone = [...titled.values()].filter(({session}) => !bySession.has(session.id));
	for (const {session, snippet} of bySession.size > 0 ? alone.slice(0, titlesFirst) : alone) {
		rows.set(sessionRowId(session.id), {type: 'session', session, hits: 0, snippet});
	}

	for (const [id, hits] of bySession) {
		const found = titled.get(id);
		const session = found?.session ?? sessionOf(id);
		rows.set(sessionRowId(id), {type: 'session', session, hits: hits.length, snippet: found?.snippet});
		for (const hit of hits) {
			rows.set(hit.id, {type: 'hit', hit});
		}
	}

	return {ids: [...rows.keys()], rows};
};

const nothing: Rows = {ids: [], rows: new Map()};

/** The search: what is typed goes to `Search`, and what it answers becomes rows. */
export const createSearchFeed = (
	port: Port,
	{
		reader,
		history,
		sessionOf,
	}: {
		reader: QueryReader;
		history: QueryHistory;
		sessionOf: (id: number) => SessionSummary | undefined;
	},
): SearchFeed => {
	const search: Search | undefined = port.search;
	let asked = '';
	let query: Query | undefined;
	const marks = wordsToMark();
	let limit = firstLimit;
	let answer: SearchAnswer | undefined;
	let rows = nothing;
	let isAsking = false;
	let trouble: string | undefined;

	const text = (): string => lineText(port.state().search.list.filter);

	const show = (next: Rows): void => {
		rows = next;
		const firstHit = next.ids.find(id => typeof id === 'number') ?? next.ids[0];
		port.dispatch({type: 'search', action: {to: 'rows', ids: next.ids, select: firstHit}});
		port.redraw();
	};

	const showHistory = (): void => {
		search?.cancel();
		answer = undefined;
		query = undefined;
		isAsking = false;
		trouble = undefined;
		const entries = history.entries().map((entry): [RowId, SearchRow] => [`q${entry.text}`, {type: 'query', ...entry}]);
		show({ids: entries.map(([id]) => id), rows: new Map(entries)});
	};

	const ask = (): void => {
		const {order, isInsideWords} = port.state().search;
		query = reader.parse(text());
		isAsking = true;
		trouble = undefined;
		const own = asked;
		search?.ask(
			{query, order, limit, isInsideWords},
			found => {
				if (own === asked) {
					answer = found;
					isAsking = !found.isDone;
					show(rowsOf(found, sessionOf));
				}
			},
			error => {
				if (own === asked) {
					isAsking = false;
					trouble = error instanceof Error ? error.message : String(error);
					port.redraw();
				}
			},
		);
	};

	const wantsMore = (): boolean => {
		const {ids, cursor} = port.state().search.list;
		return answer?.isDone === true && answer.hits.length >= limit && cursor > ids.length - nearEnd;
	};

	return {
		isAvailable: search !== undefined,
		update() {
			const {overlay, search: state} = port.state();
			if (overlay?.kind !== 'search') {
				return;
			}

			const key = JSON.stringify([text().trim(), state.order, state.isInsideWords]);
			const isNew = key !== asked;
			if (!isNew && !wantsMore()) {
				return;
			}

			limit = isNew ? firstLimit : limit * 2;
			asked = key;
			if (text().trim() === '') {
				showHistory();
			} else {
				ask();
			}
		},
		row: id => (id === undefined ? undefined : rows.rows.get(id)),
		hit(id) {
			const row = id === undefined ? undefined : rows.rows.get(id);
			return row?.type === 'hit' ? row.hit : undefined;
		},
		shown() {
			const {before, after} = port.state().search.list.filter;
			return {
				mistake: query?.mistakes[0]?.message,
				completions: port.state().search.isSelected ? [] : reader.completions({before, after}),
				chips: query === undefined ? [] : reader.chips(query),
				trouble,
				isAsking,
				total: answer?.total,
				isAtLeast: answer?.isAtLeast ?? false,
				sessions: answer?.sessions.length ?? 0,
				scanned: answer?.scanned ?? null,
				indexed: answer?.indexed ?? 1,
			};
		},
		completed() {
			const {before, after} = port.state().search.list.filter;
			return reader.completed({before, after});
		},
		words: () => (query === undefined ? undefined : marks(query)),
		older: () => history.older(text()),
		save(view) {
			history.save(view);
		},
		drop(name) {
			history.drop(name);
			showHistory();
		},
		keep() {
			history.keep(text().trim());
		},
		stop() {
			search?.cancel();
		},
	};
};
