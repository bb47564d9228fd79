import type {Row, Span} from '../text/span.js';

/** What stands for a hidden value, also where the end of a row cut it. */
const placeholder = /\[REDACTED:[a-z\d.-]*(?:#\d*\]?)?…?|\bredacted-[a-z\d-]+-\d+(?!\w)/g;

/** How a row tells what is hidden in it: its placeholders in a tone of their own. Rows without are the same object. */
export const markRedactions = (row: Row): Row =>
	row.some(({text}) => mayHold(text)) ? row.flatMap(span => (mayHold(span.text) ? marked(span) : [span])) : row;

/** How many placeholders stand in rows. */
export const countRedactions = (rows: readonly Row[]): number =>
	rows.reduce((sum, row) => sum + row.filter(({tone}) => tone === 'redacted').length, 0);

const mayHold = (text: string): boolean => text.includes('EDACTED:') || text.includes('edacted-');

const marked = (span: Span): Span[] => {
	const parts: Span[] = [];
	let from = 0;
	for (const {0: found, index} of span.text.matchAll(placeholder)) {
		if (index > from) {
			parts.push({...span, text: span.text.slice(from, index)});
		}

		parts.push({...span, text: found, tone: 'redacted'});
		from = index + found.length;
	}

	return from < span.text.length ? [...parts, {...span, text: span.text.slice(from)}] : parts;
};
