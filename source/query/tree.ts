import type {Filter, TextNode} from './query.js';
import type {FilterToken} from './tokens.js';

/** What was typed, with the filters where they stand. */
export type Tree =
	| Extract<TextNode, {text: string}>
	| {type: 'filter'; filter: Filter; token: FilterToken}
	| {type: 'not'; node: Tree}
	| {type: 'or'; nodes: readonly Tree[]}
	/** `isGroup`: it stood in parentheses, and not just between words. */
	| {type: 'and'; nodes: readonly Tree[]; isGroup: boolean};

export const allOf = (trees: readonly Tree[], isGroup: boolean): Tree | null => {
	if (trees.length < 2) {
		return trees[0] ?? null;
	}

	const nodes = trees.flatMap(tree => (tree.type === 'and' ? tree.nodes : [tree]));
	return {type: 'and', nodes, isGroup};
};

export const anyOf = (trees: readonly Tree[]): Tree | null => {
	const nodes = trees.flatMap(tree => (tree.type === 'or' ? tree.nodes : [tree]));
	return nodes.length > 1 ? {type: 'or', nodes} : (nodes[0] ?? null);
};

export const negated = (tree: Tree): Tree => (tree.type === 'not' ? tree.node : {type: 'not', node: tree});
