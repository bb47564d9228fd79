import type {TokenUsage} from './token-usage.js';

/**
What a tool call does, whichever tool name the release of the day used for it.
`code` is a script that may run any number of operations; `agent` starts or talks to another agent.
*/
export type ToolKind = 'command' | 'patch' | 'plan' | 'mcp' | 'view-image' | 'web-search' | 'agent' | 'code' | 'other';

/** `open`: no result in the log (still running, interrupted or crashed). */
export type ToolStatus = 'open' | 'completed' | 'failed' | 'declined';

export type FileChange = {
	path: string;
	change: 'add' | 'update' | 'delete' | 'move';
	/** Where a moved file went. */
	movedTo: string | null;
	/** Unified diff or patch body of this file, when the log holds one. */
	diff: string | null;
};

export type PlanStep = {step: string; status: string};

/** One operation that a code-mode script ran. */
export type Operation = {
	tool: ToolKind;
	name: string;
	command: string | null;
	output: string | null;
	exitCode: number | null;
	durationMs: number | null;
	changes?: FileChange[];
};

/** Stands in for pixels: logs hold images as base64, which nobody reads. */
export type ImagePlaceholder = {
	/** Such as `image/png`; null for a file or URL reference. */
	mediaType: string | null;
	/** Decoded size in bytes; null when unknown. */
	bytes: number | null;
	/** Path or URL when the log names one. */
	source: string | null;
};

export type MessageBody = {
	kind: 'message';
	/** Who speaks: `assistant`, `user`, `developer`, `system`, or `agent` for mail between agents. */
	role: 'assistant' | 'user' | 'developer' | 'system' | 'agent' | (string & {});
	/** `commentary`, `partial_answer`, `final_answer`, or null where the log has none. */
	phase: string | null;
	/** Name of the injected block (`environment_context`, `AGENTS.md`, …); null for what somebody said. */
	context: string | null;
	text: string;
	images: ImagePlaceholder[];
};

export type ReasoningBody = {
	kind: 'reasoning';
	/** Summary parts, joined by blank lines; empty when only encrypted content was stored. */
	text: string;
	parts: string[];
	encrypted: boolean;
};

export type ToolCallBody = {
	kind: 'tool-call';
	tool: ToolKind;
	/** Name as sent: `exec_command`, `mcp__docs__search`. */
	name: string;
	/** Set where a release sends it apart from the name: `mcp__docs`. */
	namespace?: string;
	callId: string | null;
	/** The shell line, script, query or path: what a person would call the command. */
	command: string | null;
	/** Arguments as the model wrote them (JSON text, patch text or script). */
	arguments: string | null;
	/** Text of the result without its technical header; null when the log holds no result. */
	output: string | null;
	exitCode: number | null;
	durationMs: number | null;
	status: ToolStatus;
	images?: ImagePlaceholder[];
	changes?: FileChange[];
	steps?: PlanStep[];
	explanation?: string | null;
	operations?: Operation[];
};

export type TokenUsageBody = {
	kind: 'token-usage';
	/** Usage of the last response; null when the line carries only rate limits. */
	last: TokenUsage | null;
	/** Cumulative total that the line states. */
	total: TokenUsage | null;
	/** What this line adds to the session: zero for a repeated line. */
	own: TokenUsage;
	contextWindow: number | null;
	/** Part of the last response's input that was written to the provider's cache. */
	cacheWriteTokens: number;
};

export type TurnContextBody = {
	kind: 'turn-context';
	cwd: string | null;
	model: string | null;
	effort: string | null;
	approvalPolicy: string | null;
	sandbox: string | null;
	/** `priority`, `flex`, `default`, … where the line tells. */
	serviceTier: string | null;
};

export type EventBody =
	| MessageBody
	| ReasoningBody
	| ToolCallBody
	| TokenUsageBody
	| TurnContextBody
	| {
			kind: 'session-meta';
			id: string | null;
			cliVersion: string | null;
			originator: string | null;
			cwd: string | null;
			instructions: string | null;
	  }
	| {kind: 'turn-start'; turnId: string | null}
	| {kind: 'turn-end'; turnId: string | null; durationMs: number | null; error: string | null}
	| {kind: 'turn-aborted'; turnId: string | null; reason: string | null}
	/** A command that the person typed, not the model. */
	| {
			kind: 'user-command';
			command: string | null;
			output: string | null;
			exitCode: number | null;
			durationMs: number | null;
	  }
	| {kind: 'plan'; text: string}
	| {kind: 'compaction'; text: string}
	/** A review inside the session: what the reviewer did stands in `events` of the entering one. */
	| {kind: 'review'; entered: boolean; text: string; events?: LogEvent[]}
	| {kind: 'rollback'; turns: number}
	| {kind: 'name'; name: string | null}
	| {kind: 'notice'; level: 'info' | 'warning' | 'error'; text: string}
	| {kind: 'snapshot'; text: string}
	/** A line of a known container whose kind this release does not know, kept as it is. */
	| {kind: 'unknown'; type: string; raw: string};

export type EventKind = EventBody['kind'];

/** One thing that happened, however many lines record it. */
export type LogEvent = EventBody & {
	/** Line that records it first, counted from 1. */
	line: number;
	/** UTC, ISO 8601; null in logs without line times. */
	at: string | null;
};
