import {rowText, sliceRow} from '../../text/cells.js';
import type {Row, Span} from '../../text/span.js';

const special = /[\\^$.*+?()[\]{}|]/g;

const toExpression = (match: RegExp | string): RegExp =>
	typeof match === 'string'
		? new RegExp(match.replace(special, String.raw`\$&`), 'gi')
		: new RegExp(match.source, match.flags.includes('g') ? match.flags : `${match.flags}g`);

const markRow = (row: Row, expression: RegExp): Row => {
	const text = rowText(row);
	const spans: Span[] = [];
	let end = 0;
	for (const found of text.matchAll(expression)) {
		if (found[0] !== '') {
			spans.push(...sliceRow(row, end, found.index));
			end = found.index + found[0].length;
			spans.push({text: found[0], tone: 'match'});
		}
	}

	return end === 0 ? row : [...spans, ...sliceRow(row, end, text.length)];
};

/** Rows with every match in the `match` tone. A match that a row break splits is not marked. */
export const markMatches = (rows: readonly Row[], match: RegExp | string): Row[] => {
	if (match === '') {
		return [...rows];
	}

	const expression = toExpression(match);
	return rows.map(row => markRow(row, expression));
};
