import Fuse from 'fuse.js';
import {repositoryOf} from '../model/repository.js';
import type {SessionId, SessionSummary} from '../model/session.js';
import {foldWord} from '../query/fold.js';
import type {Match} from '../query/word-matcher.js';
import type {SessionHit} from '../store/search.js';
import {plainText} from '../text/sanitize.js';
import type {HideTitle} from './snippet.js';

/** Shorter words match exactly or not at all; a fuzzy pair of letters matches everything. */
const shortestFuzzy = 4;

/** Words that are compared letter by letter for one word of a query. */
const mostCompared = 1000;

/** Characters of a field that are searched and shown. */
const fieldLength = 240;

/** Sessions looked at between two breaths. */
const sessionsPerBreath = 200;

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

/** Whether at most so many bits are set. */
const hasAtMost = (bits: number, most: number): boolean => {
	let rest = bits;
	for (let count = 0; count < most && rest !== 0; count++) {
		rest &= rest - 1;
	}

	return rest === 0;
};

/** A word that stands in some session's title, folder, branch, repository or tags. */
type KnownWord = {word: string; sessions: number[]};

type Entry = {session: SessionSummary; fields: string[]; key: string; hasTexts: boolean};

/** A word of the query in a known word: 0 is perfect. */
type Score = {score: number; word: string};

/**
Finds sessions by what is short about them, typing mistakes forgiven. Titles share their words and folders their parts:
a word of the query is compared with each different word once, and only with those that have nearly the same letters.
*/
export class SessionTitles {
	private readonly words: KnownWord[] = [];
	/** Letters of each word, side by side since all are looked at for every word of a query. */
	private letters = new Int32Array(1024);
	private readonly byWord = new Map<string, number>();
	private entries: (Entry | undefined)[] = [];
	private bySession = new Map<SessionId, number>();
	private version: string | undefined;

	/** Takes note of sessions and of what people wrote beside them; yields every now and then. */
	*learn(
		sessions: readonly SessionSummary[],
		version: string,
		textsOf: (session: SessionSummary) => readonly string[],
	) {
		if (version === this.version) {
			return;
		}

		const present = new Set<SessionId>();
		for (const [index, session] of sessions.entries()) {
			present.add(session.id);
			this.add(session, textsOf(session));
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

	private add(session: SessionSummary, texts: readonly string[]): void {
		const known = this.bySession.get(session.id);
		const before = known === undefined ? undefined : this.entries[known];
		if (before !== undefined && texts.length === 0 && isSameFor(before, session)) {
			before.session = session;
			return;
		}

		const repository = session.gitRepositoryUrl === null ? null : repositoryOf(session.gitRepositoryUrl, null);
		const fields = [session.title, ...texts, session.gitBranch, repository, session.cwd].flatMap(field =>
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

		this.entries.push({session, fields, key, hasTexts: texts.length > 0});
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
		const number = this.words.length;
		if (number === this.letters.length) {
			const more = new Int32Array(2 * number);
			more.set(this.letters);
			this.letters = more;
		}

		this.letters[number] = lettersOf(word);
		this.words.push({word, sessions: []});
		return number;
	}

	/** Sessions that a search is about, without any words: the newest first. */
	newest(
		isWanted: (session: SessionSummary) => boolean,
		sessions: readonly SessionSummary[],
		most: number,
		hide: HideTitle,
	) {
		const found: SessionHit[] = [];
		for (const session of sessions) {
			if (found.length >= most) {
				break;
			}

			if (isWanted(session)) {
				found.push({
					session,
					snippet: {text: shownField(session.title ?? session.cwd ?? '', session, hide), ranges: []},
				});
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
		hide: HideTitle,
	): Generator<null, SessionHit[]> {
		let scores: Float64Array | undefined;
		const found: Score[][] = [];
		for (const queryWord of queryWords) {
			const best = new Float64Array(this.entries.length).fill(Number.POSITIVE_INFINITY);
			const matches = this.similar(queryWord);
			yield null;
			found.push(matches.map(({word, score}) => ({word: word.word, score})));
			for (const {word, score} of matches) {
				for (const place of word.sessions) {
					if (score < (best[place] as number)) {
						best[place] = score;
					}
				}
			}

			scores = scores === undefined ? best : combined(scores, best, isAny);
			yield null;
		}

		const places: {entry: Entry; score: number}[] = [];
		for (const [place, entry] of this.entries.entries()) {
			const score = scores?.[place] ?? Number.POSITIVE_INFINITY;
			if (entry !== undefined && score < Number.POSITIVE_INFINITY && isWanted(entry.session)) {
				places.push({entry, score});
			}
		}

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
		const candidates: KnownWord[] = [];
		const letters = lettersOf(queryWord);
		const mistakes = queryWord.length < 8 ? 1 : 2;
		for (let number = 0; number < this.words.length; number++) {
			const missing = letters & ~(this.letters[number] as number);
			if (missing !== 0 && !hasAtMost(missing, mistakes)) {
				continue;
			}

			const known = this.words[number] as KnownWord;
			const place = missing === 0 ? known.word.indexOf(queryWord) : -1;
			if (place !== -1) {
				found.push({word: known, score: known.word === queryWord ? 0 : place === 0 ? 0.02 : 0.08});
			} else if (
				queryWord.length >= shortestFuzzy &&
				known.word.length >= queryWord.length - mistakes &&
				known.word.length <= 2 * queryWord.length + 4 &&
				sharedPairs(queryWord, known.word) >= queryWord.length - 1 - 3 * mistakes
			) {
				candidates.push(known);
			}
		}

		const nearest =
			candidates.length <= mostCompared
				? candidates
				: candidates
						.toSorted((a, b) => sharedPairs(queryWord, b.word) - sharedPairs(queryWord, a.word))
						.slice(0, mostCompared);
		for (const word of nearest) {
			const result = Fuse.match(queryWord, word.word, options);
			if (result.isMatch) {
				found.push({
					word,
					score: 0.1 + result.score + Math.abs(word.word.length - queryWord.length) * 0.01,
				});
			}
		}

		return found;
	}
}

const isSameFor = ({session: before, hasTexts}: Entry, session: SessionSummary): boolean =>
	!hasTexts &&
	before.title === session.title &&
	before.cwd === session.cwd &&
	before.gitBranch === session.gitBranch &&
	before.gitRepositoryUrl === session.gitRepositoryUrl;

/** Pairs of neighbouring letters that stand in both words. */
const sharedPairs = (a: string, b: string): number => {
	let shared = 0;
	for (let at = 0; at + 1 < a.length; at++) {
		shared += Number(b.includes(a.slice(at, at + 2)));
	}

	return shared;
};

const combined = (a: Float64Array, b: Float64Array, isAny: boolean): Float64Array =>
	a.map((score, place) => (isAny ? Math.min(score, b[place] as number) : score + (b[place] as number)));

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

const shownField = (field: string, {threadId}: SessionSummary, hide: HideTitle): string =>
	plainText(hide(field.slice(0, fieldLength), threadId))
		.replaceAll(/\s+/g, ' ')
		.trim();

/** The field that has most of the words, with these marked. */
const hitOf = ({session, fields}: Entry, words: readonly Score[], hide: HideTitle): SessionHit => {
	const scores = new Map(words.map(({word, score}) => [word, score]));
	let best: {text: string; matches: Match[]} | undefined;
	for (const field of fields) {
		const text = shownField(field, session, hide);
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
