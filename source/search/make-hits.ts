import type {Hide} from '../disclose/hiding.js';
import type {WordMatcher} from '../query/word-matcher.js';
import type {EventPlace, FoundEvent} from '../store/event-search.js';
import {notLookedThrough, type SearchHit} from '../store/search.js';
import {beginningOf, snippetOf} from './snippet.js';
import type {SearchTools} from './tools.js';

/** The field that a text stands in, as rules name it. */
export const fieldOf = ({kind}: Pick<EventPlace, 'kind'>, part: FoundEvent['part']): string =>
	part === 'output' ? 'output' : kind === 'prompt' ? 'prompt.text' : kind === 'tool-call' ? 'command' : 'text';

/** A hit without its text. */
export const withheld = (place: EventPlace, part: FoundEvent['part']): SearchHit => ({
	...place,
	part,
	snippet: {text: notLookedThrough, ranges: []},
});

/** Makes hits of what was found: where it stands, and what of it is shown. */
export const hitMaker = ({store, hiding}: SearchTools, matcher: WordMatcher) => {
	const texts = new Map<string, string>();
	const textOf = async ({id, part}: Pick<FoundEvent, 'id' | 'part'>): Promise<string> => {
		const key = `${part} ${id}`;
		const known = texts.get(key);
		if (known !== undefined) {
			return known;
		}

		const text = part === 'output' ? await store.outputText(id) : await store.messageText(id);
		// Of what was ranked, little is long.
		if (text.length < 20_000 && texts.size < 500) {
			texts.set(key, text);
		}

		return text;
	};

	const hitOf = async (place: EventPlace, event: FoundEvent, hideIn: Hide): Promise<SearchHit | undefined> => {
		const text = await textOf(event);
		const hide = (of: string): string => hideIn(of, fieldOf(place, event.part));
		const snippet = snippetOf(text, matcher, hide);
		if (snippet !== undefined) {
			return {...place, part: event.part, snippet};
		}

		if (event.isInBoth) {
			const part = event.part === 'message' ? 'output' : 'message';
			return hitOf(place, {...event, part, isInBoth: false}, hideIn);
		}

		// Words that stand only in what is hidden are not found; others may be spelt in a way that only the index knows.
		return hide(text) === text ? {...place, part: event.part, snippet: beginningOf(text, matcher, hide)} : undefined;
	};

	return {
		textOf,
		async of(events: readonly FoundEvent[]): Promise<SearchHit[]> {
			const places = new Map(store.places(events.map(({id}) => id)).map(place => [place.id, place]));
			const made: SearchHit[] = [];
			for (const event of events) {
				const place = places.get(event.id);
				if (place === undefined) {
					continue;
				}

				const hide = await hiding.inSession(place.sessionId);
				const hit = hide === undefined ? withheld(place, event.part) : await hitOf(place, event, hide);
				if (hit !== undefined) {
					made.push(hit);
				}
			}

			return made;
		},
	};
};

export type HitMaker = ReturnType<typeof hitMaker>;
