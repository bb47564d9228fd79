import type {EventBody, ImagePlaceholder} from '../../model/log-event.js';
import type {ToolResult} from './tool-result.js';

/** Which of the parallel records of one thing a line is: the model's item, the event, or the completed item. */
export type Source = 'item' | 'event' | 'completed';

/** How a line relates to others that may record the same thing. */
export type Join =
	/** Stands for itself. */
	| {as: 'alone'}
	/** Somebody asked something: a prompt, once it is known to be one. */
	| {as: 'asked'; source: Source; id?: string | null; text: string; isInherited: boolean}
	/** An answer or reasoning that up to three lines record, matched by item id or text. */
	| {as: 'said'; source: Source; channel: 'assistant' | 'reasoning'; id: string | null; texts: string[]}
	/** A tool call, completed by results with the same call id. */
	| {as: 'call'; callId: string | null}
	| {as: 'result'}
	/** Repeats the event of the same family that came just before it, whichever spelling came first. */
	| {as: 'echo'; family: 'compaction' | 'review-entered' | 'review-exited' | 'plan'; source: Source};

/** What one line says, or one part of it. */
export type Reading = {
	body: EventBody | ToolResult;
	join: Join;
	/** Images of a prompt. */
	images?: ImagePlaceholder[];
};

export const alone = (body: EventBody): Reading => ({body, join: {as: 'alone'}});
/** A command that the person typed in the client, not the model. */
export const userCommand = (body: ToolResult): Reading => {
	const {command, output, exitCode, durationMs} = body;
	return alone({kind: 'user-command', command, output, exitCode, durationMs});
};

export const result = (body: ToolResult): Reading => ({body, join: {as: 'result'}});

/** Something Codex noted that has no shape of its own in the model. */
export const notice = (text: string, level: 'info' | 'warning' | 'error' = 'info'): Reading =>
	alone({kind: 'notice', level, text});
