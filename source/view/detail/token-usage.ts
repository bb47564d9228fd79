import type {TokenUsageBody} from '../../model/log-event.js';
import type {TokenUsage} from '../../model/token-usage.js';
import {countLabel, exactCountLabel, percentLabel} from '../../text/labels.js';
import type {Row, Span} from '../../text/span.js';
import {wrapRow} from '../../text/wrap-row.js';
import type {Page} from './page.js';

const measures: ReadonlyArray<readonly [label: string, key: keyof TokenUsage]> = [
	['input', 'inputTokens'],
	['  cached', 'cachedInputTokens'],
	['output', 'outputTokens'],
	['  reasoning', 'reasoningOutputTokens'],
	['total', 'totalTokens'],
];

const labelWidth = 13;
const longestNumber = 15;

type Column = {title: string; usage: TokenUsage | null};

const tableRows = (columns: readonly Column[], page: Page): Row[] => {
	const room = Math.floor((page.width - labelWidth) / columns.length) - 1;
	if (room < 6) {
		return columns.flatMap(({title, usage}) => [
			[{text: title, tone: 'dim'}],
			...measures.map(([label, key]): Row => [{text: ` ${label.trim()} ${usage ? countLabel(usage[key]) : '–'}`}]),
		]);
	}

	const width = Math.min(room, longestNumber);
	const number = (usage: TokenUsage | null, key: keyof TokenUsage): string => {
		const exact = usage ? exactCountLabel(usage[key]) : '–';
		return exact.length > width && usage ? countLabel(usage[key]) : exact;
	};

	const head: Span[] = [
		{text: ' '.repeat(labelWidth)},
		...columns.map(({title}) => ({text: ` ${title.slice(0, width).padStart(width)}`, tone: 'dim' as const})),
	];
	return [
		head,
		...measures.map(
			([label, key]): Row => [
				{text: label.padEnd(labelWidth), tone: 'dim'},
				...columns.map(({usage}) => ({
					text: ` ${number(usage, key).slice(0, width).padStart(width)}`,
					bold: key === 'totalTokens',
				})),
			],
		),
	];
};

/** What a line about token usage says: what it adds, the last response, the session so far. */
export const tokenUsageRows = (body: TokenUsageBody, page: Page): Row[] => {
	const rows = tableRows(
		[
			{title: 'adds', usage: body.own},
			{title: 'response', usage: body.last},
			{title: 'session', usage: body.total},
		],
		page,
	);
	if (body.contextWindow === null) {
		return rows;
	}

	const used = body.last?.totalTokens ?? null;
	const share = used === null ? '' : `, ${percentLabel(used, body.contextWindow)} used`;
	const text = `context window ${exactCountLabel(body.contextWindow)}${share}`;
	return [...rows, ...wrapRow([{text, tone: 'dim'}], page.width)];
};
