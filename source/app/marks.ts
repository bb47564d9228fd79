import type {CommandContext} from './command.js';
import {selectedId} from './list-state.js';

/** Marked sessions by thread, so that marks outlast new rows of the list. */
export type Marked = ReadonlySet<string>;

export const noMarks: Marked = new Set();

/** Marks a session, or takes its mark away. */
export const toggled = (marked: Marked, threadId: string): Marked => {
	const next = new Set(marked);
	if (!next.delete(threadId)) {
		next.add(threadId);
	}

	return next;
};

/** Marks the selected session or takes its mark away, and goes on to the next: a held key marks many. */
export const toggleMark = ({state, data, dispatch}: CommandContext): void => {
	const item = data.sessions.item(selectedId(state().lists.sessions));
	if (item) {
		dispatch({type: 'toggle-mark', threadId: item.session.threadId});
		dispatch({type: 'move', motion: {by: 1}});
	}
};
