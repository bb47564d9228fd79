import type {SessionSummary} from '../model/session.js';
import type {RowId} from './list-state.js';
import {sessionCompare} from './session-order.js';

const oldestFirst = sessionCompare('newest', true);

type Item = {id: RowId; session: SessionSummary};

/** A session among its kin. */
export type Thread = Item & {
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

/** All sessions linked: `byStart` oldest first, `fromRoots` each after its parent. */
export type Threads = {byStart: readonly Thread[]; fromRoots: readonly Thread[]; byId: ReadonlyMap<RowId, Thread>};

/** The reference's kinds that people start themselves. */
const ownKinds = new Set(['main', 'fork']);

/** Nobody typed into it: sub-agents, reviews, title generation and the like. */
export const isAutomation = ({kind}: Pick<SessionSummary, 'kind'>): boolean => !ownKinds.has(kind);

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

/** Children by their parent, in the order given. */
export const childrenOf = (
	threads: readonly Thread[],
	parentOf: (thread: Thread) => Thread | undefined,
): Map<Thread, Thread[]> => {
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
			isAutomation: isAutomation(session),
			parent: undefined,
			shownParent: undefined,
			branch: {threads: 1, tokens: session.usage.totalTokens},
			at: 0,
		}),
	);
	byStart.sort((a, b) => oldestFirst(a.session, b.session));
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
