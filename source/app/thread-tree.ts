import type {SessionSummary} from '../model/session.js';
import type {RowId} from './list-state.js';
import {sessionCompare} from './session-order.js';

type Item = {id: RowId; session: SessionSummary};

/** A session among its kin. */
export type Thread = Item & {
	/** Nobody typed into it: sub-agents, reviews, title generation and the like. */
	isAutomation: boolean;
	parent: Thread | undefined;
	/** The nearest ancestor that is shown. */
	shownParent: Thread | undefined;
	/** Itself and everything below it, whether shown or not. */
	branch: Branch;
	/** Place in the order of their starts. */
	at: number;
};

export type Branch = {threads: number; tokens: number};

/** Where a row hangs in the tree. */
export type TreePlace = {depth: number; isLast: boolean; parent: TreePlace | undefined};

export type ThreadTree = {ids: readonly RowId[]; places: ReadonlyMap<RowId, TreePlace>};

/** All sessions linked: `byStart` oldest first, `fromRoots` each after its parent. */
export type Threads = {byStart: readonly Thread[]; fromRoots: readonly Thread[]; byId: ReadonlyMap<RowId, Thread>};

/** The reference's kinds that people start themselves. */
const ownKinds = new Set(['main', 'fork']);

/** A loop of parents, which only damaged logs have, is cut above its oldest session. */
const cutLoops = (threads: readonly Thread[]): void => {
	const done = new Set<Thread>();
	for (const start of threads) {
		const path = new Set<Thread>();
		let thread: Thread | undefined = start;
		while (thread && !done.has(thread) && !path.has(thread)) {
			path.add(thread);
			thread = thread.parent;
		}

		if (thread && path.has(thread)) {
			const loop = [...path].slice([...path].indexOf(thread));
			const oldest = loop.reduce((a, b) => (b.at < a.at ? b : a));
			oldest.parent = undefined;
		}

		for (const visited of path) {
			done.add(visited);
		}
	}
};

const childrenOf = (threads: readonly Thread[], parentOf: (thread: Thread) => Thread | undefined) => {
	const children = new Map<Thread, Thread[]>();
	for (const thread of threads) {
		const parent = parentOf(thread);
		if (parent) {
			const siblings = children.get(parent);
			if (siblings) {
				siblings.push(thread);
			} else {
				children.set(parent, [thread]);
			}
		}
	}

	return children;
};

/**
Every session under the one that it came from: the parent that its log names, else the one it was forked from.
A parent that is not here, itself or a loop make a root. Nothing recurs, so chains may be of any length.
*/
export const linkThreads = (items: readonly Item[]): Threads => {
	const byStart = items.map(
		({id, session}): Thread => ({
			id,
			session,
			isAutomation: !ownKinds.has(session.kind),
			parent: undefined,
			shownParent: undefined,
			branch: {threads: 1, tokens: session.usage.totalTokens},
			at: 0,
		}),
	);
	byStart.sort((a, b) => sessionCompare.oldest(a.session, b.session));
	const byThread = new Map<string, Thread>();
	for (const [at, thread] of byStart.entries()) {
		thread.at = at;
		if (!byThread.has(thread.session.threadId)) {
			byThread.set(thread.session.threadId, thread);
		}
	}

	for (const thread of byStart) {
		const {parentThreadId, forkedFromThreadId} = thread.session;
		thread.parent = [parentThreadId, forkedFromThreadId]
			.map(name => (name === null ? undefined : byThread.get(name)))
			.find(parent => parent !== undefined && parent !== thread);
	}

	cutLoops(byStart);
	const children = childrenOf(byStart, ({parent}) => parent);
	const fromRoots = byStart.filter(({parent}) => parent === undefined);
	// The list grows while it is walked: children follow all threads of their parent's depth.
	for (const thread of fromRoots) {
		for (const child of children.get(thread) ?? []) {
			fromRoots.push(child);
		}
	}

	for (const {parent, branch} of fromRoots.toReversed()) {
		if (parent) {
			parent.branch.threads += branch.threads;
			parent.branch.tokens += branch.tokens;
		}
	}

	return {byStart, fromRoots, byId: new Map(byStart.map(thread => [thread.id, thread]))};
};

/** Rows from roots in their order; children under their parent, in the order in which they are given. */
const grow = (
	roots: readonly Thread[],
	byStart: readonly Thread[],
	parentOf: (thread: Thread) => Thread | undefined,
): ThreadTree => {
	const children = childrenOf(byStart, parentOf);
	const ids: RowId[] = [];
	const places = new Map<RowId, TreePlace>();
	const waiting: {thread: Thread; place: TreePlace}[] = [];
	for (const root of roots) {
		waiting.push({thread: root, place: {depth: 0, isLast: true, parent: undefined}});
		for (let next = waiting.pop(); next; next = waiting.pop()) {
			const {thread, place} = next;
			ids.push(thread.id);
			places.set(thread.id, place);
			const own = children.get(thread) ?? [];
			for (let index = own.length - 1; index >= 0; index--) {
				const child = own[index];
				if (child) {
					const isLast = index === own.length - 1;
					waiting.push({thread: child, place: {depth: place.depth + 1, isLast, parent: place}});
				}
			}
		}
	}

	return {ids, places};
};

/** The whole tree: roots in the order given, what they led to beneath them, oldest first. */
export const growTree = (
	{byStart, fromRoots}: Threads,
	sorted: readonly Thread[],
	hidesAutomation: boolean,
): ThreadTree => {
	const isShown = (thread: Thread): boolean => !hidesAutomation || !thread.isAutomation;
	for (const thread of fromRoots) {
		const {parent} = thread;
		thread.shownParent = parent && !isShown(parent) ? parent.shownParent : parent;
	}

	return grow(
		sorted.filter(thread => thread.shownParent === undefined && isShown(thread)),
		byStart.filter(isShown),
		({shownParent}) => shownParent,
	);
};

/** The part of the tree that matches, best branch first: each match with its parent, which tells where it belongs. */
export const growMatches = ({byId}: Threads, matches: readonly RowId[]): ThreadTree => {
	const found = matches.flatMap(id => byId.get(id) ?? []);
	const kept = new Set(found);
	for (const {shownParent} of found) {
		if (shownParent) {
			kept.add(shownParent);
		}
	}

	const parentOf = ({shownParent}: Thread): Thread | undefined =>
		shownParent && kept.has(shownParent) ? shownParent : undefined;
	const rootOf = new Map<Thread, Thread>();
	const roots = new Set<Thread>();
	for (const start of found) {
		const path: Thread[] = [];
		let thread = start;
		for (let parent = parentOf(thread); parent && !rootOf.has(thread); parent = parentOf(thread)) {
			path.push(thread);
			thread = parent;
		}

		const root = rootOf.get(thread) ?? thread;
		roots.add(root);
		for (const visited of path) {
			rootOf.set(visited, root);
		}
	}

	const byStart = [...kept].toSorted((a, b) => a.at - b.at);
	return grow([...roots], byStart, parentOf);
};

/** Levels whose lines are drawn. */
const deepest = 5;

/** The lines before a title that show what it hangs on; empty for a root. */
export const guideOf = (place: TreePlace | undefined): string => {
	if (!place || place.depth === 0) {
		return '';
	}

	let guide = place.isLast ? '└ ' : '├ ';
	let above = place.parent;
	for (let levels = 1; above && above.depth > 0 && levels < deepest; levels++, above = above.parent) {
		guide = `${above.isLast ? '  ' : '│ '}${guide}`;
	}

	return above && above.depth > 0 ? `… ${guide}` : guide;
};
