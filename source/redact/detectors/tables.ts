import {type Detector, type Scan, specificity} from '../engine/detector.js';
import {judge} from '../values/judge.js';
import {type Name, nameOf} from './names.js';

const mostRows = 50;
const longestHead = 400;

/** The line below the head of a table. */
const rule = /^[\s|+:│┼─═-]{3,}$/;

/** A column of a CSV, tab-separated, Markdown or SQL client's table whose head names a secret. */
export const tables: Detector = {
	rules: [{id: 'table-cell', description: 'Secret in a column of a table'}],
	keywords: [
		'password',
		'passwd',
		'pass',
		'pwd',
		'secret',
		'token',
		'api_key',
		'apikey',
		'api key',
		'access_key',
		'key',
	],
	detect(scan, start, end) {
		const {text} = scan;
		if (start < (scan.progress.get(tables) ?? 0)) {
			return;
		}

		const part = text.slice(Math.max(0, start - longestHead), end + longestHead);
		const at = Math.min(start, longestHead);
		const lineStart = start - at + part.lastIndexOf('\n', at) + 1;
		const next = start - at + part.indexOf('\n', at);
		scan.progress.set(tables, Math.max(end, next));
		if (next < end || (lineStart === start - at && start > at)) {
			return;
		}

		const head = text.slice(lineStart, next);
		const separator = ['|', '│', '\t', ',', ';'].find(one => head.includes(one));
		if (separator === undefined) {
			return;
		}

		const cells = cellsOf(head, separator);
		const isBarred = separator === '|' || separator === '│';
		const isHead = isBarred
			? /^\s*[|│]/.test(head) || rule.test(text.slice(next + 1, next + 200).split('\n')[0] as string)
			: /^["'\w]/.test(head) && cells.every(({value}) => value !== '');
		if (
			!isHead ||
			cells.filter(({value}) => value !== '').length < 2 ||
			!cells.every(({value}) => /^[\w .#/-]{0,40}$/.test(value))
		) {
			return;
		}

		const columns = cells.flatMap(({value}, index) => {
			const name = value === '' ? undefined : nameOf(value);
			return name === undefined || name.kind === 'weak' ? [] : [{index, name}];
		});
		if (columns.length > 0) {
			scan.progress.set(tables, readRows(scan, next + 1, separator, cells.length, columns));
		}
	},
};

type Cell = {value: string; start: number};

const cellsOf = (line: string, separator: string): Cell[] => {
	let from = 0;
	return line.split(separator).map(raw => {
		const start = from + raw.length - raw.replace(/^[\s"'`]+/, '').length;
		from += raw.length + separator.length;
		return {value: raw.replaceAll(/^[\s"'`]+|[\s"'`]+$/g, ''), start};
	});
};

/** Reads the rows below a head; answers where they end. */
const readRows = (
	scan: Scan,
	from: number,
	separator: string,
	count: number,
	columns: {index: number; name: Name}[],
): number => {
	let at = from;
	for (let row = 0; row < mostRows && at < scan.text.length; row++) {
		const end = scan.text.indexOf('\n', at);
		const line = scan.text.slice(at, end < 0 ? Math.min(scan.text.length, at + 4000) : end);
		const isRule = rule.test(line);
		const cells = isRule ? [] : cellsOf(line, separator);
		if (!isRule && cells.length !== count) {
			return at;
		}

		for (const {index, name} of columns) {
			const cell = cells[index];
			if (cell !== undefined && judge(cell.value, name.kind, 'quoted') !== undefined) {
				scan.report(at + cell.start, at + cell.start + cell.value.length, 'table-cell', 'medium', {
					specificity: specificity.name - 1,
				});
			}
		}

		if (end < 0) {
			return scan.text.length;
		}

		at = end + 1;
	}

	return at;
};
