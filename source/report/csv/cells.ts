import {plainText} from '../../text/sanitize.js';

/** Text, a number, or nothing where nothing is known. */
export type Cell = string | number | boolean | null;

/** What spreadsheets take for the beginning of a formula; the full-width signs as well. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/**
A record of RFC 4180. Text that a spreadsheet would take for a formula gets an apostrophe in front. Whatever is there stands in
quotes: numbers behind a text that ends in `pass:` would else read like a password.
*/
export const csvRow = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;

const cellText = (cell: Cell): string => {
	if (typeof cell !== 'string') {
		return cell === null ? '' : `"${cell}"`;
	}

	const plain = plainText(cell);
	const safe = formula.test(plain) ? `'${plain}` : plain;
	return safe === '' ? '' : `"${safe.replaceAll('"', '""')}"`;
};
