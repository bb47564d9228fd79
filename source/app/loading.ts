import type {PaneId} from '../view/layout.js';
import type {Data} from './data.js';
import type {CommandId} from './key-bindings.js';
import {selectedId} from './list-state.js';
import type {State} from './state.js';

const movesInPane: ReadonlySet<CommandId> = new Set([
	'down',
	'up',
	'pageDown',
	'pageUp',
	'halfPageDown',
	'halfPageUp',
	'first',
	'last',
	'enter',
]);

/** Whether rows of a pane are on their way: its first, or those of its filter. */
const isPaneLoading = (pane: PaneId, state: State, data: Data): boolean => {
	if (pane === 'detail') {
		return data.detail.isLoading();
	}

	const {isLoading, filtering} = data[pane];
	return (state.lists[pane].ids.length === 0 && isLoading()) || filtering.isPending();
};

/** Whether Enter would open a session that is known by the head of its file only, and is being read. */
export const opensPreview = ({focus, lists, failure}: State, {sessions}: Data): boolean =>
	focus === 'sessions' && failure === undefined && sessions.item(selectedId(lists.sessions))?.isReading === true;

/** Whether a command is about rows that have not come yet. */
export const isAwaitingRows = (command: CommandId, state: State, data: Data): boolean => {
	if (command === 'previousPrompt' || command === 'nextPrompt') {
		return isPaneLoading('prompts', state, data);
	}

	return (
		movesInPane.has(command) &&
		(isPaneLoading(state.focus, state, data) || (command === 'enter' && opensPreview(state, data)))
	);
};
