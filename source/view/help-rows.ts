import {padToWidth, textWidth} from '../text/cells.js';
import type {Row} from '../text/span.js';
import {wrapRow} from '../text/wrap-row.js';

export type HelpRow = {group: string; keys: string; help: string};

/** Width from which two columns of keys stand beside each other. */
const twoColumnsFrom = 110;

const column = (rows: readonly HelpRow[], keyWidth: number, width: number): Row[] =>
	rows.flatMap((row, index): Row[] => {
		const isFirst = rows[index - 1]?.group !== row.group;
		const keys = padToWidth(row.keys, keyWidth);
		const lines = wrapRow([{text: row.help}], Math.max(8, width - keyWidth - 2)).map(
			(line, number): Row => [
				{text: number === 0 ? keys : ' '.repeat(keyWidth), tone: 'accent'},
				{text: '  '},
				...line,
			],
		);
		return isFirst ? [...(index === 0 ? [] : [[]]), [{text: row.group, tone: 'heading', bold: true}], ...lines] : lines;
	});

const keyWidthOf = (rows: readonly HelpRow[], width: number): number =>
	Math.min(Math.max(...rows.map(row => textWidth(row.keys))), Math.max(8, Math.floor(width / 2)));

/** The key table as rows of at most `width` cells, in one column or two. */
export const helpRows = (table: readonly HelpRow[], width: number): Row[] => {
	if (width < twoColumnsFrom) {
		return column(table, keyWidthOf(table, width), width);
	}

	const half = Math.floor((width - 4) / 2);
	const groups = [...new Set(table.map(row => row.group))];
	const starts = groups.map(group => table.findIndex(row => row.group === group));
	const split = starts.find(start => start >= table.length / 2) ?? table.length;
	const [left, right] = [table.slice(0, split), table.slice(split)].map(rows =>
		column(rows, keyWidthOf(rows, half), half),
	);
	return Array.from({length: Math.max(left?.length ?? 0, right?.length ?? 0)}, (_, index) => [
		...padToWidth(left?.[index] ?? [], half),
		{text: '    '},
		...(right?.[index] ?? []),
	]);
};
