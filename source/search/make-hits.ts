import type {WordMatcher} from '../query/word-matcher.js';
import type {EventPlace, FoundEvent} from '../store/event-search.js';
import type {SearchHit} from '../store/search.js';
import {beginningOf, snippetOf} from './snippet.js';
import type {SearchTools} from './tools.js';

/** Makes hits of what was found: where it stands, and what of it is shown. */
export const hitMaker = ({store, hide: hideIn}: SearchTools, matcher: WordMatcher) => {
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

	const hitOf = async (place: EventPlace, event: FoundEvent): Promise<SearchHit | undefined> => {
		const text = await textOf(event);
		const thread = store.session(place.sessionId)?.threadId ?? '';
		const hide = (shown: string): string => hideIn(shown, thread);
		const snippet = snippetOf(text, matcher, hide);
		if (snippet !== undefined) {
			return {...place, part: event.part, snippet};
		}

		if (event.isInBoth) {
			const part = event.part === 'message' ? 'output' : 'message';
			return hitOf(place, {...event, part, isInBoth: false});
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
				const hit = place === undefined ? undefined : await hitOf(place, event);
				if (hit !== undefined) {
					made.push(hit);
				}
			}

			return made;
		},
	};
};

export type HitMaker = ReturnType<typeof hitMaker>;
