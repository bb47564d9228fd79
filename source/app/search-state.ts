import type {EventId} from '../model/session.js';
import type {SearchOrder} from '../store/search.js';
import type {PaneId} from '../view/layout.js';
import {editLine, emptyLine, type Line, type LineEdit, lineText} from './line-editor.js';
import {emptyList, type ListState, moved, paged, type RowId, refreshed, scrolled, wheeled} from './list-state.js';

/** What is selected in each pane, and which pane has the keys. */
export type Whereabouts = {
	focus: PaneId;
	session: RowId | undefined;
	prompt: RowId | undefined;
	event: RowId | undefined;
};

/** The search as it was left: it is there again when it is opened the next time. */
export type SearchState = {
	/** What is typed, as the list's filter, and the results. */
	list: ListState;
	order: SearchOrder;
	/** Looks inside words too, by reading the logs. */
	isInsideWords: boolean;
	/** A row was chosen since the query last changed: it stays selected while more is found. */
	hasMoved: boolean;
	/** The whole query is selected, as after opening: what is typed replaces it. */
	isSelected: boolean;
	/** The result that the panes show. */
	visited: EventId | undefined;
	/** Where one was when the search was opened, to come back to. */
	origin: Whereabouts | undefined;
};

export type SearchAction =
	| {to: 'open'; origin: Whereabouts}
	| {to: 'edit'; edit: LineEdit}
	| {to: 'replace'; line: Line}
	| {to: 'move'; by: number}
	| {to: 'page'; pages: number}
	| {to: 'wheel'; by: number}
	| {to: 'rows'; ids: readonly RowId[]; select: RowId | undefined}
	| {to: 'order'; order: SearchOrder}
	| {to: 'inside-words'; isInsideWords: boolean}
	| {to: 'visit'; id: EventId; row: RowId}
	| {to: 'leave'};

export const initialSearch: SearchState = {
	list: emptyList('search'),
	order: 'newest',
	isInsideWords: false,
	hasMoved: false,
	isSelected: false,
	visited: undefined,
	origin: undefined,
};

const withQuery = (search: SearchState, filter: Line): SearchState => ({
	...search,
	list: {...search.list, filter},
	hasMoved: false,
	isInsideWords: false,
	isSelected: false,
	visited: undefined,
});

/** Moving the caret leaves the query as it is. */
const edited = (search: SearchState, edit: LineEdit): SearchState => {
	const {filter} = search.list;
	const replaced = search.isSelected && (edit.edit === 'insert' || edit.edit.startsWith('delete'));
	const line = editLine(replaced ? emptyLine : filter, edit);
	return lineText(line) === lineText(filter)
		? {...search, isSelected: false, list: {...search.list, filter: line}}
		: withQuery(search, line);
};

const select = (list: ListState, id: RowId, height: number): ListState => {
	const at = list.ids.indexOf(id);
	return at < 0 ? list : moved(list, at, height);
};

/** How the search changes; `height` are the rows of results on screen. */
export const reduceSearch = (search: SearchState, action: SearchAction, height: number): SearchState => {
	const {list} = search;
	switch (action.to) {
		case 'open':
			return {
				...search,
				isSelected: search.visited === undefined,
				origin: search.visited === undefined ? action.origin : search.origin,
			};
		case 'edit':
			return edited(search, action.edit);
		case 'replace':
			return withQuery(search, action.line);
		case 'move':
			return {...search, hasMoved: true, list: moved(list, list.cursor + action.by, height)};
		case 'page':
			return {...search, hasMoved: true, list: paged(list, Math.trunc(action.pages * Math.max(1, height - 1)), height)};
		case 'wheel':
			return {...search, hasMoved: true, list: wheeled(list, action.by, height)};
		case 'rows': {
			const {ids, select: wanted} = action;
			const isForced = !search.hasMoved && wanted !== undefined;
			return {...search, list: refreshed(list, {ids, total: ids.length, select: wanted, isForced}, height)};
		}

		case 'order':
			return {...search, order: action.order, hasMoved: false};
		case 'inside-words':
			return {...search, isInsideWords: action.isInsideWords};
		case 'visit':
			return {...search, visited: action.id, hasMoved: true, list: select(list, action.row, height)};
		case 'leave':
			return {...search, visited: undefined, origin: undefined};
	}
};

/** The same at another size of the screen. */
export const resizeSearch = (search: SearchState, height: number): SearchState => ({
	...search,
	list: scrolled(search.list, height),
});
