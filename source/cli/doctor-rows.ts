import {padToWidth, textWidth} from '../text/cells.js';
import {exactCountLabel} from '../text/labels.js';

/** Rows of a list that are printed; `--json` has them all. */
const mostRows = 8;

export const counted = (count: number, one: string, many = `${one}s`): string =>
	`${exactCountLabel(count)} ${count === 1 ? one : many}`;

/** The first of so many rows, and how many more there are. */
export const firstRows = (rows: readonly string[]): string[] => [
	...rows.slice(0, mostRows),
	...(rows.length > mostRows
		? [`  … and ${exactCountLabel(rows.length - mostRows)} more, all of them with --json`]
		: []),
];

/** Columns side by side, two spaces between and before. */
export const aligned = (rows: readonly (readonly string[])[]): string[] => {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => textWidth(row[column] ?? ''))));
	return rows.map(row => `  ${row.map((cell, column) => padToWidth(cell, widths[column] ?? 0)).join('  ')}`.trimEnd());
};
