import type {EventId, SessionId} from '../model/session.js';
import type {Finding} from '../redact/finding.js';
import type {Store} from './store.js';

/** Where a value that must not be shown was met first in a log, and how often from there on. */
export type FoundPlace = Finding & {
	eventId: EventId;
	/** As rules and lists name it: `output`, `changes.path`, `prompt.text`. Offsets count in its text. */
	field: string;
	places: number;
};

/**
What was found in the background that must not be shown, without the values. `rules` is the fingerprint of the rules that hold
now (`Redactor.fingerprint`): what others found counts as not looked through.
*/
export type Findings = {
	/** Different values per session, home folders left out, which become `~`; null where not all was looked through yet. */
	counts(rules: string): Promise<ReadonlyMap<SessionId, number | null>>;
	/** What was found in a session, each value once per log; empty where it was not looked through. */
	of(id: SessionId, rules: string): Promise<FoundPlace[]>;
	isLookedThrough(id: SessionId, rules: string): Promise<boolean>;
	/** Bytes of a session's logs that are left to be looked through. */
	unseenBytes(id: SessionId, rules: string): Promise<number>;
	/**
	The store with only those events and prompts of a session in which a new value was met, and everything that was not
	looked through: what a memory of all values is made of.
	*/
	lessons(rules: string): Pick<Store, 'prelude' | 'prompts'>;
};
