import {parseQuery} from '../../source/query/parse-query.js';
import type {Filter, Query, TextNode} from '../../source/query/query.js';
import {filterText} from '../../source/query/query-text.js';

/** Noon of a Sunday in Berlin. */
export const clock = {now: new Date('2026-11-22T11:00:00Z'), timeZone: 'Europe/Berlin'};

export const parse = (text: string): Query => parseQuery(text, clock);
export const parseFinal = (text: string): Query => parseQuery(text, {...clock, isFinal: true});

/** `(tide & !"low tide") | moon*`, to compare at a glance; empty for nothing. */
export const shown = (node: TextNode | null): string => {
	if (node === null) {
		return '';
	}

	switch (node.type) {
		case 'word':
			return `${node.text}${node.isPrefix ? '*' : ''}`;
		case 'phrase':
			return `"${node.text}"`;
		case 'not':
			return `!${shown(node.node)}`;
		default:
			return `(${node.nodes.map(shown).join(node.type === 'and' ? ' & ' : ' | ')})`;
	}
};

/** The one filter of a query. */
export const onlyFilter = (text: string): Filter => {
	const {filters} = parse(text);
	if (filters.length !== 1) {
		throw new Error(`${filters.length} filters in ${text}`);
	}

	return filters[0] as Filter;
};

export const shownFilters = (query: Query): string => query.filters.map(filterText).join(' ');
