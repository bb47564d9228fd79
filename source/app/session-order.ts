import type {SessionSummary} from '../model/session.js';
import type {SortedColumn} from '../view/session-rows.js';
import type {SessionOrder} from './menus.js';

type Compare = (a: SessionSummary, b: SessionSummary) => number;

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** As the store lists them: by start, newest first, undated ones last. */
const newest: Compare = (a, b) => text(b.startedAt ?? '', a.startedAt ?? '') || b.id - a.id;

const byNumber =
	(value: (session: SessionSummary) => number): Compare =>
	(a, b) =>
		value(b) - value(a);

/** A text is made comparable once, not at every comparison. */
const keysOf = (value: (session: SessionSummary) => string | null): ((session: SessionSummary) => string) => {
	const keys = new WeakMap<SessionSummary, string>();
	return session => {
		const known = keys.get(session) ?? (value(session) ?? '').toLowerCase();
		keys.set(session, known);
		return known;
	};
};

type Sorting = {compare: Compare; isBlank?: (session: SessionSummary) => boolean};

/** Case aside. */
const byText = (value: (session: SessionSummary) => string | null): Sorting => {
	const key = keysOf(value);
	return {compare: (a, b) => text(key(a), key(b)), isBlank: session => key(session) === ''};
};

/** What the list knows of a session besides its summary; null where it does not. */
export type CountOf = (session: SessionSummary) => number | null;

const byCount = (count: CountOf): Sorting => ({
	compare: byNumber(session => count(session) ?? 0),
	isBlank: session => count(session) === null,
});

const sortings: Record<Exclude<SessionOrder, 'redactions'>, Sorting> = {
	newest: {compare: newest},
	active: {compare: (a, b) => text(b.endedAt ?? '', a.endedAt ?? '')},
	title: byText(session => session.title),
	folder: byText(session => session.cwd),
	branch: byText(session => session.gitBranch),
	model: byText(session => session.models.join(' ')),
	prompts: {compare: byNumber(session => session.promptCount)},
	duration: {compare: byNumber(session => session.durationMs ?? 0)},
	tokens: {compare: byNumber(session => session.usage.totalTokens)},
};

/** Blank texts and unknown numbers last, whichever way round; equals by start, the newest first. */
export const sessionCompare = (order: SessionOrder, isReversed: boolean, redactions: CountOf = () => null): Compare => {
	const {compare, isBlank = () => false} = order === 'redactions' ? byCount(redactions) : sortings[order];
	const sign = isReversed ? -1 : 1;
	return (a, b) => Number(isBlank(a)) - Number(isBlank(b)) || sign * compare(a, b) || newest(a, b);
};

const columns: Partial<Record<SessionOrder, SortedColumn['id']>> = {newest: 'when', active: 'when'};

/** Columns whose least value comes first unless it is turned round. */
const ascending: ReadonlySet<SessionOrder> = new Set(['title', 'folder', 'branch', 'model']);

/** The column that is sorted by; undefined for the usual order, which needs no word. */
export const sortedColumn = (order: SessionOrder, isReversed: boolean): SortedColumn | undefined =>
	order === 'newest' && !isReversed
		? undefined
		: {
				id: columns[order] ?? (order as SortedColumn['id']),
				isDescending: ascending.has(order) === isReversed,
			};

/** Whether two readings of a session would draw the same and hold the same prompts. */
export const isSameSession = (a: SessionSummary, b: SessionSummary): boolean =>
	a.bytes === b.bytes &&
	a.endedAt === b.endedAt &&
	a.title === b.title &&
	a.promptCount === b.promptCount &&
	a.toolCallCount === b.toolCallCount &&
	a.problemCount === b.problemCount &&
	a.durationMs === b.durationMs &&
	a.usage.totalTokens === b.usage.totalTokens &&
	a.archived === b.archived &&
	a.gone?.since === b.gone?.since &&
	a.parentThreadId === b.parentThreadId &&
	a.forkedFromThreadId === b.forkedFromThreadId &&
	a.kind === b.kind &&
	a.cwd === b.cwd &&
	a.gitBranch === b.gitBranch &&
	a.startedAt === b.startedAt &&
	a.models.length === b.models.length;
