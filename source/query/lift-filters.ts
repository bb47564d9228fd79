import {filterInGroup} from './mistakes.js';
import {plainWords} from './plain-words.js';
import type {Filter, Mistake, TextNode} from './query.js';
import type {FilterToken} from './tokens.js';
import {allOf, anyOf, negated, type Tree} from './tree.js';

export type Lifted = {text: TextNode | null; filters: readonly Filter[]; mistakes: readonly Mistake[]};

/**
Takes the filters out, all of which hold for the whole search. `repo:a OR repo:b` is `repo:a,b`; in `repo:a tide OR moon` the
filter holds for both sides. One that would only hold for a part of the search is a mistake, and words.
*/
export const liftFilters = (tree: Tree | null, text: string): Lifted => {
	const filters: Filter[] = [];
	const mistakes: Mistake[] = [];
	const rest = (tree?.type === 'and' ? tree.nodes : [tree ?? []].flat()).flatMap(item => {
		const filter = asFilter(item);
		if (filter !== null) {
			filters.push(filter);
			return [];
		}

		const {others, lifted} = item === tree ? fromOneSide(item) : {others: item, lifted: []};
		for (const one of lifted) {
			filters.push(one);
		}

		return lowered(others, text, mistakes) ?? [];
	});
	return {text: withoutFilters(allOf(rest, false)), filters, mistakes};
};

/** A filter, an excluded one, or alternatives that one filter can tell. */
const asFilter = (tree: Tree): Filter | null => {
	switch (tree.type) {
		case 'filter':
			return tree.filter;
		case 'not': {
			const filter = asFilter(tree.node);
			return filter && {...filter, isExcluded: !filter.isExcluded};
		}

		case 'or': {
			const filters = tree.nodes.flatMap(node => (node.type === 'filter' ? [node.filter] : []));
			return filters.length === tree.nodes.length ? merged(filters) : null;
		}

		default:
			return null;
	}
};

const merged = (filters: readonly Filter[]): Filter | null => {
	const [first, last] = [filters[0], filters.at(-1)];
	if (
		!first ||
		!last ||
		filters.some(({name, comparison, isExcluded}) => {
			return name !== first.name || comparison !== first.comparison || isExcluded;
		})
	) {
		return null;
	}

	return {
		...first,
		end: last.end,
		values: filters.flatMap(({values}) => values),
		...(first.times ? {times: filters.flatMap(({times}) => times ?? [])} : {}),
		...(first.amounts ? {amounts: filters.flatMap(({amounts}) => amounts ?? [])} : {}),
	};
};

/** Filters beside the words of one side of an OR, where the other sides have none. */
const fromOneSide = (tree: Tree): {others: Tree; lifted: readonly Filter[]} => {
	const sides = tree.type === 'or' ? tree.nodes : [];
	const found = sides.flatMap((side, index) => {
		const parts = side.type === 'and' && !side.isGroup ? side.nodes : [side];
		const filters = parts.flatMap(part => asFilter(part) ?? []);
		return filters.length > 0 ? [{index, filters, others: parts.filter(part => asFilter(part) === null)}] : [];
	});
	const [only] = found;
	const others = only && allOf(only.others, false);
	return found.length !== 1 || !only || !others
		? {others: tree, lifted: []}
		: {others: anyOf(sides.with(only.index, others)) as Tree, lifted: only.filters};
};

/** The same with words for filters. */
const lowered = (tree: Tree, text: string, mistakes: Mistake[]): Tree | null => {
	switch (tree.type) {
		case 'filter': {
			const typed = typedWithoutMinus(tree.token, text);
			mistakes.push(filterInGroup(tree.token, typed));
			const words = plainWords(typed);
			return words && tree.token.isExcluded ? negated(words) : words;
		}

		case 'not': {
			const node = lowered(tree.node, text, mistakes);
			return node && negated(node);
		}

		case 'or':
			return anyOf(tree.nodes.flatMap(node => lowered(node, text, mistakes) ?? []));
		case 'and':
			return allOf(
				tree.nodes.flatMap(node => lowered(node, text, mistakes) ?? []),
				tree.isGroup,
			);
		default:
			return tree;
	}
};

/** A filter as words: what was typed but for the `-` that excludes it. */
export const typedWithoutMinus = ({start, end, isExcluded}: FilterToken, text: string): string =>
	text.slice(isExcluded ? start + 1 : start, end);

const withoutFilters = (tree: Tree | null): TextNode | null => {
	const textOf = (node: Tree): TextNode[] => {
		switch (node.type) {
			case 'filter':
				return [];
			case 'not':
				return textOf(node.node).map(inner => ({type: 'not', node: inner}));
			case 'and':
			case 'or':
				return [{type: node.type, nodes: node.nodes.flatMap(textOf)}];
			default:
				return [node];
		}
	};

	return tree === null ? null : (textOf(tree)[0] ?? null);
};
