import type {IngestProgress} from '../ingest/progress.js';
import type {SessionId} from '../model/session.js';
import {arrange, type ListId, type PaneId, paneRows, type ScreenSize} from '../view/layout.js';
import {type UsageGrouping, usageChrome} from '../view/usage-table.js';
import type {ExchangeLevel} from './copying.js';
import type {Destination} from './destination.js';
import type {Entry} from './entry.js';
import type {FilingOverlay} from './filing.js';
import type {Line, LineEdit} from './line-editor.js';
import {emptyList, type ListState, type Place, type RowId} from './list-state.js';
import {type Marked, noMarks} from './marks.js';
import type {MenuId, SessionOrder} from './menus.js';
import type {Deciding} from './redaction-commands.js';
import {firstChoices, type ReportChoices} from './report-choices.js';
import {initialSearch, type SearchAction, type SearchState} from './search-state.js';
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
