import type {EventId} from '../model/session.js';
import type {WordMatcher} from '../query/word-matcher.js';
import {leavesOf} from '../query/word-query.js';
import type {EventPlace, EventQuery, EventSearch, FoundEvent, HitPart} from '../store/event-search.js';

/** Of more hits than this the newest are put in order. */
export const mostRanked = 2000;

/** Those whose texts are looked at: the best as far as their lengths tell. */
const mostRead = 60;

/** Events read between two breaths. */
const readsPerBreath = 10;

/** BM25: how soon a repeated word counts no more, and how much a long text loses. */
const saturation = 1.2;
const lengthWeight = 0.75;

/** What was asked counts more than what was answered, that more than what a tool was given, and that more than what it put out. */
const kindWeights: Partial<Record<EventPlace['kind'], number>> = {prompt: 1.5, message: 1.25};
const outputWeight = 0.7;

type Texts = {textOf: (event: Pick<FoundEvent, 'id' | 'part'>) => Promise<string>};

/**
Events by relevance: BM25, with how often each word stands in a text counted in the texts themselves, and more for words that
stand together. FTS5's own `rank` counts every place of every word first, which takes a tenth of a second for frequent
words; so lengths alone, which FTS5 keeps, decide which texts are read.
*/
export async function* bestFirst(
	store: EventSearch,
	query: EventQuery,
	found: readonly FoundEvent[],
	texts: Texts,
	matcher: WordMatcher,
): AsyncGenerator<FoundEvent[] | null, void> {
	const average = {message: store.averageLength('message'), output: store.averageLength('output')};
	const leaves = leavesOf(query.words.all);
	// A lone word is as rare as itself, and to count a phrase takes longer than to find it.
	const rarities = leaves.map(leaf =>
		leaves.length === 1 ? 1 : rarityOf(isPhrase.test(leaf.words) ? phraseShare : store.shareOf(leaf)),
	);
	yield null;
	const idsOf = (part: HitPart): EventId[] => found.flatMap(event => (event.part === part ? [event.id] : []));
	const lengths = {
		message: store.lengthsOf('message', idsOf('message')),
		output: store.lengthsOf('output', idsOf('output')),
	};
	const rough = found.map((event, index) => {
		const {id, part} = event;
		const length = lengths[part].get(id) ?? average[part];
		return {event, norm: 1 - lengthWeight + (lengthWeight * length) / average[part], index};
	});
	yield null;
	const weightOf = ({part}: FoundEvent): number => (part === 'output' ? outputWeight : 1);
	const roughScore = ({event, norm}: (typeof rough)[number]): number => weightOf(event) / (1 + saturation * norm);
	const inRoughOrder = rough.toSorted((a, b) => roughScore(b) - roughScore(a) || a.index - b.index);
	const read = inRoughOrder.slice(0, mostRead);
	const kinds = new Map(store.places(read.map(({event}) => event.id)).map(({id, kind}) => [id, kind]));
	const scored: {event: FoundEvent; score: number; index: number}[] = [];
	for (const [place, {event, norm, index}] of read.entries()) {
		const text = await texts.textOf(event);
		const weight = weightOf(event) * (kindWeights[kinds.get(event.id) ?? 'tool-call'] ?? 1);
		scored.push({event, index, score: weight * scoreOf(text, matcher, rarities, norm)});
		if (place % readsPerBreath === readsPerBreath - 1) {
			yield null;
		}
	}

	scored.sort((a, b) => b.score - a.score || a.index - b.index);
	yield [...scored.map(({event}) => event), ...inRoughOrder.slice(mostRead).map(({event}) => event)];
}

const isPhrase = /[^\p{L}\p{N}\p{M}\p{Co}]/u;

/** Of 1: about as many events have some phrase. */
const phraseShare = 0.002;

const rarityOf = (share: number): number => Math.log(1 + (1 - share + 1e-6) / (share + 1e-6));

/** Places looked at in one text. */
const mostPlaces = 400;

/** Characters within which words stand together. */
const together = 200;

const scoreOf = (text: string, matcher: WordMatcher, rarities: readonly number[], norm: number): number => {
	const counts = rarities.map(() => 0);
	const matches = matcher.find(text, mostPlaces);
	for (const {leaf, start, end} of matches) {
		// A whole word is worth more than the beginning of another.
		counts[leaf] = (counts[leaf] ?? 0) + (/[\p{L}\p{N}]/u.test(text[end] ?? ' ') && start < end ? 0.5 : 1);
	}

	const words = rarities.reduce((sum, rarity, leaf) => {
		const count = counts[leaf] ?? 0;
		return sum + (rarity * count * (saturation + 1)) / (count + saturation * norm);
	}, 0);
	return words * (1 + 0.5 * closeness(matches, rarities.length));
};

/** 1 where all words stand side by side somewhere, 0 where they are far from each other. */
const closeness = (matches: readonly {start: number; end: number; leaf: number}[], leaves: number): number => {
	if (leaves < 2) {
		return 0;
	}

	let best = Number.POSITIVE_INFINITY;
	const last = new Map<number, number>();
	for (const {start, end, leaf} of matches) {
		last.delete(leaf);
		last.set(leaf, start);
		if (last.size === leaves) {
			const [first = start] = last.values();
			best = Math.min(best, end - first);
		}
	}

	return best > together ? 0 : 1 - best / together;
};
