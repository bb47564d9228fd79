import type {FileChange, ImagePlaceholder, Operation, ToolKind, ToolStatus} from '../../model/log-event.js';
import {
	count,
	flag,
	integer,
	isObject,
	type Json,
	number,
	object,
	parseJson,
	text,
	texts,
	toJson,
	wholeNumber,
} from '../json.js';
import {contentOf} from './content.js';
import {changesOfMap} from './patch.js';
import {commandLine} from './tool-call.js';

/**
What one line adds to a tool call: the output a model saw, or the end event or item of the same call.
Null means that the line says nothing about it.
*/
export type ToolResult = {
	kind: 'tool-result';
	callId: string | null;
	/** Set when the line tells of the call itself too, and can stand without it. */
	tool: ToolKind | null;
	name: string | null;
	command: string | null;
	arguments: string | null;
	output: string | null;
	/** Whether `output` is what the model saw, which is the output of record. */
	isModelOutput: boolean;
	exitCode: number | null;
	durationMs: number | null;
	status: ToolStatus | null;
	images: ImagePlaceholder[];
	changes: FileChange[] | null;
	/** Number of a command or code cell that goes on running after this output. */
	runningId: string | null;
};

const emptyResult = (callId: string | null): ToolResult => ({
	kind: 'tool-result',
	callId,
	tool: null,
	name: null,
	command: null,
	arguments: null,
	output: null,
	isModelOutput: false,
	exitCode: null,
	durationMs: null,
	status: null,
	images: [],
	changes: null,
	runningId: null,
});

const seconds = (value: string | undefined): number | null =>
	value === undefined ? null : wholeNumber(Number(value) * 1000);

/** `{secs, nanos}` in ms. */
export const spanMs = (from: Json, key: string): number | null => {
	const span = from[key];
	return isObject(span) ? wholeNumber(count(span, 'secs') * 1000 + count(span, 'nanos') / 1e6) : null;
};

type OutputFacts = Pick<ToolResult, 'output' | 'exitCode' | 'durationMs' | 'runningId'> & {
	/** How it ended, where it did not end well. */
	ending: 'failed' | 'declined' | null;
};

/** How results without a header tell that they failed: Codex's own words about arguments, patches, sandboxes and interruptions. */
const plainFailure =
	/^(?:error: |apply_patch verification failed|failed to parse function arguments|invalid (?:arguments|patch)|failed in sandbox |execution error: |unsupported call: |tool call error: |(?:exec_command|write_stdin) failed|aborted by user)/i;

const plainRefusal = /^(?:exec command|patch) rejected/;

const sandboxExit = /^failed in sandbox \w+ with execution error: [^:]{0,60}exit code: (-?\d+),/;

/** Characters of a result that hold all of this. */
export const plainLength = 150;

/** How a result of an MCP tool begins that is an object in JSON, and how one ends that tells an error. */
export const mcpStart = '{"content":[';
const mcpErrorEnd = /"isError":true\}$/;

/** Exit code, duration and ending of a result without a header. */
const readPlain = (full: string): Omit<OutputFacts, 'output' | 'runningId'> => {
	const beginning = full.slice(0, plainLength);
	const exit = sandboxExit.exec(beginning)?.[1];
	const hasFailed = plainFailure.test(beginning) || (full.startsWith(mcpStart) && mcpErrorEnd.test(full));
	return {
		exitCode: exit === undefined ? null : wholeNumber(Number(exit)),
		durationMs: seconds(/^aborted by user after ([\d.]+)s/.exec(beginning)?.[1]),
		ending: hasFailed ? 'failed' : plainRefusal.test(beginning) ? 'declined' : null,
	};
};

/** How the technical header of a result begins (reference 5.2). */
export const headerWords =
	'(?:Chunk ID|Exit code|Wall time|Command|Script (?:completed|failed|running|terminated)|Process )';

const headerStart = new RegExp(`^${headerWords}`);

const headerEnd = /^Output:\r?(?:\n|$)/m;

/** Reads the technical header that command results begin with (reference 5.2), and cuts it off. */
const readHeader = (full: string): OutputFacts => {
	const facts: OutputFacts = {output: full, exitCode: null, durationMs: null, runningId: null, ending: null};
	if (!headerStart.test(full)) {
		return Object.assign(facts, readPlain(full));
	}

	const end = headerEnd.exec(full.slice(0, 5000));
	const header = end === null ? full : full.slice(0, end.index);
	if (end === null && /^Command:/.test(full)) {
		return facts;
	}

	const exit = /^(?:Exit code:|Process exited with code) (-?\d+)/m.exec(header)?.[1];
	facts.exitCode = exit === undefined ? null : wholeNumber(Number(exit));
	facts.durationMs = seconds(/^Wall time:? ([\d.]+)/m.exec(header)?.[1]);
	facts.runningId = /^(?:Process running with session ID|Script running with cell ID) (\S+)/m.exec(header)?.[1] ?? null;
	const hasFailed =
		header.startsWith('Script failed') ||
		(exit !== undefined && exit !== '0') ||
		(end === null && /^aborted by user/m.test(header));
	facts.ending = hasFailed ? 'failed' : null;
	if (end !== null) {
		facts.output = full.slice(end.index + end[0].length);
	}

	return facts;
};

/** Exit code, duration and text of an output string, in any of the forms that releases wrote. */
export const readOutput = (full: string): OutputFacts => {
	if (full.startsWith('{"output":')) {
		const value = parseJson(full);
		if (isObject(value) && typeof value['output'] === 'string') {
			const metadata = object(value, 'metadata');
			const duration = number(metadata, 'duration_seconds');
			const exitCode = integer(metadata, 'exit_code');
			return {
				output: value['output'],
				exitCode,
				durationMs: duration === null ? null : wholeNumber(duration * 1000),
				runningId: null,
				ending: exitCode !== null && exitCode !== 0 ? 'failed' : null,
			};
		}
	}

	return readHeader(full);
};

/** A `function_call_output` or `custom_tool_call_output`: what the model saw. */
export const callOutput = (payload: Json): ToolResult => {
	const output = payload['output'];
	const result = emptyResult(text(payload, 'call_id') ?? text(payload, 'tool_call_id'));
	result.isModelOutput = true;
	result.name = text(payload, 'name');
	if (isObject(output)) {
		const facts = readOutput(text(output, 'content') ?? text(output, 'text') ?? toJson(output));
		return withFacts(result, facts, output['success'] === false ? 'failed' : statusOf(facts));
	}

	const content = contentOf(output);
	const facts = readOutput(content.texts.join('\n'));
	result.images = content.images;
	return withFacts(result, facts, statusOf(facts));
};

/** Fills in a fresh result: most lines of a log are outputs, and copies cost as much as the rest. */
const withFacts = (result: ToolResult, facts: OutputFacts, status: ToolStatus): ToolResult => {
	result.output = facts.output;
	result.exitCode = facts.exitCode;
	result.durationMs = facts.durationMs;
	result.runningId = facts.runningId;
	result.status = status;
	return result;
};

const statusOf = (facts: OutputFacts): ToolStatus => facts.ending ?? (facts.runningId === null ? 'completed' : 'open');

const itemStatus = (from: Json): ToolStatus | null => {
	switch (text(from, 'status')) {
		case 'completed': {
			return 'completed';
		}

		case 'failed': {
			return 'failed';
		}

		case 'declined': {
			return 'declined';
		}

		default: {
			return null;
		}
	}
};

const words = (from: Json, key: string): string | null => {
	const list = texts(from, key);
	return list.length > 0 ? commandLine(list) : text(from, key);
};

/** `exec_command_end` and `CommandExecution`. */
export const commandResult = (from: Json, callId: string | null): ToolResult => ({
	...emptyResult(callId),
	tool: 'command',
	name: 'exec_command',
	command: words(from, 'command'),
	output: text(from, 'aggregated_output') ?? text(from, 'formatted_output') ?? text(from, 'stdout'),
	exitCode: integer(from, 'exit_code'),
	durationMs: spanMs(from, 'duration'),
	status:
		itemStatus(from) ??
		(integer(from, 'exit_code') === null ? null : integer(from, 'exit_code') === 0 ? 'completed' : 'failed'),
});

/** `patch_apply_end` and `FileChange`. */
export const patchResult = (from: Json, callId: string | null): ToolResult => ({
	...emptyResult(callId),
	tool: 'patch',
	name: 'apply_patch',
	command: Object.keys(object(from, 'changes')).join(', ') || null,
	changes: changesOfMap(object(from, 'changes')),
	output: text(from, 'stdout') || text(from, 'stderr'),
	status: itemStatus(from) ?? (from['success'] === false ? 'failed' : flag(from, 'success') ? 'completed' : null),
});

/** `mcp_tool_call_end` and `McpToolCall`. */
export const mcpResult = (from: Json, callId: string | null): ToolResult => {
	const invocation = isObject(from['invocation']) ? from['invocation'] : from;
	const answer = object(from, 'result');
	const ok = isObject(answer['Ok']) ? answer['Ok'] : answer;
	const problem = text(answer, 'Err') ?? text(object(from, 'error'), 'message');
	const content = contentOf(ok['content']);
	const hasFailed = problem !== null || flag(ok, 'isError');
	return {
		...emptyResult(callId),
		tool: 'mcp',
		name: `mcp__${text(invocation, 'server') ?? ''}__${text(invocation, 'tool') ?? ''}`,
		arguments: toJson(invocation['arguments'] ?? null),
		output: problem ?? content.texts.join('\n'),
		images: content.images,
		durationMs: spanMs(from, 'duration'),
		status: hasFailed ? 'failed' : (itemStatus(from) ?? 'completed'),
	};
};

/** `dynamic_tool_call_response` and `DynamicToolCall`. */
export const dynamicResult = (from: Json, callId: string | null): ToolResult => {
	const content = contentOf(from['content_items']);
	return {
		...emptyResult(callId),
		tool: 'other',
		name: text(from, 'tool'),
		arguments: from['arguments'] === undefined ? null : toJson(from['arguments']),
		output: text(from, 'error') ?? content.texts.join('\n'),
		images: content.images,
		durationMs: spanMs(from, 'duration'),
		status: itemStatus(from) ?? (from['success'] === false ? 'failed' : 'completed'),
	};
};

/** A result of any other kind: what it did is in the log, in words of its own. */
export const plainResult = (
	callId: string | null,
	fields: Partial<Omit<ToolResult, 'kind' | 'callId'>>,
): ToolResult => ({...emptyResult(callId), ...fields});

export const operationOf = (result: ToolResult): Operation => ({
	tool: result.tool ?? 'other',
	name: result.name ?? '',
	command: result.command,
	output: result.output,
	exitCode: result.exitCode,
	durationMs: result.durationMs,
	...(result.changes === null ? {} : {changes: result.changes}),
});
