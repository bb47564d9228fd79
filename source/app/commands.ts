import {type ListId, type PaneId, paneIds} from '../view/layout.js';
import {usageGroupings} from '../view/usage-table.js';
import {
	completeEntry,
	copyIds,
	editNote,
	editTags,
	keepEntry,
	leaveEntry,
	saveView,
	toggleBookmark,
} from './annotation-commands.js';
import {type Command, type CommandContext, say} from './command.js';
import {copyExchange} from './copy-commands.js';
import {confirmFiling, openFiling} from './filing.js';
import {follow} from './follow-command.js';
import {copyResume, openText, resume} from './go-on-commands.js';
import type {CommandId} from './key-bindings.js';
import {keyOf} from './key-lookup.js';
import type {LineEdit} from './line-editor.js';
import {emptyLine} from './line-editor.js';
import {isFiltered, selectedId} from './list-state.js';
import {toggleMark} from './marks.js';
import {chooseSelected, leaveMenu, moveMenu, openDispositions, openMenu} from './menu-choices.js';
import {
	acceptFinding,
	allowFinding,
	compare,
	editFinding,
	endSelection,
	moveFindings,
	moveSelected,
	openFindings,
	redactSelected,
	select,
	toggleReveal,
	undoDecision,
	visitFinding,
} from './redaction-commands.js';
import {closeReport, nameReport, openReport} from './report-commands.js';
import {
	closeSearch,
	completeQuery,
	isVisiting,
	movePalette,
	openHit,
	openSearch,
	runCommand,
	searchDown,
	searchPageDown,
	searchPageUp,
	searchUp,
	stepHit,
	toggleInsideWords,
	toggleSearchOrder,
} from './search-commands.js';
import {stepOrder} from './sort-commands.js';
import type {Hides, Motion} from './state.js';

const move =
	(motion: Motion): Command =>
	({dispatch}) =>
		dispatch({type: 'move', motion});

const scroll =
	(motion: Motion): Command =>
	({dispatch}) =>
		dispatch({type: 'scroll-overlay', motion});

/** Edits the line that is being typed: a search, the name of a command, tags or a note, or a pane's filter. */
export const editTyped = ({state, dispatch}: CommandContext, edit: LineEdit): void => {
	const kind = state().overlay?.kind;
	dispatch(
		kind === 'search'
			? {type: 'search', action: {to: 'edit', edit}}
			: kind === 'palette'
				? {type: 'edit-palette', edit}
				: kind === 'entry'
					? {type: 'edit-entry', edit}
					: kind === 'filing'
						? {type: 'edit-filing', edit}
						: {type: 'edit-filter', edit},
	);
};

const edit =
	(kind: 'delete-after' | 'delete-word' | 'delete-to-start' | 'left' | 'right' | 'start' | 'end'): Command =>
	context =>
		editTyped(context, {edit: kind});

/** Whether the prompt on screen is known to hold nothing that hiding or showing would change. */
const hasNoTechnical = ({state, data: {events}}: CommandContext, hide: boolean): boolean =>
	state().lists.events.owner !== '' &&
	!events.isLoading() &&
	(hide ? events.technicalCount() : events.hiddenCount()) === 0;

const toggle =
	(what: keyof Hides, command: CommandId, words: string): Command =>
	context => {
		const key = keyOf(context.keys, command);
		const hide = !context.state().hides[what];
		const isNone = what === 'technical' && hasNoTechnical(context, hide);
		context.dispatch({type: 'hide', what, hide});
		const done = hide ? `${words} are hidden; ${key} shows them.` : `${words} are shown; ${key} hides them.`;
		say(context, isNone ? `This prompt has no technical events${hide ? '' : ' to show'}.` : done);
	};

const listOf = (pane: PaneId): ListId | undefined => (pane === 'detail' ? undefined : pane);

const neighbour = (pane: PaneId, by: 1 | -1): PaneId | undefined => paneIds[paneIds.indexOf(pane) + by];

const cyclePane =
	(by: 1 | -1): Command =>
	({state, dispatch}) => {
		const index = (paneIds.indexOf(state().focus) + by + paneIds.length) % paneIds.length;
		dispatch({type: 'focus', pane: paneIds[index] ?? 'sessions'});
	};

export const stillReading = 'This session is still being read; it opens in a moment.';

const enter: Command = context => {
	const {state, data, dispatch} = context;
	const {focus, lists, failure} = state();
	const list = listOf(focus);
	const id = list && selectedId(lists[list]);
	const isPreview = list === 'sessions' && data.sessions.item(id)?.isReading === true;
	if (failure !== undefined && list === 'sessions' && (id === undefined || isPreview)) {
		dispatch({type: 'notice', notice: {text: failure, level: 'error'}});
		return;
	}

	if (id === undefined || isPreview) {
		say(context, isPreview ? stillReading : 'Nothing selected to open.');
		return;
	}

	dispatch({type: 'focus', pane: neighbour(focus, 1) ?? focus});
};

const leave: Command = context => {
	const {focus, lists, marked} = context.state();
	const list = listOf(focus);
	if (list && isFiltered(lists[list])) {
		context.dispatch({type: 'clear-filter', list});
		return;
	}

	if (list === 'sessions' && marked.size > 0) {
		context.dispatch({type: 'clear-marks'});
		return;
	}

	const pane = neighbour(focus, -1);
	if (pane) {
		context.dispatch({type: 'focus', pane});
	} else {
		say(context, `This is the first pane. Press ${keyOf(context.keys, 'quit')} to quit.`);
	}
};

const stepPrompt =
	(by: 1 | -1): Command =>
	context => {
		const before = selectedId(context.state().lists.prompts);
		context.dispatch({type: 'move', motion: {by}, pane: 'prompts'});
		if (before === undefined || selectedId(context.state().lists.prompts) === before) {
			say(context, by > 0 ? 'This is the last prompt.' : 'There is nothing before this.');
		}
	};

const stepGrouping =
	(by: 1 | -1): Command =>
	({state, dispatch}) => {
		const at = usageGroupings.indexOf(state().usageBy) + by + usageGroupings.length;
		dispatch({type: 'usage-by', by: usageGroupings[at % usageGroupings.length] ?? 'day'});
	};

/** What each command does. Keys lead here through `key-bindings.ts`. */
export const commands: Record<CommandId, Command> = {
	down: move({by: 1}),
	up: move({by: -1}),
	pageDown: move({pages: 1}),
	pageUp: move({pages: -1}),
	spaceDown: move({pages: 1}),
	halfPageDown: move({pages: 0.5}),
	halfPageUp: move({pages: -0.5}),
	first: move({to: 'first'}),
	last: move({to: 'last'}),
	enter,
	leave,
	back(context) {
		(isVisiting(context.state()) ? openSearch : leave)(context);
	},
	nextPane: cyclePane(1),
	previousPane: cyclePane(-1),
	previousPrompt: stepPrompt(-1),
	nextPrompt: stepPrompt(1),

	search: openSearch,
	closeSearch,
	openHit,
	nextHit: stepHit(1),
	previousHit: stepHit(-1),
	searchDown,
	searchUp,
	searchPageDown,
	searchPageUp,
	completeQuery,
	toggleSearchOrder,
	toggleInsideWords,
	palette: ({dispatch}) => dispatch({type: 'open', overlay: {kind: 'palette', line: emptyLine, index: 0}}),
	closePalette: ({dispatch}) => dispatch({type: 'close'}),
	paletteDown: movePalette(1),
	paletteUp: movePalette(-1),
	runCommand(context) {
		runCommand(command => commands[command](context))(context);
	},
	filter({state, dispatch}) {
		const list = listOf(state().focus);
		if (list) {
			dispatch({type: 'type-filter', list});
		}
	},
	sortMenu: openMenu('order'),
	nextOrder: stepOrder(1),
	previousOrder: stepOrder(-1),
	themeMenu: openMenu('theme'),
	toggleMark,
	editTags,
	editNote,
	openDispositions,
	toggleBookmark,
	toggleReveal,
	openFindings,
	compare,
	select,
	selectNext: moveSelected({by: 1, unit: 'word'}),
	selectPrevious: moveSelected({by: -1, unit: 'word'}),
	selectDown: moveSelected({by: 1, unit: 'line'}),
	selectUp: moveSelected({by: -1, unit: 'line'}),
	selectExtend: moveSelected({to: 'extend'}),
	selectLine: moveSelected({to: 'line'}),
	selectEvent: moveSelected({to: 'event'}),
	selectPrompt: moveSelected({to: 'prompt'}),
	redactSelected,
	endSelection,
	findingsDown: moveFindings(1),
	findingsUp: moveFindings(-1),
	findingsPageDown: moveFindings(10),
	findingsPageUp: moveFindings(-10),
	visitFinding,
	acceptFinding,
	allowFinding,
	editFinding,
	undoDecision,
	closeFindings: ({dispatch}) => dispatch({type: 'close'}),
	copyIds,
	copyExchange,
	copyMenu: openMenu('copy'),
	keepEntry,
	completeEntry,
	closeEntry: leaveEntry,
	saveView,
	toggleAutomation: toggle('automation', 'toggleAutomation', 'Sessions of automation'),
	toggleRemoved: toggle('removed', 'toggleRemoved', 'Prompts rolled back or inherited'),
	toggleTechnical: toggle('technical', 'toggleTechnical', 'Technical events'),
	follow,
	resume,
	copyResume,
	openText,
	openFiling,
	confirmFiling,
	closeFiling: ({dispatch}) => dispatch({type: 'close'}),
	filingDown: scroll({pages: 0.5}),
	filingUp: scroll({pages: -0.5}),
	openReport,
	nameReport,
	closeReport,
	problems({dispatch, data}) {
		data.problems.load();
		dispatch({type: 'open', overlay: {kind: 'problems', top: 0, rowCount: 0}});
	},
	usage(context) {
		const {data, dispatch} = context;
		if (data.usage.isAvailable) {
			dispatch({type: 'open', overlay: {kind: 'usage', top: 0, rowCount: 0}});
			data.usage.load();
		} else {
			say(context, 'There is no usage view here. See codex-tui usage.');
		}
	},
	help: ({dispatch}) => dispatch({type: 'open', overlay: {kind: 'help', top: 0, rowCount: 0}}),
	quit: ({quit}) => quit(),
	quitAnywhere: ({quit}) => quit(),

	keepFilter: ({dispatch}) => dispatch({type: 'keep-filter'}),
	clearFilter({state, dispatch}) {
		const list = state().typing;
		if (list) {
			dispatch({type: 'clear-filter', list});
		}
	},
	typingDown: move({by: 1}),
	typingUp: move({by: -1}),
	deleteBefore(context) {
		const {state, dispatch} = context;
		const list = state().typing;
		if (list && !isFiltered(state().lists[list])) {
			dispatch({type: 'keep-filter'});
		} else {
			editTyped(context, {edit: 'delete-before'});
		}
	},
	deleteAfter: edit('delete-after'),
	deleteWord: edit('delete-word'),
	deleteToStart: edit('delete-to-start'),
	caretLeft: edit('left'),
	caretRight: edit('right'),
	caretStart: edit('start'),
	caretEnd: edit('end'),

	closeOverlay({data, dispatch}) {
		data.comparison.drop();
		dispatch({type: 'close'});
	},
	overlayDown: scroll({by: 1}),
	overlayUp: scroll({by: -1}),
	overlayPageDown: scroll({pages: 1}),
	overlayPageUp: scroll({pages: -1}),
	overlayFirst: scroll({to: 'first'}),
	overlayLast: scroll({to: 'last'}),
	closeUsage: ({dispatch}) => dispatch({type: 'close'}),
	nextGrouping: stepGrouping(1),
	previousGrouping: stepGrouping(-1),
	menuDown: moveMenu(1),
	menuUp: moveMenu(-1),
	choose: chooseSelected,
	closeMenu: leaveMenu,
};
