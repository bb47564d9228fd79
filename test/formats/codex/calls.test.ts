import assert from 'node:assert/strict';
import {test} from 'node:test';
import {laterStatus} from '../../../source/formats/codex/calls.js';
import type {CallRow} from '../../../source/formats/rows.js';
import type {ToolCallBody, ToolStatus} from '../../../source/model/log-event.js';
import {
	completed,
	customCall,
	customOutput,
	event,
	type Fields,
	functionCall,
	functionOutput,
	item,
	type ReadRollout,
	readRollout,
} from '../../helpers/rollout.js';

const exec = (id: string, cmd = 'ls'): string => item(functionCall('exec_command', {cmd}, id));
const out = (id: string, text: string): string => item(functionOutput(id, text));
const unified = (state: string, text = ''): string =>
	`Chunk ID: 0a\nWall time: 2.0000 seconds\n${state}\nOriginal token count: 1\nOutput:\n${text}`;
const ran = (id: string, fields: Fields = {}): string =>
	completed('CommandExecution', {
		id,
		command: ['/bin/zsh', '-lc', 'ls'],
		source: 'agent',
		status: 'completed',
		aggregated_output: 'all of it\n',
		exit_code: 0,
		duration: {secs: 0, nanos: 40_000_000},
		...fields,
	});
const script = (id: string, code = 'tools.exec_command({cmd: "ls"})'): string => item(customCall('exec', code, id));
const scriptOut = (id: string, state = 'completed', text = ''): string =>
	item(customOutput(id, [{type: 'input_text', text: `Script ${state}\nWall time 0.1 seconds\nOutput:\n${text}`}]));

type Told = Pick<CallRow, 'name' | 'status' | 'exitCode' | 'durationMs'> & {lines: number[]; output: string | null};

const told = ({joined, calls}: ReadRollout): Told[] =>
	joined.map(({sequence, lines, event: body}) => {
		assert.ok(body.kind === 'tool-call');
		const row = calls.find(call => call.sequence === sequence);
		assert.ok(row !== undefined, `no row for the call of lines ${lines}`);
		// The list and the detail must not tell different stories.
		assert.deepEqual(
			[body.name, body.status, body.exitCode, body.durationMs],
			[row.name, row.status, row.exitCode, row.durationMs],
		);
		return {
			lines,
			name: row.name,
			status: row.status,
			exitCode: row.exitCode,
			durationMs: row.durationMs,
			output: body.output,
		};
	});

const call = (lines: number[], status: ToolStatus, fields: Partial<Told> = {}): Told => ({
	lines,
	name: 'exec_command',
	status,
	exitCode: null,
	durationMs: null,
	output: null,
	...fields,
});

const rollouts: [name: string, lines: string[], expected: Told[]][] = [
	['a call without a result', [exec('c1')], [call([1], 'open')]],
	[
		'a call and its output',
		[exec('c1'), out('c1', unified('Process exited with code 0', 'a'))],
		[call([1, 2], 'completed', {exitCode: 0, durationMs: 2000, output: 'a'})],
	],
	[
		'a call that failed',
		[exec('c1'), out('c1', unified('Process exited with code 3', 'a'))],
		[call([1, 2], 'failed', {exitCode: 3, durationMs: 2000, output: 'a'})],
	],
	[
		'a command that goes on',
		[exec('c1'), out('c1', unified('Process running with session ID 7'))],
		[call([1, 2], 'open', {durationMs: 2000, output: ''})],
	],
	[
		'parallel calls, all outputs at the end',
		[exec('c1'), exec('c2'), out('c1', 'a'), out('c2', 'b')],
		[call([1, 3], 'completed', {output: 'a'}), call([2, 4], 'completed', {output: 'b'})],
	],
	[
		'a completed item before the output: its duration, the output of record',
		[exec('c1'), ran('c1'), out('c1', unified('Process exited with code 0', 'a'))],
		[call([1, 2, 3], 'completed', {exitCode: 0, durationMs: 40, output: 'a'})],
	],
	[
		'a completed item after the output',
		[exec('c1'), out('c1', unified('Process exited with code 0', 'a')), ran('c1')],
		[call([1, 2, 3], 'completed', {exitCode: 0, durationMs: 40, output: 'a'})],
	],
	[
		'an end event instead of an item',
		[
			exec('c1'),
			event('exec_command_end', {
				call_id: 'c1',
				command: ['ls'],
				source: 'agent',
				aggregated_output: 'a',
				exit_code: 1,
				duration: {secs: 1, nanos: 0},
			}),
		],
		[call([1, 2], 'failed', {exitCode: 1, durationMs: 1000, output: 'a'})],
	],
	[
		'a declined command',
		[
			exec('c1'),
			ran('c1', {status: 'declined', exit_code: null, aggregated_output: null, duration: null}),
			out('c1', 'exec command rejected by user'),
		],
		[call([1, 2, 3], 'declined', {output: 'exec command rejected by user'})],
	],
	[
		'a failure that a later record calls completed',
		[exec('c1'), ran('c1', {status: 'failed', exit_code: 2}), out('c1', 'a')],
		[call([1, 2, 3], 'failed', {exitCode: 2, durationMs: 40, output: 'a'})],
	],
	[
		'an item that is completed twice',
		[exec('c1'), ran('c1', {status: 'in_progress', exit_code: null, duration: null}), ran('c1')],
		[call([1, 2, 3], 'completed', {exitCode: 0, durationMs: 40, output: 'all of it\n'})],
	],
	[
		'an output whose call is missing',
		[out('c9', 'a')],
		[call([1], 'completed', {name: 'output without a call', output: 'a'})],
	],
	[
		'an output without a call id',
		[item({type: 'function_call_output', output: 'a'})],
		[call([1], 'completed', {name: 'output without a call', output: 'a'})],
	],
	[
		'two outputs of a missing call',
		[out('c9', 'a'), out('c9', 'b')],
		[call([1, 2], 'completed', {name: 'output without a call', output: 'b'})],
	],
	[
		'a command whose call is missing',
		[ran('c9')],
		[call([1], 'completed', {exitCode: 0, durationMs: 40, output: 'all of it\n'})],
	],
	[
		'a command before its call',
		[ran('c1'), exec('c1'), out('c1', 'a')],
		[call([1, 2, 3], 'completed', {exitCode: 0, durationMs: 40, output: 'a'})],
	],
	['an output before its call', [out('c1', 'a'), exec('c1')], [call([1, 2], 'completed', {output: 'a'})]],
	[
		'a call id used twice',
		[exec('c1'), out('c1', 'a'), exec('c1', 'pwd'), out('c1', 'b')],
		[call([1, 2], 'completed', {output: 'a'}), call([3, 4], 'completed', {output: 'b'})],
	],
	[
		'a patch and its end',
		[
			item(customCall('apply_patch', '*** Begin Patch\n*** Delete File: a\n*** End Patch', 'p1')),
			event('patch_apply_end', {call_id: 'p1', success: false, stdout: '', stderr: 'no', changes: {}}),
			item(customOutput('p1', 'no such file')),
		],
		[call([1, 2, 3], 'failed', {name: 'apply_patch', output: 'no such file'})],
	],
	[
		'an MCP call and its end',
		[
			item(functionCall('high_water', {query: 'Brest'}, 'm1', {namespace: 'mcp__harbours__'})),
			event('mcp_tool_call_end', {
				call_id: 'm1',
				invocation: {server: 'harbours', tool: 'high_water'},
				duration: {secs: 0, nanos: 5_000_000},
				result: {Err: 'no server'},
			}),
			out('m1', 'no server'),
		],
		[call([1, 2, 3], 'failed', {name: 'high_water', durationMs: 5, output: 'no server'})],
	],
	[
		'a web search and its end',
		[
			event('web_search_end', {call_id: 'ws_1', query: 'tides', action: {type: 'search', query: 'tides'}}),
			item({type: 'web_search_call', id: 'ws_1', status: 'completed', action: {type: 'search', query: 'tides'}}),
		],
		[call([1, 2], 'completed', {name: 'search'})],
	],
	[
		'web searches whose calls were written without an id',
		[
			event('web_search_end', {call_id: 'ws_1', query: 'tides', action: {type: 'search', query: 'tides'}}),
			item({type: 'web_search_call', status: 'completed', action: {type: 'search', query: 'tides'}}),
			event('web_search_end', {call_id: 'ws_2', query: 'tides', action: {type: 'search', query: 'tides'}}),
			item({type: 'web_search_call', status: 'completed', action: {type: 'search', query: 'tides'}}),
			item({type: 'web_search_call', status: 'completed', action: {type: 'search', query: 'tides'}}),
		],
		[
			call([1, 2], 'completed', {name: 'search'}),
			call([3, 4], 'completed', {name: 'search'}),
			call([5], 'completed', {name: 'search'}),
		],
	],
	[
		'a search for tools',
		[
			item({type: 'tool_search_call', call_id: 't1', execution: 'client', arguments: {query: 'tides'}}),
			item({type: 'tool_search_output', call_id: 't1', status: 'completed', execution: 'client', tools: []}),
		],
		[call([1, 2], 'completed', {name: 'tool_search', output: ''})],
	],
];

for (const [name, lines, expected] of rollouts) {
	test(`calls: ${name}`, () => {
		const rollout = readRollout(lines);
		assert.deepEqual(told(rollout), expected);
		assert.equal(rollout.facts.toolCallCount, expected.length);
	});
}

const scriptOf = (rollout: ReadRollout, index = 0): ToolCallBody => {
	const body = rollout.joined[index]?.event;
	assert.ok(body?.kind === 'tool-call');
	return body;
};

test('operations stand in the script that ran them, in its order', () => {
	const rollout = readRollout([
		script('s1', 'await tools.exec_command({cmd: "ls tables"}); await tools.exec_command({cmd: "wc -l a"})'),
		ran('exec-2', {command: ['bash', '-lc', 'wc -l a'], exit_code: 1, status: 'failed', aggregated_output: 'no'}),
		ran('exec-1', {command: ['bash', '-lc', 'ls tables']}),
		completed('FileChange', {id: 'exec-3', changes: {'a.txt': {type: 'add', content: 'x'}}, status: 'completed'}),
		scriptOut('s1', 'completed', 'done'),
	]);
	assert.deepEqual(
		rollout.joined.map(({lines}) => lines),
		[[1, 2, 3, 4, 5]],
	);
	const {status, exitCode, output, operations} = scriptOf(rollout);
	assert.deepEqual({status, exitCode, output}, {status: 'completed', exitCode: null, output: 'done'});
	assert.deepEqual(
		operations?.map(operation => [operation.tool, operation.command, operation.exitCode]),
		[
			['command', 'wc -l a', 1],
			['command', 'ls tables', 0],
			['patch', 'a.txt', null],
		],
	);
	assert.equal(rollout.facts.toolCallCount, 1);
});

test('operations that the script names are told in the order of the script', () => {
	const rollout = readRollout([
		script('s1', 'tools.exec_command({cmd: "ls tables"}); tools.exec_command({cmd: "wc -l a"})'),
		ran('exec-2', {command: ['bash', '-lc', 'wc -l a']}),
		ran('exec-1', {command: ['bash', '-lc', 'ls tables']}),
		scriptOut('s1'),
	]);
	assert.deepEqual(
		scriptOf(rollout).operations?.map(({command}) => command),
		['ls tables', 'wc -l a'],
	);
});

test('what a waited-for cell does belongs to the script that began it', () => {
	const rollout = readRollout([
		script('s1'),
		scriptOut('s1', 'running with cell ID 6'),
		script('s2', 'text("nothing")'),
		scriptOut('s2'),
		item(functionCall('wait', {cell_id: '6'}, 'w1')),
		ran('exec-1', {command: ['bash', '-lc', 'ls']}),
		scriptOut('w1'),
	]);
	assert.deepEqual(
		rollout.joined.map(({lines}) => lines),
		[
			[1, 2, 6],
			[3, 4],
			[5, 7],
		],
	);
	assert.equal(scriptOf(rollout).operations?.length, 1);
	assert.deepEqual(scriptOf(rollout, 1).operations, []);
	assert.deepEqual(scriptOf(rollout, 2).operations, []);
});

test('what a cell does that nobody knows belongs to the wait for it', () => {
	const rollout = readRollout([item(functionCall('wait', {cell_id: 6}, 'w1')), ran('exec-1'), scriptOut('w1')]);
	assert.deepEqual(
		rollout.joined.map(({lines}) => lines),
		[[1, 2, 3]],
	);
});

test('what comes after a script has ended stands alone', () => {
	const rollout = readRollout([script('s1'), scriptOut('s1'), ran('exec-1')]);
	assert.deepEqual(
		rollout.joined.map(({lines}) => lines),
		[[1, 2], [3]],
	);
});

test("a person's own command is no call of the script that runs", () => {
	const rollout = readRollout([script('s1'), ran('exec-1', {source: 'user_shell'}), scriptOut('s1')]);
	assert.deepEqual(
		rollout.joined.map(({lines, event: body}) => [lines, body.kind]),
		[
			[[1, 3], 'tool-call'],
			[[2], 'user-command'],
		],
	);
});

test('a call is remembered over a thousand others, not over many more', () => {
	const others = (count: number): string[] => Array.from({length: count}, (_, index) => exec(`o${index}`));
	assert.equal(readRollout([exec('c1'), ...others(900), out('c1', 'a')]).joined.length, 901);
	assert.equal(readRollout([exec('c1'), ...others(5000), out('c1', 'a')]).joined.length, 5002);
});

test('a patch that failed changed nothing', () => {
	const body = scriptOf(
		readRollout([
			item(customCall('apply_patch', '*** Begin Patch\n*** Delete File: a\n*** End Patch', 'p1')),
			item(customOutput('p1', '{"output":"no","metadata":{"exit_code":1,"duration_seconds":0.1}}')),
		]),
	);
	assert.deepEqual([body.status, body.changes], ['failed', []]);
});

test('images of an output are told with the call', () => {
	const body = scriptOf(
		readRollout([
			item(functionCall('view_image', {path: 'chart.png'}, 'v1')),
			item(functionOutput('v1', [{type: 'input_image', image_url: 'data:image/png;base64,AAAA'}])),
		]),
	);
	assert.deepEqual(
		[body.tool, body.command, body.images],
		['view-image', 'chart.png', [{mediaType: 'image/png', bytes: 3, source: null}]],
	);
});

const statuses: [before: ToolStatus, now: ToolStatus | null, expected: ToolStatus][] = [
	['open', null, 'open'],
	['open', 'open', 'open'],
	['open', 'completed', 'completed'],
	['open', 'failed', 'failed'],
	['completed', 'open', 'completed'],
	['completed', 'failed', 'failed'],
	['completed', 'declined', 'declined'],
	['failed', 'completed', 'failed'],
	['declined', 'completed', 'declined'],
];

for (const [before, now, expected] of statuses) {
	test(`a call that was ${before} and then ${now ?? 'not told of'} is ${expected}`, () => {
		assert.equal(laterStatus(before, now), expected);
	});
}

/** Name, status and exit code of each call, as rows tell them. */
const rowsOf = (lines: string[]) =>
	readRollout(lines).calls.map(({name, status, exitCode}) => [name, status, exitCode]);

const poll = (id: string, session: number): string =>
	item(functionCall('write_stdin', {session_id: session, chars: ''}, id));

test('a command that goes on running ends where a poll tells so', () => {
	const running = [
		exec('c1', 'npm install'),
		out('c1', unified('Process running with session ID 7085')),
		exec('c2', 'npm run watch'),
		out('c2', unified('Process running with session ID 7086')),
		poll('p1', 7085),
		out('p1', unified('Process running with session ID 7085', 'half')),
		poll('p2', 7085),
		out('p2', 'write_stdin failed: stdin is closed for this session'),
	];
	const polled = [
		['write_stdin', 'completed', null],
		['write_stdin', 'failed', null],
	];
	assert.deepEqual(rowsOf(running), [['exec_command', 'open', null], ['exec_command', 'open', null], ...polled]);
	assert.deepEqual(rowsOf([...running, poll('p3', 7085), out('p3', unified('Process exited with code 3'))]), [
		['exec_command', 'failed', 3],
		['exec_command', 'open', null],
		...polled,
		['write_stdin', 'failed', 3],
	]);
});

test('a script that goes on running ends where a wait tells so', () => {
	const wait = (id: string): string => item(functionCall('wait', {cell_id: '6'}, id));
	const running = [script('s1'), scriptOut('s1', 'running with cell ID 6')];
	assert.deepEqual(rowsOf([...running, wait('w1'), scriptOut('w1', 'running with cell ID 6')]), [
		['exec', 'open', null],
		['wait', 'completed', null],
	]);
	assert.deepEqual(rowsOf([...running, wait('w1'), scriptOut('w1')]), [
		['exec', 'completed', null],
		['wait', 'completed', null],
	]);
	assert.deepEqual(rowsOf([...running, wait('w1'), scriptOut('w1', 'failed')]), [
		['exec', 'failed', null],
		['wait', 'failed', null],
	]);
});
