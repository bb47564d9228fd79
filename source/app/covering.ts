import type {ShownStore} from '../disclose/shown.js';
import type {Triage} from '../disclose/triage.js';
import type {SessionId} from '../model/session.js';

/** What else there is to the store of the screen, which hides what is redacted. */
export type Covering = {
	/** For what leaves the screen: whole sessions are looked through first, and nothing is revealed. */
	outgoing: ShownStore;
	/** Shows a session as it is, or redacted again. */
	reveal: (session: SessionId, isRevealed: boolean) => Promise<void>;
	/** Looks once more through a finished text of a session before it leaves: the lines with what must not, counted from 1, and the rules that say so. */
	check: (text: string, session: SessionId) => Promise<readonly {line: number; rule: string}[]>;
	/** Finds, and what a person decides about them. */
	triage: Triage & {
		/** Takes back the newest decision that was not taken back; answers what became of it. */
		undo: ShownStore['redactions']['undo'];
	};
	/** Decisions cannot be followed any more. */
	onFailure: (listener: (message: string) => void) => void;
	/** Calls back when texts of a session may be shown otherwise; null for all sessions. */
	onChange: (listener: (session: SessionId | null) => void) => void;
};
