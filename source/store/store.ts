import type {LogEvent} from '../model/log-event.js';
import type {Problem} from '../model/problem.js';
import type {
	EventId,
	EventSummary,
	Prompt,
	PromptId,
	PromptSummary,
	SessionId,
	SessionSummary,
	SourceFile,
} from '../model/session.js';
import type {TokenUsage} from '../model/token-usage.js';
import type {Annotations} from './annotations.js';
import type {Findings} from './findings.js';
import type {Health} from './health.js';
import type {Redactions} from './redactions.js';
import type {SizesQuery, StoredSizes} from './stored-sizes.js';

/** Which events: those of one prompt, or the session's prelude (everything before its first prompt). */
export type EventScope = {sessionId: SessionId; promptId: PromptId | 'prelude'};

/** Where a page of sessions starts: the last row of the page before. */
export type SessionCursor = {startedAt: string; id: SessionId};

/** One event in full, with where it is recorded. */
export type EventDetail = {
	id: EventId;
	/** The event; a problem where the line could not be read. */
	event: LogEvent | {kind: 'problem'; problem: Problem; excerpt: string};
	/** Log file that records it. */
	path: string;
	/** All lines that record it (call and output, event and response item), counted from 1. */
	lines: number[];
	/** The longest line of which only the beginning is told, for its length in bytes. */
	cut?: {line: number; bytes: number};
};

export type RawLine = {
	path: string;
	line: number;
	/** The line's bytes, with its line end where it has one. A line of more than 8 MB comes in several parts. */
	bytes: Uint8Array;
};

/** Which usage: of local days (`2026-11-22`, both inclusive), of a repository named by part, of a model. */
export type UsageQuery = {
	since?: string | undefined;
	until?: string | undefined;
	/** Part of the repository's name, in any case. */
	repository?: string | undefined;
	model?: string | undefined;
	/** Whose clock days follow; by default this computer's. */
	timeZone?: string | undefined;
};

/** What one session used on one local day with one model on one service tier; inherited tokens left out. */
export type UsageEntry = {
	day: string;
	sessionId: SessionId;
	threadId: string;
	title: string | null;
	/** As the log names it; null where it names none. */
	model: string | null;
	serviceTier: string | null;
	/** Remote without protocol and credentials, else the folder that the session ran in. */
	repository: string | null;
	usage: TokenUsage;
	/** Part of the input that was written to the provider's cache. */
	cacheWriteTokens: number;
};

/** Counts over everything stored. */
export type Totals = {sessions: number; prompts: number; files: number; bytes: number; problems: number};

/**
Everything that the panes, reports and commands may ask. Answers are promises although SQLite could
answer at once, so that a database on a server can stand behind the same interface.
*/
export type Store = {
	totals(): Promise<Totals>;
	/** Own tokens of every session, by day. */
	usage(query: UsageQuery): Promise<UsageEntry[]>;

	/** Newest first, by start; pages follow each other by cursor. */
	listSessions(page: {limit: number; after?: SessionCursor}): Promise<SessionSummary[]>;
	session(id: SessionId): Promise<SessionSummary | undefined>;
	/** `last`, a thread id, a unique beginning of one, or a log file's path: all sessions that match, at most 10. */
	findSessions(reference: string): Promise<SessionSummary[]>;
	sourceFiles(id: SessionId): Promise<SourceFile[]>;
	/** The session in whose log an event or prompt is recorded. */
	sessionOf(id: EventId): Promise<SessionId>;

	/** In order; empty for a session without prompts. */
	listPrompts(id: SessionId): Promise<PromptSummary[]>;
	promptText(id: PromptId): Promise<string>;

	/** Ids of the scope's events in order, lines that only repeat another event left out. */
	eventIds(scope: EventScope): Promise<EventId[]>;
	/** Rows for a window of `eventIds`, in the same order. */
	listEvents(ids: readonly EventId[]): Promise<EventSummary[]>;
	event(id: EventId): Promise<EventDetail | undefined>;

	/** Events before the first prompt of a person; in a sub-agent's session that is everything. */
	prelude(id: SessionId): AsyncIterable<LogEvent>;
	/** Every prompt of a person with its events, one at a time, so that memory holds one prompt. */
	prompts(id: SessionId): AsyncIterable<Prompt>;

	/** Byte for byte as the log had them, from the log or, where it is gone, from the archive. */
	rawLines(id: SessionId, line?: number): AsyncIterable<RawLine>;
	problems(id?: SessionId): AsyncIterable<Problem>;
	/** A check-up of logs and databases; reads the whole of the databases. */
	health(): Promise<Health>;
	/** What logs and databases take, by what the bytes are; looks through all bytes of the logs. */
	sizes(query: SizesQuery): Promise<StoredSizes>;

	/** What was found that must not be shown. */
	findings: Findings;

	/** What people added. */
	annotations: Annotations;
	/** What people decided about single values, and the trail of that. */
	redactions: Redactions;

	close(): Promise<void>;
};
