import type {EventKind, ImagePlaceholder, LogEvent, ToolKind, ToolStatus} from './log-event.js';
import type {TokenUsage} from './token-usage.js';

/** What started a session. Everything but `main` and `fork` is automation. */
export type SessionKind =
	| 'main'
	| 'fork'
	| 'sub-agent'
	| 'review'
	| 'guardian'
	| 'title-generation'
	| 'automation'
	| (string & {});

export type PromptState = 'live' | 'rolled-back' | 'inherited';

/** Who put the question: a person, the agent that started this one, or Codex itself. */
export type Asker = 'person' | 'agent' | 'codex';

/** Store ids are integers that stay the same as long as the database lives. */
export type SessionId = number;
export type PromptId = number;
export type EventId = number;

/** Something that is no longer where it was read; what was read stays. */
export type Gone = {
	/** UTC, ISO 8601. */
	since: string;
	/** `rewritten`, `shortened`, `saved again`, `deleted`. */
	reason: string;
};

/** A row of the session list. */
export type SessionSummary = {
	id: SessionId;
	/** Thread id as Codex knows it. */
	threadId: string;
	parentThreadId: string | null;
	forkedFromThreadId: string | null;
	kind: SessionKind;
	/** Given name: by a person or by Codex. */
	name: string | null;
	/** Name, else the first real prompt's beginning, else null. One line. */
	title: string | null;
	archived: boolean;
	/** UTC, ISO 8601. */
	startedAt: string | null;
	endedAt: string | null;
	cwd: string | null;
	gitBranch: string | null;
	gitCommit: string | null;
	gitRepositoryUrl: string | null;
	originator: string | null;
	cliVersion: string | null;
	/** In order of first use. */
	models: string[];
	promptCount: number;
	toolCallCount: number;
	problemCount: number;
	/** Time spent in turns, in ms, where the log tells; else from first to last line. */
	durationMs: number | null;
	usage: TokenUsage;
	/** Size of its log files. */
	bytes: number;
	/** Set when none of its log files is there any more. */
	gone: Gone | null;
};

/** A log file as the store knows it. */
export type SourceFile = {
	path: string;
	/** Container: `jsonl`, `jsonl.zst` or `json`. */
	format: string;
	/** Decompressed size. */
	bytes: number;
	lines: number;
	blankLines: number;
	problems: number;
	/** Whether the archive holds every byte of it. */
	isKept: boolean;
};

/** A row of the prompt list. `index` counts from 1 within the session. */
export type PromptSummary = {
	id: PromptId;
	index: number;
	asker: Asker;
	/** Beginning of what was typed, on one line. */
	title: string;
	state: PromptState;
	/** Set when the log no longer holds the turn: since when that is known, and why. */
	gone: Gone | null;
	startedAt: string | null;
	endedAt: string | null;
	imageCount: number;
	eventCount: number;
	toolCallCount: number;
	/** `aborted` or `failed` when the turn did not finish well. */
	outcome: 'done' | 'aborted' | 'failed' | 'open';
	usage: TokenUsage;
};

/** A row of the event list: what one line on screen needs, not the whole event. */
export type EventSummary = {
	id: EventId;
	kind: EventKind | 'prompt' | 'problem';
	line: number;
	at: string | null;
	/** Message role, tool name, or the kind a log used for an unknown line. */
	label: string | null;
	tool: ToolKind | null;
	/** Beginning of the text or command. */
	text: string;
	/** Injected block a message holds, see `MessageBody.context`. */
	context: string | null;
	exitCode: number | null;
	durationMs: number | null;
	status: ToolStatus | null;
	/** Tokens this event adds. */
	tokens: number | null;
};

/** A prompt with everything that followed it. */
export type Prompt = {
	id: PromptId;
	index: number;
	text: string;
	state: PromptState;
	gone: Gone | null;
	startedAt: string | null;
	endedAt: string | null;
	/** Stand-ins for attached pictures. */
	images: ImagePlaceholder[];
	usage: TokenUsage;
	events: LogEvent[];
};
