import {filterRow} from './filter-table.js';
import type {Clock, Filter, Query, Span} from './query.js';
import {timeLabel} from './times.js';

/** A filter in short, and where it was typed. */
export type Chip = Span & {label: string; isExcluded: boolean};

const timeWords: Partial<Record<Filter['name'], string>> = {after: 'since', before: 'before', on: 'on'};

/** The filters of a query for the screen: `repo: shop`, `not branch: main`, `since 22 Nov`, `tokens > 1.5M`. */
export const chipsOf = (query: Query, clock: Clock): Chip[] =>
	query.filters.map(filter => {
		const {start, end, isExcluded} = filter;
		return {start, end, isExcluded, label: `${isExcluded ? 'not ' : ''}${labelOf(filter, clock)}`};
	});

const labelOf = ({name, values, comparison}: Filter, clock: Clock): string => {
	const timeWord = timeWords[name];
	if (timeWord !== undefined) {
		return `${timeWord} ${values.map(value => timeLabel(value, clock)).join(' or ')}`;
	}

	const isMoney = filterRow(name)?.kind === 'money';
	const shown = values.map(value => (isMoney ? `$${value.replace('$', '')}` : value)).join(' or ');
	return comparison === '=' ? `${name}: ${shown}` : `${name} ${comparison} ${shown}`;
};
