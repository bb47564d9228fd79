import {repositoryOf} from '../model/repository.js';
import type {SessionSummary} from '../model/session.js';
import {sessionMatcher} from '../query/match-session.js';
import type {Query} from '../query/query.js';
import {type WordMatcher, wordMatcher} from '../query/word-matcher.js';
import {leavesOf, wordQuery} from '../query/word-query.js';
import type {EventQuery, EventSearch, FoundEvent} from '../store/event-search.js';
import type {SearchAnswer, SearchHit, SearchRequest} from '../store/search.js';
import {titlesOf} from './find-titles.js';
import {type HitMaker, hitMaker} from './make-hits.js';
import {bestFirst, mostRanked} from './rank.js';
import {scanLogs} from './scan-logs.js';
import type {SearchTools} from './tools.js';

/** Counting further would tell nobody anything. */
export const mostCounted = 10_000;

/** Hits of the first answer: most of a screen. */
const firstPage = 20;

/** How long hits are gathered before those at hand are shown, in ms. */
const showAfterMs = 30;

/** Answers to a request, each in place of the one before; `null` whenever somebody else may have a word. */
export type Answers = AsyncGenerator<SearchAnswer | null, void>;

const none: SearchAnswer = {
	sessions: [],
	hits: [],
	total: 0,
	isAtLeast: false,
	scanned: null,
	isDone: false,
	indexed: 1,
};

export async function* runSearch(tools: SearchTools, request: SearchRequest): Answers {
	const {store} = tools;
	const query = eventQuery(tools, request.query);
	const matcher = wordMatcher(leavesOf(query.words.all));
	const isAsked = query.words.all !== null || query.words.none !== null || request.query.filters.length > 0;
	// What is no word is found by its characters only.
	const limit = isAsked || request.isInsideWords === true ? Math.max(0, Math.floor(request.limit)) : 0;
	let answer: SearchAnswer = {...none, scanned: request.isInsideWords === true ? 0 : null};
	const hits = hitMaker(tools, matcher);
	if (query.session !== undefined) {
		yield* store.readSessions();
	}

	if (isAsked) {
		const events = request.order === 'best' && query.words.all !== null ? ranked : newest;
		for await (const part of events(store, query, limit, hits, matcher)) {
			if (part === null) {
				yield null;
			} else {
				answer = {...answer, ...part};
				yield answer;
			}
		}
	}

	for await (const sessions of titlesOf(tools, request, query)) {
		if (sessions === null) {
			yield null;
		} else {
			answer = {...answer, sessions};
		}
	}

	answer = {...answer, indexed: store.indexedShare()};
	if (request.isInsideWords === true) {
		for await (const part of scanLogs(tools, request.query, query, answer, limit)) {
			if (part === null) {
				yield null;
			} else {
				answer = {...answer, ...part};
				yield answer;
			}
		}
	}

	yield {...answer, isDone: true};
}

/** The query as the store is asked, with the sessions that its filters let through. */
const eventQuery = ({facts}: SearchTools, query: Query): EventQuery => {
	// A session of many days is not left out for one of them.
	const filters = query.filters.filter(({isExcluded, times}) => !(isExcluded && times !== undefined));
	const {matches, undecided} = sessionMatcher({...query, filters});
	const isNarrowed = undecided.length < filters.length;
	const session = (summary: SessionSummary): boolean =>
		matches({
			session: summary,
			repository: repositoryOf(summary.gitRepositoryUrl, summary.cwd),
			tags: [],
			cost: null,
			redactions: null,
			...facts.of(summary),
		});
	return {
		words: wordQuery(query.text),
		filters: query.filters,
		session: isNarrowed ? session : undefined,
	};
};

type Part = Pick<SearchAnswer, 'hits' | 'total' | 'isAtLeast'>;
type Parts = AsyncGenerator<Part | null, void>;

/** The newest first: a screenful at once, then as many as were asked for, then how many there are. */
async function* newest(store: EventSearch, query: EventQuery, limit: number, hits: HitMaker): Parts {
	if (mayBeRare(query)) {
		yield* firstMessages(store, query, limit, hits);
	}

	const quick = store.find(query, true);
	yield* newestOf(quick.events, limit, hits, quick.isCut);
	if (quick.isCut) {
		const full = store.find(query, false);
		yield* newestOf(full.events, limit, hits, full.isCut);
	}
}

/** Several words may each be frequent and hardly ever stand together: then all their places have to be looked at. */
const mayBeRare = ({words: {all}}: EventQuery): boolean => {
	const leaves = leavesOf(all);
	return leaves.length > 1 || leaves.some(({words}) => /[^\p{L}\p{N}\p{M}\p{Co}]/u.test(words));
};

/** A screenful of what was said, shown before the outputs of tools, which are many times as long, are looked through. */
async function* firstMessages(store: EventSearch, query: EventQuery, limit: number, hits: HitMaker): Parts {
	const found: FoundEvent[] = [];
	const most = Math.min(firstPage, limit);
	for (const event of store.find(query, true, 'message').events) {
		if (event === null) {
			yield null;
		} else {
			found.push(event);
		}

		if (found.length >= most) {
			break;
		}
	}

	if (found.length > 0 && limit > 0) {
		yield {hits: await hits.of(found.slice(0, most)), total: found.length, isAtLeast: true};
	}
}

async function* newestOf(
	events: ReturnType<EventSearch['find']>['events'],
	limit: number,
	hits: HitMaker,
	isCut: boolean,
): Parts {
	const start = performance.now();
	const page: SearchHit[] = [];
	const waiting: FoundEvent[] = [];
	let total = 0;
	let shown = 0;
	for (const event of events) {
		if (event === null) {
			yield null;
			if (page.length + waiting.length > shown && shown === 0 && performance.now() - start > showAfterMs) {
				page.push(...(await hits.of(waiting.splice(0))));
				shown = page.length;
				yield {hits: [...page], total, isAtLeast: true};
			}

			continue;
		}

		total++;
		if (total <= limit) {
			waiting.push(event);
		}

		if (waiting.length > 0 && (total === Math.min(firstPage, limit) || total === limit)) {
			for (const some of inPortions(waiting.splice(0))) {
				page.push(...(await hits.of(some)));
				yield null;
			}

			shown = page.length;
			yield {hits: [...page], total, isAtLeast: true};
		}

		if (total > mostCounted) {
			break;
		}
	}

	for (const some of inPortions(waiting)) {
		page.push(...(await hits.of(some)));
		yield null;
	}

	yield {hits: page, total: Math.min(total, mostCounted), isAtLeast: total > mostCounted || isCut};
}

/** So many hits take some ms. */
const portion = 20;

function* inPortions<Item>(items: readonly Item[]): Generator<Item[]> {
	for (let from = 0; from < items.length; from += portion) {
		yield items.slice(from, from + portion);
	}
}

/** How long messages are gathered before the best of those at hand are shown, in ms. */
const gatherMs = 10;

/** The best of the newest first; of words that may hardly ever stand together, first the best of the newest messages. */
async function* ranked(
	store: EventSearch,
	query: EventQuery,
	limit: number,
	hits: HitMaker,
	matcher: WordMatcher,
): Parts {
	if (mayBeRare(query)) {
		const {events} = store.find(query, true, 'message');
		for await (const part of rankedOf(
			{events, isCut: true},
			gatherMs,
			store,
			query,
			Math.min(limit, firstPage),
			hits,
			matcher,
		)) {
			yield part === null || part.hits.length === 0 ? null : part;
		}
	}

	yield* rankedOf(store.find(query, true), Number.POSITIVE_INFINITY, store, query, limit, hits, matcher);
}

async function* rankedOf(
	{events, isCut}: ReturnType<EventSearch['find']>,
	mostMs: number,
	store: EventSearch,
	query: EventQuery,
	limit: number,
	hits: HitMaker,
	matcher: WordMatcher,
): Parts {
	const start = performance.now();
	const found: FoundEvent[] = [];
	let total = 0;
	for (const event of events) {
		if (event === null) {
			yield null;
			if (found.length >= limit && performance.now() - start > mostMs) {
				break;
			}
		} else if (total++ < mostRanked) {
			found.push(event);
		} else {
			break;
		}
	}

	const isMore = total > mostRanked;
	let order: FoundEvent[] = found;
	for await (const part of bestFirst(store, query, found, hits, matcher)) {
		if (part === null) {
			yield null;
		} else {
			order = part;
		}
	}

	const page: SearchHit[] = [];
	const wanted = order.slice(0, limit);
	for (const [index, some] of [...inPortions(wanted)].entries()) {
		page.push(...(await hits.of(some)));
		if (index === 1) {
			yield {hits: [...page], total: Math.min(total, mostRanked), isAtLeast: isMore || isCut};
		} else {
			yield null;
		}
	}

	yield {hits: page, total: Math.min(total, mostRanked), isAtLeast: isMore || isCut};
}
