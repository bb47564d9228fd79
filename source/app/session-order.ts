import type {SessionSummary} from '../model/session.js';
import type {SessionOrder} from './menus.js';

type Compare = (a: SessionSummary, b: SessionSummary) => number;

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** As the store lists them: by start, newest first, undated ones last. */
const newest: Compare = (a, b) => text(b.startedAt ?? '', a.startedAt ?? '') || b.id - a.id;

const byNumber =
	(value: (session: SessionSummary) => number): Compare =>
	(a, b) =>
		value(b) - value(a) || newest(a, b);

/** Blank texts last, case aside. A text is made comparable once, not at every comparison. */
const byText = (value: (session: SessionSummary) => string | null): Compare => {
	const keys = new WeakMap<SessionSummary, string>();
	const key = (session: SessionSummary): string => {
		const known = keys.get(session) ?? (value(session) ?? '').toLowerCase();
		keys.set(session, known);
		return known;
	};

	return (a, b) => {
		const [left, right] = [key(a), key(b)];
		return Number(left === '') - Number(right === '') || text(left, right) || newest(a, b);
	};
};

export const sessionCompare: Record<SessionOrder, Compare> = {
	newest,
	active: (a, b) => text(b.endedAt ?? '', a.endedAt ?? '') || newest(a, b),
	oldest: (a, b) => newest(b, a),
	tokens: byNumber(session => session.usage.totalTokens),
	duration: byNumber(session => session.durationMs ?? 0),
	prompts: byNumber(session => session.promptCount),
	title: byText(session => session.title),
	folder: byText(session => session.cwd),
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
