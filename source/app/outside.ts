import type {Shown} from '../disclose/shown.js';
import type {SessionId} from '../model/session.js';
import type {EventDetail} from '../store/store.js';

/** Where a session came from, as the disk has it: to act on, never to be shown. */
export type Origin = {
	/** As Codex knows it. */
	threadId: string;
	/** Folder it ran in. */
	cwd: string | null;
	/** Its logs, wherever they lay when they were read last. */
	paths: readonly string[];
};

/** Finds the origin of a stored session. */
export type OriginOf = (id: SessionId) => Promise<Origin | undefined>;

/** What Codex itself may do with the logs of a session. */
export type Filing = 'archive' | 'unarchive' | 'delete';

/** A sentence for the status line that says why something was not done; undefined once it is done. */
export type Trouble = string | undefined;

/** What the explorer may start outside of itself. Nothing here throws for what a person can mend. */
export type Outside = {
	/** Hands the terminal over to Codex, to go on with a session, and takes it back when Codex ends. */
	resume: (origin: Origin) => Promise<Trouble>;
	/** The same as a line for a shell. */
	resumeLine: (origin: Origin) => string;
	/** Shows an event, redacted, as a text in the person's editor or pager. */
	openEvent: (detail: Shown<EventDetail>) => Promise<Trouble>;
	/** Shows copies of a session's logs, as they are, which is noted, in the person's editor or pager. */
	openLogs: (id: SessionId) => Promise<Trouble>;
	/** Why Codex cannot do this; undefined where it can. */
	refuses: (filing: Filing) => Promise<Trouble>;
	/** Bytes that files take on disk; null for one that is not there. */
	sizesOf: (paths: readonly string[]) => Promise<(number | null)[]>;
	/** Whether another program has one of these files open, as far as this computer tells. */
	isOpen: (paths: readonly string[]) => Promise<boolean>;
	/** Has Codex do it, without asking again. */
	file: (filing: Filing, origin: Origin) => Promise<Trouble>;
};

/** Lends the terminal: meanwhile nothing is drawn and no key is read. */
export type HandOver = <T>(work: () => Promise<T>) => Promise<T>;
