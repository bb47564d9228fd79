import {noSessionAnnotations, type SessionAnnotations} from '../model/annotation.js';
import type {SessionSummary} from '../model/session.js';
import {cutToWidth, padToWidth, rowWidth, textWidth} from '../text/cells.js';
import {countLabel, durationLabel} from '../text/labels.js';
import {shortPath} from '../text/paths.js';
import type {Row, Span} from '../text/span.js';
import {fittingTags, sessionSigns, tagWords} from './annotation-signs.js';
import type {Fields, Range} from './fuzzy.js';
import {goneText} from './gone.js';
import {type Cell, columnHeading, headingRow, joinCells, markedSpans, oneLine, shiftedRanges} from './spans.js';
import {whenLabel, whenWidth} from './when.js';

type ColumnId = 'title' | 'when' | 'folder' | 'branch' | 'model' | 'prompts' | 'duration' | 'tokens' | 'redactions';

export type SessionColumn = {id: ColumnId; width: number};

/** What a row shows of the threads around its own. */
export type Kin = {
	/** Lines before the title that show what it hangs on. */
	guide: string;
	/** Matches no filter itself: it tells where the rows below belong. */
	isContext: boolean;
	/** The session and everything that came from it; undefined where nothing did. */
	branch: {threads: number; tokens: number} | undefined;
};

export type SessionRowContext = {
	now: Date;
	/** The person's home folder, drawn as `~`. */
	home: string | undefined;
	/** Matched parts of `sessionFields`. */
	marks?: readonly (readonly Range[])[] | undefined;
	/** Tells when sessions ended rather than when they started. */
	isByEnd?: boolean;
	/** Known from the head of its file only; the rest is being read. */
	isReading?: boolean;
	/** And the rest will not be read any more: the reading has failed. */
	isStopped?: boolean;
	kin?: Kin;
	/** How many values are hidden in it; null where that is not known. */
	redactions?: number | null;
	/** What people added. */
	added?: SessionAnnotations;
	/** Being written. */
	isLive?: boolean;
	/** Chosen, with others, to have something done to it. */
	isMarked?: boolean;
};

const widths: Record<Exclude<ColumnId, 'title'>, number> = {
	when: whenWidth,
	folder: 16,
	branch: 14,
	model: 14,
	prompts: 3,
	duration: 7,
	tokens: 6,
	redactions: 6,
};

/** Columns in the order they earn their place as the pane widens. */
const byImportance = ['when', 'prompts', 'folder', 'tokens', 'duration', 'model', 'branch', 'redactions'] as const;
const onScreen: readonly ColumnId[] = [
	'title',
	'when',
	'folder',
	'branch',
	'model',
	'prompts',
	'duration',
	'tokens',
	'redactions',
];

const headings: Record<ColumnId, string> = {
	title: '',
	when: 'When',
	folder: 'Folder',
	branch: 'Branch',
	model: 'Model',
	prompts: '#',
	duration: 'Time',
	tokens: 'Tokens',
	redactions: 'Hidden',
};

/** The title is what people look for: another column comes only while it leaves the title this many cells. */
const leastTitle: typeof widths = {
	when: 24,
	prompts: 24,
	folder: 24,
	tokens: 28,
	duration: 34,
	model: 42,
	branch: 42,
	redactions: 84,
};
const leastOfAll = 24;
const gap = 2;

/** And this share of the row. */
const titleShare = 0.45;

/** A folder's column where there is no room for its usual one. */
const narrowFolder = 14;

/** Columns for a row of `width` cells; `first` comes before all others that need not always be there. */
export const sessionColumns = (width: number, first?: (typeof byImportance)[number]): SessionColumn[] => {
	let left = width;
	const chosen = new Map<ColumnId, number>();
	const share = Math.ceil(width * titleShare);
	for (const id of new Set([...(first === undefined ? [] : [first]), ...byImportance])) {
		const room = left - gap - Math.max(share, id === first ? leastOfAll : leastTitle[id]);
		const wanted = Math.min(widths[id], room);
		if (wanted < (id === 'folder' ? narrowFolder : widths[id])) {
			if (id === first) {
				continue;
			}

			break;
		}

		left -= wanted + gap;
		chosen.set(id, wanted);
	}

	const branch = chosen.get('branch');
	const more = Math.min(16, Math.floor((left - Math.max(share, 56)) / 2));
	if (branch !== undefined && more > 0) {
		chosen.set('branch', branch + more);
		left -= more;
	}

	chosen.set('title', left);
	return onScreen.flatMap(id => {
		const columnWidth = chosen.get(id);
		return columnWidth === undefined ? [] : [{id, width: columnWidth}];
	});
};

const rightAligned = new Set<ColumnId>(['prompts', 'duration', 'tokens', 'redactions']);

const cell = (column: SessionColumn, row: Row): Cell => ({
	row,
	width: column.width,
	align: rightAligned.has(column.id) ? 'right' : 'left',
});

/** The column that the rows are sorted by, and whether it goes down. */
export type SortedColumn = {id: SessionColumn['id']; isDescending: boolean};

/** The name of a column, with an arrow where the rows are sorted by it. */
const headingCell = ({id, width}: SessionColumn, sorted: SortedColumn | undefined): Cell => {
	const align = rightAligned.has(id) ? 'right' : 'left';
	if (id === 'title' || sorted?.id !== id) {
		return columnHeading(width, headings[id], align);
	}

	const name = headings[id].slice(0, width - 1);
	return {row: [{text: `${name}${sorted.isDescending ? '↓' : '↑'}`, tone: 'accent'}], width, align};
};

/** Names of the columns; `title` stands where the titles are. */
export const sessionHeading = (columns: readonly SessionColumn[], title: Row, sorted?: SortedColumn): Row =>
	headingRow(
		title,
		columns.map(column => headingCell(column, sorted)),
		gap,
	);

const titleOf = (session: SessionSummary): string => oneLine(session.title ?? '');

/** What a filter looks through: title, folder, branch, models, tags, note. */
export const sessionFields = (
	session: SessionSummary,
	home: string | undefined,
	added: SessionAnnotations = noSessionAnnotations,
): Fields => [
	titleOf(session),
	session.cwd === null ? '' : shortPath(session.cwd, 400, home),
	oneLine(session.gitBranch ?? ''),
	oneLine(session.models.join(' ')),
	tagWords(added.tags),
	oneLine(added.note ?? ''),
];

const kindLabels: Record<string, string> = {
	fork: 'fork',
	'sub-agent': 'agent',
	review: 'review',
	guardian: 'guard',
	'title-generation': 'title',
	automation: 'auto',
};

/** Titles from these widths have room for a match that no column shows, for a roll-up, and for one in words. */
const unseenFrom = 20;
const rollUpFrom = 28;
const inWordsFrom = 60;

/** Titles from this width give tags a share of it; fewer cells tell no tag. */
const tagsFrom = 36;
const tagShare = 0.35;
const leastTags = 6;

const titleSpans = (session: SessionSummary, width: number, context: SessionRowContext): Row => {
	const spans: Span[] = [];
	const isContext = context.kin?.isContext ?? false;
	if (context.kin && context.kin.guide !== '') {
		spans.push({text: context.kin.guide, tone: 'dim'});
	}

	spans.push(...sessionSigns(context.added, context.isMarked === true));

	if (session.problemCount > 0) {
		spans.push({text: '! ', tone: 'warning', bold: true});
	}

	if (session.kind !== 'main') {
		spans.push({text: `${kindLabels[session.kind] ?? oneLine(session.kind)}: `, tone: isContext ? 'dim' : 'accent'});
	}

	if (context.isLive) {
		spans.push({text: 'live: ', tone: 'success', bold: true});
	}

	if (session.archived) {
		spans.push({text: 'archived: ', tone: 'dim'});
	}

	if (session.gone !== null) {
		const isRoomy = width >= inWordsFrom;
		spans.push({text: `${isRoomy ? goneText(session.gone) : 'gone'}: `, tone: 'warning'});
	}

	const title = titleOf(session);
	if (title === '') {
		return [
			...spans,
			{
				text: context.isReading ? (context.isStopped ? 'not read' : 'reading…') : 'no prompt',
				tone: 'dim',
				italic: true,
			},
		];
	}

	return [...spans, ...markedSpans(title, context.marks?.[0], isContext ? {tone: 'dim'} : {})];
};

/** How much came from a session: `3 threads, 1.2M`, or `+2 1.2M` where there is little room. */
const rollUp = ({kin}: SessionRowContext, width: number): string => {
	if (!kin?.branch || width < rollUpFrom) {
		return '';
	}

	const {threads, tokens} = kin.branch;
	const sum = tokens > 0 ? countLabel(tokens) : '';
	return width < inWordsFrom
		? `+${countLabel(threads - 1)} ${sum}`.trimEnd()
		: [`${countLabel(threads)} threads`, ...(sum === '' ? [] : [`${sum} tokens`])].join(', ');
};

const fieldColumns = ['title', 'folder', 'branch', 'model', 'tags', 'note'] as const;

/** Whether a match in a field can be seen in its column. */
const isSeen = (
	ranges: readonly Range[],
	field: string,
	id: ColumnId | 'tags' | 'note',
	columns: readonly SessionColumn[],
): boolean => {
	const width = columns.find(column => column.id === id)?.width ?? 0;
	const cut = id === 'folder' ? Math.max(0, field.length - width + 1) : 0;
	return ranges.some(([start, end]) => (cut > 0 && field.length > width ? end > cut : start < width - 1));
};

/** `…/view`: the part of a text where it matches. */
const excerpt = (text: string, ranges: readonly Range[], width: number): Row => {
	const at = ranges[0]?.[0] ?? 0;
	const folder = text.lastIndexOf('/', at);
	const from = at < width / 2 ? 0 : at - folder < width / 2 ? Math.max(0, folder) : Math.max(0, at - 4);
	const spans = markedSpans(text.slice(from), shiftedRanges(ranges, from), {tone: 'dim'});
	return cutToWidth(from > 0 ? [{text: '…', tone: 'dim'}, ...spans] : spans, width);
};

/** What a row matches by where no column shows it: `folder: …/view`. */
const unseenMatch = (
	session: SessionSummary,
	width: number,
	{marks, home, added}: SessionRowContext,
	columns: readonly SessionColumn[],
): Row => {
	if (!marks || width < unseenFrom) {
		return [];
	}

	const fields = sessionFields(session, home, added);
	const matched = fieldColumns
		.map((id, index) => ({id, field: fields[index] ?? '', ranges: marks[index] ?? []}))
		.filter(({ranges}) => ranges.length > 0);
	const [first] = matched;
	if (!first || matched.some(({id, field, ranges}) => isSeen(ranges, field, id, columns))) {
		return [];
	}

	const {id, field, ranges} = first;
	return [{text: `${id}: `, tone: 'dim'}, ...excerpt(field, ranges, Math.floor(width * 0.6) - id.length - 2)];
};

/** Tags beside a title: where it leaves room, and in a wide column in any case. */
const tagsBeside = ({added}: SessionRowContext, width: number, titleWidth: number): string => {
	const share = width < tagsFrom ? 0 : Math.floor(width * tagShare);
	const room = Math.max(width - titleWidth - 2, share);
	return room < leastTags ? '' : fittingTags(added?.tags ?? [], room);
};

/** Tags and roll-up; where there is no room for both, what a person added says more. */
const besideTitle = (context: SessionRowContext, width: number, titleWidth: number): string => {
	const sum = rollUp(context, width);
	const alone = tagsBeside(context, width, titleWidth);
	const both = sum === '' ? alone : tagsBeside(context, width - textWidth(sum) - 2, titleWidth);
	return sum === '' || (alone !== '' && both === '') ? alone : [both, sum].filter(Boolean).join('  ');
};

const titleCell = (
	session: SessionSummary,
	width: number,
	context: SessionRowContext,
	columns: readonly SessionColumn[],
): Row => {
	const title = titleSpans(session, width, context);
	const unseen = unseenMatch(session, width, context, columns);
	if (unseen.length > 0) {
		return [...padToWidth(title, width - rowWidth(unseen) - 1), {text: ' '}, ...unseen];
	}

	const beside = besideTitle(context, width, rowWidth(title));
	return beside === ''
		? title
		: [...padToWidth(title, width - textWidth(beside) - 1), {text: ` ${beside}`, tone: 'accent'}];
};

const folderSpans = (session: SessionSummary, width: number, {home, marks}: SessionRowContext): Row => {
	if (session.cwd === null) {
		return [];
	}

	const full = shortPath(session.cwd, 400, home);
	const short = shortPath(session.cwd, width, home);
	const cut = short === full ? 0 : full.length - short.length;
	return markedSpans(short, shiftedRanges(marks?.[1], cut), {tone: 'dim'});
};

const columnRow = (
	{id, width}: SessionColumn,
	session: SessionSummary,
	context: SessionRowContext,
	columns: readonly SessionColumn[],
): Row => {
	switch (id) {
		case 'title':
			return titleCell(session, width, context, columns);
		case 'when':
			return [{text: whenLabel(context.isByEnd ? session.endedAt : session.startedAt, context.now), tone: 'dim'}];
		case 'folder':
			return folderSpans(session, width, context);
		case 'branch':
			return markedSpans(oneLine(session.gitBranch ?? ''), context.marks?.[2], {tone: 'dim'});
		case 'model':
			return markedSpans(oneLine(session.models.join(' ')), context.marks?.[3], {tone: 'dim'});
		case 'prompts':
			return [{text: context.isReading ? (context.isStopped ? '' : '…') : countLabel(session.promptCount)}];
		case 'duration':
			return [{text: durationLabel(session.durationMs), tone: 'dim'}];
		case 'tokens':
			return [{text: session.usage.totalTokens > 0 ? countLabel(session.usage.totalTokens) : '', tone: 'dim'}];
		case 'redactions':
			return redactionSpans(context.redactions ?? null);
	}
};

/** Nothing where it is not known yet. */
const redactionSpans = (count: number | null): Row =>
	count === null ? [] : [{text: countLabel(count), tone: count > 0 ? 'warning' : 'dim'}];

/** One session in one row. */
export const sessionRow = (
	session: SessionSummary,
	columns: readonly SessionColumn[],
	context: SessionRowContext,
): Row =>
	joinCells(
		columns.map(column => cell(column, columnRow(column, session, context, columns))),
		gap,
	);
