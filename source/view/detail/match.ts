import type {WordMatcher} from '../../query/word-matcher.js';
import {rowText, sliceRow} from '../../text/cells.js';
import type {Row, Span} from '../../text/span.js';

const markRow = (row: Row, matcher: WordMatcher): Row => {
	const text = rowText(row);
	const spans: Span[] = [];
	let at = 0;
	for (const {start, end} of matcher.find(text, Number.POSITIVE_INFINITY)) {
		spans.push(...sliceRow(row, at, start), {text: text.slice(start, end), tone: 'match'});
		at = end;
	}

	return at === 0 ? row : [...spans, ...sliceRow(row, at, text.length)];
};

/** Rows with every match in the `match` tone. A match that a row break splits is not marked. */
export const markMatches = (rows: readonly Row[], matcher: WordMatcher): Row[] =>
	rows.map(row => markRow(row, matcher));
