import type {EventKind, LogEvent} from '../model/log-event.js';
import type {ReportMode} from './request.js';

/** Whether a report of this mode tells an event. */
export const isTold = (event: LogEvent, mode: ReportMode): boolean => {
	switch (mode) {
		case 'full':
			return true;
		case 'prompts':
		case 'usage':
			return false;
		case 'answers':
			return isAnswer(event);
		case 'actions':
			return isAnswer(event) || isAction(event);
	}
};

/** Kinds of events that a mode never tells, and that say nothing about what was used. */
export const neverTold = (mode: ReportMode): ReadonlySet<EventKind> => new Set(mode === 'full' ? [] : unseen[mode]);

const silent: EventKind[] = ['session-meta', 'turn-start', 'snapshot', 'name', 'unknown'];
const actions: EventKind[] = [...silent, 'reasoning', 'tool-call', 'user-command', 'compaction', 'rollback', 'notice'];
const everything: EventKind[] = [...actions, 'message', 'plan', 'turn-end', 'turn-aborted'];

const unseen: Record<Exclude<ReportMode, 'full'>, readonly EventKind[]> = {
	prompts: everything,
	usage: everything,
	answers: actions,
	actions: silent,
};

const isAnswer = (event: LogEvent): boolean => {
	switch (event.kind) {
		case 'message':
			return event.context === null && event.role !== 'developer' && event.role !== 'system';
		case 'plan':
		case 'turn-aborted':
			return true;
		case 'turn-end':
			return event.error !== null;
		default:
			return false;
	}
};

const isAction = (event: LogEvent): boolean => {
	switch (event.kind) {
		case 'reasoning':
			return event.text !== '';
		case 'tool-call':
		case 'user-command':
		case 'compaction':
		case 'review':
		case 'rollback':
		case 'notice':
			return true;
		default:
			return false;
	}
};
