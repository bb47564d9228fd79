import type {ListId, PaneId} from '../view/layout.js';
import type {Data} from './data.js';
import {isFiltered, type RowId, selectedId} from './list-state.js';
import type {Action, Hides, State} from './state.js';

/** A place to be taken to; each list may still have to be read on the way. */
export type Destination = {
	session: RowId;
	/** Undefined stays with whatever the session shows. */
	prompt: RowId | undefined;
	event: RowId | undefined;
	focus: PaneId;
	/** Where nothing is at that place, one stays there. */
	isQuiet?: boolean;
};

/** What may hide the row that a list is to show. */
const hiding = {sessions: 'automation', prompts: 'removed', events: 'technical'} as const satisfies Record<
	ListId,
	keyof Hides
>;

type Step = {list: ListId; owner: string; id: RowId};

const steps = ({session, prompt, event}: Destination): Step[] => [
	{list: 'sessions', owner: 'all', id: session},
	...(prompt === undefined ? [] : [{list: 'prompts', owner: String(session), id: prompt} as const]),
	...(prompt === undefined || event === undefined
		? []
		: [{list: 'events', owner: `${session}/${prompt}`, id: event} as const]),
];

/** What brings a list nearer to showing a row as the selected one; nothing while it has to be waited for. */
const stepTo = ({list, owner, id}: Step, state: State, data: Data): Action | 'there' | 'wait' | 'lost' => {
	const rows = state.lists[list];
	if (rows.owner !== owner) {
		return 'wait';
	}

	if (selectedId(rows) === id) {
		return 'there';
	}

	if (rows.ids.includes(id)) {
		return {type: 'select', list, id};
	}

	if (isFiltered(rows)) {
		return {type: 'clear-filter', list};
	}

	const isUnread = list === 'sessions' && data.sessions.item(id) === undefined;
	if (isUnread || data[list].isLoading() || data[list].filtering.isPending()) {
		return 'wait';
	}

	if (data[list].hiddenCount() === 0) {
		return 'lost';
	}

	return state.hides[hiding[list]] ? {type: 'hide', what: hiding[list], hide: false} : 'wait';
};

/** The next action on the way to where the state is to go; undefined while something is being read. */
export const nextStep = (destination: Destination, state: State, data: Data): Action | undefined => {
	for (const step of steps(destination)) {
		const next = stepTo(step, state, data);
		if (next === 'wait') {
			return undefined;
		}

		if (next === 'lost') {
			return {type: 'arrive', isLost: destination.isQuiet !== true};
		}

		if (next !== 'there') {
			return next;
		}
	}

	return {type: 'arrive', isLost: false};
};
