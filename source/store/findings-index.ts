import type {EventId} from '../model/session.js';
import type {Finding} from '../redact/finding.js';
import type {KnownFile} from './ingest-store.js';
import type {RecordPlace, TextStep} from './search-index.js';

/** An event, or a prompt, whose texts have to be looked through. */
export type UnseenEvent = {
	id: EventId;
	/** What a person asked, of which the index has the text; null for any other event. */
	prompt: string | null;
	/** The lines that tell the rest, the event's own first; none where the text of a prompt is all. */
	records: RecordPlace[];
};

/** A value that was met in an event: by its key, with the first of its places there. */
export type MetValue = Finding & {key: Buffer; field: string; places: number};

/** What an event told. */
export type SeenEvent = {
	id: EventId;
	values: readonly MetValue[];
	/** Whether it named something that no event of its log had named before. */
	isLesson: boolean;
};

/** The next events of a log, and what becomes of them is handed in with. */
export type FindingsStep = {
	/** The thread that the log tells. */
	thread: string;
	/** Where the step begins; what is known of the log has to be of the events before. */
	from: EventId;
	/** Whether some of what was found before is taken back: what is known of the log has to be learned again. */
	isTakenBack: boolean;
	events: UnseenEvent[];
	/** Notes what was found, and how far that is, in one transaction. `next` is where the next step begins. */
	write(seen: readonly SeenEvent[]): TextStep & {next: EventId};
};

/** How many logs were looked through, and their bytes. */
export type FindingsProgress = {files: number; filesDone: number; bytes: number; bytesDone: number};

/** What the ingest notes of secrets in logs, in the search database; see migrations/search. */
export type FindingsIndex = {
	/** What other rules found is forgotten. Before anything else is asked. */
	beginWith(fingerprint: string): void;
	/** Whether what is noted was found by these rules. */
	areOf(fingerprint: string): boolean;
	/** Whether the index has changed since the last call of `settle`. */
	hasNews(): boolean;
	/** Everything that the index tells was looked through. */
	settle(): void;
	/** Takes back what the index no longer tells, one log at a time; false once there is none. */
	forgetSome(): boolean;
	progress(): FindingsProgress;
	/** Logs that were not looked through to their end, newest first. */
	behind(): KnownFile[];
	next(file: KnownFile): FindingsStep;
	/** Events of a log, before one, that everything known of it can be learned from. */
	lessons(file: KnownFile, before: EventId): UnseenEvent[];
	/** The key that stands for a value in this database. */
	keyOf(value: string): Buffer;
};
