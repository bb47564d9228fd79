import type {Tokens} from 'marked';
import {padToWidth, rowWidth} from '../../text/cells.js';
import type {Row} from '../../text/span.js';
import {wrapRow} from '../../text/wrap-row.js';
import {inlineLines, type Style} from './markdown-inline.js';
import type {Page} from './page.js';

const separator = ' │ ';
const narrowestColumn = 6;

/** Lines of one cell, not yet wrapped. */
type Cell = {lines: Row[]; width: number};

const toCell = (cell: Tokens.TableCell, style: Style): Cell => {
	const lines = inlineLines(cell.tokens, style);
	return {lines, width: lines.reduce((most, line) => Math.max(most, rowWidth(line)), 0)};
};

/** Shares the room: columns that need less than an equal share keep what they need, the others divide the rest. */
const fitColumns = (wanted: readonly number[], room: number): number[] => {
	const widths = [...wanted];
	const open = new Set(widths.keys());
	let left = room;
	for (let isSettled = false; !isSettled && open.size > 0; ) {
		isSettled = true;
		const share = Math.floor(left / open.size);
		for (const index of open) {
			const width = wanted[index] ?? 0;
			if (width <= share) {
				open.delete(index);
				left -= width;
				isSettled = false;
			}
		}
	}

	const share = open.size === 0 ? 0 : Math.floor(left / open.size);
	let spare = open.size === 0 ? 0 : left - share * open.size;
	for (const index of open) {
		widths[index] = share + (spare-- > 0 ? 1 : 0);
	}

	return widths;
};

const drawLine = (cells: readonly Cell[], widths: readonly number[], align: Tokens.Table['align']): Row[] => {
	const columns = widths.map((width, index) => cells[index]?.lines.flatMap(line => wrapRow(line, width)) ?? []);
	const height = Math.max(1, ...columns.map(column => column.length));
	return Array.from({length: height}, (_, line) =>
		columns.flatMap((column, index) => {
			const padded = padToWidth(column[line] ?? [], widths[index] ?? 0, align[index] === 'right' ? 'right' : 'left');
			return index === 0 ? padded : [{text: separator, tone: 'dim' as const}, ...padded];
		}),
	);
};

/** Too many columns for the page: every row becomes a small list of `header: cell`. */
const drawAsRecords = (header: readonly Cell[], body: ReadonlyArray<readonly Cell[]>, page: Page): Row[] =>
	body.flatMap((cells, index) => [
		...(index === 0 ? [] : [[]]),
		...cells.flatMap((cell, column) =>
			wrapRow([...(header[column]?.lines[0] ?? []), {text: ': '}, ...(cell.lines[0] ?? [])], page.width, 2),
		),
	]);

/** A table in at most the page's width; cells wrap where they must. */
export const tableRows = (table: Tokens.Table, page: Page): Row[] => {
	const header = table.header.map(cell => toCell(cell, {bold: true}));
	const body = table.rows.slice(0, page.maxRows).map(row => row.map(cell => toCell(cell, {})));
	const room = page.width - separator.length * (header.length - 1);
	if (room < header.length * narrowestColumn) {
		return drawAsRecords(header, body, page);
	}

	const wanted = header.map((cell, index) =>
		body.reduce((most, row) => Math.max(most, row[index]?.width ?? 0), Math.max(1, cell.width)),
	);
	const widths = fitColumns(wanted, room);
	const rule = widths.map(width => '─'.repeat(width)).join('─┼─');
	return [
		...drawLine(header, widths, table.align),
		[{text: rule, tone: 'dim'}],
		...body.flatMap(cells => drawLine(cells, widths, table.align)),
	];
};
