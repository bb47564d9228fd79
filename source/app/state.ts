import type {IngestProgress} from '../ingest/progress.js';
import type {SessionId} from '../model/session.js';
import {arrange, type ListId, type PaneId, paneIds, paneRows, type ScreenSize} from '../view/layout.js';
import {type UsageGrouping, usageChrome} from '../view/usage-table.js';
import type {ExchangeLevel} from './copying.js';
import type {Destination} from './destination.js';
import {type Entry, reduceEntry} from './entry.js';
import type {FilingOverlay} from './filing.js';
import {editLine, emptyLine, type Line, type LineEdit} from './line-editor.js';
import {
	emptyList,
	isFiltered,
	type ListState,
	moved,
	type Place,
	paged,
	type RowId,
	refreshed,
	scrolled,
	selectedId,
	wheeled,
} from './list-state.js';
import {type Marked, noMarks, toggled} from './marks.js';
import {type MenuId, menuOf, type SessionOrder} from './menus.js';
import {nextProgress} from './progress.js';
import type {Deciding} from './redaction-commands.js';
import {firstChoices, type ReportChoices} from './report-choices.js';
import {initialSearch, reduceSearch, resizeSearch, type SearchAction, type SearchState} from './search-state.js';
import type {Selection} from './selection.js';

export type Notice = {text: string; level: 'info' | 'warning' | 'error'};

/** Rows that are no part of the usual view: sessions of automation, prompts taken back, events of bookkeeping. */
export type Hides = {automation: boolean; removed: boolean; technical: boolean};

/** Something drawn over the panes. */
export type Overlay =
	| {kind: Exclude<WindowKind, 'filing'>; top: number; rowCount: number}
	| FilingOverlay
	| {kind: 'menu'; menu: MenuId; index: number}
	| {kind: 'search'}
	/** What was found in a session, to decide about. */
	| {kind: 'findings'; session: SessionId; index: number}
	/** Commands to choose from by name; `line` is what is typed. */
	| {kind: 'palette'; line: Line; index: number}
	| Entry;

/** A text that scrolls. */
export type WindowKind = 'help' | 'problems' | 'usage' | 'compare' | 'filing' | 'report';

export type TextWindow = Extract<Overlay, {kind: WindowKind}>;

export const isWindow = (overlay: Overlay | undefined): overlay is TextWindow =>
	overlay !== undefined && 'rowCount' in overlay;

/** Everything the screen depends on beside the data itself. */
export type State = {
	size: ScreenSize;
	focus: PaneId;
	lists: Record<ListId, ListState>;
	/** The detail of one event: `owner` is the event, `rowCount` its rows at the present width, `match` the row of the match at hand. */
	detail: {owner: RowId | undefined; top: number; rowCount: number; match: number | undefined};
	/** List whose filter is being typed. */
	typing: ListId | undefined;
	overlay: Overlay | undefined;
	/** A shipped theme or one of `ownThemes`. */
	theme: string;
	/** Names of themes that a person has made. */
	ownThemes: readonly string[];
	/** Read aloud row by row instead of drawn. */
	isSpoken: boolean;
	/** A newcomer is told the first keys, until one is pressed. */
	isWelcome: boolean;
	order: SessionOrder;
	/** Sorts the other way round. */
	isReversed: boolean;
	/** What the lists leave out until somebody asks for it. */
	hides: Hides;
	usageBy: UsageGrouping;
	/** Sessions to do something with at once. */
	marked: Marked;
	/** What is selected in the detail, to be redacted. */
	selection: Selection | undefined;
	/** What a person is being asked about. */
	deciding: Deciding | undefined;
	/** How much of an exchange is copied: what was chosen last. */
	copyLevel: ExchangeLevel;
	/** Code of an event, to choose from what is copied. */
	codeBlocks: readonly string[];
	/** What was chosen for a report last. */
	report: ReportChoices;
	/** Sessions that are shown as they are. */
	revealed: ReadonlySet<SessionId>;
	search: SearchState;
	/** The session whose newest prompt and event stay selected while it grows. */
	following: SessionId | undefined;
	/** Where the panes are on their way to. */
	destination: Destination | undefined;
	/** Said once; the next key takes it away. */
	notice: Notice | undefined;
	progress: IngestProgress | undefined;
	/** Pieces of logs that could not be read, as far as the database knows. */
	problems: number;
	/** Why the ingest does not go on. Until a key is pressed, nothing else is said. */
	failure: string | undefined;
	isFailureNew: boolean;
	/** Where lists of other owners were left. */
	places: ReadonlyMap<string, Place>;
};

export type Motion =
	| {by: number}
	/** Share of the visible rows. */
	| {pages: number}
	| {to: 'first' | 'last'};

export type Action =
	| {type: 'resize'; size: ScreenSize}
	| {type: 'focus'; pane: PaneId}
	| {type: 'move'; motion: Motion; pane?: PaneId}
	/** The list belongs to something else now and waits for its rows. */
	| {type: 'clear-rows'; list: ListId; owner: string}
	/** `select` is taken where nothing was selected; with `isForced`, in any case. */
	| {
			type: 'rows';
			list: ListId;
			ids: readonly RowId[];
			total: number;
			matches?: number;
			select?: RowId;
			isForced?: boolean;
	  }
	/** A row got another id: a session read from its file is now in the store. */
	| {type: 'rename-row'; list: ListId; from: RowId; to: RowId}
	| {type: 'detail-rows'; owner: RowId | undefined; rowCount: number}
	/** Scrolls the detail to a row with a match. */
	| {type: 'detail-match'; row: number}
	| {type: 'select'; list: ListId; id: RowId}
	/** Selects a row that is on screen, and leaves everything where it is. */
	| {type: 'pick'; list: ListId; id: RowId}
	/** Scrolls a list, and takes the selection along where it would leave the screen. */
	| {type: 'wheel'; list: ListId; by: number}
	/** Keeps the newest prompt and event of a session selected; undefined ends that, as does any move. */
	| {type: 'follow'; session: SessionId | undefined}
	| {type: 'go'; to: Destination}
	| {type: 'arrive'; isLost: boolean}
	| {type: 'search'; action: SearchAction}
	| {type: 'edit-palette'; edit: LineEdit}
	| {type: 'move-palette'; index: number}
	| {type: 'edit-filing'; edit: LineEdit}
	| {type: 'edit-entry'; edit: LineEdit}
	| {type: 'replace-entry'; line: Line}
	/** Says what is wrong with the line that was typed. */
	| {type: 'complain'; complaint: string}
	| {type: 'toggle-mark'; threadId: string}
	| {type: 'clear-marks'}
	| {type: 'selection'; selection: Selection | undefined; row?: number}
	| {type: 'deciding'; deciding: Deciding | undefined}
	| {type: 'copy-level'; level: ExchangeLevel}
	/** Asks which of them is to be copied. */
	| {type: 'ask-code'; codeBlocks: readonly string[]; index: number}
	| {type: 'report-choices'; choices: Partial<ReportChoices>}
	| {type: 'move-findings'; index: number}
	| {type: 'reveal'; session: SessionId; isRevealed: boolean}
	| {type: 'type-filter'; list: ListId}
	| {type: 'edit-filter'; edit: LineEdit}
	| {type: 'keep-filter'}
	| {type: 'clear-filter'; list: ListId}
	| {type: 'open'; overlay: Overlay}
	| {type: 'overlay-rows'; rowCount: number}
	| {type: 'scroll-overlay'; motion: Motion}
	| {type: 'move-menu'; by: 1 | -1}
	| {type: 'select-choice'; index: number}
	| {type: 'close'}
	/** The first key was pressed. */
	| {type: 'welcomed'}
	| {type: 'theme'; theme: string}
	| {type: 'order'; order: SessionOrder; isReversed: boolean}
	| {type: 'hide'; what: keyof Hides; hide: boolean}
	| {type: 'usage-by'; by: UsageGrouping}
	| {type: 'notice'; notice: Notice | undefined}
	| {type: 'progress'; progress: IngestProgress}
	| {type: 'problems'; count: number}
	| {type: 'failure'; message: string | undefined};

type Choices = {
	theme?: string | undefined;
	ownThemes?: readonly string[] | undefined;
	isSpoken?: boolean | undefined;
	isWelcome?: boolean | undefined;
};

export const initialState = (
	size: ScreenSize,
	{theme = 'auto', ownThemes = [], isSpoken = false, isWelcome = false}: Choices = {},
): State => ({
	size,
	focus: 'sessions',
	lists: {sessions: emptyList('all'), prompts: emptyList(), events: emptyList()},
	detail: {owner: undefined, top: 0, rowCount: 0, match: undefined},
	typing: undefined,
	overlay: undefined,
	theme,
	ownThemes,
	isSpoken,
	isWelcome,
	order: 'newest',
	isReversed: false,
	hides: {automation: true, removed: true, technical: true},
	usageBy: 'day',
	selection: undefined,
	deciding: undefined,
	copyLevel: 'actions',
	codeBlocks: [],
	report: firstChoices,
	revealed: new Set(),
	marked: noMarks,
	search: initialSearch,
	following: undefined,
	destination: undefined,
	notice: undefined,
	progress: undefined,
	problems: 0,
	failure: undefined,
	isFailureNew: false,
	places: new Map(),
});

/** Rows of a pane that hold its list or text. */
export const bodyRows = (state: State, pane: PaneId): number => paneRows(arrange(state.size, state.focus), pane);

/** Whether the usage view has room for more than its figures. */
export const hasUsageChrome = ({rows}: ScreenSize): boolean => rows >= 14;

/** Rows of a window that scroll: the screen without what stays. */
export const overlayRows = (size: ScreenSize, kind: WindowKind): number =>
	Math.max(1, size.rows - (kind === 'usage' && hasUsageChrome(size) ? 3 + usageChrome : kind === 'filing' ? 5 : 4));

/** Results of a search on screen: all rows without heading, query, what is known of it, and status. */
export const searchRows = ({rows}: ScreenSize): number => Math.max(1, rows - 5);

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
