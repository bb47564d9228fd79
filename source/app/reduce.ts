import type {IngestProgress} from '../ingest/progress.js';
import type {SessionId} from '../model/session.js';
import {type ListId, type PaneId, paneIds, type ScreenSize} from '../view/layout.js';
import type {Destination} from './destination.js';
import {reduceEntry} from './entry.js';
import {editLine, emptyLine, type LineEdit} from './line-editor.js';
import {
	emptyList,
	isFiltered,
	type ListState,
	moved,
	paged,
	type RowId,
	refreshed,
	scrolled,
	selectedId,
	wheeled,
} from './list-state.js';
import {noMarks, toggled} from './marks.js';
import {menuOf} from './menus.js';
import {nextProgress} from './progress.js';
import {reduceSearch, resizeSearch} from './search-state.js';
import {type Action, bodyRows, isWindow, type Motion, overlayRows, type State, searchRows} from './state.js';

/** Most places kept; the oldest go first. */
const placeLimit = 500;

const clampTop = (top: number, rowCount: number, height: number): number =>
	Math.max(0, Math.min(top, rowCount - height));

const scrollBy = (top: number, motion: Motion, rowCount: number, height: number): number => {
	if ('to' in motion) {
		return motion.to === 'first' ? 0 : clampTop(rowCount, rowCount, height);
	}

	const by = 'by' in motion ? motion.by : Math.trunc(motion.pages * Math.max(1, height - 1));
	return clampTop(top + by, rowCount, height);
};

const moveList = (list: ListState, motion: Motion, height: number): ListState => {
	if ('to' in motion) {
		return moved(list, motion.to === 'first' ? 0 : list.ids.length - 1, height);
	}

	return 'by' in motion
		? moved(list, list.cursor + motion.by, height)
		: paged(list, Math.trunc(motion.pages * Math.max(1, height - 1)), height);
};

const withList = (state: State, id: ListId, list: ListState): State =>
	list === state.lists[id] ? state : {...state, lists: {...state.lists, [id]: list}};

const remember = (state: State, id: ListId): State['places'] => {
	const list = state.lists[id];
	const selected = selectedId(list);
	if (selected === undefined || isFiltered(list)) {
		return state.places;
	}

	const key = `${id} ${list.owner}`;
	const places = new Map(state.places);
	places.delete(key);
	places.set(key, {id: selected, top: list.top});
	const oldest = places.keys().next();
	if (places.size > placeLimit && !oldest.done) {
		places.delete(oldest.value);
	}

	return places;
};

const resize = (state: State, size: ScreenSize): State => {
	const next = {...state, size};
	const {sessions, prompts, events} = state.lists;
	const lists = {
		sessions: scrolled(sessions, bodyRows(next, 'sessions')),
		prompts: scrolled(prompts, bodyRows(next, 'prompts')),
		events: scrolled(events, bodyRows(next, 'events')),
	};
	const overlay = isWindow(state.overlay)
		? {
				...state.overlay,
				top: clampTop(state.overlay.top, state.overlay.rowCount, overlayRows(size, state.overlay.kind)),
			}
		: state.overlay;
	return {
		...next,
		lists,
		overlay,
		search: resizeSearch(state.search, searchRows(size)),
		detail: {...state.detail, top: clampTop(state.detail.top, state.detail.rowCount, bodyRows(next, 'detail'))},
	};
};

const move = (state: State, motion: Motion, pane: PaneId): State => {
	const height = bodyRows(state, pane);
	if (pane !== 'detail') {
		return withList(state, pane, moveList(state.lists[pane], motion, height));
	}

	const top = scrollBy(state.detail.top, motion, state.detail.rowCount, height);
	return {...state, detail: {...state.detail, top}};
};

const editFilter = (state: State, edit: LineEdit): State => {
	if (!state.typing) {
		return state;
	}

	const list = state.lists[state.typing];
	return {
		...withList(state, state.typing, {...list, filter: editLine(list.filter, edit)}),
		places: remember(state, state.typing),
	};
};

/** A menu goes on at its other end. */
const moveMenu = (state: State, by: number): State => {
	const {overlay} = state;
	if (overlay?.kind !== 'menu') {
		return state;
	}

	const count = menuOf(overlay.menu, state).items.length;
	return {...state, overlay: {...overlay, index: (overlay.index + by + count) % count}};
};

/** On the way somewhere, each list that is read comes back to the row it is to show. */
const go = (state: State, to: Destination): State => {
	const places = new Map(state.places);
	const remembered = (key: string, id: RowId | undefined): void => {
		if (id !== undefined) {
			places.delete(key);
			places.set(key, {id, top: 0});
		}
	};
	remembered(`prompts ${to.session}`, to.prompt);
	remembered(`events ${to.session}/${to.prompt}`, to.event);
	return {...state, places, destination: to, focus: to.focus, overlay: undefined, typing: undefined};
};

const arrive = (state: State, isLost: boolean): State => ({
	...state,
	destination: undefined,
	notice: isLost ? {text: 'What was found is no longer listed there.', level: 'warning'} : state.notice,
});

const matchTo = (state: State, row: number): State => {
	const height = bodyRows(state, 'detail');
	const {top, rowCount} = state.detail;
	const isSeen = row >= top && row < top + height;
	const wanted = isSeen ? top : clampTop(row - Math.floor(height / 3), rowCount, height);
	return {...state, detail: {...state.detail, match: row, top: wanted}};
};

/** Scrolls the detail as little as shows a row. */
const inSight = (state: State, row: number): State => {
	const height = bodyRows(state, 'detail');
	const {top, rowCount} = state.detail;
	const wanted = row < top ? row : row >= top + height ? row - height + 1 : top;
	return {...state, detail: {...state.detail, top: clampTop(wanted, rowCount, height)}};
};

/** Only what cannot be undone asks for a word. */
const editFiling = (state: State, edit: LineEdit): State => {
	const {overlay} = state;
	return overlay?.kind === 'filing' && overlay.plan.filing === 'delete'
		? {...state, overlay: {...overlay, line: editLine(overlay.line, edit)}}
		: state;
};

const unfollowed = (state: State): State => (state.following === undefined ? state : {...state, following: undefined});

/** Another session in the panes is not the one that was followed. */
const stillFollowed = (state: State, {list, owner}: {list: ListId; owner: string}): State =>
	list === 'prompts' && owner !== String(state.following) ? unfollowed(state) : state;

const toNewest = (state: State, list: ListId): State =>
	withList(state, list, moveList(state.lists[list], {to: 'last'}, bodyRows(state, list)));

/** Events are where a session is seen to grow. */
const follow = (state: State, session: SessionId | undefined): State => {
	if (session === undefined) {
		return unfollowed(state);
	}

	const focus = state.focus === 'detail' ? 'detail' : 'events';
	return toNewest(toNewest({...state, focus, following: session}, 'prompts'), 'events');
};

const withProgress = (state: State, progress: IngestProgress): State =>
	progress === state.progress ? state : {...state, progress};

/** The whole behaviour of the screen: pure, and the only place where state changes. */
export const reduce = (state: State, action: Action): State => {
	switch (action.type) {
		case 'resize':
			return resize(state, action.size);
		case 'focus':
			return paneIds.includes(action.pane)
				? {...state, focus: action.pane, selection: action.pane === 'detail' ? state.selection : undefined}
				: state;
		case 'move':
			return move(unfollowed(state), action.motion, action.pane ?? state.focus);
		case 'clear-rows':
			return action.owner === state.lists[action.list].owner
				? state
				: {
						...withList(stillFollowed(state, action), action.list, emptyList(action.owner)),
						places: remember(state, action.list),
					};
		case 'rows': {
			const list = state.lists[action.list];
			const place = state.places.get(`${action.list} ${list.owner}`);
			const next = withList(state, action.list, refreshed(list, {...action, place}, bodyRows(state, action.list)));
			return action.list !== 'sessions' && state.following !== undefined ? toNewest(next, action.list) : next;
		}

		case 'rename-row': {
			const list = state.lists[action.list];
			const ids = list.ids.map(id => (id === action.from ? action.to : id));
			return withList(state, action.list, {...list, ids});
		}

		case 'detail-rows': {
			const isSame = action.owner === state.detail.owner;
			const top = isSame ? clampTop(state.detail.top, action.rowCount, bodyRows(state, 'detail')) : 0;
			const match = isSame ? state.detail.match : undefined;
			return {
				...state,
				detail: {owner: action.owner, top, rowCount: action.rowCount, match},
				// Words are counted anew.
				selection: isSame && action.rowCount === state.detail.rowCount ? state.selection : undefined,
			};
		}

		case 'detail-match':
			return matchTo(state, action.row);
		case 'select': {
			const list = state.lists[action.list];
			return withList(state, action.list, moved(list, list.ids.indexOf(action.id), bodyRows(state, action.list)));
		}

		case 'pick': {
			const list = state.lists[action.list];
			const cursor = list.ids.indexOf(action.id);
			return cursor < 0 ? state : withList(unfollowed(state), action.list, {...list, cursor});
		}

		case 'wheel': {
			const list = state.lists[action.list];
			return withList(unfollowed(state), action.list, wheeled(list, action.by, bodyRows(state, action.list)));
		}

		case 'follow':
			return follow(state, action.session);
		case 'go':
			return go(unfollowed(state), action.to);
		case 'arrive':
			return arrive(state, action.isLost);
		case 'search':
			return {...state, search: reduceSearch(state.search, action.action, searchRows(state.size))};
		case 'edit-palette':
			return state.overlay?.kind === 'palette'
				? {...state, overlay: {kind: 'palette', line: editLine(state.overlay.line, action.edit), index: 0}}
				: state;
		case 'move-palette':
			return state.overlay?.kind === 'palette' ? {...state, overlay: {...state.overlay, index: action.index}} : state;

		case 'edit-filing':
			return editFiling(state, action.edit);
		case 'edit-entry':
		case 'replace-entry':
		case 'complain':
			return state.overlay?.kind === 'entry' ? {...state, overlay: reduceEntry(state.overlay, action)} : state;
		case 'toggle-mark':
			return {...state, marked: toggled(state.marked, action.threadId)};
		case 'selection':
			return {
				...(action.row === undefined ? state : inSight(state, action.row)),
				selection: action.selection,
			};
		case 'deciding':
			return {...state, deciding: action.deciding};
		case 'copy-level':
			return {...state, copyLevel: action.level};
		case 'ask-code': {
			const {codeBlocks, index} = action;
			return {...state, codeBlocks, overlay: {kind: 'menu', menu: 'code', index}, typing: undefined};
		}

		case 'report-choices':
			return {...state, report: {...state.report, ...action.choices}};
		case 'move-findings':
			return state.overlay?.kind === 'findings' ? {...state, overlay: {...state.overlay, index: action.index}} : state;
		case 'reveal': {
			const revealed = new Set(state.revealed);
			if (action.isRevealed) {
				revealed.add(action.session);
			} else {
				revealed.delete(action.session);
			}

			return {...state, revealed};
		}

		case 'clear-marks':
			return {...state, marked: noMarks};

		case 'type-filter':
			return {...state, typing: action.list, places: remember(state, action.list)};
		case 'edit-filter':
			return editFilter(state, action.edit);
		case 'keep-filter':
			return {...state, typing: undefined};
		case 'clear-filter':
			return {...withList(state, action.list, {...state.lists[action.list], filter: emptyLine}), typing: undefined};
		case 'open':
			return {...state, overlay: action.overlay, typing: undefined};
		case 'overlay-rows':
			return isWindow(state.overlay) ? {...state, overlay: {...state.overlay, rowCount: action.rowCount}} : state;
		case 'scroll-overlay': {
			const {overlay} = state;
			if (!isWindow(overlay)) {
				return state;
			}

			const top = scrollBy(overlay.top, action.motion, overlay.rowCount, overlayRows(state.size, overlay.kind));
			return {...state, overlay: {...overlay, top}};
		}

		case 'move-menu':
			return moveMenu(state, action.by);
		case 'select-choice':
			return state.overlay?.kind === 'menu' && action.index < menuOf(state.overlay.menu, state).items.length
				? {...state, overlay: {...state.overlay, index: action.index}}
				: state;
		case 'close':
			return {...state, overlay: undefined};
		case 'welcomed':
			return {...state, isWelcome: false};
		case 'theme':
			return {...state, theme: action.theme};
		case 'order':
			return {...state, order: action.order, isReversed: action.isReversed};
		case 'hide':
			return {...state, hides: {...state.hides, [action.what]: action.hide}};
		case 'usage-by':
			return {
				...state,
				usageBy: action.by,
				overlay: state.overlay?.kind === 'usage' ? {...state.overlay, top: 0} : state.overlay,
			};
		case 'notice':
			return {...state, notice: action.notice, isFailureNew: state.isFailureNew && action.notice !== undefined};
		case 'progress':
			return withProgress(state, nextProgress(state.progress, action.progress));
		case 'problems':
			return action.count === state.problems ? state : {...state, problems: action.count};
		case 'failure':
			return action.message === state.failure
				? state
				: {...state, failure: action.message, isFailureNew: action.message !== undefined};
	}
};
