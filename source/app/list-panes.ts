import {cutToWidth} from '../text/cells.js';
import type {Row} from '../text/span.js';
import {wrapRow} from '../text/wrap-row.js';
import {eventWords, promptWords, sessionWords} from '../view/annotation-signs.js';
import {emptyText} from '../view/empty-states.js';
import {eventColumns, eventHeading, eventRow, pendingEventRow} from '../view/event-rows.js';
import type {ListId, PaneId} from '../view/layout.js';
import {listTitle} from '../view/list-title.js';
import {preludeRow, promptColumns, promptHeading, promptRow} from '../view/prompt-rows.js';
import {sessionColumns, sessionHeading, sessionRow} from '../view/session-rows.js';
import type {Data} from './data.js';
import type {KeyMap} from './key-bindings.js';
import {keyOf} from './key-lookup.js';
import {lineText} from './line-editor.js';
import {isFiltered, type ListState, type RowId, selectedId} from './list-state.js';
import {preludeId} from './prompt-feed.js';
import {createRowCache} from './row-cache.js';
import {sortedColumn} from './session-order.js';
import type {State} from './state.js';

export type PaneContext = {
	keys: KeyMap;
	state: State;
	data: Data;
	now: Date;
	homeLabel: string;
	userHome: string | undefined;
};

/** How one list draws its heading and rows in `width` cells. */
type Drawing = {heading: (title: Row) => Row; row: (id: RowId) => Row};

const cached = createRowCache();

/** Times on screen are minutes old at most; rows are made again when the minute changes. */
const minuteOf = (now: Date): number => Math.floor(now.getTime() / 60_000);

const drawSessions = ({state, data, now, userHome}: PaneContext, width: number): Drawing => {
	const columns = sessionColumns(width, state.order === 'redactions' ? 'redactions' : undefined);
	const marks = data.sessions.filtering.marks();
	const isByEnd = state.order === 'active';
	const isStopped = state.failure !== undefined;
	const key = `${width} ${minuteOf(now)} ${isByEnd} ${isStopped}`;
	return {
		heading: title => sessionHeading(columns, title, sortedColumn(state.order, state.isReversed)),
		row(id) {
			const item = data.sessions.item(id);
			const added = data.annotations.session(item?.session.threadId);
			const isMarked = state.marked.has(item?.session.threadId ?? '');
			const kin = data.sessions.kin(id);
			const isLive = data.live.isLive(id);
			const {guide, isContext, branch} = kin;
			const redactions = item ? data.sessions.redactions(item.session) : null;
			return item
				? cached(
						item,
						`${key} ${guide} ${isContext} ${branch?.threads} ${branch?.tokens} ${isMarked} ${isLive} ${redactions} ${sessionWords(added)}`,
						marks.get(id),
						() =>
							sessionRow(item.session, columns, {
								now,
								home: userHome,
								marks: marks.get(id),
								isByEnd,
								kin,
								redactions,
								isReading: item.isReading,
								added,
								isMarked,
								isLive,
								isStopped,
							}),
					)
				: [];
		},
	};
};

const drawPrompts = ({data}: PaneContext, width: number): Drawing => {
	const columns = promptColumns(width, data.prompts.count());
	const marks = data.prompts.filtering.marks();
	const key = `${width} ${columns.index}`;
	return {
		heading: title => promptHeading(columns, title),
		row(id) {
			if (id === preludeId) {
				return preludeRow(data.prompts.preludeCount(), columns);
			}

			const prompt = data.prompts.prompt(id);
			const added = data.annotations.prompt(id);
			return prompt
				? cached(prompt, `${key} ${promptWords(added)}`, marks.get(id), () =>
						promptRow(prompt, columns, marks.get(id), added),
					)
				: [];
		},
	};
};

const drawEvents = ({data}: PaneContext, width: number): Drawing => {
	const columns = eventColumns(width);
	const marks = data.events.filtering.marks();
	const folder = data.events.folder();
	const key = `${width} ${folder}`;
	return {
		heading: title => eventHeading(columns, title),
		row(id) {
			const event = data.events.event(id);
			const added = data.annotations.event(id);
			return event
				? cached(event, `${key} ${eventWords(added)}`, marks.get(id), () =>
						eventRow(event, columns, {marks: marks.get(id), folder, added}),
					)
				: pendingEventRow(columns);
		},
	};
};

const drawings: Record<ListId, (context: PaneContext, width: number) => Drawing> = {
	sessions: drawSessions,
	prompts: drawPrompts,
	events: drawEvents,
};

const names: Record<ListId, string> = {sessions: 'Sessions', prompts: 'Prompts', events: 'Events'};

/** The key that shows what a list leaves out. */
const toggles = {sessions: 'toggleAutomation', prompts: 'toggleRemoved', events: 'toggleTechnical'} as const;

/** Rows that a list leaves out until somebody asks for them. */
export const hiddenIn = (pane: PaneId, {sessions, prompts, events}: Data): number =>
	pane === 'detail' ? 0 : {sessions, prompts, events}[pane].hiddenCount();

const titleOf = (list: ListId, {state, keys}: PaneContext, hidden: number, width: number): Row => {
	const {lists, focus, typing, marked, following} = state;
	const {ids, cursor, total, matches, filter} = lists[list];
	const hasFilter = isFiltered(lists[list]) || typing === list;
	return listTitle(
		{
			name: names[list],
			isFocused: focus === list,
			place: cursor + 1,
			shown: ids.length,
			hidden,
			hiddenKey: keyOf(keys, toggles[list]),
			marked: list === 'sessions' ? marked.size : 0,
			isFollowing: list !== 'sessions' && following !== undefined,
			filter: hasFilter ? {text: lineText(filter), matches, of: total} : undefined,
		},
		width,
	);
};

export type ListPaneModel = {
	heading: Row;
	/** Rows on screen, each exactly as wide as asked for. */
	rows: Row[];
	/** Index of the selected row among them; -1 when none is. */
	selected: number;
	/** What stands there instead when there are none. */
	empty: Row[];
	/** Stands below the rows, at the bottom of the pane. */
	footer: Row | undefined;
	/** Place of the window in the list: first row, rows on screen, all rows. */
	scroll: {top: number; visible: number; total: number};
};

export const emptyRows = (lines: readonly string[], width: number): Row[] =>
	lines.flatMap(text => wrapRow([{text, tone: 'dim'}], width).map(row => cutToWidth(row, width)));

/** First row of a window that may be lower than the list expects, while a menu takes some of it. */
const windowTop = ({top, cursor}: ListState, height: number): number => Math.max(top, cursor - height + 1);

const isLoading = (list: ListId, {sessions, prompts, events}: Data): boolean =>
	({sessions, prompts, events})[list].isLoading();

const hasParent = (list: ListId, {lists}: State): boolean =>
	list === 'sessions' || selectedId(lists[list === 'prompts' ? 'sessions' : 'prompts']) !== undefined;

/** Everything a list pane draws, in `width` cells and `height` rows. */
export const listPane = (list: ListId, context: PaneContext, width: number, height: number): ListPaneModel => {
	const {state, data, homeLabel, keys} = context;
	const {heading, row} = drawings[list](context, width);
	const model = state.lists[list];
	const top = windowTop(model, height);
	const ids = model.ids.slice(top, top + height);
	const hidden = hiddenIn(list, data);
	const words = (): string[] => {
		if (list === 'prompts' && data.sessions.item(selectedId(state.lists.sessions))?.isReading) {
			return [state.failure ?? 'This session is still being read.'];
		}

		return emptyText(list, {
			total: model.total,
			hidden,
			hiddenKey: keyOf(keys, toggles[list]),
			filter: lineText(model.filter),
			clearKey: keyOf(keys, 'back'),
			isLoading: isLoading(list, data),
			isIngesting: state.progress?.phase !== 'watching',
			failure: state.failure,
			home: homeLabel,
			hasParent: hasParent(list, state),
		});
	};

	return {
		heading: heading(titleOf(list, context, hidden, width)),
		rows: ids.map(row),
		selected: ids.length === 0 ? -1 : model.cursor - top,
		empty: ids.length > 0 ? [] : emptyRows(words(), width),
		footer: undefined,
		scroll: {top, visible: ids.length, total: model.ids.length},
	};
};
