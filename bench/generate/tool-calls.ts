import type {Log} from './log.js';
import {filePath} from './makers.js';
import type {Random} from './random.js';
import type {Style} from './session.js';
import {command, patch, type Texts} from './texts.js';

export type ToolCall = {
	random: Random;
	log: Log;
	style: Style;
	/** Factor on the lengths of texts. */
	scale: number;
	texts: Texts;
	turnId: string;
	/** A picture that a tool answers with, instead of text. */
	image?: string | undefined;
	/** Called between a call and its output, where token counts stand. */
	between(): void;
};

const durationOf = (random: Random): number => random.between(20, 4000) / 1000;

/** Most outputs are short; one in a hundred fills the room that the program leaves for them. */
const outputText = ({random, texts, scale}: ToolCall): string =>
	texts('output', Math.min(60_000, random.size(1650, 1.45)) * scale);

const exitCodeOf = (random: Random): number => (random.chance(0.12) ? 1 : 0);

const functionCall = (call: ToolCall, name: string, given: object, output: (callId: string) => unknown): void => {
	const {log, random} = call;
	const callId = `call_${random.hex(24)}`;
	log.item({type: 'function_call', name, arguments: JSON.stringify(given), call_id: callId}, random.between(300, 6000));
	call.between();
	log.item({type: 'function_call_output', call_id: callId, output: output(callId)}, random.between(20, 3000));
};

const customCall = (call: ToolCall, name: string, input: string, output: (callId: string) => unknown): void => {
	const {log, random} = call;
	const callId = `call_${random.hex(24)}`;
	log.item({type: 'custom_tool_call', status: 'completed', call_id: callId, name, input}, random.between(300, 6000));
	call.between();
	log.item({type: 'custom_tool_call_output', call_id: callId, output: output(callId)}, random.between(20, 3000));
};

const shellCommand = (call: ToolCall): void => {
	const {random} = call;
	functionCall(
		call,
		'shell_command',
		{command: command(random, call.texts, call.scale), workdir: '/home/ada/work', timeout_ms: 10_000},
		() => `Exit code: ${exitCodeOf(random)}\nWall time: ${durationOf(random)} seconds\nOutput:\n${outputText(call)}`,
	);
};

const shell = (call: ToolCall): void => {
	const {random} = call;
	functionCall(
		call,
		'shell',
		{command: ['bash', '-lc', command(random, call.texts, call.scale)], workdir: '/home/ada/work'},
		() =>
			JSON.stringify({
				output: outputText(call),
				metadata: {exit_code: exitCodeOf(random), duration_seconds: durationOf(random)},
			}),
	);
};

const execCommand = (call: ToolCall): void => {
	const {random, log, style, turnId} = call;
	const typed = command(random, call.texts, call.scale);
	functionCall(call, 'exec_command', {cmd: typed, workdir: '/home/ada/work', yield_time_ms: 1000}, callId => {
		const text = outputText(call);
		const exitCode = exitCodeOf(random);
		if (style === 'paginated') {
			log.event({
				type: 'item_completed',
				thread_id: turnId,
				turn_id: turnId,
				item: {
					type: 'CommandExecution',
					id: callId,
					command: ['/bin/bash', '-lc', typed],
					cwd: 'file:///home/ada/work',
					parsed_cmd: [{type: 'unknown', cmd: typed}],
					source: 'agent',
					status: exitCode === 0 ? 'completed' : 'failed',
					aggregated_output: text.slice(0, 10_000),
					exit_code: exitCode,
					duration: {secs: 0, nanos: random.between(1, 999_999_999)},
				},
				completed_at_ms: log.clock,
			});
		}

		return `Chunk ID: ${random.hex(6)}\nWall time: ${durationOf(random)} seconds\nProcess exited with code ${exitCode}\nOriginal token count: ${Math.round(text.length / 4)}\nOutput:\n${text}`;
	});
};

const applyPatch = (call: ToolCall): void => {
	const {random, log, style, turnId, scale, texts} = call;
	const input = patch(random, texts, Math.min(30_000, random.size(900, 1.2)) * scale);
	customCall(call, 'apply_patch', input, callId => {
		const file = /Update File: (.*)/.exec(input)?.[1] ?? filePath(random);
		if (style === 'per-turn') {
			log.event({
				type: 'patch_apply_end',
				call_id: callId,
				turn_id: turnId,
				stdout: `Success. Updated the following files:\nM ${file}\n`,
				stderr: '',
				success: true,
				changes: {[file]: {type: 'update', unified_diff: input, move_path: null}},
				status: 'completed',
			});
		}

		return JSON.stringify({
			output: `Success. Updated the following files:\nM ${file}\n`,
			metadata: {exit_code: 0, duration_seconds: 0},
		});
	});
};

const script = (call: ToolCall): void => {
	const {random} = call;
	customCall(
		call,
		'exec',
		`const result = await tools.exec_command({cmd: ${JSON.stringify(command(random, call.texts, call.scale))}});`,
		() => [
			{type: 'input_text', text: `Script completed\nWall time ${durationOf(random)} seconds\nOutput:\n`},
			// A script has several operations.
			...Array.from({length: random.between(1, 5)}, () => ({type: 'input_text', text: outputText(call)})),
		],
	);
};

const updatePlan = (call: ToolCall): void => {
	const {random} = call;
	const step = () => ({
		step: call.texts('prose', 40),
		status: random.pick(['pending', 'in_progress', 'completed']),
	});
	functionCall(call, 'update_plan', {plan: Array.from({length: random.between(2, 6)}, step)}, () => 'Plan updated');
};

const mcp = (call: ToolCall): void => {
	functionCall(call, 'mcp__library__search', {query: call.texts('prose', 30)}, () => [
		{type: 'input_text', text: outputText(call)},
	]);
};

const webSearch = ({log, random, texts}: ToolCall): void => {
	const query = texts('prose', 40);
	log.item({type: 'web_search_call', id: `ws_${random.hex(24)}`, status: 'completed', action: {type: 'search', query}});
};

const viewImage = (call: ToolCall): void => {
	functionCall(call, 'view_image', {path: `/home/ada/work/${call.random.hex(8)}.png`}, () => [
		{type: 'input_image', image_url: call.image},
	]);
};

const tools: readonly (readonly [number, (call: ToolCall) => void])[] = [
	[470, shellCommand],
	[180, execCommand],
	[160, shell],
	[140, applyPatch],
	[36, script],
	[16, updatePlan],
	[7, webSearch],
	[5, mcp],
];

const functionsOnly = tools.filter(([, tool]) => tool === shell || tool === updatePlan);

/** Writes one tool call and its output, in the shares that published sessions have. */
export const writeToolCall = (call: ToolCall): void => {
	const {random, style, image, log} = call;
	const tool = image !== undefined ? viewImage : random.weighted(style === 'bare' ? functionsOnly : tools);
	tool(call);
	log.counts.toolCalls++;
};
