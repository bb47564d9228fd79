import type {LogEvent} from '../model/log-event.js';
import type {LogLine} from '../model/log-line.js';
import type {Rows, SessionFacts} from './rows.js';

/** Reads one rollout, line by line, into rows. Never throws on what a file holds. */
export type RolloutReader = {
	read(line: LogLine): void;
	/** Rows since the last call. */
	take(): Rows;
	facts(): SessionFacts;
	hasPrompt(): boolean;
	/** Sequence of the next row. */
	sequence(): number;
	/** Everything needed to go on after the last line read, as JSON text of bounded size. */
	save(): string;
};

/** How much of a rollout is a copy of another thread's, when only a comparison with that thread tells. */
export type CopiedPrompts = {
	/** Prompts at the beginning that are copies. */
	count: number;
	threadId: string;
};

/** A line that records an event, with its part in it. */
export type RecordedLine = {
	line: number;
	part: number;
	bytes: Buffer;
};

/**
One agent's log format. The rest of the program knows sessions, prompts and events; only a format
knows how an agent spells them.
*/
export type Format = {
	id: string;
	/** Goes up when the same lines would give other rows. */
	version: number;
	/**
	Starts at the beginning of a rollout, or after what `saved` had read. The file name tells the local
	start time, which the first native releases wrote as if it were UTC.
	*/
	reader(fileName: string, saved: string | null, copied?: CopiedPrompts): RolloutReader;
	/** The event that these lines record together: first the one it is known by, then the others in order. */
	describe(lines: readonly RecordedLine[]): LogEvent;
	/** The beginning of a record that was cut for its length, closed so that `describe` can tell what it holds. */
	closeRecord(beginning: Buffer): Buffer;
	/** Splits a one-document log into items, each as if it were a line; undefined for line logs. */
	splitDocument(document: Buffer): LogLine[] | undefined;
};
