import type {RowId} from './list-state.js';
import {childrenOf, type Thread, type Threads} from './thread-links.js';

/** Where a row hangs in the tree: `depth` is 1 or more, and `parent` is undefined below a root. */
export type TreePlace = {depth: number; isLast: boolean; parent: TreePlace | undefined};

/** Rows in order. Roots, which most sessions are, have no place. */
export type ThreadTree = {ids: readonly RowId[]; places: ReadonlyMap<RowId, TreePlace>};

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
	const addChildren = (thread: Thread, parent: TreePlace | undefined): void => {
		const own = children.get(thread) ?? [];
		for (let index = own.length - 1; index >= 0; index--) {
			const child = own[index];
			if (child) {
				const isLast = index === own.length - 1;
				waiting.push({thread: child, place: {depth: (parent?.depth ?? 0) + 1, isLast, parent}});
			}
		}
	};

	for (const root of roots) {
		ids.push(root.id);
		addChildren(root, undefined);
		for (let next = waiting.pop(); next; next = waiting.pop()) {
			ids.push(next.thread.id);
			places.set(next.thread.id, next.place);
			addChildren(next.thread, next.place);
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
	if (!place) {
		return '';
	}

	let guide = place.isLast ? '└ ' : '├ ';
	let above = place.parent;
	for (let levels = 1; above && levels < deepest; levels++, above = above.parent) {
		guide = `${above.isLast ? '  ' : '│ '}${guide}`;
	}

	return above ? `… ${guide}` : guide;
};
