import type {ShownStore} from '../disclose/shown.js';
import type {SessionId} from '../model/session.js';

/** What else there is to the store of the screen, which hides what is redacted. */
export type Covering = {
	/** For what leaves the screen: whole sessions are looked through first, and nothing is revealed. */
	outgoing: ShownStore;
	/** Shows a session as it is, or redacted again. */
	reveal: (session: SessionId, isRevealed: boolean) => Promise<void>;
	/** Calls back when texts of a session may be shown otherwise; null for all sessions. */
	onChange: (listener: (session: SessionId | null) => void) => void;
};
