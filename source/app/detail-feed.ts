import type {EventId} from '../model/session.js';
import type {EventDetail} from '../store/store.js';
import {cutToWidth} from '../text/cells.js';
import type {Row} from '../text/span.js';
import {loadDetailRows} from '../view/detail/load.js';
import {breathe, latest} from './latest.js';
import {guarded, type Port} from './port.js';
import {recent} from './recent.js';

export type DetailFeed = {
	/** Shows one event, wrapped to `width` cells; undefined where there is none to show. */
	want: (id: EventId | undefined, width: number) => void;
	/** Loads what draws details, before the first is asked for. */
	prepare: () => void;
	/** The event shown may have changed. */
	invalidate: () => void;
	detail: () => EventDetail | undefined;
	rows: () => readonly Row[];
	isLoading: () => boolean;
	stop: () => void;
};

/** Narrower panes show the beginnings of rows of this width. */
const leastWidth = 20;

/** Texts up to this length are drawn in the frame of the key press that selects them. */
const shortText = 6000;

type DetailRows = Awaited<ReturnType<typeof loadDetailRows>>;

/** Characters of an event's own texts, roughly. */
const textLength = ({event}: EventDetail): number =>
	Object.values(event).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);

type Wanted = {id: EventId; width: number};

export const createDetailFeed = (port: Port): DetailFeed => {
	const cache = recent<EventId, EventDetail>(12);
	let wanted: Wanted | undefined;
	let detail: EventDetail | undefined;
	let rows: readonly Row[] = [];
	let shownWidth = 0;
	let drawing: DetailRows | undefined;

	const show = (found: EventDetail, width: number, draw: DetailRows): void => {
		detail = found;
		const made = draw(found, {width: Math.max(leastWidth, width)});
		rows = width < leastWidth ? made.map(row => cutToWidth(row, width)) : made;
		shownWidth = width;
		port.dispatch({type: 'detail-rows', owner: found.id, rowCount: rows.length});
	};

	const load = async ({id, width}: Wanted, isStale: () => boolean): Promise<void> => {
		const found = cache.get(id) ?? (await port.store.event(id));
		if (!found) {
			return;
		}

		cache.set(id, found);
		drawing ??= await loadDetailRows();
		// A long text takes a while to wrap: the frame with the moved selection goes first.
		if (textLength(found) > shortText) {
			await breathe();
		}

		if (!isStale()) {
			show(found, width, drawing);
		}
	};

	const loader = latest<Wanted>(port.quietMs, async (key, isStale) => guarded(port, async () => load(key, isStale)));

	return {
		want(id, width) {
			if (id === undefined) {
				if (wanted) {
					wanted = undefined;
					detail = undefined;
					rows = [];
					loader.stop();
					port.dispatch({type: 'detail-rows', owner: undefined, rowCount: 0});
				}

				return;
			}

			if (wanted?.id === id && wanted.width === width) {
				return;
			}

			const isOther = wanted?.id !== id;
			wanted = {id, width};
			if (isOther) {
				detail = undefined;
				rows = [];
				port.dispatch({type: 'detail-rows', owner: id, rowCount: 0});
			}

			if (isOther || shownWidth !== width) {
				loader.want(wanted);
			}
		},
		prepare() {
			if (!drawing) {
				void guarded(port, async () => {
					drawing = await loadDetailRows();
				});
			}
		},
		invalidate() {
			for (const id of cache.keys()) {
				cache.delete(id);
			}

			if (wanted) {
				loader.want(wanted);
			}
		},
		detail: () => detail,
		rows: () => rows,
		isLoading: () => wanted !== undefined && detail === undefined,
		stop() {
			loader.stop();
		},
	};
};
