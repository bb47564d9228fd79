import {type Folded, fold, foldWord, roughlyFold} from './fold.js';
import type {Leaf} from './word-query.js';

/** A place where a word or phrase of the query stands, in UTF-16 units of the text. */
export type Match = {start: number; end: number; leaf: number};

/** Finds the places of a query's words in texts, as the index would. */
export type WordMatcher = {
	/** How many words and phrases there are. */
	leaves: number;
	/** The same for matchers that find the same. */
	key: string;
	/** Places from left to right, at most so many. */
	find(text: string, most: number): Match[];
};

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

/** Characters that are folded exactly in any case. */
const shortText = 1000;

const wordUnit = /[\p{L}\p{N}\p{M}\p{Co}]/u;
const small = /\p{Ll}/u;
const capital = /\p{Lu}/u;
const cjk = /[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc]|[\ud840-\ud8bf]/;

/** Between the tokens of a phrase stands anything that is no letter or digit; between Han characters, nothing as a rule. */
const between = String.raw`[^\p{L}\p{N}\p{Co}]*`;

const patternOf = (leaf: Leaf): string =>
	foldWord(leaf.parts ?? leaf.words)
		.split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u)
		.filter(token => token !== '')
		.map(escaped)
		.join(between);

/** Letters of which a name goes on with another part: `camelCase`, `HTTPServer`. */
const isBorder = (text: string, place: number): boolean => {
	const before = text[place - 1] ?? ' ';
	const after = text[place] ?? ' ';
	if (!wordUnit.test(before) || !wordUnit.test(after) || cjk.test(before) || cjk.test(after)) {
		return true;
	}

	return capital.test(after) && (small.test(before) || (capital.test(before) && small.test(text[place + 1] ?? ' ')));
};

export const wordMatcher = (given: readonly Leaf[]): WordMatcher => {
	// Longer ones first, so that a phrase wins over its first word.
	const leaves = given
		.map((leaf, index) => ({leaf, index, pattern: patternOf(leaf)}))
		.filter(({pattern}) => pattern !== '')
		.toSorted((a, b) => b.pattern.length - a.pattern.length);
	const alternatives = leaves.map(({pattern}) => `(${pattern})`).join('|');
	const expression = leaves.length === 0 ? undefined : new RegExp(alternatives, 'gu');

	const findIn = (text: string, folded: Folded, most: number): Match[] => {
		const matches: Match[] = [];
		if (expression === undefined) {
			return matches;
		}

		expression.lastIndex = 0;
		for (let match = expression.exec(folded.text); match !== null; match = expression.exec(folded.text)) {
			const group = match.findIndex((part, index) => index > 0 && part !== undefined) - 1;
			const entry = leaves[group];
			const start = folded.origin(match.index);
			const end = endOf(text, folded.origin(match.index + match[0].length));
			if (entry !== undefined && isBorder(text, start) && (entry.leaf.isPrefix || isBorder(text, end))) {
				matches.push({start, end, leaf: entry.index});
				if (matches.length >= most) {
					break;
				}
			} else {
				// Another word may begin inside what only looked like one.
				expression.lastIndex = match.index + ((folded.text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1);
			}
		}

		return matches;
	};

	return {
		leaves: given.length,
		key: leaves.map(({pattern, leaf}) => `${pattern}${leaf.isPrefix ? '*' : ''}`).join(' '),
		find(text, most) {
			const rough = text.length > shortText ? roughlyFold(text) : undefined;
			const matches = rough === undefined ? [] : findIn(text, rough, most);
			return matches.length > 0 ? matches : findIn(text, fold(text), most);
		},
	};
};

/** Accents that follow a letter belong to it. */
const endOf = (text: string, place: number): number => {
	let end = place;
	while (end < text.length && /\p{M}/u.test(text[end] as string)) {
		end++;
	}

	return end;
};
