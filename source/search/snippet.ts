import type {Match, WordMatcher} from '../query/word-matcher.js';
import type {Snippet} from '../store/search.js';
import {plainText, stripSequences} from '../text/sanitize.js';

/** Replaces what must not be seen of one field. Every text passes it before anything is cut out of it or looked for in it. */
export type HideText = (text: string) => string;

/** The same of what is known of a session, which is no text of an event. */
export type HideTitle = (text: string, thread: string) => string;

/** Characters of a snippet, and of what stands before the first match. */
const snippetLength = 240;
const leadLength = 60;

/** Places that are looked at to find where most of the words stand together. */
const mostPlaces = 60;

/** Cleaning may shorten a text: so many times as much is cut out first. */
const spareRoom = 3;

export const cutMark = '…';

/** One line around the place where the words stand. Undefined when they do not stand in the text, as far as it can be seen. */
export const snippetOf = (source: string, matcher: WordMatcher, hide: HideText): Snippet | undefined => {
	const clean = stripSequences(source);
	for (let from = 0, tries = 0; from < clean.length && tries < mostStretches; tries++) {
		const isWhole = clean.length <= stretchLength;
		const known = isWhole ? 0 : bestPlace(matcher.find(clean.slice(from), matcher.leaves === 1 ? 1 : mostPlaces));
		if (known === undefined) {
			break;
		}

		// Where to cut is decided by what is hidden: the words may stand in nothing else.
		const stretch = isWhole ? {start: 0, end: clean.length} : stretchAround(clean, from + known);
		const text = hide(clean.slice(stretch.start, stretch.end));
		const place = bestPlace(matcher.find(text, matcher.leaves === 1 ? 1 : mostPlaces));
		if (place !== undefined) {
			return cutAround(text, place, matcher, stretch.start > 0);
		}

		from = stretch.end;
	}

	return matcher.leaves === 0 ? beginningOf(source, matcher, hide) : undefined;
};

/** So much round a match is looked through for what must not be seen: a value and its name, a whole key. */
const stretchLength = 16_384;

/** Matches that are hidden are passed over so often. */
const mostStretches = 8;

/** Whole lines round a place, unless they are long. */
const stretchAround = (text: string, place: number): {start: number; end: number} => {
	const half = stretchLength / 2;
	const first = Math.max(0, place - half);
	const last = Math.min(text.length, place + half);
	const lineStart = text.indexOf('\n', first);
	const lineEnd = text.lastIndexOf('\n', last);
	return {
		start: first > 0 && lineStart !== -1 && lineStart < place ? lineStart + 1 : first,
		end: last < text.length && lineEnd > place + snippetLength ? lineEnd : last,
	};
};

/** The beginning of a text, for what was found otherwise. */
export const beginningOf = (source: string, matcher: WordMatcher, hide: HideText): Snippet =>
	cutAround(hide(stripSequences(source.slice(0, stretchLength))), 0, matcher);

/** Finds texts, in small letters, wherever they stand. */
export const placesMatcher = (needles: readonly string[]): WordMatcher => ({
	leaves: needles.length,
	key: needles.join('\n'),
	find(text, most) {
		const small = text.toLowerCase();
		// Few letters get longer as small ones; then places would not fit.
		const searched = small.length === text.length ? small : text;
		const matches = needles.flatMap((needle, leaf) => {
			const places: Match[] = [];
			for (
				let at = searched.indexOf(needle);
				at !== -1 && places.length < most;
				at = searched.indexOf(needle, at + 1)
			) {
				places.push({start: at, end: at + needle.length, leaf});
			}

			return places;
		});
		return matches.toSorted((a, b) => a.start - b.start).slice(0, most);
	},
});

/** Where most different words stand within the length of a snippet; the first of such places. */
const bestPlace = (matches: readonly Match[]): number | undefined => {
	let best: number | undefined;
	let most = 0;
	for (const [index, first] of matches.entries()) {
		const leaves = new Set<number>();
		for (let at = index; at < matches.length; at++) {
			const match = matches[at] as Match;
			if (match.end - first.start > snippetLength - leadLength) {
				break;
			}

			leaves.add(match.leaf);
		}

		if (leaves.size > most) {
			most = leaves.size;
			best = first.start;
		}
	}

	return best;
};

const cutAround = (text: string, place: number, matcher: WordMatcher, isBegun = false): Snippet => {
	const from = beginningAt(text, place);
	const cut = text.slice(from, from + snippetLength * spareRoom);
	const line = plainText(cut).replaceAll(/\s+/g, ' ').trim();
	const whole = `${from > 0 || isBegun ? cutMark : ''}${line}`;
	const isCutAfter =
		whole.length > snippetLength || /\S/.test(text.slice(from + cut.length, from + cut.length + snippetLength));
	const shown = isCutAfter ? `${wholeCharacters(whole.slice(0, snippetLength - 1))}${cutMark}` : whole;
	return {text: shown, ranges: merged(matcher.find(shown, mostPlaces))};
};

/** Some words before a place, or the beginning of its line where that is near. */
const beginningAt = (text: string, place: number): number => {
	if (place <= leadLength) {
		return 0;
	}

	const before = text.slice(place - leadLength, place);
	const lineStart = before.lastIndexOf('\n') + 1;
	const wordStart = before.search(/(?<=\s)\S/);
	const start = lineStart > 0 ? lineStart : wordStart;
	return place - leadLength + (start === -1 ? Number(isSecondHalf(before, 0)) : start);
};

const isSecondHalf = (text: string, place: number): boolean => /[\udc00-\udfff]/.test(text[place] ?? '');

const wholeCharacters = (text: string): string => (/[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text);

const merged = (matches: readonly Match[]): [start: number, end: number][] => {
	const ranges: [number, number][] = [];
	for (const {start, end} of matches) {
		const last = ranges.at(-1);
		if (last !== undefined && start <= last[1]) {
			last[1] = Math.max(last[1], end);
		} else {
			ranges.push([start, end]);
		}
	}

	return ranges;
};
