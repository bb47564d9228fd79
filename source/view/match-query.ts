import type {TextNode} from '../query/query.js';
import {type Fields, type Match, matchFields} from './fuzzy.js';

const merged = (matches: readonly Match[], fields: Fields): Match => ({
	score: matches.reduce((sum, {score}) => sum + score, 0),
	ranges: fields.map((_, index) => matches.flatMap(({ranges}) => ranges[index] ?? []).toSorted((a, b) => a[0] - b[0])),
});

/** How well a row fits what a query asks for, typing mistakes forgiven; undefined where it does not. */
export const matchQuery = (node: TextNode | null, fields: Fields): Match | undefined => {
	switch (node?.type) {
		case undefined:
			return merged([], fields);
		case 'word':
		case 'phrase':
			return matchFields([node.text.toLowerCase()], fields);
		case 'not':
			return matchQuery(node.node, fields) === undefined ? merged([], fields) : undefined;
		case 'and': {
			const all = node.nodes.map(part => matchQuery(part, fields));
			return all.every(match => match !== undefined) ? merged(all, fields) : undefined;
		}

		case 'or': {
			const some = node.nodes.flatMap(part => matchQuery(part, fields) ?? []);
			const best = Math.min(...some.map(({score}) => score));
			return some.length === 0 ? undefined : {...merged(some, fields), score: best};
		}
	}
};

/** Words that each row found must have: enough to leave out most of the others. */
export const neededWords = (node: TextNode | null): string[] => {
	switch (node?.type) {
		case 'word':
		case 'phrase':
			return [node.text.toLowerCase()];
		case 'and':
			return node.nodes.flatMap(neededWords);
		default:
			return [];
	}
};
