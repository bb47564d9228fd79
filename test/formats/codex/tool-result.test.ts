import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	callOutput,
	commandResult,
	dynamicResult,
	mcpResult,
	patchResult,
	readOutput,
	spanMs,
	type ToolResult,
} from '../../../source/formats/codex/tool-result.js';
import type {Json} from '../../../source/formats/json.js';
import {functionOutput} from '../../helpers/rollout.js';

type Expected = Partial<ToolResult>;

const check = (name: string, read: () => ToolResult, expected: Expected): void => {
	test(name, () => {
		const result = read();
		assert.deepEqual(result, {...result, ...expected});
	});
};

/** Forms of command results: format reference 5.2. */
const outputs: [name: string, output: unknown, expected: Expected][] = [
	['plain text', 'done', {output: 'done', exitCode: null, durationMs: null, status: 'completed'}],
	['nothing', '', {output: '', status: 'completed'}],
	[
		'structured',
		'{"output":"brest.csv\\n","metadata":{"exit_code":0,"duration_seconds":0.1}}',
		{output: 'brest.csv\n', exitCode: 0, durationMs: 100, status: 'completed'},
	],
	[
		'structured with a failure',
		'{"output":"no","metadata":{"exit_code":2,"duration_seconds":1.25}}',
		{output: 'no', exitCode: 2, durationMs: 1250, status: 'failed'},
	],
	[
		'structured without metadata',
		'{"output":"no"}',
		{output: 'no', exitCode: null, durationMs: null, status: 'completed'},
	],
	['structured, but cut short', '{"output":"no', {output: '{"output":"no', exitCode: null, status: 'completed'}],
	[
		'freeform',
		'Exit code: 0\nWall time: 1.5 seconds\nOutput:\na\nOutput:\nb',
		{output: 'a\nOutput:\nb', exitCode: 0, durationMs: 1500, status: 'completed'},
	],
	[
		'freeform with a failure',
		'Exit code: 1\nWall time: 0 seconds\nTotal output lines: 900\nOutput:\nbad',
		{output: 'bad', exitCode: 1, durationMs: 0, status: 'failed'},
	],
	[
		'freeform with a signal',
		'Exit code: -1\nWall time: 2 seconds\nOutput:\n',
		{output: '', exitCode: -1, status: 'failed'},
	],
	[
		'freeform with Windows line ends',
		'Exit code: 0\r\nWall time: 1 seconds\r\nOutput:\r\na\r\n',
		{output: 'a\r\n', exitCode: 0},
	],
	[
		'unified',
		'Chunk ID: 0a1b2c\nWall time: 0.0500 seconds\nProcess exited with code 3\nOriginal token count: 3\nOutput:\nbad',
		{output: 'bad', exitCode: 3, durationMs: 50, status: 'failed', runningId: null},
	],
	[
		'unified and still running',
		'Chunk ID: 0a1b2c\nWall time: 10.0000 seconds\nProcess running with session ID 4242\nOriginal token count: 0\nOutput:\n',
		{output: '', exitCode: null, durationMs: 10_000, status: 'open', runningId: '4242'},
	],
	[
		'unified with the command first',
		"Command: /bin/bash -lc 'ls'\nChunk ID: 0a\nWall time: 1.0 seconds\nProcess exited with code 0\nOutput:\nx",
		{output: 'x', exitCode: 0, durationMs: 1000},
	],
	[
		'a command that its sandbox stopped',
		'failed in sandbox LinuxSeccomp with execution error: sandbox denied exec error, exit code: 2, stdout: , stderr: no',
		{exitCode: 2, durationMs: null, status: 'failed'},
	],
	[
		'a sandbox that failed',
		'failed in sandbox MacosSeatbelt with execution error: Denied',
		{exitCode: null, status: 'failed'},
	],
	['an interrupted command', 'aborted by user after 2.7s', {exitCode: null, durationMs: 2700, status: 'failed'}],
	[
		'an interrupted command with a header',
		'Wall time: 6.4 seconds\naborted by user',
		{output: 'Wall time: 6.4 seconds\naborted by user', exitCode: null, durationMs: 6400, status: 'failed'},
	],
	[
		'a command that prints of an interruption',
		'Exit code: 0\nWall time: 1 seconds\nOutput:\naborted by user',
		{output: 'aborted by user', exitCode: 0, status: 'completed'},
	],
	['input for a process that takes none', 'write_stdin failed: stdin is closed for this session', {status: 'failed'}],
	['a process that did not start', 'exec_command failed for `ls`: no such folder', {status: 'failed'}],
	['an unknown tool', 'unsupported call: tides', {status: 'failed'}],
	['an MCP tool that failed', 'tool call error: tool call failed for `tides/add`', {status: 'failed'}],
	[
		'an MCP tool that tells an error',
		'{"content":[{"text":"unknown port","type":"text"}],"isError":true}',
		{output: '{"content":[{"text":"unknown port","type":"text"}],"isError":true}', status: 'failed'},
	],
	['an MCP tool that tells none', '{"content":[{"text":"6.4 m","type":"text"}]}', {status: 'completed'}],
	['a command that a person refused', 'exec command rejected by user', {status: 'declined'}],
	['a patch that the settings refused', 'patch rejected: writing outside of the project', {status: 'declined'}],
	['text about a command', 'Command: unknown', {output: 'Command: unknown', exitCode: null, status: 'completed'}],
	[
		'interrupted',
		'Wall time: 2.4 seconds\naborted by user',
		{output: 'Wall time: 2.4 seconds\naborted by user', exitCode: null, durationMs: 2400},
	],
	['a header without its end', 'Exit code: 7\nWall time: 1 seconds', {exitCode: 7, durationMs: 1000, status: 'failed'}],
	[
		'text that quotes a header',
		'He said:\nExit code: 1\nOutput:\nx',
		{output: 'He said:\nExit code: 1\nOutput:\nx', exitCode: null, status: 'completed'},
	],
	[
		'a refused patch',
		'apply_patch verification failed: no such file',
		{status: 'failed', output: 'apply_patch verification failed: no such file'},
	],
	['refused arguments', 'failed to parse function arguments: missing field `cmd`', {status: 'failed'}],
	[
		'an array of text',
		[
			{type: 'input_text', text: 'a'},
			{type: 'input_text', text: 'b'},
		],
		{output: 'a\nb', status: 'completed'},
	],
	[
		'an array with an image',
		[
			{type: 'input_text', text: 'chart'},
			{type: 'input_image', image_url: 'data:image/png;base64,AAAA'},
		],
		{output: 'chart', images: [{mediaType: 'image/png', bytes: 3, source: null}]},
	],
	[
		'an array with encrypted content',
		[{type: 'encrypted_content', encrypted_content: 'gAAA'}],
		{output: '[encrypted]'},
	],
	['an empty array', [], {output: '', status: 'completed'}],
	[
		'a script that failed',
		[{type: 'input_text', text: 'Script failed\nWall time 0.2 seconds\nOutput:\n'}],
		{output: '', durationMs: 200, status: 'failed'},
	],
	[
		'a script that goes on',
		[{type: 'input_text', text: 'Script running with cell ID 6\nWall time 10.0 seconds\nOutput:\n'}],
		{durationMs: 10_000, status: 'open', runningId: '6'},
	],
	[
		'a script without output',
		[{type: 'input_text', text: 'Script completed\nWall time 0.1 seconds\nOutput:\n'}],
		{output: '', durationMs: 100, status: 'completed', runningId: null},
	],
	['an object that failed', {content: 'no such tool', success: false}, {output: 'no such tool', status: 'failed'}],
	[
		'an object that succeeded',
		{content: 'Exit code: 0\nOutput:\nfine', success: true},
		{output: 'fine', exitCode: 0, status: 'completed'},
	],
	['an object that is one part', {type: 'input_text', text: 'brest.csv'}, {output: 'brest.csv', status: 'completed'}],
	['an object without text', {success: false}, {output: '{"success":false}', status: 'failed'}],
	['an MCP result', 'Wall time: 0.3000 seconds\nOutput:\n{"height":8.1}', {output: '{"height":8.1}', durationMs: 300}],
	['null', null, {output: '', status: 'completed'}],
];

for (const [name, output, expected] of outputs) {
	check(`model output: ${name}`, () => callOutput(functionOutput('c1', output)), {
		callId: 'c1',
		isModelOutput: true,
		tool: null,
		...expected,
	});
}

check(
	'the parts of an output are joined by line ends, as the model saw them',
	() =>
		callOutput(
			functionOutput('c1', [
				{type: 'input_text', text: 'Script completed\nWall time 0.1 seconds\nOutput:\n'},
				{type: 'input_text', text: 'brest.csv'},
			]),
		),
	{output: '\nbrest.csv', durationMs: 100, status: 'completed'},
);

test('a header is looked for at the beginning only', () => {
	const body = 'x\n'.repeat(200_000);
	assert.equal(readOutput(`Exit code: 0\nOutput:\n${body}`).output, body);
	assert.equal(readOutput(body).output, body);
});

const command = {
	command: ['bash', '-lc', 'ls'],
	cwd: '/home/mira',
	aggregated_output: 'a',
	exit_code: 0,
	duration: {secs: 1, nanos: 500_000_000},
	source: 'agent',
};

const commands: [name: string, from: Json, expected: Expected][] = [
	[
		'completed',
		{...command, status: 'completed'},
		{command: 'ls', output: 'a', exitCode: 0, durationMs: 1500, status: 'completed', name: 'exec_command'},
	],
	['failed', {...command, status: 'failed', exit_code: 2}, {exitCode: 2, status: 'failed'}],
	[
		'declined',
		{...command, status: 'declined', exit_code: null, aggregated_output: null, duration: null},
		{exitCode: null, durationMs: null, output: null, status: 'declined'},
	],
	['in progress', {...command, status: 'in_progress', exit_code: null}, {status: null}],
	['without a status', command, {status: 'completed'}],
	['without a status, failed', {...command, exit_code: 1}, {status: 'failed'}],
	['without a status, killed', {...command, exit_code: -9}, {status: 'failed'}],
	['with only formatted output', {...command, aggregated_output: null, formatted_output: 'f'}, {output: 'f'}],
	['with only standard output', {...command, aggregated_output: null, stdout: 's'}, {output: 's'}],
	['as one string', {...command, command: 'ls -1'}, {command: 'ls -1'}],
];

for (const [name, from, expected] of commands) {
	check(`command ${name}`, () => commandResult(from, 'c1'), {
		callId: 'c1',
		tool: 'command',
		isModelOutput: false,
		...expected,
	});
}

const changes = {'a.txt': {type: 'add', content: 'x'}, 'b.txt': {type: 'delete', content: 'y'}};

const patches: [name: string, from: Json, expected: Expected][] = [
	[
		'succeeded',
		{changes, success: true, stdout: 'Success', stderr: ''},
		{status: 'completed', output: 'Success', command: 'a.txt, b.txt'},
	],
	['failed', {changes, success: false, stdout: '', stderr: 'no'}, {status: 'failed', output: 'no'}],
	['declined', {changes, status: 'declined'}, {status: 'declined', output: null}],
	['completed', {changes, status: 'completed'}, {status: 'completed'}],
	['without a status', {changes}, {status: null}],
	['without changes', {success: true}, {command: null, changes: []}],
];

for (const [name, from, expected] of patches) {
	check(`patch that ${name}`, () => patchResult(from, 'c1'), {
		callId: 'c1',
		tool: 'patch',
		name: 'apply_patch',
		...expected,
	});
}

const invocation = {server: 'harbours', tool: 'high_water', arguments: {query: 'Brest'}};
const content = [{type: 'text', text: '14:20'}];
const span = {secs: 0, nanos: 3_000_000};

const mcps: [name: string, from: Json, expected: Expected][] = [
	[
		'succeeded',
		{invocation, duration: span, result: {Ok: {content, isError: false}}},
		{output: '14:20', status: 'completed', durationMs: 3},
	],
	['answered with an error', {invocation, result: {Ok: {content, isError: true}}}, {output: '14:20', status: 'failed'}],
	['failed', {invocation, result: {Err: 'no server'}}, {output: 'no server', status: 'failed'}],
	[
		'showed a picture',
		{invocation, result: {Ok: {content: [{type: 'input_image', image_url: 'data:image/png;base64,AAAA'}]}}},
		{output: '', images: [{mediaType: 'image/png', bytes: 3, source: null}]},
	],
	[
		'completed as an item',
		{...invocation, status: 'completed', result: {content}},
		{output: '14:20', status: 'completed'},
	],
	[
		'failed as an item',
		{...invocation, status: 'failed', error: {message: 'no server'}},
		{output: 'no server', status: 'failed'},
	],
	['failed as an item without words', {...invocation, status: 'failed'}, {status: 'failed'}],
];

for (const [name, from, expected] of mcps) {
	check(`MCP call that ${name}`, () => mcpResult(from, 'c1'), {
		callId: 'c1',
		tool: 'mcp',
		name: 'mcp__harbours__high_water',
		arguments: '{"query":"Brest"}',
		...expected,
	});
}

const dynamics: [name: string, from: Json, expected: Expected][] = [
	[
		'succeeded',
		{tool: 'tide', arguments: {a: 1}, content_items: [{type: 'inputText', text: 'x'}], success: true},
		{name: 'tide', arguments: '{"a":1}', output: 'x', status: 'completed'},
	],
	['failed', {tool: 'tide', success: false, error: 'no'}, {arguments: null, output: 'no', status: 'failed'}],
	['failed as an item', {tool: 'tide', status: 'failed'}, {status: 'failed'}],
];

for (const [name, from, expected] of dynamics) {
	check(`dynamic call that ${name}`, () => dynamicResult(from, 'c1'), {callId: 'c1', tool: 'other', ...expected});
}

const spans: [value: unknown, expected: number | null][] = [
	[{secs: 2, nanos: 1_500_000}, 2002],
	[{secs: 2}, 2000],
	[{}, 0],
	['2s', null],
	[null, null],
	[undefined, null],
];

for (const [value, expected] of spans) {
	test(`a span of ${JSON.stringify(value)}`, () => {
		assert.equal(spanMs({duration: value}, 'duration'), expected);
	});
}
