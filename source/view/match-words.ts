import type {TextNode} from '../query/query.js';

const special = /[\\^$.*+?()[\]{}|]/g;
const run = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const between = String.raw`[^\p{L}\p{N}]*`;

/** The parts of a word or phrase in their order, whatever stands between them: as full-text search finds them. */
const partsOf = (text: string): string =>
	Array.from(text.matchAll(run), ([part]) => part.replaceAll(special, String.raw`\$&`)).join(between);

const leaves = (node: TextNode): string[] => {
	switch (node.type) {
		case 'word':
		case 'phrase':
			return [partsOf(node.text)].filter(part => part !== '');
		case 'and':
		case 'or':
			return node.nodes.flatMap(leaves);
		case 'not':
			return [];
	}
};

/** What to mark in a text that was found: every word and phrase asked for, in any case; undefined for none. */
export const wordsToMark = (text: TextNode | null): RegExp | undefined => {
	const parts = text === null ? [] : leaves(text);
	// Longer ones first, so that a phrase is marked whole.
	const ordered = [...new Set(parts)].toSorted((a, b) => b.length - a.length);
	return ordered.length === 0 ? undefined : new RegExp(ordered.join('|'), 'giu');
};
