import type {SessionId} from '../model/session.js';
import type {Part} from './sqlite/database.js';

/** How a log is written, in the words of its format; null where its beginning cannot be told. */
export type LogEra = string | null;

/** A log that the database knows. */
export type LogHealth = {
	sessionId: SessionId;
	path: string;
	/** `jsonl`, `jsonl.zst`, `json`; `history` for prompts that only the prompt history still has. */
	container: string;
	era: LogEra;
	/** Decompressed size. */
	bytes: number;
	/** No longer on disk. */
	isGone: boolean;
};

/** Logs of one kind, with the sessions they belong to. */
export type FormatHealth = {container: string; era: LogEra; sessions: number; files: number; bytes: number};

/** A log that did not just grow. */
export type LogChange = {
	path: string;
	threadId: string | null;
	/** When it was noticed: UTC, ISO 8601. */
	at: string;
	/** `rewritten`, `shortened`, `saved again`, `deleted`. */
	reason: string;
	/** Prompts that only the database still has. */
	prompts: number;
};

/** Something met so many times, with the first place of it. */
export type Finding = {what: string; count: number; path: string; line: number};

export type DatabaseHealth = {
	part: Part;
	path: string;
	/** Size on disk, the write-ahead log included. */
	bytes: number;
	/** What SQLite's own checks found, and what of the archive cannot be unpacked; empty when it is sound. */
	faults: string[];
};

/** Whether everything is in order, and what is out of the ordinary. */
export type Health = {
	logs: LogHealth[];
	/** Of the logs on disk. */
	formats: FormatHealth[];
	/** The newest first. */
	changes: LogChange[];
	/** Pieces of logs that could not be read, by reason, the most frequent first. */
	problems: Finding[];
	/** Kinds of lines that this release does not know, the most frequent first. */
	unknownKinds: Finding[];
	/** Releases of Codex that sessions were begun with, null where the log does not say. */
	versions: {version: string | null; sessions: number}[];
	databases: DatabaseHealth[];
	/**
	Raw bytes of logs: kept, still to be kept, and gone before they were; and how many logs are kept that the
	index does not list.
	*/
	archive: {bytes: number; pending: number; lost: number; unlisted: number};
};
