import type {FindingsIndex} from './findings-index.js';
import type {KnownFile} from './ingest-store.js';

/** Words of messages, and words of what tools put out. */
export type SearchPart = 'messages' | 'outputs';

/** Where a line that records an event lies in its log. */
export type RecordPlace = {line: number; part: number; offset: number; length: number};

/** An event some of whose words only its lines tell. */
export type RecordedText = {
	id: number;
	/** The lines to look at: the one that holds the output whole, or all, the event's own first. */
	records: RecordPlace[];
	/** Whether the lines tell words of the message too, and not only an output. */
	lacksMessage: boolean;
};

/** What an event's lines told; null where they tell nothing of the kind. */
export type FoundText = {id: number; message: string | null; output: string | null};

/** A step through a file's log. */
export type TextStep = {
	/** Bytes of the log that the step went past. */
	bytes: number;
	/** Whether that was the last one. */
	isDone: boolean;
};

/** The next events whose lines have to be looked at, and what their words are handed in with. */
export type RecordStep = {
	events: RecordedText[];
	/** Indexes what the lines told, and notes how far that is. */
	write(found: readonly FoundText[]): TextStep;
};

/** How much of the logs is indexed, messages and outputs together. */
export type TextProgress = {files: number; filesDone: number; bytes: number; bytesDone: number};

/**
What the ingest writes of the search database. Everything there can be derived again from the index and the lines that
the index points to. What is done between `begin` and `commit` takes effect together with how far it is; another
program that wants to do the same waits meanwhile. Where keys of logs are given, nothing else is looked at.
*/
export type SearchIndex = {
	/** Secrets in the logs, noted in the same database in transactions of their own. */
	readonly findings: FindingsIndex;
	/** Whether the index has changed since the last call of `settle`. */
	hasNews(): boolean;
	/** Everything that the index tells is indexed. */
	settle(): void;
	/** Takes back words of logs that the index does not hold like that any more, some at a time; false when none are left. */
	forgetSome(keys?: readonly string[]): boolean;
	progress(keys?: readonly string[]): TextProgress;
	/** Files with words that are not indexed yet, newest first. */
	behind(part: SearchPart, keys?: readonly string[]): KnownFile[];
	/** Share of a log's words that are in a part, of 1. */
	weightOf(part: SearchPart): number;
	begin(): void;
	/** Indexes the next messages of a file: of these the index holds the text. */
	indexMessages(file: KnownFile): TextStep;
	/** The next events of a file of whose texts only its lines tell. */
	nextRecords(file: KnownFile): RecordStep;
	commit(): void;
	rollBack(): void;
	/** Merges some of what was written in pieces; false when everything is as it should be. */
	mergeSome(keys?: readonly string[]): boolean;
	/** What an error of a step means: another program is at it, or the database is damaged; null when it is none of these. */
	troubleOf(error: unknown): 'busy' | 'damaged' | null;
	/** The error in a sentence for people, where there is one for it. */
	explain(error: unknown): unknown;
	/** Closes a damaged database and moves it away, so that the next start makes a new one. */
	discard(): void;
	close(): void;
};
