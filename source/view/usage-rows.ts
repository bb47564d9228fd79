import type {TokenUsage} from '../model/token-usage.js';
import {barOf, costLabel} from '../text/amounts.js';
import {cutToWidth, padToWidth, textWidth} from '../text/cells.js';
import {countLabel, exactCountLabel} from '../text/labels.js';
import type {Row, Span} from '../text/span.js';
import {type Cell, joinCells, oneLine} from './spans.js';
import {type UsageGrouping, type UsageRow, type UsageSum, type UsageTable, usageGroupings} from './usage-table.js';

/** Rows above and below the scrolled ones. */
export type UsageView = {head: Row[]; rowCount: number; row: (index: number) => Row; foot: Row[]};

const names: Record<UsageGrouping, string> = {
	day: 'Day',
	week: 'Week',
	month: 'Month',
	model: 'Model',
	repo: 'Repository',
	session: 'Session',
};

type Measure = 'input' | 'cached' | 'output' | 'reasoning' | 'total' | 'cost';

const measures: readonly {id: Measure; name: string; short?: string; of?: keyof TokenUsage}[] = [
	{id: 'input', name: 'Input', of: 'inputTokens'},
	{id: 'cached', name: 'Cached', of: 'cachedInputTokens'},
	{id: 'output', name: 'Output', of: 'outputTokens'},
	{id: 'reasoning', name: 'Reasoning', short: 'Reason', of: 'reasoningOutputTokens'},
	{id: 'total', name: 'Total', of: 'totalTokens'},
	{id: 'cost', name: 'Cost'},
];

/** Measures in the order in which a narrow screen does without them. */
const dispensable: readonly Measure[] = ['reasoning', 'cached', 'output', 'input', 'cost'];

const gap = 2;
const leastKey = 10;
const mostKey = 44;
const leastBar = 8;
const mostBar = 60;
/** Beside exact figures there must still be room for this much bar. */
const exactBar = 24;

const keyText = ({key, title}: UsageRow, by: UsageGrouping): string => {
	if (by === 'session') {
		return oneLine(title ?? '') || oneLine(key ?? '') || 'unknown';
	}

	return key === null ? 'unknown' : oneLine(key);
};

type Layout = {key: number; bar: number; columns: {id: Measure; width: number; name: string}[]; isExact: boolean};

const textOf = (sum: UsageSum, id: Measure, isExact: boolean): string => {
	const of = measures.find(measure => measure.id === id)?.of;
	if (of === undefined) {
		return costLabel(sum);
	}

	return (isExact ? exactCountLabel : countLabel)(sum.usage[of]);
};

/** Widths from the total, than which no row is more; abbreviated figures have six cells at most. */
const columnsOf = ({total, rows}: UsageTable, isExact: boolean): Layout['columns'] =>
	measures.map(({id, name: full, short = full}) => {
		const costs = id === 'cost' && rows.some(({unpricedTokens}) => unpricedTokens > 0) ? 1 : 0;
		const figure = isExact || id === 'cost' ? textWidth(textOf(total, id, true)) + costs : 6;
		const name = isExact ? full : short;
		return {id, name, width: Math.max(figure, textWidth(name), 6)};
	});

const widthOf = (columns: Layout['columns']): number => columns.reduce((sum, {width}) => sum + width + gap, 0);

const layoutOf = (table: UsageTable, width: number): Layout => {
	const isLong = table.by === 'session' || table.by === 'repo';
	const longest = isLong ? mostKey : Math.max(leastKey, ...table.rows.map(row => textWidth(keyText(row, table.by))));
	const wanted = Math.min(longest, mostKey);
	const exact = columnsOf(table, true);
	const isExact = width - widthOf(exact) - gap >= wanted + exactBar;
	let columns = isExact ? exact : columnsOf(table, false);
	for (const id of dispensable) {
		if (width - widthOf(columns) >= leastKey) {
			break;
		}

		columns = columns.filter(column => column.id !== id);
	}

	const room = Math.max(1, width - widthOf(columns));
	const key = Math.min(wanted, room - gap - leastBar >= leastKey ? Math.max(leastKey, room - gap - leastBar) : room);
	const bar = Math.min(mostBar, room - key - gap);
	return {key: bar < leastBar ? room : key, bar: bar < leastBar ? 0 : bar, columns, isExact};
};

const line = (layout: Layout, key: Row, bar: Row, cells: (id: Measure) => Span, width: number): Row =>
	padToWidth(
		joinCells(
			[
				{row: key, width: layout.key},
				...(layout.bar > 0 ? [{row: bar, width: layout.bar}] : []),
				...layout.columns.map((column): Cell => ({row: [cells(column.id)], width: column.width, align: 'right'})),
			],
			gap,
		),
		width,
	);

const tones: Partial<Record<Measure, Span['tone']>> = {input: 'dim', cached: 'dim', output: 'dim', reasoning: 'dim'};

const figure = (sum: UsageSum, id: Measure, isExact: boolean): Span => {
	const tone = tones[id];
	return {text: textOf(sum, id, isExact), ...(tone ? {tone} : {})};
};

const tabs = (by: UsageGrouping, width: number): Row =>
	padToWidth(
		[
			{text: 'By ', tone: 'dim'},
			...usageGroupings.flatMap((grouping): Span[] => [
				grouping === by
					? {text: `[${names[grouping]}]`, tone: 'accent', bold: true}
					: {text: ` ${names[grouping]} `, tone: 'dim'},
				{text: ' '},
			]),
		],
		width,
	);

const notes = ({unpriced, total, prices}: UsageTable, width: number): Row[] => {
	const missing = unpriced.map(({model, serviceTier}) => {
		const name = model === null ? 'an unnamed model' : oneLine(model);
		return serviceTier === 'standard' ? name : `${name} (${oneLine(serviceTier)})`;
	});
	const own = prices.own.length === 0 ? '' : `, your own for ${prices.own.map(name => oneLine(name)).join(', ')}`;
	const source = prices.source === null ? '' : ` from ${oneLine(prices.source)}`;
	const first: Span =
		missing.length === 0
			? {text: ''}
			: {text: `${countLabel(total.unpricedTokens)} tokens have no price: ${missing.join(', ')}`, tone: 'warning'};
	return [
		padToWidth([first], width),
		padToWidth([{text: `Prices of ${prices.date ?? 'an unknown day'}${own}${source}`, tone: 'dim'}], width),
	];
};

/** The usage view in rows of exactly `width` cells. Times come latest first; rows are made when they are seen. */
export const usageView = (table: UsageTable, width: number): UsageView => {
	const layout = layoutOf(table, width);
	const isTime = table.by === 'day' || table.by === 'week' || table.by === 'month';
	const rows = isTime ? table.rows.toReversed() : table.rows;
	const most = rows.reduce((max, {usage}) => Math.max(max, usage.totalTokens), 0);
	const made = new Map<number, Row>();
	const make = (row: UsageRow): Row =>
		line(
			layout,
			[{text: cutToWidth(keyText(row, table.by), layout.key)}],
			[{text: barOf(row.usage.totalTokens / most, layout.bar), tone: 'accent'}],
			id => figure(row, id, layout.isExact),
			width,
		);
	const heads = new Map(layout.columns.map(({id, name}) => [id, name]));
	return {
		head: [
			tabs(table.by, width),
			line(layout, [{text: names[table.by], tone: 'dim'}], [], id => ({text: heads.get(id) ?? '', tone: 'dim'}), width),
		],
		rowCount: rows.length,
		row(index) {
			const known = made.get(index);
			const row = rows[index];
			if (known || !row) {
				return known ?? [];
			}

			const fresh = make(row);
			made.set(index, fresh);
			return fresh;
		},
		foot: [
			line(
				layout,
				[{text: 'Total', bold: true}],
				[{text: `${exactCountLabel(rows.length)} ${rows.length === 1 ? 'row' : 'rows'}`, tone: 'dim'}],
				id => ({...figure(table.total, id, layout.isExact), bold: true}),
				width,
			),
			...notes(table, width),
		],
	};
};
