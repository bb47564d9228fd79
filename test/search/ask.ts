import type {TestContext} from 'node:test';
import {codex} from '../../source/formats/codex/index.js';
import {parseQuery} from '../../source/query/parse-query.js';
import {openSearchHere, type SearchOptions} from '../../source/search/open-search-here.js';
import type {Search, SearchAnswer, SearchHit, SearchRequest} from '../../source/store/search.js';

export type Asked = Partial<Omit<SearchRequest, 'query'>>;

/** Noon of the last day that invented logs know. */
const now = new Date('2026-02-09T12:00:00Z');

export const requestOf = (typed: string, asked: Asked = {}): SearchRequest => ({
	query: parseQuery(typed, {now, timeZone: 'UTC'}),
	order: 'newest',
	limit: 50,
	...asked,
});

/** Every answer to a request, the last of them done. */
export const answersTo = (search: Search, typed: string, asked: Asked = {}): Promise<SearchAnswer[]> =>
	new Promise((resolve, reject) => {
		const answers: SearchAnswer[] = [];
		search.ask(
			requestOf(typed, asked),
			answer => {
				answers.push(answer);
				if (answer.isDone) {
					resolve(answers);
				}
			},
			reject,
		);
	});

export const answerTo = async (search: Search, typed: string, asked: Asked = {}): Promise<SearchAnswer> =>
	(await answersTo(search, typed, asked)).at(-1) as SearchAnswer;

/** A search on this thread that ends with its test. */
export const searchOf = (t: TestContext, database: string, options: Partial<SearchOptions> = {}): Search => {
	const search = openSearchHere({database, format: codex, ...options});
	t.after(() => search.close());
	return search;
};

/** What a snippet marks. */
export const marked = ({snippet: {text, ranges}}: Pick<SearchHit, 'snippet'>): string[] =>
	ranges.map(([start, end]) => text.slice(start, end));
