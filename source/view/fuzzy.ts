import Fuse from 'fuse.js';

/** Part of a text, from `start` up to `end`, in UTF-16 units. */
export type Range = readonly [start: number, end: number];

/** Texts of a row that are searched, in the order its view draws them. */
export type Fields = readonly string[];

export type Match = {
	/** 0 is perfect; worse is larger. */
	score: number;
	/** Matched parts of each field. */
	ranges: readonly (readonly Range[])[];
};

/** More rows than this are thinned out by a plain test before fuse.js scores them. */
export const candidateLimit = 2000;

/** Words of a filter: each must occur somewhere in the row. */
export const queryWords = (query: string): string[] => query.toLowerCase().split(/\s+/).filter(Boolean);

const options = {
	includeMatches: true,
	ignoreLocation: true,
	ignoreFieldNorm: true,
	// A quarter of the letters may differ: one typing mistake in a word of four.
	threshold: 0.26,
};

/** Shorter words match exactly or not at all; a fuzzy pair of letters matches everything. */
const shortestFuzzy = 4;

/** Long fields are searched at their beginning; a row shows no more. */
const searchedLength = 400;

const occurrences = (text: string, word: string): Range[] => {
	const found: Range[] = [];
	for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
		found.push([at, at + word.length]);
	}

	return found;
};

/** Where a word begins counts: `auth` is a better find in `auth flow` than in `unauthorised`. */
const exactScore = (text: string, first: number): number =>
	first === 0 || /[\s/._-]/.test(text[first - 1] ?? '') ? 0 : 0.05;

const matchWord = (word: string, field: string): {score: number; ranges: Range[]} | undefined => {
	const text = field.slice(0, searchedLength).toLowerCase();
	const exact = occurrences(text, word);
	if (exact[0]) {
		return {score: exactScore(text, exact[0][0]), ranges: exact};
	}

	if (word.length < shortestFuzzy) {
		return undefined;
	}

	const result = Fuse.match(word, text, {...options, minMatchCharLength: Math.ceil(word.length / 3)});
	return result.isMatch
		? {score: 0.1 + result.score, ranges: (result.indices ?? []).map(([start, end]) => [start, end + 1])}
		: undefined;
};

/** How well a row fits; undefined when a word occurs in none of its fields. */
export const matchFields = (words: readonly string[], fields: Fields): Match | undefined => {
	const ranges: Range[][] = fields.map(() => []);
	let score = 0;
	for (const word of words) {
		let best: number | undefined;
		for (const [index, field] of fields.entries()) {
			const match = matchWord(word, field);
			if (match) {
				best = Math.min(best ?? 1, match.score + index * 0.01);
				ranges[index]?.push(...match.ranges);
			}
		}

		if (best === undefined) {
			return undefined;
		}

		score += best;
	}

	return {score, ranges: ranges.map(merged)};
};

const merged = (ranges: Range[]): Range[] => {
	const result: Range[] = [];
	for (const range of ranges.toSorted((a, b) => a[0] - b[0])) {
		const last = result.at(-1);
		if (last && range[0] <= last[1]) {
			result[result.length - 1] = [last[0], Math.max(last[1], range[1])];
		} else {
			result.push(range);
		}
	}

	return result;
};

/**
Whether a row is worth scoring when there are too many: every word's letters occur in their order in one
field. Lets through a left-out letter, not a wrong one.
*/
export const mayMatch = (words: readonly string[], fields: Fields): boolean =>
	words.every(word => fields.some(field => holdsInOrder(field.slice(0, searchedLength).toLowerCase(), word)));

const holdsInOrder = (text: string, word: string): boolean => {
	let at = 0;
	for (const character of word) {
		at = text.indexOf(character, at);
		if (at < 0) {
			return false;
		}

		at += character.length;
	}

	return true;
};
