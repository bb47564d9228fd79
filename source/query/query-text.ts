import {parseQuery} from './parse-query.js';
import type {Filter, Query, TextNode} from './query.js';

/**
The query as it may be typed again, with the same meaning and without a mistake: what was taken for plain words stands in
quotes then. Words come first.
*/
export const queryText = ({text, filters}: Query): string => {
	const isBare = text?.type !== 'or' || filters.length === 0;
	return [...(text === null ? [] : [nodeText(text, isBare)]), ...filters.map(filterText)].join(' ');
};

/** `-tool:patch,"my tool"`. */
export const filterText = ({name, values, comparison, isExcluded}: Filter): string =>
	`${isExcluded ? '-' : ''}${name}:${comparison === '=' ? '' : comparison}${values.map(valueText).join(',')}`;

/** A value as it has to be written behind a filter's colon: in quotes where it would be read as something else. */
export const valueText = (value: string): string =>
	value === '' || /[\s",()]|^[!=<>:]|^\/\//.test(value) ? inQuotes(value) : value;

const inQuotes = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Several words stand in parentheses unless `isBare`. */
const nodeText = (node: TextNode, isBare = false): string => {
	switch (node.type) {
		case 'word':
		case 'phrase':
			return leafText(node, '');
		case 'not':
			return node.node.type === 'word' ? leafText(node.node, '-') : `-${nodeText(node.node)}`;
		default: {
			const joined = node.nodes.map(inner => nodeText(inner)).join(node.type === 'or' ? ' OR ' : ' ');
			return isBare ? joined : `(${joined})`;
		}
	}
};

const leafText = (node: Extract<TextNode, {text: string}>, minus: '' | '-'): string => {
	const star = node.type === 'word' && node.isPrefix ? '*' : '';
	const bare = `${minus}${node.text}${star}`;
	return node.type === 'word' && isReadAs(bare, minus === '' ? node : {type: 'not', node})
		? bare
		: `${minus}${inQuotes(node.text)}${star}`;
};

/** Whether that would be read as this word and nothing else, wherever it stands. */
const isReadAs = (typed: string, wanted: TextNode): boolean => {
	const {text, filters, mistakes} = parseQuery(typed, {now: new Date(0), isFinal: true});
	const hasMore = filters.length > 0 || mistakes.length > 0 || /[()]/.test(typed);
	return !hasMore && text !== null && isSame(text, wanted);
};

const isSame = (one: TextNode, other: TextNode): boolean => {
	if (one.type === 'not') {
		return other.type === 'not' && isSame(one.node, other.node);
	}

	return one.type === 'word' && other.type === 'word' && one.text === other.text && one.isPrefix === other.isPrefix;
};
