import type {PromptAnnotations} from '../model/annotation.js';
import type {PromptSummary} from '../model/session.js';
import {countLabel, durationLabel} from '../text/labels.js';
import type {Row, Span} from '../text/span.js';
import {promptSigns} from './annotation-signs.js';
import type {Range} from './fuzzy.js';
import {goneText} from './gone.js';
import {type Cell, columnHeading, headingRow, joinCells, markedSpans, oneLine} from './spans.js';

export type PromptColumns = {index: number; title: number; tools: number; duration: number; tokens: number};

const gap = 2;
const leastTitle = 28;

/** Columns for a row of `width` cells; 0 leaves one out. `count` is how many prompts there are. */
export const promptColumns = (width: number, count: number): PromptColumns => {
	const index = Math.max(2, String(count).length);
	let left = width - index - 1;
	const take = (wanted: number): number => {
		if (left - wanted - gap < leastTitle) {
			return 0;
		}

		left -= wanted + gap;
		return wanted;
	};

	const duration = take(7);
	const tools = take(5);
	const tokens = take(6);
	return {index, title: Math.max(0, left), tools, duration, tokens};
};

const layOut = (columns: PromptColumns, cells: Record<keyof PromptColumns, Row>): Row => {
	const rest: Cell[] = [
		{row: cells.title, width: columns.title},
		...(['tools', 'duration', 'tokens'] as const)
			.filter(id => columns[id] > 0)
			.map((id): Cell => ({row: cells[id], width: columns[id], align: 'right'})),
	];
	const index = joinCells([{row: cells.index, width: columns.index, align: 'right'}], 0);
	return [...index, {text: ' '}, ...joinCells(rest, gap)];
};

/** Names of the columns; `title` stands where the prompts are. */
export const promptHeading = (columns: PromptColumns, title: Row): Row =>
	headingRow(
		title,
		[
			columnHeading(columns.index + 1 + columns.title, ''),
			columnHeading(columns.tools, 'Tools'),
			columnHeading(columns.duration, 'Time'),
			columnHeading(columns.tokens, 'Tokens'),
		],
		gap,
	);

/** What a filter looks through. */
export const promptFields = (prompt: PromptSummary): string[] => [oneLine(prompt.title)];

const outcomes: Record<PromptSummary['outcome'], Span | undefined> = {
	done: undefined,
	aborted: {text: 'stopped ', tone: 'warning'},
	failed: {text: 'failed ', tone: 'error'},
	open: undefined,
};

/** Turns that are no part of the talk any more, or belong to the parent's: out of view until asked for. */
export const isRemoved = ({state}: PromptSummary): boolean => state !== 'live';

const states: Record<PromptSummary['state'], Span | undefined> = {
	live: undefined,
	'rolled-back': {text: 'rolled back ', tone: 'dim'},
	inherited: {text: 'inherited ', tone: 'dim'},
};

const askers: Record<PromptSummary['asker'], Span | undefined> = {
	person: undefined,
	agent: {text: 'agent: ', tone: 'accent'},
	codex: {text: 'codex: ', tone: 'accent'},
};

const elapsed = (prompt: PromptSummary): number | null => {
	const time = Date.parse(prompt.endedAt ?? '') - Date.parse(prompt.startedAt ?? '');
	return Number.isFinite(time) && time >= 0 ? time : null;
};

export const promptRow = (
	prompt: PromptSummary,
	columns: PromptColumns,
	marks?: readonly (readonly Range[])[] | undefined,
	added?: PromptAnnotations | undefined,
): Row => {
	const isLive = prompt.state === 'live';
	const title = oneLine(prompt.title);
	const images = prompt.imageCount > 0 ? `[${prompt.imageCount === 1 ? 'image' : `${prompt.imageCount} images`}] ` : '';
	const gone = goneText(prompt.gone);
	const style: Omit<Span, 'text'> = isLive ? {} : {tone: 'dim'};
	return layOut(columns, {
		index: [{text: String(prompt.index), tone: isLive ? 'user' : 'dim'}],
		title: [
			...promptSigns(added),
			...(gone === '' ? [] : [{text: `${gone} `, tone: 'warning'} as const]),
			...[outcomes[prompt.outcome], states[prompt.state], askers[prompt.asker]].filter(span => span !== undefined),
			...(images === '' ? [] : [{text: images, tone: 'dim'} as const]),
			...(title === '' && images === ''
				? [{text: 'no text', tone: 'dim', italic: true} as const]
				: markedSpans(title, marks?.[0], style)),
		],
		tools: [{text: prompt.toolCallCount > 0 ? countLabel(prompt.toolCallCount) : '', tone: 'dim'}],
		duration: [{text: durationLabel(elapsed(prompt)), tone: 'dim'}],
		tokens: [{text: prompt.usage.totalTokens > 0 ? countLabel(prompt.usage.totalTokens) : '', tone: 'dim'}],
	});
};

/** What came before the first prompt. */
export const preludeRow = (eventCount: number, columns: PromptColumns): Row =>
	layOut(columns, {
		index: [{text: '-', tone: 'dim'}],
		title: [
			{text: 'Prelude', italic: true},
			{text: `  ${eventCount} ${eventCount === 1 ? 'event' : 'events'} before the first prompt`, tone: 'dim'},
		],
		tools: [],
		duration: [],
		tokens: [],
	});
