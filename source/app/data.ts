import type {EventId, SessionId, SessionSummary} from '../model/session.js';
import type {EventScope} from '../store/store.js';
import {arrange} from '../view/layout.js';
import {type AnnotationFeed, createAnnotationFeed} from './annotation-feed.js';
import {type ComparisonFeed, createComparisonFeed} from './comparison-feed.js';
import type {Covering} from './covering.js';
import {createDetailFeed, type DetailFeed} from './detail-feed.js';
import {createEventFeed, type EventFeed} from './event-feed.js';
import {createFindingsFeed, type FindingsFeed} from './findings-feed.js';
import {selectedId} from './list-state.js';
import {createLiveFeed, type LiveFeed} from './live-feed.js';
import {guarded, type Port} from './port.js';
import {createProblemFeed, type ProblemFeed} from './problem-feed.js';
import {createPromptFeed, type PromptFeed, preludeId} from './prompt-feed.js';
import {createQueryHistory} from './query-history.js';
import {createQueryReader} from './query-reader.js';
import {createReportFeed, type ReportFeed} from './report-feed.js';
import {isVisiting} from './search-commands.js';
import {createSearchFeed, type SearchFeed} from './search-feed.js';
import {createSearchPreview, type SearchPreview} from './search-preview.js';
import {createSessionFeed, type SessionFeed, selectedSession} from './session-feed.js';
import type {State} from './state.js';
import {createUsageFeed, type UsageFeed} from './usage-feed.js';

/** Everything the screen draws that comes from the store. */
export type Data = {
	sessions: SessionFeed;
	/** Sessions that are being written. */
	live: LiveFeed;
	prompts: PromptFeed;
	events: EventFeed;
	detail: DetailFeed;
	problems: ProblemFeed;
	usage: UsageFeed;
	search: SearchFeed;
	searchPreview: SearchPreview;
	annotations: AnnotationFeed;
	findings: FindingsFeed;
	comparison: ComparisonFeed;
	report: ReportFeed;
	/** Reads again what a session shows, or everything: it may be redacted otherwise now. */
	showAgain: (session: SessionId | null) => void;
	/** The store holds more than before. */
	changed: () => void;
	/** Brings the data in line with the state: called after every change, and cheap when nothing is to do. */
	follow: () => void;
	start: (preview: Promise<SessionSummary[]> | undefined) => Promise<void>;
	stop: () => void;
};

/** Cells of a pane that hold its rows: a marker at the left and a blank at the right are the pane's own. */
export const paneInset = 2;

const prepareAfterMs = 120;

/** Width of the detail's rows; undefined while it is not on screen. */
const detailWidth = (state: State): number | undefined => {
	const box = arrange(state.size, state.focus).panes.find(({id}) => id === 'detail');
	return box && Math.max(1, box.width - paneInset);
};

const needsEvents = (state: State): boolean =>
	arrange(state.size, state.focus).panes.some(({id}) => id === 'events' || id === 'detail');

export const createData = (port: Port, covering: Covering | undefined): Data => {
	const findings = createFindingsFeed(port, covering);
	const comparison = createComparisonFeed(port, covering);
	const report = createReportFeed(port);
	const prompts = createPromptFeed(port);
	const events = createEventFeed(port, id => sessions.item(id)?.session.cwd ?? null);
	const detail = createDetailFeed(port);
	const problems = createProblemFeed(port);
	const usage = createUsageFeed(port);
	const history = createQueryHistory(text => void guarded(port, () => port.store.annotations.rememberQuery(text)));
	const search = createSearchFeed(port, {
		reader: createQueryReader({
			now: port.now,
			valuesOf: port.search && (async (name, beginning) => (await port.search?.values(name, beginning)) ?? []),
			onValues: port.redraw,
		}),
		history,
		sessionOf: id => sessions.item(id)?.session,
	});
	const searchPreview = createSearchPreview(port, search);
	const annotations = createAnnotationFeed(port, () => sessions.annotate());
	const sessions = createSessionFeed(port, annotations.session, changed => {
		live.update();
		if (changed.size === 0) {
			return;
		}

		annotations.invalidate(changed);
		prompts.invalidate(changed);
		events.invalidate(changed);
		const item = selectedSession(port, sessions);
		if (item && changed.has(item.session.id)) {
			detail.invalidate();
		}
	});
	const live = createLiveFeed(port, sessions.stored);

	const storedSession = (): number | undefined => {
		const id = selectedId(port.state().lists.sessions);
		return typeof id === 'number' ? id : undefined;
	};

	const scope = (): EventScope | undefined => {
		const sessionId = storedSession();
		const promptId = selectedId(port.state().lists.prompts);
		if (sessionId === undefined || promptId === undefined) {
			return undefined;
		}

		return {sessionId, promptId: promptId === preludeId ? 'prelude' : Number(promptId)};
	};

	const selectedEvent = (): EventId | undefined => {
		const id = selectedId(port.state().lists.events);
		return typeof id === 'number' ? id : undefined;
	};

	/** The detail's libraries load once somebody goes beyond the sessions, out of the way of that key press. */
	let preparation: NodeJS.Timeout | undefined;
	const prepareDetail = (): void => {
		if (port.state().focus !== 'sessions') {
			preparation ??= setTimeout(detail.prepare, prepareAfterMs);
		}
	};

	return {
		sessions,
		live,
		prompts,
		events,
		detail,
		problems,
		usage,
		search,
		searchPreview,
		annotations,
		findings,
		comparison,
		report,
		showAgain(session) {
			const id = session ?? storedSession();
			if (id === undefined) {
				return;
			}

			const changed = new Set([id]);
			prompts.invalidate(changed);
			events.invalidate(changed);
			if (id === storedSession()) {
				detail.invalidate();
			}

			sessions.refresh();
		},
		changed() {
			sessions.refresh();
			const {following} = port.state();
			sessions.glance(following === undefined ? live.fresh() : [...new Set([...live.fresh(), following])]);
		},
		follow() {
			search.update();
			searchPreview.update();
			usage.update();
			sessions.update();
			annotations.want(storedSession());
			prompts.want(storedSession());
			prompts.update();
			if (needsEvents(port.state())) {
				events.want(scope());
				events.update();
			}

			prepareDetail();
			const width = detailWidth(port.state());
			if (width !== undefined) {
				const match = isVisiting(port.state()) ? search.words() : undefined;
				detail.want(selectedEvent(), width, match);
			}
		},
		async start(preview) {
			await sessions.start(preview);
			annotations.start();
			void guarded(port, async () => {
				const [queries, views] = await Promise.all([port.store.annotations.queries(), port.store.annotations.views()]);
				history.restore(queries.toReversed(), views);
			});
			problems.count();
		},
		stop() {
			clearTimeout(preparation);
			report.stop();
			for (const feed of [
				sessions,
				live,
				prompts,
				events,
				detail,
				usage,
				problems,
				search,
				searchPreview,
				annotations,
			]) {
				feed.stop();
			}
		},
	};
};
