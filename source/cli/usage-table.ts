import {barOf, costLabel} from '../text/amounts.js';
import {cutToWidth, padToWidth, textWidth} from '../text/cells.js';
import {exactCountLabel, summaryLine} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import {plainText} from '../text/sanitize.js';
import type {Grouping, UsageReport, UsageRow, UsageSum} from '../usage/group.js';
import type {PriceTable} from '../usage/prices.js';

const headings: Record<Grouping, string> = {
	day: 'Day',
	week: 'Week',
	month: 'Month',
	model: 'Model',
	repo: 'Repository',
	session: 'Session',
};

const countHeadings = ['Input', 'Cached', 'Output', 'Reasoning', 'Total', 'Cost'];

const widestKey = 60;
const narrowestKey = 12;
const widestBar = 40;
const narrowestBar = 8;

/** The table with a row of totals, then what has no price, then where the prices come from. */
export const usageLines = (report: UsageReport, prices: PriceTable, columns: number | undefined): string[] => {
	const cells = [
		[headings[report.by], ...countHeadings],
		...report.rows.map(row => [keyLabel(row, report.by), ...counts(row)]),
		['Total', ...counts(report.total)],
	];
	const widths = cells[0]?.map((_, column) => Math.max(...cells.map(row => textWidth(row[column] ?? '')))) ?? [];
	const numbersWidth = widths.slice(1).reduce((sum, width) => sum + width + 2, 0);
	const keyWidth = Math.min(
		widths[0] ?? 0,
		columns === undefined ? widestKey : Math.max(narrowestKey, columns - numbersWidth),
		widestKey,
	);
	const barWidth = Math.min(widestBar, (columns ?? 0) - keyWidth - numbersWidth - 2);
	const most = Math.max(...report.rows.map(({usage}) => usage.totalTokens));
	const lines = cells.map((row, index) => {
		const [key = '', ...numbers] = row;
		const aligned = numbers.map((text, column) => `  ${padToWidth(text, widths[column + 1] ?? 0, 'right')}`);
		const tokens = report.rows[index - 1]?.usage.totalTokens;
		const bar = tokens === undefined || barWidth < narrowestBar ? '' : `  ${barOf(tokens / most, barWidth)}`;
		return `${padToWidth(cutToWidth(key, keyWidth), keyWidth)}${aligned.join('')}${bar}`.trimEnd();
	});
	const rule = '─'.repeat(keyWidth + numbersWidth);
	return [...lines.slice(0, 1), rule, ...lines.slice(1, -1), rule, ...lines.slice(-1), '', ...notes(report, prices)];
};

const keyLabel = ({key, title}: UsageRow, by: Grouping): string => {
	if (key === null) {
		return '(unknown)';
	}

	if (by === 'session') {
		return [key, summaryLine(title ?? '', widestKey)].filter(Boolean).join('  ');
	}

	return by === 'repo' ? plainPath(key) : plainText(key).replaceAll('\n', ' ');
};

const counts = (sum: UsageSum): string[] => {
	const {inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, totalTokens} = sum.usage;
	const tokens = [inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, totalTokens];
	return [...tokens.map(exactCountLabel), costLabel(sum)];
};

const notes = ({unpriced, total}: UsageReport, {date, source, own}: PriceTable): string[] => {
	const names = unpriced.map(({model, serviceTier}) => {
		const name = plainText(model ?? 'an unnamed model').replaceAll('\n', ' ');
		return serviceTier === 'standard' ? name : `${name} (${plainText(serviceTier)})`;
	});
	const missing =
		unpriced.length === 0
			? []
			: [`${exactCountLabel(total.unpricedTokens)} tokens have no price, so no cost: ${names.join(', ')}.`];
	const ownNote = own.length === 0 ? '' : ` Your own: ${own.map(name => plainText(name)).join(', ')}.`;
	return [...missing, `Prices of ${date ?? 'an unknown date'}: ${plainText(source ?? 'no source named')}.${ownNote}`];
};
