import type {CopiedPrompts} from '../format.js';
import {list, number, object, text} from '../json.js';
import type {Envelope} from './read-record.js';

/*
Forks and sub-agents begin with a copy of their parent's lines, stamped anew and without a mark
(format reference 3.4, 13.5, 13.6). This tells where the copy ends.
*/

export type InheritanceState = {
	/** Unix ms at which the thread was made, out of its id; null for ids that hold no time. */
	threadMadeAt: number | null;
	/** Thread whose lines are being copied; null before or after a copy. */
	copiedFrom: string | null;
	/** Records below this ordinal are the parent's. */
	ownFromOrdinal: number | null;
	lastAt: number | null;
	/** Told from outside: overrules everything that the lines suggest. */
	known: CopiedPrompts | null;
};

export const nothingInherited = (): InheritanceState => ({
	threadMadeAt: null,
	copiedFrom: null,
	ownFromOrdinal: null,
	lastAt: null,
	known: null,
});

/** Unix ms in a UUID of version 7; null for others. */
export const timeInId = (id: string | null): number | null =>
	id !== null && /^[\da-f]{8}-[\da-f]{4}-7/i.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;

/** Copied lines are stamped within one burst; what comes after such a pause was not copied. */
const pauseMs = 300;

const turnIdOf = ({type, payload}: Envelope): string | null =>
	type === 'event_msg' || type === 'turn_context'
		? text(payload, 'turn_id')
		: text(object(payload, 'internal_chat_message_metadata_passthrough'), 'turn_id');

/** Whether something that a person or agent does begins here, so that a pause before it means something. */
const canBegin = ({type, payload}: Envelope): boolean =>
	type === 'turn_context' ||
	['task_started', 'user_message'].includes(text(payload, 'type') ?? '') ||
	(text(payload, 'type') === 'message' && text(payload, 'role') === 'user' && list(payload, 'content').length > 0);

/** Notes the thread's own first line. */
export const beginThread = (state: InheritanceState, {payload}: Envelope): void => {
	state.threadMadeAt = timeInId(text(payload, 'id'));
	const start = number(payload, 'subagent_history_start_ordinal');
	state.ownFromOrdinal = start !== null && start > 0 ? start : null;
};

/** Notes a later `session_meta`: of another thread, it begins a copy of that one. */
export const beginCopy = (state: InheritanceState, threadId: string | null, {payload}: Envelope): boolean => {
	const id = text(payload, 'id');
	if (id === null || id === threadId) {
		return false;
	}

	state.copiedFrom = id;
	return true;
};

/** Whether a record asks something of its own: a prompt, in whichever spelling comes first. */
const asks = ({type, payload}: Envelope): boolean =>
	type === 'event_msg'
		? ['user_message', 'task_started'].includes(text(payload, 'type') ?? '') ||
			text(object(payload, 'item'), 'type') === 'UserMessage'
		: type === 'response_item' && text(payload, 'role') === 'user';

/** Whether a record is the parent's. Call once for each record, in order, with the prompts opened so far. */
export const isInherited = (state: InheritanceState, envelope: Envelope, prompts: number): boolean => {
	if (state.known !== null) {
		// What prepares the first own turn may still be counted to the copy; what is asked may not.
		return prompts < state.known.count || (prompts === state.known.count && !asks(envelope));
	}

	const {at, ordinal} = envelope;
	const pause = at !== null && state.lastAt !== null ? at - state.lastAt : 0;
	state.lastAt = at ?? state.lastAt;
	if (state.ownFromOrdinal !== null && ordinal !== null && ordinal > 0) {
		if (ordinal >= state.ownFromOrdinal) {
			state.ownFromOrdinal = null;
			state.copiedFrom = null;
			return false;
		}

		return true;
	}

	if (state.copiedFrom === null) {
		return false;
	}

	const turnMadeAt = timeInId(turnIdOf(envelope));
	const isOwnTurn =
		turnMadeAt !== null && state.threadMadeAt !== null
			? turnMadeAt >= state.threadMadeAt
			: pause >= pauseMs && canBegin(envelope);
	if (isOwnTurn) {
		state.copiedFrom = null;
	}

	return !isOwnTurn;
};
