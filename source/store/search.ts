import type {EventId, EventSummary, PromptId, SessionId, SessionSummary} from '../model/session.js';
import type {Query} from '../query/query.js';

export type SearchOrder = 'newest' | 'best';

export type SearchRequest = {
	query: Query;
	order: SearchOrder;
	/** Most hits wanted. */
	limit: number;
	/** Also look inside words, by reading the logs; hits come as they are found. */
	isInsideWords?: boolean;
};

/** Part of a text with the places of the words in it, in UTF-16 units; one line, free of control sequences. */
export type Snippet = {text: string; ranges: readonly (readonly [start: number, end: number])[]};

/** Stands in the place of a text that must not be shown, since its session was not looked through for secrets. */
export const notLookedThrough = 'not looked through yet';

/** An event that has what was asked for. */
export type SearchHit = {
	id: EventId;
	sessionId: SessionId;
	/** The prompt it belongs to, or everything before the first one. */
	promptId: PromptId | 'prelude';
	kind: EventSummary['kind'];
	/** Message role or tool name. */
	label: string | null;
	tool: EventSummary['tool'];
	/** Injected block that a message holds. */
	context: string | null;
	at: string | null;
	line: number;
	/** Where the words stand: what was said or asked, or what a tool put out. */
	part: 'message' | 'output';
	snippet: Snippet;
};

/** A session whose title, folder, branch or tags have what was asked for, typing mistakes forgiven. */
export type SessionHit = {
	session: SessionSummary;
	/** What matched, with its places. */
	snippet: Snippet;
};

/** What is known so far. Each answer to a request replaces the one before. */
export type SearchAnswer = {
	sessions: readonly SessionHit[];
	hits: readonly SearchHit[];
	/** Hits in all, as far as counted. */
	total: number;
	/** Counting ended at a cap: there are at least so many. */
	isAtLeast: boolean;
	/** Share of the logs that was read for words inside words, 0 to 1; null when not asked for. */
	scanned: number | null;
	/** Nothing more will come. */
	isDone: boolean;
	/** Share of the logs whose words are known yet, 0 to 1; less than 1 while the index is being made. */
	indexed: number;
};

/** Search over everything. */
export type Search = {
	/** Asks, and drops whatever was asked before. Answers come until one is done. */
	ask: (request: SearchRequest, onAnswer: (answer: SearchAnswer) => void, onFailure: (error: unknown) => void) => void;
	/** Drops what was asked. */
	cancel: () => void;
	/** Values to complete a filter with, the most frequent first: repositories, branches, models, tools, files, tags. */
	values: (name: string, beginning: string) => Promise<string[]>;
	close: () => Promise<void>;
};
