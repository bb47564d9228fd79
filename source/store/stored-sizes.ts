import type {SessionId} from '../model/session.js';
import type {Sizes} from '../sizes/kinds.js';
import type {Part} from './sqlite/database.js';

export type SizesQuery = {
	/** Only this one. */
	sessionId?: SessionId | undefined;
	/** Told again and again how many bytes of how many were looked through. */
	onProgress?: ((done: number, total: number) => void) | undefined;
};

/** Bytes of one session's logs as they are now, decompressed; of logs that are gone, as they were last. */
export type SessionSizes = {
	threadId: string;
	title: string | null;
	cwd: string | null;
	bytes: number;
	/** They add up to `bytes`. */
	sizes: Sizes;
};

export type StoredSizes = {
	sessions: SessionSizes[];
	/** What the databases take on disk, their write-ahead logs included. */
	databases: {part: Part; path: string; bytes: number}[];
};
