import type {SessionAnnotations} from '../model/annotation.js';
import {repositoryOf} from '../model/repository.js';
import type {SessionSummary} from '../model/session.js';
import {type SessionFacts, sessionMatcher} from '../query/match-session.js';
import {parseQuery} from '../query/parse-query.js';
import type {Fields} from '../view/fuzzy.js';
import {matchQuery, neededWords} from '../view/match-query.js';
import {type Kin, sessionFields} from '../view/session-rows.js';
import {createFiltering, type Filtering, type FilterReading} from './filtering.js';
import {breathe, latest} from './latest.js';
import {type RowId, selectedId} from './list-state.js';
import {guarded, type Port} from './port.js';
import {createSessionCosts} from './session-costs.js';
import {isSameSession, sessionCompare} from './session-order.js';
import type {State} from './state.js';
import {linkThreads, type Thread} from './thread-links.js';
import {growMatches, growTree, guideOf, type ThreadTree} from './thread-tree.js';

/** A session as the list knows it: stored, or seen so far only at the head of its file. */
export type SessionItem = {id: RowId; session: SessionSummary; isReading: boolean};

export type SessionFeed = {
	/** Resolves when the first page is shown. */
	start: (preview: Promise<SessionSummary[]> | undefined) => Promise<void>;
	/** Reads the list again, soon and not too often. */
	refresh: () => void;
	/** Reads these sessions again at once, since they are being written. */
	glance: (ids: readonly number[]) => void;
	/** All that are stored, in no order. */
	stored: () => Iterable<SessionItem>;
	item: (id: RowId | undefined) => SessionItem | undefined;
	/** How many values are hidden in a session; null where it was not looked through yet. */
	redactions: (session: SessionSummary) => number | null;
	/** What a row shows of the threads around it. */
	kin: (id: RowId) => Kin;
	/** Threads that a session started as its sub-agents, and those that they started. */
	agentsOf: (id: RowId) => SessionItem[];
	/** Sessions left out because they are automation. */
	hiddenCount: () => number;
	isLoading: () => boolean;
	/** Nothing is stored as far as is known, or rows still stand for sessions that are not. */
	mayLag: () => boolean;
	/** Filters again: what people added to sessions has changed. */
	annotate: () => void;
	/** Applies order and filter again if they changed. */
	update: () => void;
	filtering: Filtering;
	stop: () => void;
};

/** What the list knows of a session; what it does not know fulfils no filter. */
const factsOf = (
	session: SessionSummary,
	{tags}: SessionAnnotations,
	cost: number | null,
	redactions: number | null,
): SessionFacts => ({
	session,
	repository: repositoryOf(session.gitRepositoryUrl, session.cwd),
	tags,
	cost,
	redactions,
});

const firstPage = 100;
const pageSize = 250;

/** Share of time that repeated reading of a long list may take: one part in twelve. */
const restFactor = 11;
const leastRestMs = 250;

const orderOf = ({order, isReversed}: State): string => `${order} ${isReversed}`;

/** The list of sessions: paged in from the store, and read again as the ingest adds to it. */
export const createSessionFeed = (
	port: Port,
	addedTo: (threadId: string) => SessionAnnotations,
	/** Called after each reading that brought anything, with those of the known sessions that are not as they were. */
	onRead: (changed: ReadonlySet<number>) => void,
): SessionFeed => {
	const stored = new Map<number, SessionItem>();
	const previews = new Map<RowId, SessionItem>();
	const fields = new WeakMap<SessionSummary, {added: SessionAnnotations; texts: Fields}>();
	/** Order of the list as last acted on. */
	let order = orderOf(port.state());
	let hidesAutomation = port.state().hides.automation;
	let threads = linkThreads([]);
	let sorted: readonly Thread[] = [];
	let tree: ThreadTree = {ids: [], places: new Map()};
	/** The same for the rows of a filter. */
	let found = tree;
	let isFirstRead = true;
	let isLoading = true;
	let isStopped = false;
	let isRefreshing = false;
	let isStale = false;
	/** Something was taken in that the list has not been sorted by. */
	let isUnsorted = false;
	let restUntil = 0;
	let timer: NodeJS.Timeout | undefined;
	const firstShown = Promise.withResolvers<void>();

	const item = (id: RowId | undefined): SessionItem | undefined =>
		typeof id === 'number' ? stored.get(id) : id === undefined ? undefined : previews.get(id);

	const filterAgain = (): void => {
		if (filtering.isApplied() || filtering.isPending()) {
			filtering.show(tree.ids);
		}
	};

	let redactions: ReadonlyMap<number, number | null> = new Map();
	let isCounting = false;
	const redactionsOf = ({id}: SessionSummary): number | null => redactions.get(id) ?? null;

	const costs = createSessionCosts(port, filterAgain);

	/** The syntax of the search: words in the row, and filters that a session alone decides. */
	const readFilter = (text: string): FilterReading => {
		const query = parseQuery(text, {now: port.now()});
		const {matches} = sessionMatcher(query);
		const costOf = query.filters.some(({name}) => name === 'cost') ? costs.of : () => null;
		return {
			words: neededWords(query.text),
			match(id, texts) {
				const session = item(id)?.session;
				return session &&
					matches(factsOf(session, addedTo(session.threadId), costOf(session.threadId), redactionsOf(session)))
					? matchQuery(query.text, texts)
					: undefined;
			},
		};
	};

	const filtering = createFiltering(port, {
		list: 'sessions',
		read: readFilter,
		arrange(matches) {
			found = growMatches(threads, matches);
			return found.ids;
		},
		fieldsOf(id) {
			const session = item(id)?.session;
			if (!session) {
				return undefined;
			}

			const added = addedTo(session.threadId);
			let known = fields.get(session);
			if (known?.added !== added) {
				known = {added, texts: sessionFields(session, port.userHome, added)};
				fields.set(session, known);
			}

			return known.texts;
		},
	});

	/** Rows for the sessions as they are linked and sorted; cheap enough for the key that hides automation. */
	const regrow = (): void => {
		hidesAutomation = port.state().hides.automation;
		tree = growTree(threads, sorted, hidesAutomation);
	};

	const publish = (): void => {
		order = orderOf(port.state());
		const compare = sessionCompare(port.state().order, port.state().isReversed, redactionsOf);
		threads = linkThreads([...stored.values(), ...previews.values()]);
		sorted = threads.byStart.toSorted((a, b) => compare(a.session, b.session));
		const isUntouched = isFirstRead && port.state().lists.sessions.cursor === 0 && port.state().focus === 'sessions';
		regrow();
		filtering.show(tree.ids);
		// Until all is read, sessions go on finding their parents further down: who has not moved goes on seeing the top.
		if (isUntouched && !filtering.isApplied()) {
			port.dispatch({type: 'move', motion: {to: 'first'}, pane: 'sessions'});
		}

		firstShown.resolve();
	};

	/** Hides or shows automation; who stands on a session that goes is taken to the one that it came from. */
	const toggleAutomation = (): void => {
		const selected = threads.byId.get(selectedId(port.state().lists.sessions) ?? '');
		regrow();
		const select = selected && hidesAutomation && selected.isAutomation ? selected.shownParent?.id : undefined;
		filtering.show(tree.ids, select, select !== undefined);
	};

	/** A session the store now has takes the place of its preview, selection included. */
	const replacePreview = (session: SessionSummary): void => {
		const id = previewId(session);
		if (previews.delete(id)) {
			port.dispatch({type: 'rename-row', list: 'sessions', from: id, to: session.id});
		}
	};

	/** Takes in a page; says which known sessions changed and whether anything is new. */
	const take = (page: SessionSummary[], changed: Set<number>): boolean => {
		let isNew = false;
		for (const session of page) {
			const known = stored.get(session.id);
			if (known && isSameSession(known.session, session)) {
				continue;
			}

			if (known) {
				changed.add(session.id);
			}

			stored.set(session.id, {id: session.id, session, isReading: false});
			replacePreview(session);
			isNew = true;
		}

		return isNew;
	};

	const readRedactions = async (): Promise<void> => {
		if (isCounting) {
			return;
		}

		isCounting = true;
		const counts = await port.store.findings.counts().finally(() => {
			isCounting = false;
		});
		const isNew = [...counts].some(([id, count]) => (redactions.get(id) ?? null) !== count);
		redactions = counts;
		if (isNew && !isStopped) {
			publish();
		}
	};

	/** Answers when the first page was there: until then the store may have been busy, or not open yet. */
	const readAll = async (): Promise<number> => {
		let firstPageAt = performance.now();
		const changed = new Set<number>();
		const seen = new Set<number>();
		let isDirty = isUnsorted;
		let isNews = false;
		isUnsorted = false;
		let last: SessionSummary | undefined;
		for (let limit = firstPage; !isStopped; limit = pageSize) {
			const after = last ? {after: {startedAt: last.startedAt ?? '', id: last.id}} : {};
			const page = await port.store.listSessions({limit, ...after});
			isNews = take(page, changed) || isNews;
			isDirty ||= isNews;
			for (const {id} of page) {
				seen.add(id);
			}

			const isFirst = last === undefined;
			if (isFirst) {
				firstPageAt = performance.now();
			}

			last = page.at(-1);
			if (page.length < limit) {
				break;
			}

			if ((isFirst || seen.size % 2000 < pageSize) && isDirty) {
				isLoading = false;
				publish();
				isDirty = false;
			}

			await breathe();
		}

		for (const id of stored.keys()) {
			if (!seen.has(id) && !isStopped) {
				stored.delete(id);
				isDirty = true;
				isNews = true;
			}
		}

		if (isDirty || isLoading) {
			isLoading = false;
			publish();
		}

		if (isNews) {
			tell(changed);
		}

		return firstPageAt;
	};

	const tell = (changed: ReadonlySet<number>): void => {
		if (changed.size > 0) {
			costs.invalidate();
		}

		onRead(changed);
	};

	/** A list of ten thousand takes seconds to be read again, which is too long for who watches one grow. */
	const readFew = async (ids: readonly number[]): Promise<void> => {
		const changed = new Set<number>();
		for (const id of ids) {
			const session = stored.has(id) && !isStopped ? await port.store.session(id) : undefined;
			if (session) {
				take([session], changed);
			}
		}

		if (changed.size > 0) {
			isUnsorted = true;
			port.redraw();
			tell(changed);
		}
	};

	const few = latest<readonly number[]>(0, async ids => guarded(port, async () => readFew(ids)));

	const run = async (): Promise<void> => {
		isRefreshing = true;
		let beganAt = performance.now();
		await guarded(port, async () => {
			beganAt = await readAll();
		});
		isRefreshing = false;
		isLoading = false;
		isFirstRead = false;
		const took = performance.now() - beganAt;
		restUntil = performance.now() + Math.max(leastRestMs, took * restFactor);
		// The list does not wait for numbers.
		void guarded(port, readRedactions);
		if (isStale) {
			isStale = false;
			refresh();
		}
	};

	const refresh = (): void => {
		if (isStopped || timer) {
			return;
		}

		if (isRefreshing) {
			isStale = true;
			return;
		}

		timer = setTimeout(
			() => {
				timer = undefined;
				void run();
			},
			Math.max(0, restUntil - performance.now()),
		);
	};

	const addPreviews = async (sessions: Promise<SessionSummary[]>): Promise<void> => {
		const previewed = await sessions;
		const known = new Set(Array.from(stored.values(), ({session}) => session.threadId));
		for (const session of previewed) {
			if (!known.has(session.threadId)) {
				const id = previewId(session);
				previews.set(id, {id, session, isReading: true});
			}
		}

		if (previews.size > 0 && !isStopped) {
			publish();
		}
	};

	return {
		async start(preview) {
			void run().then(firstShown.resolve);
			if (preview) {
				void guarded(port, async () => addPreviews(preview));
			}

			await firstShown.promise;
		},
		refresh,
		glance: few.want,
		stored: () => stored.values(),
		item,
		agentsOf(id) {
			const below = new Set(threads.byId.has(id) ? [threads.byId.get(id)] : []);
			for (const thread of threads.fromRoots) {
				if (below.has(thread.parent) && thread.session.parentThreadId === thread.parent?.session.threadId) {
					below.add(thread);
				}
			}

			return [...below].slice(1).flatMap(thread => item(thread?.id) ?? []);
		},
		redactions: redactionsOf,
		hiddenCount: () => threads.byStart.length - tree.ids.length,
		kin(id) {
			const thread = threads.byId.get(id);
			const isApplied = filtering.isApplied();
			return {
				guide: guideOf((isApplied ? found : tree).places.get(id)),
				isContext: isApplied && !filtering.marks().has(id),
				branch: thread && thread.branch.threads > 1 ? thread.branch : undefined,
			};
		},
		isLoading: () => isLoading,
		mayLag: () => previews.size > 0 || stored.size === 0,
		annotate: filterAgain,
		update() {
			if (order !== orderOf(port.state())) {
				order = orderOf(port.state());
				// Sorting ten thousand sessions is too much for the key press that asks for it.
				setImmediate(() => {
					publish();
					port.dispatch({type: 'move', motion: {to: 'first'}, pane: 'sessions'});
				});
			} else if (hidesAutomation === port.state().hides.automation) {
				filtering.update();
			} else {
				toggleAutomation();
			}
		},
		filtering,
		stop() {
			isStopped = true;
			clearTimeout(timer);
			few.stop();
			filtering.stop();
		},
	};
};

const previewId = (session: SessionSummary): RowId => `new:${session.threadId}`;

/** The session that the panes to the right belong to. */
export const selectedSession = (port: Port, feed: SessionFeed): SessionItem | undefined =>
	feed.item(selectedId(port.state().lists.sessions));
