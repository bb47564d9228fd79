import Fuse from 'fuse.js';
import {repositoryOf} from '../model/repository.js';
import type {SessionId, SessionSummary} from '../model/session.js';
import type {SessionHit} from '../store/search.js';
import {plainText} from '../text/sanitize.js';
import {foldWord} from './fold.js';
import type {Hide} from './snippet.js';
import type {Match} from './word-matcher.js';

/** Shorter words match exactly or not at all; a fuzzy pair of letters matches everything. */
const shortestFuzzy = 4;

/** Words that are compared letter by letter for one word of a query. */
const mostCompared = 2000;

/** Characters of a field that are searched and shown. */
const fieldLength = 240;

/** Sessions looked at between two breaths. */
const sessionsPerBreath = 500;

const options = {includeMatches: false, ignoreLocation: true, ignoreFieldNorm: true, threshold: 0.34};

const wordOf = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** Which of 32 groups of letters and digits a word has. */
const lettersOf = (word: string): number => {
	let letters = 0;
	for (let at = 0; at < word.length; at++) {
		letters |= 1 << (word.charCodeAt(at) & 31);
	}

	return letters;
};

const countOf = (bits: number): number => {
	let count = 0;
	for (let rest = bits; rest !== 0; rest &= rest - 1) {
		count++;
	}

	return count;
};

/** A word that stands in some session's title, folder, branch, repository or tags. */
type KnownWord = {word: string; letters: number; sessions: number[]};

type Entry = {session: SessionSummary; fields: string[]; key: string; words: Set<number>};

/** A word of the query in a known word: 0 is perfect. */
type Score = {score: number; word: string};

/**
Finds sessions by what is short about them, typing mistakes forgiven. Titles share their words and folders their parts:
a word of the query is compared with each different word once, and only with those that have nearly the same letters.
*/
export class SessionTitles {
	private readonly words: KnownWord[] = [];
	private readonly byWord = new Map<string, number>();
	private entries: (Entry | undefined)[] = [];
	private bySession = new Map<SessionId, number>();
	private version: number | undefined;

	/** Takes note of sessions; yields every now and then. */
	*learn(sessions: readonly SessionSummary[], version: number, tagsOf: (session: SessionSummary) => readonly string[]) {
		if (version === this.version) {
			return;
		}

		const present = new Set<SessionId>();
		for (const [index, session] of sessions.entries()) {
			present.add(session.id);
			this.add(session, tagsOf(session));
			if (index % sessionsPerBreath === sessionsPerBreath - 1) {
				yield null;
			}
		}

		for (const [id, place] of this.bySession) {
			if (!present.has(id)) {
				this.entries[place] = undefined;
				this.bySession.delete(id);
			}
		}

		this.version = version;
	}

	private add(session: SessionSummary, tags: readonly string[]): void {
		const known = this.bySession.get(session.id);
		const before = known === undefined ? undefined : this.entries[known];
		const repository = session.gitRepositoryUrl === null ? null : repositoryOf(session.gitRepositoryUrl, null);
		const fields = [session.title, ...tags, session.gitBranch, repository, session.cwd].flatMap(field =>
			field === null || field === '' ? [] : [field.slice(0, fieldLength)],
		);
		const key = fields.join('\n');
		if (known !== undefined && before?.key === key) {
			before.session = session;
			return;
		}

		const place = this.entries.length;
		if (known !== undefined) {
			this.entries[known] = undefined;
		}

		this.bySession.set(session.id, place);
		const words = new Set<number>();
		for (const [word] of key.matchAll(wordOf)) {
			words.add(this.wordNumber(foldWord(word)));
		}

		this.entries.push({session, fields, key, words});
		for (const word of words) {
			this.words[word]?.sessions.push(place);
		}
	}

	private wordNumber(word: string): number {
		const known = this.byWord.get(word);
		if (known !== undefined) {
			return known;
		}

		this.byWord.set(word, this.words.length);
		this.words.push({word, letters: lettersOf(word), sessions: []});
		return this.words.length - 1;
	}

	/** Sessions that a search is about, without any words: the newest first. */
	newest(
		isWanted: (session: SessionSummary) => boolean,
		sessions: readonly SessionSummary[],
		most: number,
		hide: Hide,
	) {
		const found: SessionHit[] = [];
		for (const session of sessions) {
			if (found.length >= most) {
				break;
			}

			if (isWanted(session)) {
				found.push({session, snippet: {text: shownField(session.title ?? session.cwd ?? '', hide), ranges: []}});
			}
		}

		return found;
	}

	/** The best first; of equally good ones the newest. `isAny` lets one of the words be enough. */
	*find(
		queryWords: readonly string[],
		isAny: boolean,
		isWanted: (session: SessionSummary) => boolean,
		most: number,
		hide: Hide,
	): Generator<null, SessionHit[]> {
		let scores: Map<number, number> | undefined;
		const found: Score[][] = [];
		for (const queryWord of queryWords) {
			const best = new Map<number, number>();
			const matches = this.similar(queryWord);
			found.push(matches.map(({word, score}) => ({word: word.word, score})));
			for (const {word, score} of matches) {
				for (const place of word.sessions) {
					const before = best.get(place);
					if (before === undefined || score < before) {
						best.set(place, score);
					}
				}
			}

			scores = scores === undefined ? best : combined(scores, best, isAny);
			yield null;
		}

		const places = [...(scores ?? [])].flatMap(([place, score]) => {
			const entry = this.entries[place];
			return entry === undefined || !isWanted(entry.session) ? [] : [{entry, score}];
		});
		const startOf = ({session}: Entry): string => session.startedAt ?? '';
		const sorted = smallest(
			places,
			most,
			(a, b) => a.score - b.score || (startOf(a.entry) < startOf(b.entry) ? 1 : -1),
		);
		return sorted.map(({entry}) => hitOf(entry, found.flat(), hide));
	}

	/** Known words that a word of the query may stand for. */
	private similar(queryWord: string): {word: KnownWord; score: number}[] {
		const found: {word: KnownWord; score: number}[] = [];
		const candidates: {word: KnownWord; missing: number}[] = [];
		const letters = lettersOf(queryWord);
		const mistakes = queryWord.length < 8 ? 1 : 2;
		for (const word of this.words) {
			const missing = countOf(letters & ~word.letters);
			if (missing > mistakes) {
				continue;
			}

			const place = missing === 0 ? word.word.indexOf(queryWord) : -1;
			if (place !== -1) {
				found.push({word, score: word.word === queryWord ? 0 : place === 0 ? 0.02 : 0.08});
			} else if (
				queryWord.length >= shortestFuzzy &&
				word.word.length >= queryWord.length - mistakes &&
				sharedPairs(queryWord, word.word) >= queryWord.length - 1 - 3 * mistakes
			) {
				candidates.push({word, missing});
			}
		}

		if (queryWord.length >= shortestFuzzy && candidates.length > 0) {
			const nearest = candidates.toSorted((a, b) => a.missing - b.missing).slice(0, mostCompared);
			for (const {word} of nearest) {
				const result = Fuse.match(queryWord, word.word, options);
				if (result.isMatch) {
					found.push({word, score: 0.1 + result.score + Math.abs(word.word.length - queryWord.length) * 0.01});
				}
			}
		}

		return found;
	}
}

/** Pairs of neighbouring letters that stand in both words. */
const sharedPairs = (a: string, b: string): number => {
	let shared = 0;
	for (let at = 0; at + 1 < a.length; at++) {
		shared += Number(b.includes(a.slice(at, at + 2)));
	}

	return shared;
};

const combined = (a: Map<number, number>, b: Map<number, number>, isAny: boolean): Map<number, number> => {
	const both = new Map<number, number>();
	for (const [place, score] of a) {
		const other = b.get(place);
		if (other !== undefined) {
			both.set(place, isAny ? Math.min(score, other) : score + other);
		} else if (isAny) {
			both.set(place, score);
		}
	}

	if (isAny) {
		for (const [place, score] of b) {
			both.set(place, both.get(place) ?? score);
		}
	}

	return both;
};

/** The first so many in an order, without putting all others in order too. */
const smallest = <Item>(items: readonly Item[], most: number, compare: (a: Item, b: Item) => number): Item[] => {
	if (most <= 0) {
		return [];
	}

	let kept: Item[] = [];
	let rest: Item[] = [];
	for (const item of items) {
		if (kept.length < most || compare(item, kept.at(-1) as Item) < 0) {
			rest.push(item);
		}

		if (rest.length > most + 100) {
			kept = [...kept, ...rest].toSorted(compare).slice(0, most);
			rest = [];
		}
	}

	return [...kept, ...rest].toSorted(compare).slice(0, most);
};

const shownField = (field: string, hide: Hide): string =>
	plainText(hide(field.slice(0, fieldLength)))
		.replaceAll(/\s+/g, ' ')
		.trim();

/** The field that has most of the words, with these marked. */
const hitOf = ({session, fields}: Entry, words: readonly Score[], hide: Hide): SessionHit => {
	const scores = new Map(words.map(({word, score}) => [word, score]));
	let best: {text: string; matches: Match[]} | undefined;
	for (const field of fields) {
		const text = shownField(field, hide);
		const matches = text
			.matchAll(wordOf)
			.flatMap((match): Match[] =>
				scores.has(foldWord(match[0])) ? [{start: match.index, end: match.index + match[0].length, leaf: 0}] : [],
			)
			.toArray();
		if (best === undefined || matches.length > best.matches.length) {
			best = {text, matches};
		}
	}

	return {
		session,
		snippet: {text: best?.text ?? '', ranges: (best?.matches ?? []).map(({start, end}) => [start, end] as const)},
	};
};
