import type {PlanStep, ToolCallBody, ToolKind} from '../../model/log-event.js';
import {isObject, type Json, list, object, objects, parseJson, text, texts, toJson} from '../json.js';
import {changesOfPatch, patchInside} from './patch.js';

const agentTools = new Set([
	'spawn_agent',
	'send_input',
	'resume_agent',
	'close_agent',
	'wait_agent',
	'send_message',
	'followup_task',
	'interrupt_agent',
	'list_agents',
]);

const toolKinds = new Map<string, ToolKind>([
	['shell', 'command'],
	['container.exec', 'command'],
	['local_shell', 'command'],
	['shell_command', 'command'],
	['exec_command', 'command'],
	['write_stdin', 'command'],
	['apply_patch', 'patch'],
	['update_plan', 'plan'],
	['view_image', 'view-image'],
	['web_search', 'web-search'],
	['exec', 'code'],
	['js_repl', 'code'],
	['list_mcp_resources', 'mcp'],
	['list_mcp_resource_templates', 'mcp'],
	['read_mcp_resource', 'mcp'],
]);

/** What a function tool does, by its name and arguments (reference 5.3). */
const kindOf = (name: string, namespace: string | null, input: Json): ToolKind => {
	if (name === 'wait') {
		return 'cell_id' in input ? 'code' : 'agent';
	}

	const known = toolKinds.get(name);
	if (known !== undefined) {
		return known;
	}

	if (agentTools.has(name)) {
		return 'agent';
	}

	return name.includes('__') || namespace?.startsWith('mcp__') ? 'mcp' : 'other';
};

const quoteWord = (word: string): string =>
	/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** The line that a person would type: the script of `bash -lc`, else the words, quoted where needed. */
export const commandLine = (words: readonly string[]): string => {
	const [shell = '', option = '', script] = words;
	if (
		words.length === 3 &&
		script !== undefined &&
		/(^|[\\/])(ba|z|da|k|fi)?sh(\.exe)?$/.test(shell) &&
		/^-\w*c$/.test(option)
	) {
		return script;
	}

	if (
		words.length >= 3 &&
		/(^|[\\/])(powershell|pwsh)(\.exe)?$/i.test(shell) &&
		/^-(c|command)$/i.test(words.at(-2) ?? '')
	) {
		return words.at(-1) ?? '';
	}

	return words.map(word => quoteWord(word)).join(' ');
};

const planSteps = (input: Json): PlanStep[] =>
	objects(input, 'plan').map(step => ({step: text(step, 'step') ?? '', status: text(step, 'status') ?? 'pending'}));

const emptyCall = (tool: ToolKind, name: string, callId: string | null): ToolCallBody => ({
	kind: 'tool-call',
	tool,
	name,
	callId,
	command: null,
	arguments: null,
	output: null,
	exitCode: null,
	durationMs: null,
	status: 'open',
});

/** A call is filled in while it is read: there are many, and each copy costs as much as what it says. */
const withCommand = (call: ToolCallBody, command: string | null): ToolCallBody => {
	call.command = command;
	return call;
};

/** Turns a call into a patch when its text holds one. */
const asPatch = (call: ToolCallBody, patch: string): ToolCallBody => {
	const changes = changesOfPatch(patch);
	call.tool = 'patch';
	call.changes = changes;
	return withCommand(call, changes.map(change => change.path).join(', ') || null);
};

const shellCall = (call: ToolCallBody, words: string[]): ToolCallBody => {
	const patch = patchInside(words);
	return patch === null ? withCommand(call, commandLine(words)) : asPatch(call, patch);
};

const firstText = (input: Json, keys: readonly string[]): string | null => {
	for (const key of keys) {
		const value = text(input, key);
		if (value !== null && value !== '') {
			return value;
		}
	}

	return null;
};

/** The one argument that says best what a call without a command was about. */
const subjectOf = (input: Json, kind: ToolKind): string | null =>
	(texts(input, 'command').length > 0 ? commandLine(texts(input, 'command')) : null) ??
	firstText(input, ['command', 'cmd', 'message', 'task_name', 'query', 'uri', 'url', 'path', 'prompt']) ??
	listed(objects(input, 'questions').flatMap(question => text(question, 'question') ?? [])) ??
	(kind === 'agent' ? agentsOf(input) : null);

const listed = (words: readonly string[]): string | null => (words.length > 0 ? words.join(', ') : null);

/** Which agents a call is about. */
const agentsOf = (input: Json): string | null =>
	firstText(input, ['target', 'id']) ?? listed([...texts(input, 'targets'), ...texts(input, 'ids')]);

/** A `function_call`; its arguments are JSON in a string that can be empty or damaged. */
export const functionCall = (payload: Json): ToolCallBody => {
	const source = text(payload, 'arguments') ?? (isObject(payload['arguments']) ? toJson(payload['arguments']) : null);
	const parsed = source === null ? undefined : parseJson(source);
	const input: Json = isObject(parsed) ? parsed : {};
	const namespace = text(payload, 'namespace');
	const name = text(payload, 'name') ?? '';
	const kind = kindOf(name, namespace, input);
	const call = emptyCall(kind, name, text(payload, 'call_id') ?? text(payload, 'id'));
	call.arguments = source;
	if (namespace !== null) {
		call.namespace = namespace;
	}

	switch (kind) {
		case 'command': {
			return commandCall(call, input);
		}

		case 'patch': {
			return asPatch(call, text(input, 'input') ?? text(input, 'patch') ?? source ?? '');
		}

		case 'plan': {
			call.steps = planSteps(input);
			call.explanation = text(input, 'explanation');
			return call;
		}

		case 'view-image': {
			return withCommand(call, text(input, 'path'));
		}

		default: {
			return withCommand(call, subjectOf(input, kind));
		}
	}
};

const commandCall = (call: ToolCallBody, input: Json): ToolCallBody => {
	if (call.name === 'write_stdin') {
		const chars = text(input, 'chars');
		return withCommand(call, chars === '' ? null : chars);
	}

	for (const key of ['cmd', 'command']) {
		const value = input[key];
		if (typeof value === 'string') {
			return shellCall(call, ['bash', '-lc', value]);
		}

		if (Array.isArray(value)) {
			return shellCall(call, texts(input, key));
		}
	}

	return call;
};

/** A `custom_tool_call`: its input is free text, a patch or a script. */
export const customCall = (payload: Json): ToolCallBody => {
	const name = text(payload, 'name') ?? '';
	const namespace = text(payload, 'namespace');
	const input = text(payload, 'input') ?? '';
	const kind = kindOf(name, namespace, {});
	const call = emptyCall(kind, name, text(payload, 'call_id'));
	call.arguments = input;
	if (namespace !== null) {
		call.namespace = namespace;
	}

	if (kind === 'patch') {
		return asPatch(call, input);
	}

	return kind === 'code' ? withCommand(call, input) : call;
};

/** A `local_shell_call` of the first releases. */
export const localShellCall = (payload: Json): ToolCallBody => {
	const call = emptyCall('command', 'local_shell', text(payload, 'call_id') ?? text(payload, 'id'));
	const action = object(payload, 'action');
	return {...shellCall(call, texts(action, 'command')), arguments: toJson(action)};
};

/** What a web search looked for: a query, several, or a page (reference 5, `web_search_call`). */
export const searchSubject = (action: Json): string | null =>
	text(action, 'query') ??
	(list(action, 'queries').length > 0 ? texts(action, 'queries').join('; ') : null) ??
	(text(action, 'pattern') === null ? null : `${text(action, 'pattern')} in ${text(action, 'url') ?? 'page'}`) ??
	text(action, 'url');

/** Calls that are complete in one line. */
export const completeCall = (
	tool: ToolKind,
	name: string,
	fields: Partial<Omit<ToolCallBody, 'kind' | 'tool' | 'name'>>,
): ToolCallBody => ({...emptyCall(tool, name, null), status: 'completed', ...fields});
