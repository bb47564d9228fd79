import {exactCountLabel, percentLabel} from '../text/labels.js';
import type {Row} from '../text/span.js';
import {eventWords, promptWords, sessionWords} from '../view/annotation-signs.js';
import {breadcrumbRow, type Crumbs} from '../view/breadcrumb.js';
import {eventFields} from '../view/event-rows.js';
import {arrange, type PaneId, type ScreenSize} from '../view/layout.js';
import {countRedactions, markRedactions} from '../view/mark-redactions.js';
import {promptFooter} from '../view/prompt-footer.js';
import {joinCells} from '../view/spans.js';
import {statusRow} from '../view/status-row.js';
import {welcomeRow} from '../view/welcome-row.js';
import {paneInset} from './data.js';
import {entryModel} from './entry-model.js';
import {findingsProps} from './findings-screen.js';
import type {Scope} from './key-bindings.js';
import {hintsFor, keyOf} from './key-lookup.js';
import {emptyRows, hiddenIn, type ListPaneModel, listPane, type PaneContext} from './list-panes.js';
import {selectedId} from './list-state.js';
import {type Menu, type MenuId, menuOf} from './menus.js';
import {type OverlayProps, overlayContent} from './overlay-content.js';
import {preludeId} from './prompt-feed.js';
import {doingWords} from './report-commands.js';
import {isVisiting} from './search-commands.js';
import {paletteProps, searchProps} from './search-screen.js';
import {withSelection, wordsOf} from './selection.js';
import {isWindow, type Notice, overlayRows, type TextWindow} from './state.js';

export type PaneProps = ListPaneModel & {
	id: PaneId;
	width: number;
	height: number;
	isFocused: boolean;
};

export type MenuProps = Menu & {menu: MenuId; index: number; height: number; chooseKey: string};

/** The whole screen as data: what `panes/` draws, and what tests look at. */
export type Screen = {
	size: ScreenSize;
	theme: string;
	breadcrumb: Row | undefined;
	hasTitles: boolean;
	panes: PaneProps[];
	bodyRows: number;
	status: Row | undefined;
	/** A text in place of the panes. */
	overlay: OverlayProps | undefined;
	/** A choice below the panes. */
	menu: MenuProps | undefined;
};

export type ScreenContext = PaneContext & {scope: Scope};

const titleOfDetail = ({state}: PaneContext, height: number): Row => {
	const {top, rowCount} = state.detail;
	const last = Math.min(rowCount, top + height);
	const isFocused = state.focus === 'detail';
	return [
		{text: 'Detail', tone: isFocused ? 'heading' : 'dim', bold: isFocused},
		{
			text:
				rowCount > 0
					? ` rows ${exactCountLabel(top + 1)}–${exactCountLabel(last)} of ${exactCountLabel(rowCount)}`
					: '',
			tone: 'dim',
		},
	];
};

const detailPane = (context: PaneContext, width: number, height: number): ListPaneModel => {
	const {state, data} = context;
	const {top, rowCount} = state.detail;
	const all = data.detail.rows();
	const visible = all.slice(top, top + height);
	const rows = state.selection ? withSelection(visible, top, state.selection, wordsOf(all)) : visible;
	const seen = percentLabel(Math.min(rowCount, top + height), rowCount || null);
	const hasEvent = selectedId(state.lists.events) !== undefined;
	return {
		heading: joinCells(
			[
				{row: titleOfDetail(context, height), width: Math.max(0, width - 5)},
				{row: rowCount > height ? [{text: seen, tone: 'dim'}] : [], width: 5, align: 'right'},
			],
			0,
		),
		rows,
		selected: -1,
		empty: rows.length > 0 ? [] : emptyRows([hasEvent ? '' : 'No event selected.'], width),
		footer: undefined,
		scroll: {top, visible: rows.length, total: rowCount},
	};
};

const crumbs = ({state, data, homeLabel}: PaneContext): Crumbs => {
	const {lists, focus} = state;
	const session = data.sessions.item(selectedId(lists.sessions))?.session;
	const promptId = selectedId(lists.prompts);
	const prompt = data.prompts.prompt(promptId);
	const event = data.events.event(selectedId(lists.events));
	const {annotations} = data;
	const isIn = (...panes: PaneId[]): boolean => panes.includes(focus);
	return {
		home: homeLabel,
		session: session && (session.title ?? 'session without prompts'),
		prompt: isIn('sessions')
			? undefined
			: prompt
				? `Prompt ${prompt.index}: ${prompt.title}`
				: promptId === preludeId
					? 'Prelude'
					: undefined,
		event:
			isIn('events', 'detail') && event
				? eventFields(event, data.events.folder()).filter(Boolean).join(' ') || event.kind
				: undefined,
		isRevealed: session !== undefined && state.revealed.has(session.id),
		added: isIn('sessions')
			? sessionWords(annotations.session(session?.threadId))
			: isIn('prompts')
				? promptWords(annotations.prompt(promptId))
				: eventWords(annotations.event(event?.id)),
	};
};

/** What a report comes to, as long as that is waited for. */
const underWay = ({state, data, keys}: Pick<PaneContext, 'state' | 'data' | 'keys'>): Notice | undefined => {
	const doing = state.overlay?.kind === 'report' ? doingWords(data.report, keys) : undefined;
	return doing === undefined ? undefined : {text: doing, level: 'info'};
};

const statusOf = ({state, data, scope, keys}: ScreenContext, width: number, redactions: number): Row => {
	const list = state.typing && state.lists[state.typing];
	return statusRow(
		{
			progress: state.progress,
			problems: state.problems,
			problemsKey: keyOf(keys, 'problems'),
			failure: state.failure,
			notice: state.isFailureNew ? undefined : (state.notice ?? underWay({state, data, keys})),
			typing: list && {...list.filter, matches: list.matches, total: list.total},
			entry:
				state.overlay?.kind === 'entry'
					? entryModel(state.overlay, data.annotations.tags(), keyOf(keys, 'completeEntry'))
					: undefined,
			hints: [
				...(scope === 'panes' && redactions > 0
					? [{key: keyOf(keys, 'toggleReveal'), hint: `${exactCountLabel(redactions)} redacted`}]
					: []),
				...(scope === 'panes' && isVisiting(state)
					? [{key: `${keyOf(keys, 'nextHit')} ${keyOf(keys, 'previousHit')}`, hint: 'match'}]
					: []),
				...hintsFor(keys, scope, state.focus, hiddenIn(state.focus, data)),
			],
		},
		width,
	);
};

const windowProps = (overlay: TextWindow, context: PaneContext): OverlayProps => {
	const {title, head, foot, rowCount, rows} = overlayContent(overlay.kind, context);
	const height = overlayRows(context.state.size, overlay.kind);
	const place = rowCount > height ? `  ${exactCountLabel(overlay.top + 1)}/${exactCountLabel(rowCount)}` : '';
	return {
		heading: [
			{text: title, tone: 'heading', bold: true},
			{text: place, tone: 'dim'},
		],
		title,
		head,
		foot,
		top: overlay.top,
		height,
		rowCount,
		rows: rows(overlay.top, height),
		selected: -1,
	};
};

const overlayOf = (context: PaneContext): OverlayProps | undefined => {
	const {overlay} = context.state;
	if (isWindow(overlay)) {
		return windowProps(overlay, context);
	}

	if (overlay?.kind === 'palette') {
		return paletteProps(overlay, context);
	}

	if (overlay?.kind === 'findings') {
		return findingsProps(overlay, context);
	}

	return overlay?.kind === 'search' ? searchProps(context) : undefined;
};

const menuProps = ({state, keys}: PaneContext): MenuProps | undefined => {
	if (state.overlay?.kind !== 'menu') {
		return undefined;
	}

	const {menu, index} = state.overlay;
	const content = menuOf(menu, state);
	const height = Math.max(1, Math.min(content.items.length, state.size.rows - 6));
	return {...content, menu, index, height, chooseKey: keyOf(keys, 'choose')};
};

const paneModel = (id: PaneId, context: PaneContext, width: number, height: number): ListPaneModel => {
	const {state, data} = context;
	if (id === 'detail') {
		return detailPane(context, width, height);
	}

	if (id !== 'events' || !arrange(state.size, state.focus).hasFooter || height < 3) {
		return listPane(id, context, width, height);
	}

	const prompt = data.prompts.prompt(selectedId(state.lists.prompts));
	const gone = data.sessions.item(selectedId(state.lists.sessions))?.session.gone ?? null;
	return {...listPane(id, context, width, height - 1), footer: promptFooter(prompt, gone, width)};
};

const withMarks = (overlay: OverlayProps | undefined): OverlayProps | undefined =>
	overlay && {
		...overlay,
		rows: overlay.rows.map(markRedactions),
		...(overlay.beside && {beside: {...overlay.beside, rows: overlay.beside.rows.map(markRedactions)}}),
	};

/** Where one is; at the very first, what there is to press. */
const topRow = (context: PaneContext): Row => {
	const {state, keys} = context;
	const {columns} = state.size;
	const [help, search, palette] = [keyOf(keys, 'help'), keyOf(keys, 'search'), keyOf(keys, 'palette')];
	return state.isWelcome ? welcomeRow({help, search, palette}, columns) : breadcrumbRow(crumbs(context), columns);
};

/** State and data → everything on screen. Pure, and only what is visible is made. */
export const screenOf = (context: ScreenContext): Screen => {
	const {state} = context;
	const {size, focus} = state;
	const layout = arrange(size, focus);
	const menu = menuProps(context);
	const height = Math.max(1, layout.bodyRows - (menu ? menu.height + 1 : 0));
	const overlay = withMarks(overlayOf(context));
	const panes = overlay
		? []
		: layout.panes.map(({id, width}) => {
				const inner = Math.max(1, width - paneInset);
				const model = paneModel(id, context, inner, height);
				const isFocused = focus === id;
				return {...model, rows: model.rows.map(markRedactions), id, width, height, isFocused};
			});
	return {
		size,
		theme: state.theme,
		breadcrumb: layout.hasBreadcrumb ? markRedactions(topRow(context)) : undefined,
		hasTitles: layout.hasTitles,
		panes,
		bodyRows: height,
		status: layout.hasStatus
			? statusOf(context, size.columns, countRedactions(panes.flatMap(({rows}) => rows)))
			: undefined,
		overlay,
		menu,
	};
};
