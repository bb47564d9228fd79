import {costLabel} from '../../text/amounts.js';
import {exactCountLabel} from '../../text/labels.js';
import type {UsageReport} from '../../usage/group.js';
import {html, htmlLine} from './escape.js';

/** Names and what they are. */
export const factsHtml = (facts: readonly (readonly [string, string])[]): string =>
	facts.length === 0
		? ''
		: `<dl>${facts.map(([name, value]) => `<dt>${html(name)}</dt><dd>${htmlLine(value)}</dd>`).join('')}</dl>\n`;

/** A table that scrolls by itself where it is too wide. */
export const tableHtml = (
	caption: string,
	columns: readonly string[],
	rows: readonly (readonly string[])[],
): string => {
	const isNumber = columns.map((_, column) => column > 0 && rows.every(row => /^[\d<$.,+-]*$/.test(row[column] ?? '')));
	const classOf = (column: number): string => (isNumber[column] === true ? ' class="number"' : '');
	const head = columns.map((name, column) => `<th scope="col"${classOf(column)}>${htmlLine(name)}</th>`).join('');
	const body = rows.map(
		cells => `<tr>${cells.map((cell, column) => `<td${classOf(column)}>${htmlLine(cell)}</td>`).join('')}</tr>\n`,
	);
	return `<div class="table"><table><caption>${htmlLine(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body.join('')}</tbody></table></div>\n`;
};

export const usageHtml = (caption: string, heading: string, {rows}: UsageReport): string =>
	rows.length === 0
		? ''
		: tableHtml(
				caption,
				[heading, 'Input', 'Cached', 'Output', 'Total', 'Cost'],
				rows.map(({key, usage, ...sum}) => [
					key ?? '(unknown)',
					exactCountLabel(usage.inputTokens),
					exactCountLabel(usage.cachedInputTokens),
					exactCountLabel(usage.outputTokens),
					exactCountLabel(usage.totalTokens),
					costLabel(sum),
				]),
			);
