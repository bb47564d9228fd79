import type {EventKind, ToolKind, ToolStatus} from '../model/log-event.js';
import type {Asker, PromptState, SessionKind} from '../model/session.js';
import type {TokenUsage} from '../model/token-usage.js';

/*
What reading a rollout yields, in the order of the file. Everything is keyed by `sequence`: the
position of an event or problem within its file, counted from 0. It never changes while the file
only grows. Times are Unix milliseconds.
*/

export type EventRow = {
	sequence: number;
	line: number;
	/** Null in logs without line times. */
	at: number | null;
	kind: EventKind;
	/** Byte offset and length of the JSON record in the decompressed file. */
	offset: number;
	length: number;
	/** Which reading of the record this is; more than 0 when one record holds two things. */
	part: number;
	/** Sequence of the event that this line only repeats or completes. */
	completes: number | null;
	/** Sequence of the review that this event is part of. */
	inside: number | null;
	/** A copy of the parent thread's line. */
	isInherited: boolean;
};

export type MessageRow = {
	sequence: number;
	role: string;
	phase: string | null;
	context: string | null;
	text: string;
	imageCount: number;
};

export type ReasoningRow = {sequence: number; text: string; encrypted: boolean};

export type CallRow = {
	sequence: number;
	tool: ToolKind;
	name: string;
	callId: string | null;
	command: string | null;
	arguments: string | null;
	status: ToolStatus;
	exitCode: number | null;
	durationMs: number | null;
	/** Sequence of the line that holds the output. */
	outputSequence: number | null;
};

/** What a later line told about a call whose row was taken already; null where it told nothing. */
export type CallResultRow = Pick<CallRow, 'sequence' | 'status' | 'exitCode' | 'durationMs' | 'outputSequence'>;

export type PlanRow = {sequence: number; explanation: string | null; steps: string};

export type UsageRow = {
	sequence: number;
	model: string | null;
	serviceTier: string | null;
	/** Part of the own input that was written to the provider's cache. */
	cacheWriteTokens: number;
	own: TokenUsage;
	last: TokenUsage | null;
	total: TokenUsage | null;
	contextWindow: number | null;
};

export type ContextRow = {
	sequence: number;
	cwd: string | null;
	model: string | null;
	effort: string | null;
	approvalPolicy: string | null;
	sandbox: string | null;
};

/** Label and text of an event that has no table of its own. */
export type NoteRow = {sequence: number; label: string; text: string};

export type PromptRow = {
	sequence: number;
	/** First event of the prompt's group: where its turn began, when that was just before. */
	firstSequence: number;
	asker: Asker;
	/** Beginning of what was typed, on one line. */
	title: string;
	text: string;
	imageCount: number;
	startedAt: number | null;
	isInherited: boolean;
};

/** The part of a prompt that changes while its turn goes on. */
export type PromptProgressRow = {
	sequence: number;
	state: PromptState;
	endedAt: number | null;
	outcome: 'done' | 'aborted' | 'failed' | 'open';
	eventCount: number;
	toolCallCount: number;
	usage: TokenUsage;
	/**
	Hash of what was asked, answered and called, the same in every copy of the turn, whatever era or
	migration wrote it.
	*/
	digest: string;
};

export type ProblemRow = {
	sequence: number;
	line: number;
	offset: number;
	length: number;
	reason: string;
};

/** The prefix of another rollout that a rollout goes on from, instead of copying it (reference 3, `history_base`). */
export type HistoryBase = {
	rolloutId: string;
	/** Exclusive, in bytes of the decompressed base. */
	endOffset: number;
};

/** What a rollout says about the session it belongs to. Null where it says nothing. */
export type SessionFacts = {
	threadId: string | null;
	base: HistoryBase | null;
	parentThreadId: string | null;
	forkedFromThreadId: string | null;
	kind: SessionKind;
	/** Name given inside the log. */
	name: string | null;
	/** Text of the first real prompt, shortened. */
	firstPrompt: string | null;
	startedAt: number | null;
	endedAt: number | null;
	cwd: string | null;
	gitBranch: string | null;
	gitCommit: string | null;
	gitRepositoryUrl: string | null;
	originator: string | null;
	cliVersion: string | null;
	models: string[];
	/** Time spent in turns, in ms; null where the log has no turn markers. */
	turnTimeMs: number | null;
	promptCount: number;
	toolCallCount: number;
	problemCount: number;
	usage: TokenUsage;
};

/** Rows gathered since the last take. */
export type Rows = {
	events: EventRow[];
	/** Earlier events that later lines showed to repeat or complete another one. */
	completions: {sequence: number; completes: number}[];
	messages: MessageRow[];
	/** Messages of rows taken earlier, written before they were known to be prompts. */
	droppedMessages: number[];
	reasoning: ReasoningRow[];
	calls: CallRow[];
	callResults: CallResultRow[];
	plans: PlanRow[];
	usage: UsageRow[];
	contexts: ContextRow[];
	notes: NoteRow[];
	/** New prompts, and those whose text a later line told better. */
	prompts: PromptRow[];
	promptProgress: PromptProgressRow[];
	promptStates: {sequence: number; state: PromptState}[];
	/** Prompts that turned out not to be prompts. */
	withdrawnPrompts: number[];
	problems: ProblemRow[];
};

export const noRows = (): Rows => ({
	events: [],
	completions: [],
	messages: [],
	droppedMessages: [],
	reasoning: [],
	calls: [],
	callResults: [],
	plans: [],
	usage: [],
	contexts: [],
	notes: [],
	prompts: [],
	promptProgress: [],
	promptStates: [],
	withdrawnPrompts: [],
	problems: [],
});
