import type {EventId} from '../model/session.js';
import type {WordMatcher} from '../query/word-matcher.js';
import type {EventDetail} from '../store/store.js';
import {cutToWidth} from '../text/cells.js';
import type {Row} from '../text/span.js';
import {loadDetailRows} from '../view/detail/load.js';
import {breathe, latest} from './latest.js';
import {guarded, type Port} from './port.js';
import {recent} from './recent.js';

export type DetailFeed = {
	/** Shows one event, wrapped to `width` cells and with what fits `match` marked; undefined where there is none to show. */
	want: (id: EventId | undefined, width: number, match?: WordMatcher) => void;
	/** Loads what draws details, before the first is asked for. */
	prepare: () => void;
	/** The event shown may have changed. */
	invalidate: () => void;
	detail: () => EventDetail | undefined;
	rows: () => readonly Row[];
	/** Rows with something marked, from the top. */
	matchRows: () => readonly number[];
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

type Wanted = {id: EventId; width: number; match: WordMatcher | undefined};

const isSame = (a: Wanted, b: Wanted): boolean => a.id === b.id && a.width === b.width && a.match?.key === b.match?.key;

const isMarked = (row: Row): boolean => row.some(span => span.tone === 'match');

export const createDetailFeed = (port: Port): DetailFeed => {
	const cache = recent<EventId, EventDetail>(12);
	let wanted: Wanted | undefined;
	let detail: EventDetail | undefined;
	let rows: readonly Row[] = [];
	let shown: Wanted | undefined;
	let matchRows: readonly number[] = [];
	let drawing: DetailRows | undefined;

	const show = (found: EventDetail, own: Wanted, draw: DetailRows): void => {
		const {width, match} = own;
		const isNewMatch = match !== undefined && (shown?.id !== own.id || shown.match?.key !== match.key);
		detail = found;
		const made = draw(found, {width: Math.max(leastWidth, width), ...(match ? {match} : {})});
		rows = width < leastWidth ? made.map(row => cutToWidth(row, width)) : made;
		// The first row names the event; a mark there is not what was looked for.
		matchRows = match === undefined ? [] : rows.flatMap((row, at) => (at > 0 && isMarked(row) ? [at] : []));
		shown = own;
		port.dispatch({type: 'detail-rows', owner: found.id, rowCount: rows.length});
		const [first] = matchRows;
		if (isNewMatch && first !== undefined) {
			port.dispatch({type: 'detail-match', row: first});
		}
	};

	const load = async (own: Wanted, isStale: () => boolean): Promise<void> => {
		const {id} = own;
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
			show(found, own, drawing);
		}
	};

	const loader = latest<Wanted>(port.quietMs, async (key, isStale) => guarded(port, async () => load(key, isStale)));

	return {
		want(id, width, match) {
			if (id === undefined) {
				if (wanted) {
					wanted = undefined;
					detail = undefined;
					rows = [];
					matchRows = [];
					loader.stop();
					port.dispatch({type: 'detail-rows', owner: undefined, rowCount: 0});
				}

				return;
			}

			const next = {id, width, match};
			if (wanted && isSame(wanted, next)) {
				return;
			}

			const isOther = wanted?.id !== id;
			wanted = next;
			if (isOther) {
				detail = undefined;
				rows = [];
				matchRows = [];
				port.dispatch({type: 'detail-rows', owner: id, rowCount: 0});
			}

			if (!shown || detail === undefined || !isSame(shown, next)) {
				loader.want(next);
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
		matchRows: () => matchRows,
		isLoading: () => wanted !== undefined && detail === undefined,
		stop() {
			loader.stop();
		},
	};
};
