import os from 'node:os';
import process from 'node:process';
import {median, medianRatio} from './statistics.js';

/** One line of the report. */
export type Row = {
	figure: string;
	ours: string;
	reference: string;
	ratio: string;
	aim: string;
	/** Null where there is nothing to reach. */
	isReached: boolean | null;
};

export type Unit = 'ms' | 's' | 'MB' | 'bytes' | 'frames' | '/s' | '%';

const amount = (value: number, unit: Unit): string => {
	const digits =
		unit === 's' ? 3 : value < 10 && unit !== 'bytes' && unit !== 'frames' ? 2 : unit === 'ms' || unit === '/s' ? 1 : 0;
	return `${value.toFixed(digits)} ${unit}`;
};

/** Runs of ours beside runs of something else, made in turn; the aim is a ratio. */
export const compared = (
	figure: string,
	ours: readonly number[],
	reference: readonly number[],
	unit: Unit,
	atMost: number | null,
): Row => {
	const ratio = medianRatio(ours, reference);
	return {
		figure,
		ours: amount(median(ours), unit),
		reference: amount(median(reference), unit),
		ratio: ratio.toFixed(2),
		aim: atMost === null ? '' : `≤ ${atMost}`,
		isReached: atMost === null ? null : ratio <= atMost,
	};
};

/** As `compared`, but the aim is a difference: so many more than the reference. */
export const addedTo = (
	figure: string,
	ours: readonly number[],
	reference: readonly number[],
	unit: Unit,
	atMost: number,
): Row => {
	const added = median(ours.map((value, index) => value - (reference[index] ?? Number.NaN)));
	return {
		...compared(figure, ours, reference, unit, null),
		ratio: `+ ${amount(added, unit)}`,
		aim: `≤ + ${amount(atMost, unit)}`,
		isReached: added <= atMost,
	};
};

/** A figure with a budget of its own; `reference` says what it was measured on. */
export const limited = (
	figure: string,
	value: number,
	unit: Unit,
	limit: {atMost: number} | {atLeast: number} | null,
	reference = '',
): Row => {
	const base = {figure, ours: amount(value, unit), reference, ratio: ''};
	if (limit === null) {
		return {...base, aim: '', isReached: null};
	}

	return 'atMost' in limit
		? {...base, aim: `≤ ${amount(limit.atMost, unit)}`, isReached: value <= limit.atMost}
		: {...base, aim: `≥ ${amount(limit.atLeast, unit)}`, isReached: value >= limit.atLeast};
};

/** A heading between rows, or a sentence on what was left out. */
export const heading = (figure: string): Row => ({
	figure,
	ours: '',
	reference: '',
	ratio: '',
	aim: '',
	isReached: null,
});

const machine = (): string =>
	`${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}, ${process.platform}, ${new Date().toISOString().slice(0, 10)}`;

const columns = ['figure', 'ours', 'reference', 'ratio', 'aim'] as const;

const mark = {true: ' ✓', false: ' ✗', null: ''};

/** The machine's line and the rows below it, aligned. */
export const tableText = (rows: readonly Row[]): string => {
	const cells = rows.map(row => [row.figure, row.ours, row.reference, row.ratio, row.aim + mark[`${row.isReached}`]]);
	const isHeading = (row: readonly string[]): boolean => row.slice(1).every(cell => cell === '');
	const widths = columns.map((name, column) =>
		Math.max(name.length, ...cells.filter(row => !isHeading(row)).map(row => row[column]?.length ?? 0)),
	);
	const line = (row: readonly string[]): string =>
		isHeading(row)
			? `\n${row[0]}`
			: row
					.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
					.join('  ')
					.trimEnd();
	return [machine(), '', line(columns), ...cells.map(row => line(row)), ''].join('\n');
};
