import type {Part} from './sqlite/database.js';

/** How a backup is made. */
export type BackupOptions = {
	/** Whether a file that is there already may be replaced. */
	replaces: boolean;
	/** Told again and again how much is done, from 0 to 1. */
	onProgress?: ((share: number) => void) | undefined;
	/** Gives up, and leaves nothing behind. */
	signal?: AbortSignal | undefined;
};

/** What a backup holds. */
export type Backup = {
	/** The copy of the archive. */
	path: string;
	/** Its size. */
	bytes: number;
	/** Logs, earlier versions of rewritten ones counted too. */
	logs: number;
	/** Their size, decompressed. */
	logBytes: number;
	/** The copy of what people added; null where nothing was. */
	annotations: {path: string; bytes: number} | null;
	/** The copy of the key that decisions about secrets are sealed with; null where there is none. */
	key: string | null;
};

/** A database that was written anew without the room that deleted rows had left. */
export type Vacuumed = {
	part: Part;
	path: string;
	/** Bytes on disk, the write-ahead log included. */
	before: number;
	after: number;
};

/** What forgetting some sessions would take away, and what it would not. */
export type ForgetPlan = {
	sessions: {
		threadId: string;
		/** Decompressed, earlier versions of logs included. */
		bytes: number;
		/** Paths as last seen. The logs themselves stay. */
		logs: string[];
		/** Sessions that began as copies of it, or that it started: they may hold some of its text. */
		copies: {threadId: string; kind: string}[];
	}[];
	/** Files beside the databases that may hold older copies of all this. */
	otherFiles: string[];
};

/** A thread whose logs are not read any more. */
export type ForgottenThread = {threadId: string; logs: number; forgottenAt: string; actor: string};
