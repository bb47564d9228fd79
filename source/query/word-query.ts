import type {TextNode} from './query.js';
import {apart, isWord} from './search-words.js';

/** Letters that a word must have to be searched by its beginning although nobody asked for that. */
const prefixLength = 3;

/** Words of a query; more say no more, and an expression has a depth limit. */
const mostWords = 32;

/** Where a part of a name begins: `camelCase`, `HTTPServer`. */
const camelBorder = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g;

/** A word or phrase of a query as the tables of words have it. */
export type Leaf = {
	/** Tokens with spaces between them; Han characters are a token each. */
	words: string;
	/** Whether the last token may go on. */
	isPrefix: boolean;
	/** Parts of a camelCase name, which are indexed behind the text; absent in other words. */
	parts?: string;
};

/** What must stand in an event, in the form that FTS5 knows: `not` only beside something that must be there. */
export type WordTree =
	| ({type: 'leaf'} & Leaf)
	| {type: 'and' | 'or'; nodes: readonly WordTree[]}
	| {type: 'without'; node: WordTree; none: WordTree};

/** The words of a query; either may be missing. */
export type WordQuery = {
	/** What must stand in a message or an output. */
	all: WordTree | null;
	/** What must stand in neither. */
	none: WordTree | null;
};

/** What is typed is searched by beginnings of words; a phrase as it is, unless its last word is still being typed. */
export const leafOf = (node: TextNode & {type: 'word' | 'phrase'}): Leaf | null => {
	const text = node.text.slice(0, 4096);
	if (!isWord(text)) {
		return null;
	}

	const words = apart(text);
	const lastWord = /[\p{L}\p{N}\p{M}\p{Co}]+$/u.exec(words)?.[0].length ?? 0;
	const isPrefix = node.type === 'word' && lastWord > 0 && (node.isPrefix || lastWord >= prefixLength);
	const parts = words.replaceAll(camelBorder, ' ');
	return parts === words ? {words, isPrefix} : {words, isPrefix, parts};
};

/** What a text node asks for; words without a letter or digit are left out. */
export const wordQuery = (text: TextNode | null): WordQuery => {
	let room = mostWords;
	const read = (node: TextNode): WordQuery => {
		switch (node.type) {
			case 'word':
			case 'phrase': {
				const leaf = room > 0 ? leafOf(node) : null;
				room -= Number(leaf !== null);
				return {all: leaf === null ? null : {type: 'leaf', ...leaf}, none: null};
			}

			case 'not': {
				const {all, none} = read(node.node);
				return all === null ? {all: none, none: null} : {all: none, none: all};
			}

			case 'and': {
				const parts = node.nodes.map(read);
				return {
					all: joined('and', parts, part => part.all),
					none: joined('or', parts, part => part.none),
				};
			}

			case 'or': {
				// "This, or not that" would be nearly everything: what must not be there counts only beside what must.
				return {all: joined('or', node.nodes.map(read), whole), none: null};
			}
		}
	};

	return text === null ? {all: null, none: null} : read(text);
};

const whole = ({all, none}: WordQuery): WordTree | null =>
	all === null || none === null ? all : {type: 'without', node: all, none};

const joined = (
	type: 'and' | 'or',
	parts: readonly WordQuery[],
	pick: (part: WordQuery) => WordTree | null,
): WordTree | null => {
	const nodes = parts.flatMap(part => pick(part) ?? []);
	return nodes.length > 1 ? {type, nodes} : (nodes[0] ?? null);
};

/** Words that must or may be there: what is marked in what was found. */
export const leavesOf = (tree: WordTree | null): Leaf[] => {
	switch (tree?.type) {
		case 'leaf': {
			return [tree];
		}

		case 'and':
		case 'or': {
			return tree.nodes.flatMap(leavesOf);
		}

		case 'without': {
			return leavesOf(tree.node);
		}

		default: {
			return [];
		}
	}
};
