import type {EventId} from '../model/session.js';
import type {SearchHit} from '../store/search.js';
import {type Command, type CommandContext, say} from './command.js';
import type {CommandId} from './key-bindings.js';
import {keyOf} from './key-lookup.js';
import {lineText} from './line-editor.js';
import {type RowId, selectedId} from './list-state.js';
import {type PaletteEntry, paletteEntries} from './palette.js';
import type {SearchAction, Whereabouts} from './search-state.js';
import type {State} from './state.js';

const whereabouts = ({focus, lists}: State): Whereabouts => ({
	focus,
	session: selectedId(lists.sessions),
	prompt: selectedId(lists.prompts),
	event: selectedId(lists.events),
});

const isThere = (a: Whereabouts, b: Whereabouts): boolean =>
	a.focus === b.focus && a.session === b.session && a.prompt === b.prompt && a.event === b.event;

/** Whether the panes show the result that was opened last. */
export const isVisiting = ({search, lists, focus}: State): boolean =>
	search.visited !== undefined &&
	(focus === 'events' || focus === 'detail') &&
	selectedId(lists.events) === search.visited;

/** Opens the search over everything; what was typed before is there, and selected. */
export const openSearch: Command = context => {
	const {state, data, dispatch} = context;
	if (!data.search.isAvailable) {
		say(context, 'There is no search here. See codex-tui search.');
		return;
	}

	dispatch({type: 'search', action: {to: 'open', origin: whereabouts(state())}});
	dispatch({type: 'open', overlay: {kind: 'search'}});
};

/** Back to where one was before the search was opened. */
export const closeSearch: Command = ({state, dispatch}) => {
	const {origin} = state().search;
	dispatch({type: 'close'});
	dispatch({type: 'search', action: {to: 'leave'}});
	if (origin?.session !== undefined && !isThere(origin, whereabouts(state()))) {
		const {session, prompt, event, focus} = origin;
		dispatch({type: 'go', to: {session, prompt, event, focus, isQuiet: true}});
	}
};

const visit = ({data, dispatch}: CommandContext, hit: SearchHit): void => {
	data.search.keep();
	dispatch({type: 'search', action: {to: 'visit', id: hit.id, row: hit.id}});
	dispatch({type: 'go', to: {session: hit.sessionId, prompt: hit.promptId, event: hit.id, focus: 'detail'}});
};

/** Shows the selected result where it stands; a query of earlier is taken up again. */
export const openHit: Command = context => {
	const {state, data, dispatch} = context;
	const row = data.search.row(selectedId(state().search.list));
	if (row?.type === 'hit') {
		visit(context, row.hit);
	} else if (row?.type === 'query') {
		dispatch({type: 'search', action: {to: 'replace', line: {before: row.text, after: ''}}});
	} else if (row?.session) {
		data.search.keep();
		dispatch({type: 'go', to: {session: row.session.id, prompt: undefined, event: undefined, focus: 'sessions'}});
	} else {
		say(context, 'Nothing is found yet to be shown.');
	}
};

const isHit = (id: RowId): id is EventId => typeof id === 'number';

/** The next or previous match of the result that is shown, else of the results. */
export const stepHit =
	(by: 1 | -1): Command =>
	context => {
		const {state, data, dispatch} = context;
		const {search, detail} = state();
		const hits = search.list.ids.filter(isHit);
		if (hits.length === 0) {
			say(context, `Nothing is searched for. ${keyOf(context.keys, 'search')} opens the search.`);
			return;
		}

		if (isVisiting(state())) {
			const rows = data.detail.matchRows();
			const {match = -1} = detail;
			const row = by > 0 ? rows.find(at => at > match) : rows.findLast(at => at < match);
			if (row !== undefined) {
				dispatch({type: 'detail-match', row});
				return;
			}
		}

		const at = search.visited === undefined ? -1 : hits.indexOf(search.visited);
		const hit = data.search.hit(hits[at < 0 ? 0 : at + by]);
		if (hit) {
			visit(context, hit);
			say(context, `Result ${hits.indexOf(hit.id) + 1} of ${hits.length}`);
		} else {
			say(context, by > 0 ? 'This is the last result.' : 'This is the first result.');
		}
	};

const change =
	(action: SearchAction): Command =>
	({dispatch}) =>
		dispatch({type: 'search', action});

export const searchUp: Command = ({state, data, dispatch}) => {
	const {list} = state().search;
	const older = list.cursor === 0 || selectedId(list) === undefined ? data.search.older() : undefined;
	dispatch({
		type: 'search',
		action: older === undefined ? {to: 'move', by: -1} : {to: 'replace', line: {before: older, after: ''}},
	});
};

export const searchDown = change({to: 'move', by: 1});
export const searchPageDown = change({to: 'page', pages: 1});
export const searchPageUp = change({to: 'page', pages: -1});

export const toggleSearchOrder: Command = ({state, dispatch}) =>
	dispatch({type: 'search', action: {to: 'order', order: state().search.order === 'newest' ? 'best' : 'newest'}});

export const toggleInsideWords: Command = ({state, dispatch}) =>
	dispatch({type: 'search', action: {to: 'inside-words', isInsideWords: !state().search.isInsideWords}});

export const completeQuery: Command = context => {
	const line = context.data.search.completed();
	if (line) {
		context.dispatch({type: 'search', action: {to: 'replace', line}});
	} else {
		say(context, 'Nothing to complete here: type the beginning of a filter, such as repo:');
	}
};

/** The commands that fit what is typed into the list of commands. */
const entriesOf = ({keys, state}: CommandContext): PaletteEntry[] => {
	const {overlay, focus} = state();
	return overlay?.kind === 'palette' ? paletteEntries(keys, lineText(overlay.line), focus) : [];
};

export const movePalette =
	(by: 1 | -1): Command =>
	context => {
		const {overlay} = context.state();
		const count = entriesOf(context).length;
		if (overlay?.kind === 'palette' && count > 0) {
			context.dispatch({type: 'move-palette', index: (overlay.index + by + count) % count});
		}
	};

/** Closes the list of commands and does what is selected there. */
export const runCommand =
	(run: (command: CommandId) => void): Command =>
	context => {
		const {state, dispatch} = context;
		const {overlay} = state();
		const entry = overlay?.kind === 'palette' ? entriesOf(context)[overlay.index] : undefined;
		if (!entry) {
			say(context, 'No command has such a name.');
			return;
		}

		dispatch({type: 'close'});
		if (entry.isUsable) {
			run(entry.command);
		} else {
			say(context, `That works in another pane: ${entry.keys} there.`);
		}
	};
