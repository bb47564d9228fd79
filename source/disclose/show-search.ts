import type {Search, SearchAnswer, Snippet} from '../store/search.js';
import {type ShowText, showValue} from './show-value.js';
import type {Shown, ShownSearch} from './shown.js';

/**
A search as it may be shown. Snippets are cut from redacted text already, since the search was opened with something that hides;
sessions, and what stands beside a hit, are redacted here.
*/
export const showSearch = (search: Search, show: ShowText): ShownSearch => ({
	...search,
	ask(request, onAnswer, onFailure) {
		search.ask(request, answer => onAnswer(answerShown(answer, show)), onFailure);
	},
	values: async (name, beginning) => showValue(await search.values(name, beginning), show),
});

const answerShown = ({sessions, hits, ...rest}: SearchAnswer, show: ShowText): Shown<SearchAnswer> => ({
	...rest,
	sessions: sessions.map(({session, snippet}) => ({
		session: showValue(session, (text, place) => show(text, {...place, thread: session.threadId})),
		snippet: snippetShown(snippet),
	})),
	hits: hits.map(({snippet, ...hit}) => ({...showValue(hit, show), snippet: snippetShown(snippet)})),
});

/** Once more, without its thread, would undo what is allowed there. */
const snippetShown = (snippet: Snippet): Shown<Snippet> => snippet as Shown<Snippet>;
