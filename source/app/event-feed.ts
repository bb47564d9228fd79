import type {EventId, EventSummary, SessionId} from '../model/session.js';
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
	/** Whether an event is technical, of all whose rows were seen once. */
	technical: Map<EventId, boolean>;
	/** Rows may be out of date: a session that grows adds results to open calls. */
	isStale: boolean;
};

export type EventFeed = {
	/** Shows the events of a prompt or prelude; undefined where there are none to show. */
	want: (scope: EventScope | undefined) => void;
	invalidate: (sessions: ReadonlySet<number>) => void;
	event: (id: RowId | undefined) => EventSummary | undefined;
	/** The folder that the session of these events runs in. */
	folder: () => string | null;
	/** Events left out because they are technical. */
	hiddenCount: () => number;
	/** Technical events among all of them; undefined until every event was seen. */
	technicalCount: () => number | undefined;
	isLoading: () => boolean;
	/** Fetches the rows that the window needs; filters again if the filter or hiding changed. */
	update: () => void;
	filtering: Filtering;
	stop: () => void;
};

/** Rows of the first query, made within a key press, and of those after it. */
const firstChunk = 200;
const chunk = 400;

/** Events at the end of a growing prompt that later lines may still change. */
const unsettled = 1000;

const keyOf = (scope: EventScope | undefined): string => (scope ? `${scope.sessionId}/${scope.promptId}` : '');

const isEventId = (id: RowId): id is EventId => typeof id === 'number';

/** The events of one prompt: all their ids, and the rows of those that are seen. */
export const createEventFeed = (port: Port, folderOf: (session: SessionId) => string | null): EventFeed => {
	const cache = recent<string, ScopeEvents>(24);
	let wanted: EventScope | undefined;
	let shown: ScopeEvents | undefined;
	/** Hiding and filtering as last acted on. */
	let mode = '';
	let hidden = 0;
	let isPublished = false;
	let showing = 0;

	const folder = (): string | null => (shown ? folderOf(shown.scope.sessionId) : null);

	const filtering = createFiltering(port, {
		list: 'events',
		fieldsOf(id) {
			const row = shown?.rows.get(id);
			return row ? eventFields(row, folder()) : undefined;
		},
	});

	/** Of rows that nobody sees, only what they are is kept. */
	const fetchRows = async (events: ScopeEvents, ids: readonly EventId[], isHiding: boolean): Promise<void> => {
		for (const row of await port.store.listEvents(ids)) {
			const isHidden = isTechnical(row);
			events.technical.set(row.id, isHidden);
			if (!isHidden || !isHiding) {
				events.rows.set(row.id, row);
			}
		}
	};

	/** Everything is shown in a prelude: it is bookkeeping for the most part, and often nothing else. */
	const hides = ({scope}: ScopeEvents): boolean => port.state().hides.technical && scope.promptId !== 'prelude';

	const wantedMode = (events: ScopeEvents): string =>
		`${hides(events) ? 'hide ' : ''}${isFiltered(port.state().lists.events) ? 'filter' : ''}`;

	const publish = (events: ScopeEvents): void => {
		const isHiding = mode.startsWith('hide');
		const ids = isHiding ? events.ids.filter(id => events.technical.get(id) === false) : events.ids;
		hidden = isHiding ? events.ids.filter(id => events.technical.get(id) === true).length : 0;
		isPublished = true;
		filtering.show(ids, ids.slice(0, 20).find(id => events.rows.get(id)?.kind === 'prompt') ?? ids[0]);
	};

	/** A list that was left somewhere comes back there only once that row is known. */
	const hasPlace = ({key, technical}: ScopeEvents): boolean => {
		const place = port.state().places.get(`events ${key}`);
		return place === undefined || typeof place.id !== 'number' || technical.has(place.id);
	};

	/** Whether the present hiding and filtering need the row of an event. */
	const isMissing = ({rows, technical}: ScopeEvents, id: EventId): boolean =>
		mode.endsWith('filter')
			? !rows.has(id) && !(mode.startsWith('hide') && technical.get(id) === true)
			: mode !== '' && !technical.has(id);

	/** Hiding and filtering look at every row. What is known of a long prompt is shown before all of it is. */
	const show = async (events: ScopeEvents): Promise<void> => {
		showing++;
		const own = showing;
		mode = wantedMode(events);
		const missing = events.ids.filter(id => isMissing(events, id));
		let publishAt = firstChunk;
		for (let start = 0, end = firstChunk; start < missing.length; start = end, end += chunk) {
			await fetchRows(events, missing.slice(start, end), mode === 'hide ');
			if (own !== showing || shown !== events) {
				return;
			}

			if (end < missing.length) {
				if (end >= publishAt && mode === 'hide ' && hasPlace(events)) {
					publishAt *= 8;
					publish(events);
				}

				await breathe();
			}
		}

		if (own === showing && shown === events) {
			publish(events);
		}
	};

	/** What is settled of an earlier reading need not be fetched again to know what to hide. */
	const settledOf = (known: ScopeEvents | undefined): Map<EventId, boolean> => {
		const settled = new Map<EventId, boolean>();
		for (const id of known?.ids.slice(0, -unsettled) ?? []) {
			const isHidden = known?.technical.get(id);
			if (isHidden !== undefined) {
				settled.set(id, isHidden);
			}
		}

		return settled;
	};

	const load = async (scope: EventScope, isStale: () => boolean): Promise<void> => {
		const key = keyOf(scope);
		const ids = await port.store.eventIds(scope);
		const events: ScopeEvents = {
			key,
			scope,
			ids,
			rows: new Map(),
			technical: settledOf(cache.get(key)),
			isStale: false,
		};
		const {events: list} = port.state().lists;
		const height = bodyRows(port.state(), 'events');
		const {ids: seen, top} = list.owner === key ? list : {ids: [], top: 0};
		// What is on screen first, so that it does not blink; without hiding nothing else is needed.
		const around = (hides(events) ? seen : ids).slice(Math.max(0, top - height), top + 2 * height);
		await fetchRows(events, around.filter(isEventId), false);
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
				await fetchRows(shown, ids, false);
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
		const height = bodyRows(port.state(), 'events');
		const {rows} = shown;
		const isUnknown = (id: RowId): id is EventId => isEventId(id) && !rows.has(id);
		if (ids.slice(top, top + height).some(isUnknown)) {
			windows.want(ids.slice(Math.max(0, top - height), top + 2 * height).filter(isUnknown));
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
			isPublished = false;
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
		folder,
		hiddenCount: () => hidden,
		technicalCount() {
			const kinds = shown?.ids.map(id => shown?.technical.get(id)) ?? [];
			return shown && !kinds.includes(undefined) ? kinds.filter(Boolean).length : undefined;
		},
		isLoading: () => wanted !== undefined && !isPublished,
		update() {
			const events = shown;
			if (events && mode !== wantedMode(events)) {
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
