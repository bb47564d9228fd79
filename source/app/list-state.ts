import {emptyLine, type Line, lineText} from './line-editor.js';

/** Identifies a row among the rows of its list: a store id, or a word for rows the store has no id for. */
export type RowId = number | string;

/** Where a list was left, to come back to. */
export type Place = {id: RowId; top: number};

export type ListState = {
	/** What the rows belong to (a session, a prompt); a new owner is a new list. */
	owner: string;
	/** Rows in the order shown, after filter and order. */
	ids: readonly RowId[];
	/** Rows before the filter. */
	total: number;
	/** Rows that the filter found; the others of `ids` tell where those belong. */
	matches: number;
	/** Index of the selected row; 0 in an empty list. */
	cursor: number;
	/** Index of the first row on screen. */
	top: number;
	filter: Line;
};

export const emptyList = (owner = ''): ListState => ({
	owner,
	ids: [],
	total: 0,
	matches: 0,
	cursor: 0,
	top: 0,
	filter: emptyLine,
});

export const selectedId = (list: ListState): RowId | undefined => list.ids[list.cursor];

export const isFiltered = (list: ListState): boolean => lineText(list.filter) !== '';

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));

/** Rows kept between the selected row and the edge, so that one sees what comes. */
const margin = (height: number): number => Math.min(3, Math.floor((height - 1) / 4));

/** Scrolls no further than needed to have the selected row on screen. */
export const scrolled = (list: ListState, height: number): ListState => {
	const lowest = Math.max(0, list.ids.length - height);
	const space = margin(height);
	const top = clamp(clamp(list.top, list.cursor - height + 1 + space, list.cursor - space), 0, lowest);
	return top === list.top ? list : {...list, top};
};

/** Moves the selection; the ends hold it. */
export const moved = (list: ListState, to: number, height: number): ListState => {
	const cursor = clamp(to, 0, Math.max(0, list.ids.length - 1));
	return scrolled(cursor === list.cursor ? list : {...list, cursor}, height);
};

/** Pages move the window with the selection, so that the selected row stays where the eye is. */
export const paged = (list: ListState, by: number, height: number): ListState => {
	const lowest = Math.max(0, list.ids.length - height);
	return moved({...list, top: clamp(list.top + by, 0, lowest)}, list.cursor + by, height);
};

/** Scrolls by so many rows; the selected row stays selected as long as it is on screen. */
export const wheeled = (list: ListState, by: number, height: number): ListState => {
	const lowest = Math.max(0, list.ids.length - height);
	const top = clamp(list.top + by, 0, lowest);
	const space = margin(height);
	const first = top === 0 ? 0 : top + space;
	const last = top === lowest ? list.ids.length - 1 : top + height - 1 - space;
	const cursor = clamp(list.cursor, first, Math.max(first, last));
	return top === list.top ? list : {...list, top, cursor};
};

/** The row itself where it is kept, else the next one that is, else the one before. */
export const nearestKept = (
	all: readonly RowId[],
	isKept: (id: RowId) => boolean,
	id: RowId | undefined,
): RowId | undefined => {
	const at = id === undefined ? -1 : all.indexOf(id);
	return at < 0 ? undefined : (all.slice(at).find(isKept) ?? all.slice(0, at).findLast(isKept));
};

type NewRows = {
	ids: readonly RowId[];
	total: number;
	matches?: number | undefined;
	/** Row to select where nothing was selected before. */
	select?: RowId | undefined;
	/** Selects it whatever was selected. */
	isForced?: boolean | undefined;
	/** Where this list was left last time. */
	place?: Place | undefined;
};

/** New rows of the same owner: the selected row stays selected and, where it can, at the same height. */
export const refreshed = (
	list: ListState,
	{ids, total, matches = ids.length, select, isForced, place}: NewRows,
	height: number,
): ListState => {
	const next = {...list, ids, total, matches};
	const selected = selectedId(list);
	const kept = selected === undefined || isForced ? -1 : ids.indexOf(selected);
	if (kept >= 0) {
		const offset = list.cursor - list.top;
		const top = list.top === 0 && kept < height ? 0 : Math.max(0, kept - offset);
		return moved({...next, cursor: kept, top}, kept, height);
	}

	if (list.ids.length > 0 && select === undefined) {
		return moved(next, list.cursor, height);
	}

	const remembered = place && !isForced ? ids.indexOf(place.id) : -1;
	if (remembered >= 0) {
		return moved({...next, cursor: remembered, top: place?.top ?? 0}, remembered, height);
	}

	const first = select === undefined ? 0 : Math.max(0, ids.indexOf(select));
	return moved({...next, cursor: first, top: 0}, first, height);
};
