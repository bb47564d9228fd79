import {foldWord} from '../query/fold.js';
import type {TextNode} from '../query/query.js';
import {leavesOf, wordQuery} from '../query/word-query.js';
import type {EventQuery} from '../store/event-search.js';
import type {SearchRequest, SessionHit} from '../store/search.js';
import type {SearchTools} from './tools.js';

/** Filters that say something about events rather than about sessions. */
const aboutEvents = new Set(['kind', 'tool', 'file', 'exit']);

/** Sessions whose title, folder, branch or tags have the words; without words, those that the filters let through. */
export async function* titlesOf(
	{store, titles, hiding, facts}: SearchTools,
	{query, limit}: SearchRequest,
	{session: isWanted}: EventQuery,
): AsyncGenerator<SessionHit[] | null, void> {
	const hide = (text: string, thread: string): string => hiding.anywhere(text, 'title', thread);
	if (query.filters.some(({name}) => aboutEvents.has(name))) {
		yield [];
		return;
	}

	const words = titleWords(query.text);
	if (words.all.length === 0 && isWanted === undefined) {
		yield [];
		return;
	}

	yield* store.readSessions();
	const sessions = store.sessions();
	if (words.all.length === 0 && isWanted !== undefined) {
		yield titles.newest(isWanted, sessions, limit, hide);
		return;
	}

	yield* titles.learn(sessions, `${store.sessionsVersion()} ${facts.version}`, facts.texts);
	const search = titles.find(words.all, words.isAny, isWanted ?? (() => true), limit, hide);
	for (let step = search.next(); ; step = search.next()) {
		if (step.done) {
			yield step.value;
			return;
		}

		yield null;
	}
}

/** Words to look for in titles, as they are compared; those that must not be there are left to texts. */
export const titleWords = (text: TextNode | null): {all: string[]; isAny: boolean} => {
	const leaves = leavesOf(wordQuery(text).all);
	const all = leaves.flatMap(({words}) => words.split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u)).map(foldWord);
	return {all: [...new Set(all)].filter(word => word !== ''), isAny: text?.type === 'or'};
};
