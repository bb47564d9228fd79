import type {PromptAnnotations, SessionAnnotations} from '../model/annotation.js';
import type {LogEvent, ToolKind} from '../model/log-event.js';
import type {Problem} from '../model/problem.js';
import type {Prompt, SessionSummary, SourceFile} from '../model/session.js';
import type {UsageReport, UsageSum} from '../usage/group.js';
import type {RedactionTally} from './redaction-tally.js';
import type {ReportRequest} from './request.js';

/** A report in the order in which it is written: one head, for each session a beginning, its parts and an end, one closing. */
export type ReportPart =
	| {type: 'head'; head: ReportHead}
	| {type: 'session'; session: ReportSession}
	| {type: 'prelude'; events: AsyncIterable<ReportEvent>}
	| {type: 'prompt'; prompt: ReportPrompt}
	/** With what the prompts and events before it used that are told. */
	| {type: 'session-end'; sum: UsageSum}
	| {type: 'closing'; closing: ReportClosing};

/** A session as the table of contents names it. */
export type SessionEntry = {
	/** Unique within the report: `s1`. */
	anchor: string;
	session: SessionSummary;
	added: SessionAnnotations;
};

export type UsageTables = {byDay: UsageReport; byModel: UsageReport; byRepository: UsageReport};

export type ReportHead = {
	title: string;
	request: ReportRequest;
	sessions: readonly SessionEntry[];
	/** Null when only parts of sessions are told: what those used stands with them. */
	usage: UsageTables | null;
};

export type ReportSession = SessionEntry & {
	files: readonly SourceFile[];
	/** Prompts that will follow, where that is known before. */
	contents: readonly {anchor: string; index: number; title: string}[];
	/** Bookmarked events and notes, for contracts that list them with the session. */
	marked: readonly {path: string | null; line: number | null; isBookmarked: boolean; note: string | null}[];
};

export type ReportPrompt = Omit<Prompt, 'events'> & {
	/** `s1-p2`. */
	anchor: string;
	title: string;
	added: PromptAnnotations;
	/** What it used, and what that costs. */
	sum: UsageSum;
	events: readonly ReportEvent[];
};

export type ReportEvent = {
	event: LogEvent;
	/** Characters that the cap took out of it. */
	cut: number;
	isBookmarked: boolean;
	note: string | null;
};

/** The bytes of a log that a report rests on. */
export type ReportSource = {
	/** Its path; of a reproducible report only the name. */
	path: string;
	/** Of all its (decompressed) bytes as they were read, in hexadecimal digits. */
	sha256: string;
	bytes: number;
};

/** What a report says about itself. */
export type ReportClosing = {
	version: string;
	writtenAt: string | null;
	covered: {
		sessions: number;
		prompts: number;
		events: number;
		/** First and last moment of what is told; null without times. */
		from: string | null;
		to: string | null;
		/** Releases that wrote the logs, with the sessions that each began. */
		codexVersions: readonly (readonly [version: string, sessions: number])[];
		sources: readonly ReportSource[];
	};
	totals: UsageSum & {toolCalls: number; failedCalls: number; byTool: readonly (readonly [ToolKind, number])[]};
	redactions: RedactionTally;
	/** What of the logs could not be read. */
	problems: readonly Problem[];
	leftOut: LeftOut;
	request: ReportRequest;
};

/** What was there and is not told. */
export type LeftOut = {
	/** Sessions that were started by automation, where those were not asked for. */
	automation: number;
	/** Prompts that are told in the session they were copied from. */
	inherited: number;
	/** Prompts outside of the days asked for. */
	outOfRange: number;
	/** Events that the mode does not tell. */
	events: number;
	/** Outputs and their like that were cut, and the characters that they lost. */
	cutEvents: number;
	cutCharacters: number;
};
