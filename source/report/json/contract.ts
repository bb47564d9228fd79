import {noSessionAnnotations, type PromptAnnotations, type SessionAnnotations} from '../../model/annotation.js';
import type {FileChange, LogEvent, Operation, ToolCallBody} from '../../model/log-event.js';
import type {Prompt, SessionSummary, SourceFile} from '../../model/session.js';

/** Version of the JSON contract that docs/json.md describes. */
export const jsonSchemaVersion = 1;

/** A session as `sessions --json` and `show --json` print it. */
export const sessionJson = (
	session: SessionSummary,
	files: readonly SourceFile[],
	{tags, note}: SessionAnnotations = noSessionAnnotations,
	redactions: number | null = null,
) => ({
	id: session.threadId,
	parentId: session.parentThreadId,
	forkedFromId: session.forkedFromThreadId,
	kind: session.kind,
	name: session.name,
	title: session.title,
	archived: session.archived,
	startedAt: session.startedAt,
	endedAt: session.endedAt,
	cwd: session.cwd,
	git: {branch: session.gitBranch, commit: session.gitCommit, repositoryUrl: session.gitRepositoryUrl},
	originator: session.originator,
	cliVersion: session.cliVersion,
	models: session.models,
	files: files.map(({path, format, bytes, lines, problems}) => ({path, format, bytes, lines, problems})),
	usage: session.usage,
	redactions,
	tags,
	note,
	...(session.gone === null ? {} : {gone: session.gone}),
});

/** A prompt with its events, and what was added to it. */
export const promptJson = (
	{index, text, state, gone, startedAt, endedAt, images, usage, events}: Prompt,
	{disposition, note}: PromptAnnotations = {disposition: null, note: null},
) => ({
	index,
	text,
	state,
	...(gone === null ? {} : {gone}),
	...(disposition === null ? {} : {disposition}),
	...(note === null ? {} : {note}),
	startedAt,
	endedAt,
	images,
	usage,
	events: events.map(eventJson),
});

/** An event: what it is, when and on which line it was recorded, then what it holds. */
export const eventJson = (event: LogEvent): Record<string, unknown> => {
	const {kind, at, line} = event;
	const head = {kind, at, line};
	switch (event.kind) {
		case 'message': {
			const {role, phase, context, text, images} = event;
			return {...head, role, phase, context, text, images};
		}

		case 'tool-call':
			return {...head, ...toolCallJson(event)};

		case 'reasoning': {
			const {text, parts, encrypted} = event;
			return {...head, text, parts, encrypted};
		}

		case 'review': {
			const {entered, text, events} = event;
			return {...head, entered, text, ...(events === undefined ? {} : {events: events.map(eventJson)})};
		}

		default: {
			const {kind: _kind, at: _at, line: _line, ...body} = event;
			return {...head, ...body};
		}
	}
};

const toolCallJson = (call: ToolCallBody) => {
	const {tool, name, namespace, callId, command, output, exitCode, durationMs, status} = call;
	return {
		tool,
		name,
		...(namespace === undefined ? {} : {namespace}),
		callId,
		command,
		arguments: call.arguments,
		output,
		exitCode,
		durationMs,
		status,
		...(call.images === undefined ? {} : {images: call.images}),
		...(call.changes === undefined ? {} : {changes: call.changes.map(changeJson)}),
		...(call.steps === undefined ? {} : {explanation: call.explanation ?? null, steps: call.steps}),
		...(call.operations === undefined ? {} : {operations: call.operations.map(operationJson)}),
	};
};

const operationJson = ({tool, name, command, output, exitCode, durationMs, changes}: Operation) => ({
	tool,
	name,
	command,
	output,
	exitCode,
	durationMs,
	...(changes === undefined ? {} : {changes: changes.map(changeJson)}),
});

/** The diff itself stays out: it is in the arguments of the call. */
const changeJson = ({path, change, movedTo}: FileChange) => ({path, change, movedTo});
