import type {ExcerptKind} from '../report/excerpt.js';

export type {ExchangeLevel} from '../report/excerpt.js';

/** What the menu of copies offers. */
export type CopyChoice = ExcerptKind | 'code' | 'resume';

/** How what is copied is called, and what is said where there is none. */
export const copyWords: Record<Exclude<CopyChoice, 'resume'>, {name: string; missing: string}> = {
	event: {name: 'the event', missing: 'No event is selected.'},
	prompt: {name: 'the prompt', missing: 'No prompt is selected.'},
	answer: {name: 'the answer', missing: 'This prompt has no answer.'},
	answers: {name: 'the exchange', missing: 'No prompt is selected.'},
	actions: {name: 'the exchange', missing: 'No prompt is selected.'},
	full: {name: 'the full exchange', missing: 'No prompt is selected.'},
	code: {name: 'the code', missing: 'The selected event has no code.'},
	command: {name: 'the command', missing: 'The selected event is no command.'},
	diff: {name: 'the diff', missing: 'The selected event has no diff.'},
	'session-id': {name: 'the id of the session', missing: 'The log tells no id.'},
	path: {name: 'the path of the log', missing: 'This session has no log.'},
};
