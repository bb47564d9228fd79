import type {EventId, SessionId, SessionSummary} from '../model/session.js';
import type {Filter} from '../query/query.js';
import type {Leaf, WordQuery} from '../query/word-query.js';
import type {SearchHit} from './search.js';

/** Where the words stand: what was said or asked, or what a tool put out. */
export type HitPart = SearchHit['part'];

/** An event that fits. */
export type FoundEvent = {
	id: EventId;
	part: HitPart;
	/** Whether the words stand in the other part too. */
	isInBoth: boolean;
};

export type EventQuery = {
	words: WordQuery;
	/** Filters on events: `kind`, `tool`, `exit`, `file`, `state` and times; others are ignored. */
	filters: readonly Filter[];
	/** Which sessions count; undefined for all. */
	session?: ((session: SessionSummary) => boolean) | undefined;
};

/** An event as it is listed, and where. */
export type EventPlace = Omit<SearchHit, 'snippet' | 'part'>;

/** A log as a scan reads it. */
export type ScannedLog = {
	fileId: number;
	path: string;
	format: string;
	bytes: number;
	/** What the archive knows it by; null where it holds less than the log. */
	archived: {key: string; generation: number} | null;
};

/** The bytes of a log that tell of an event, by the id that it is listed under. */
export type LogRecord = {id: EventId; offset: number; length: number};

/**
What SQLite answers about events. What is found comes with `null` in between, every few ms, so that whoever asks can do something else, or
ask something else instead. Nothing is found, rather than failing, while there is no search database.
*/
export type EventSearch = {
	/**
	Events that fit, the newest first, each once. A beginning of a word may stand for more words than can be asked for at
	once: `isQuick` asks for the most frequent ones only, and `isCut` tells that there are others.
	*/
	find(
		query: EventQuery,
		isQuick: boolean,
		only?: HitPart,
	): {isCut: boolean; events: Generator<FoundEvent | null, void>};
	/** The same, for events that were found otherwise: tells which of some fit the filters. */
	filter(query: EventQuery): (ids: readonly EventId[]) => EventId[];
	/** Tokens of a part of events, as far as they are known, and of all their neighbours on average. */
	lengthsOf(part: HitPart, ids: readonly EventId[]): ReadonlyMap<EventId, number>;
	averageLength(part: HitPart): number;
	/** Events that have a word, of 1: counted up to a cap. */
	shareOf(leaf: Leaf): number;
	places(ids: readonly EventId[]): EventPlace[];
	/** What an event says, as it is indexed; empty when it says nothing. */
	messageText(id: EventId): Promise<string>;
	outputText(id: EventId): Promise<string>;
	/** Reads what has changed about sessions, where that was done some seconds ago; in steps. */
	readSessions(): Generator<null, void>;
	/** Sessions as last read, the newest first; filters on sessions hold for these. */
	sessions(): readonly SessionSummary[];
	/** Goes up when `sessions` changes. */
	sessionsVersion(): number;
	session(id: SessionId): SessionSummary | undefined;
	/** Logs to be scanned, the newest first. */
	logs(query: EventQuery): ScannedLog[];
	/** Bytes of a log that is gone from disk. */
	archivedBytes(log: ScannedLog): Iterable<Buffer>;
	/** What events record of a log that has words, in order. */
	recordsOf(fileId: number): LogRecord[];
	/** Negative when the first is the newer one. */
	compareNewest(a: EventId, b: EventId): number;
	/** Names of tools, and changed files, of the newest events; the most frequent first. */
	toolNames(): string[];
	changedFiles(): string[];
	/** Share of the logs whose words are known, 0 to 1. */
	indexedShare(): number;
	close(): void;
};
