import type {EventId, EventSummary} from '../model/session.js';
import type {EventScope} from '../store/store.js';
import {isTechnical} from '../view/event-kinds.js';
import {eventFields} from '../view/event-rows.js';
import {createFiltering, type Filtering} from './filtering.js';
import {breathe, latest} from './latest.js';
import {isFiltered, type RowId} from './list-state.js';
import {guarded, type Port} from './port.js';
import {recent} from './recent.js';
import {bodyRows} from './state.js';

type ScopeEvents = {
	key: string;
	scope: EventScope;
	ids: readonly EventId[];
	rows: Map<RowId, EventSummary>;
	/** Rows may be out of date: a session that grows adds results to open calls. */
	isStale: boolean;
};

export type EventFeed = {
	/** Shows the events of a prompt or prelude; undefined where there are none to show. */
	want: (scope: EventScope | undefined) => void;
	invalidate: (sessions: ReadonlySet<number>) => void;
	event: (id: RowId | undefined) => EventSummary | undefined;
	/** Events left out because they are technical. */
	hiddenCount: () => number;
	isLoading: () => boolean;
	/** Fetches the rows that the window needs; filters again if the filter or hiding changed. */
	update: () => void;
	filtering: Filtering;
	stop: () => void;
};

const chunk = 400;

const keyOf = (scope: EventScope | undefined): string => (scope ? `${scope.sessionId}/${scope.promptId}` : '');

/** The events of one prompt: all their ids, and the rows of those that are seen. */
export const createEventFeed = (port: Port): EventFeed => {
	const cache = recent<string, ScopeEvents>(24);
	let wanted: EventScope | undefined;
	let shown: ScopeEvents | undefined;
	/** Hiding and filtering as last acted on. */
	let mode = '';
	let hidden = 0;
	let showing = 0;

	const filtering = createFiltering(port, {
		list: 'events',
		order: 'list',
		fieldsOf(id) {
			const row = shown?.rows.get(id);
			return row ? eventFields(row) : undefined;
		},
	});

	const fetchRows = async (events: ScopeEvents, ids: readonly EventId[]): Promise<void> => {
		for (const row of await port.store.listEvents(ids)) {
			events.rows.set(row.id, row);
		}
	};

	const fetchAll = async (events: ScopeEvents, isStale: () => boolean): Promise<void> => {
		const missing = events.ids.filter(id => !events.rows.has(id));
		for (let start = 0; start < missing.length && !isStale(); start += chunk) {
			await fetchRows(events, missing.slice(start, start + chunk));
			await breathe();
		}
	};

	const wantedMode = (): string =>
		`${port.state().hideTechnical ? 'hide ' : ''}${isFiltered(port.state().lists.events) ? 'filter' : ''}`;

	/** Hiding and filtering look at every row, so they wait for all of them. */
	const show = async (events: ScopeEvents): Promise<void> => {
		showing++;
		const own = showing;
		mode = wantedMode();
		if (mode !== '') {
			await fetchAll(events, () => own !== showing);
		}

		if (own !== showing || shown !== events) {
			return;
		}

		const ids = mode.startsWith('hide')
			? events.ids.filter(id => {
					const row = events.rows.get(id);
					return !row || !isTechnical(row);
				})
			: events.ids;
		hidden = events.ids.length - ids.length;
		filtering.show(ids, ids.slice(0, 20).find(id => events.rows.get(id)?.kind === 'prompt') ?? ids[0]);
	};

	const load = async (scope: EventScope, isStale: () => boolean): Promise<void> => {
		const key = keyOf(scope);
		const ids = await port.store.eventIds(scope);
		const events: ScopeEvents = {key, scope, ids, rows: new Map(), isStale: false};
		const {lists} = port.state();
		const height = bodyRows(port.state());
		const top = lists.events.owner === key ? lists.events.top : 0;
		await fetchRows(events, ids.slice(Math.max(0, top - height), top + 2 * height));
		cache.set(key, events);
		if (!isStale() && keyOf(wanted) === key) {
			shown = events;
			await show(events);
		}
	};

	const loader = latest<EventScope>(port.quietMs, async (scope, isStale) =>
		guarded(port, async () => load(scope, isStale)),
	);

	const windows = latest<readonly EventId[]>(0, async ids =>
		guarded(port, async () => {
			if (shown) {
				await fetchRows(shown, ids);
				port.redraw();
			}
		}),
	);

	/** Asks for rows around the window when some that are on screen are missing. */
	const updateWindow = (): void => {
		if (!shown) {
			return;
		}

		const {ids, top} = port.state().lists.events;
		const height = bodyRows(port.state());
		const {rows} = shown;
		const isMissing = (id: RowId): id is EventId => typeof id === 'number' && !rows.has(id);
		if (ids.slice(top, top + height).some(isMissing)) {
			windows.want(ids.slice(Math.max(0, top - height), top + 2 * height).filter(isMissing));
		}
	};

	return {
		want(scope) {
			const key = keyOf(scope);
			if (key === port.state().lists.events.owner && key === keyOf(wanted)) {
				return;
			}

			wanted = scope;
			shown = undefined;
			hidden = 0;
			showing++;
			filtering.clear();
			loader.stop();
			windows.stop();
			port.dispatch({type: 'clear-rows', list: 'events', owner: key});
			const cached = cache.get(key);
			if (cached) {
				shown = cached;
				void guarded(port, async () => show(cached));
			}

			if (scope && (!cached || cached.isStale)) {
				loader.want(scope);
			}
		},
		invalidate(sessions) {
			for (const key of cache.keys()) {
				const events = cache.get(key);
				if (events && sessions.has(events.scope.sessionId)) {
					events.isStale = true;
				}
			}

			if (wanted && sessions.has(wanted.sessionId)) {
				loader.want(wanted);
			}
		},
		event: id => (id === undefined ? undefined : shown?.rows.get(id)),
		hiddenCount: () => hidden,
		isLoading: () => wanted !== undefined && shown === undefined,
		update() {
			const events = shown;
			if (events && mode !== wantedMode()) {
				void guarded(port, async () => show(events));
			} else if (events) {
				filtering.update();
			}

			updateWindow();
		},
		filtering,
		stop() {
			showing++;
			loader.stop();
			windows.stop();
			filtering.stop();
		},
	};
};
