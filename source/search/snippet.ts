import type {Snippet} from '../store/search.js';
import {plainText, stripSequences} from '../text/sanitize.js';
import type {Match, WordMatcher} from './word-matcher.js';

/** Replaces what must not be seen. Every text passes it before anything is cut out of it or looked for in it. */
export type Hide = (text: string) => string;

export const hideNothing: Hide = text => text;

/** Characters of a snippet, and of what stands before the first match. */
const snippetLength = 240;
const leadLength = 60;

/** Places that are looked at to find where most of the words stand together. */
const mostPlaces = 60;

/** Cleaning may shorten a text: so many times as much is cut out first. */
const spareRoom = 3;

export const cutMark = '…';

/** One line around the place where the words stand. Undefined when they do not stand in the text, as far as it can be seen. */
export const snippetOf = (source: string, matcher: WordMatcher, hide: Hide): Snippet | undefined => {
	const text = stripSequences(hide(source));
	const matches = matcher.find(text, matcher.leaves === 1 ? 1 : mostPlaces);
	const place = bestPlace(matches);
	if (place === undefined && matcher.leaves > 0) {
		return undefined;
	}

	return cutAround(text, place ?? 0, matcher);
};

/** The beginning of a text, for what was found otherwise. */
export const beginningOf = (source: string, matcher: WordMatcher, hide: Hide): Snippet =>
	cutAround(stripSequences(hide(source)), 0, matcher);

/** Finds texts, in small letters, wherever they stand. */
export const placesMatcher = (needles: readonly string[]): WordMatcher => ({
	leaves: needles.length,
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

const cutAround = (text: string, place: number, matcher: WordMatcher): Snippet => {
	const from = beginningAt(text, place);
	const cut = text.slice(from, from + snippetLength * spareRoom);
	const line = plainText(cut).replaceAll(/\s+/g, ' ').trim();
	const whole = `${from > 0 ? cutMark : ''}${line}`;
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
