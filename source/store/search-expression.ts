import type {Leaf, WordTree} from '../query/word-query.js';

/** One word or phrase as FTS5 reads it; quoted, everything is allowed in it. */
export const leafExpression = ({words, isPrefix, parts}: Leaf): string => {
	const whole = `"${words.replaceAll('"', ' ')}"${isPrefix ? '*' : ''}`;
	return parts === undefined ? whole : `(${whole} OR "${parts.replaceAll('"', ' ')}")`;
};

/** The whole as FTS5 reads it. */
export const expressionOf = (tree: WordTree, leaf: (leaf: Leaf) => string = leafExpression): string => {
	switch (tree.type) {
		case 'leaf': {
			return leaf(tree);
		}

		case 'without': {
			return `(${expressionOf(tree.node, leaf)} NOT ${expressionOf(tree.none, leaf)})`;
		}

		default: {
			return `(${tree.nodes.map(node => expressionOf(node, leaf)).join(tree.type === 'and' ? ' AND ' : ' OR ')})`;
		}
	}
};
