import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	commandLine,
	customCall,
	functionCall,
	localShellCall,
	searchSubject,
} from '../../../source/formats/codex/tool-call.js';
import type {Json} from '../../../source/formats/json.js';
import type {ToolCallBody, ToolKind} from '../../../source/model/log-event.js';
import {customCall as customItem, type Fields, functionCall as functionItem} from '../../helpers/rollout.js';

const patch = '*** Begin Patch\n*** Update File: source/tides.ts\n@@\n-brest\n+roscoff\n*** End Patch';

/** Every function tool of format reference 5.3: kind, name and what a person would call its command. */
const functions: [name: string, input: Json, tool: ToolKind, command: string | null, namespace?: string][] = [
	['shell', {command: ['ls', '-1', 'high water.csv']}, 'command', "ls -1 'high water.csv'"],
	['shell', {command: ['bash', '-lc', 'ls | wc -l'], workdir: '/home/mira'}, 'command', 'ls | wc -l'],
	['shell', {cmd: ['ls']}, 'command', 'ls'],
	['container.exec', {command: ['cat', 'a']}, 'command', 'cat a'],
	['shell_command', {command: 'npm test', login: true}, 'command', 'npm test'],
	['exec_command', {cmd: 'npm test', yield_time_ms: 1000}, 'command', 'npm test'],
	['write_stdin', {session_id: 4, chars: 'y\n'}, 'command', 'y\n'],
	['write_stdin', {session_id: 4, chars: ''}, 'command', null],
	['write_stdin', {session_id: 4}, 'command', null],
	['apply_patch', {input: patch}, 'patch', 'source/tides.ts'],
	['shell', {command: ['apply_patch', patch]}, 'patch', 'source/tides.ts'],
	['shell', {command: ['bash', '-lc', `apply_patch <<'EOF'\n${patch}\nEOF`]}, 'patch', 'source/tides.ts'],
	['exec_command', {cmd: `apply_patch <<'EOF'\n${patch}\nEOF`}, 'patch', 'source/tides.ts'],
	['wait', {cell_id: '6'}, 'code', null],
	['wait', {ids: ['agent-1', 'agent-2'], timeout_ms: 100}, 'agent', 'agent-1, agent-2'],
	['update_plan', {plan: []}, 'plan', null],
	['view_image', {path: 'chart.png'}, 'view-image', 'chart.png'],
	['request_user_input', {questions: [{id: 'q', header: 'h', question: 'Which harbour?'}]}, 'other', 'Which harbour?'],
	['spawn_agent', {message: 'Check the tables', agent_type: 'worker'}, 'agent', 'Check the tables'],
	['spawn_agent', {task_name: 'check_tables', message: ''}, 'agent', 'check_tables'],
	['send_input', {target: 'a1', message: 'Go on'}, 'agent', 'Go on'],
	['resume_agent', {id: 'a1'}, 'agent', 'a1'],
	['close_agent', {target: 'a1'}, 'agent', 'a1'],
	['wait_agent', {targets: ['a1'], timeout_ms: 100}, 'agent', 'a1'],
	['mcp__tides__fetch', {url: 'https://example.invalid/brest'}, 'mcp', 'https://example.invalid/brest'],
	['mcp__tides__set', {id: 'a1'}, 'mcp', null],
	['send_message', {target: '/root/a1', message: 'gAAA'}, 'agent', 'gAAA'],
	['followup_task', {target: '/root/a1', message: 'And Roscoff'}, 'agent', 'And Roscoff'],
	['interrupt_agent', {target: '/root/a1'}, 'agent', '/root/a1'],
	['list_agents', {path_prefix: '/root'}, 'agent', null],
	['list_mcp_resources', {server: 'harbours'}, 'mcp', null],
	['list_mcp_resource_templates', {}, 'mcp', null],
	['read_mcp_resource', {server: 'harbours', uri: 'tide://brest'}, 'mcp', 'tide://brest'],
	['read_file', {path: 'a.ts'}, 'other', 'a.ts'],
	['list_dir', {path: 'source'}, 'other', 'source'],
	['grep_files', {pattern: 'x', path: 'source'}, 'other', 'source'],
	['harbours__OAI_CODEX_MCP__high_water', {query: 'Brest'}, 'mcp', 'Brest'],
	['harbours__high_water', {query: 'Brest'}, 'mcp', 'Brest'],
	['mcp__harbours__high_water', {query: 'Brest'}, 'mcp', 'Brest'],
	['constructor', {}, 'other', null],
	['high_water', {query: 'Brest'}, 'mcp', 'Brest', 'mcp__harbours__'],
	['high_water', {query: 'Brest'}, 'mcp', 'Brest', 'mcp__harbours'],
];

for (const [name, input, tool, command, namespace] of functions) {
	test(`function ${name}${namespace === undefined ? '' : ` of ${namespace}`} ${JSON.stringify(input).slice(0, 60)}`, () => {
		const call = functionCall(functionItem(name, input, 'call-1', namespace === undefined ? {} : {namespace}));
		const {kind, callId, status, output, arguments: source} = call;
		assert.deepEqual(
			{kind, callId, status, output, source},
			{kind: 'tool-call', callId: 'call-1', status: 'open', output: null, source: JSON.stringify(input)},
		);
		assert.equal(call.tool, tool);
		assert.equal(call.command, command);
		// Names stay as the release spelled them.
		assert.deepEqual([call.name, call.namespace], [name, namespace]);
	});
}

const plan = functionCall(
	functionItem(
		'update_plan',
		{explanation: 'Harbours first', plan: [{step: 'List them', status: 'completed'}, {step: 'Add tables'}, {}, 5]},
		'p1',
	),
);

test('a plan has steps and an explanation', () => {
	assert.equal(plan.explanation, 'Harbours first');
	assert.deepEqual(plan.steps, [
		{step: 'List them', status: 'completed'},
		{step: 'Add tables', status: 'pending'},
		{step: '', status: 'pending'},
	]);
});

const malformed: [name: string, source: unknown, expected: string | null][] = [
	['cut short', '{"cmd":"ls', '{"cmd":"ls'],
	['empty', '', ''],
	['an array', '["ls"]', '["ls"]'],
	['null', 'null', 'null'],
	['of the wrong types', '{"cmd":5,"command":{}}', '{"cmd":5,"command":{}}'],
	['no string', 5, null],
	['absent', undefined, null],
];

for (const [name, source, expected] of malformed) {
	for (const tool of [
		'exec_command',
		'apply_patch',
		'update_plan',
		'view_image',
		'spawn_agent',
		'mcp__harbours__high_water',
		'wait',
		'anything',
	]) {
		test(`${tool} with arguments that are ${name} keeps them as they are`, () => {
			const call = functionCall({type: 'function_call', name: tool, arguments: source, call_id: 'call-1'});
			assert.deepEqual([call.name, call.callId, call.command, call.arguments], [tool, 'call-1', null, expected]);
		});
	}
}

test('arguments that are an object are read like those in a string', () => {
	const call = functionCall({type: 'function_call', name: 'exec_command', arguments: {cmd: 'ls'}, call_id: 'c'});
	assert.deepEqual([call.command, call.arguments], ['ls', '{"cmd":"ls"}']);
});

test('a call without a call id goes by its item id', () => {
	assert.equal(functionCall({type: 'function_call', name: 'x', arguments: '{}', id: 'fc_1'}).callId, 'fc_1');
});

const lines: [words: string[], expected: string][] = [
	[['bash', '-lc', 'a | b'], 'a | b'],
	[['/bin/zsh', '-lc', 'a && b'], 'a && b'],
	[['sh', '-c', 'x'], 'x'],
	[['/usr/bin/fish', '-c', 'x'], 'x'],
	[['C:\\Program Files\\Git\\bin\\bash.exe', '-lc', 'x'], 'x'],
	[['bash', '-lc', 'x', 'argument'], 'bash -lc x argument'],
	[['bash', 'script.sh', 'x'], 'bash script.sh x'],
	[['flash', '-c', 'x'], 'flash -c x'],
	[['powershell.exe', '-NoProfile', '-Command', 'Get-ChildItem | Select Name'], 'Get-ChildItem | Select Name'],
	[['C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', '-Command', 'dir'], 'dir'],
	[['pwsh', '-c', 'dir'], 'dir'],
	[['pwsh', '-File', 'x.ps1'], 'pwsh -File x.ps1'],
	[['cmd', '/c', 'dir'], 'cmd /c dir'],
	[['git', 'commit', '-m', "Add Roscoff's table"], String.raw`git commit -m 'Add Roscoff'\''s table'`],
	[['echo', '', '$HOME', 'a;b', 'a\nb'], "echo '' '$HOME' 'a;b' 'a\nb'"],
	[['rg', '--glob=*.ts', 'x=1', '@scope/a:b,c+d%'], "rg '--glob=*.ts' x=1 @scope/a:b,c+d%"],
	[['marée'], "'marée'"],
	[[], ''],
];

for (const [words, expected] of lines) {
	test(`the command line of ${JSON.stringify(words)}`, () => {
		assert.equal(commandLine(words), expected);
	});
}

const script = 'const r = await tools.exec_command({cmd: "ls"});\ntext(r.output);';

const customs: [name: string, input: string, tool: ToolKind, command: string | null][] = [
	['apply_patch', patch, 'patch', 'source/tides.ts'],
	['apply_patch', 'no patch at all', 'patch', null],
	['exec', script, 'code', script],
	['js_repl', script, 'code', script],
	['something_new', 'free text', 'other', null],
];

for (const [name, input, tool, command] of customs) {
	test(`custom tool ${name} with ${JSON.stringify(input).slice(0, 30)}`, () => {
		const call = customCall(customItem(name, input, 'call-1'));
		assert.deepEqual(
			[call.tool, call.name, call.callId, call.command, call.arguments],
			[tool, name, 'call-1', command, input],
		);
	});
}

test('a patch has its changes', () => {
	assert.deepEqual(customCall(customItem('apply_patch', patch, 'c')).changes, [
		{path: 'source/tides.ts', change: 'update', movedTo: null, diff: '@@\n-brest\n+roscoff'},
	]);
});

const action: Fields = {
	type: 'exec',
	command: ['bash', '-lc', 'ls'],
	timeout_ms: null,
	working_directory: '/home/mira',
};

const locals: [payload: Fields, expected: Partial<ToolCallBody>][] = [
	[
		{id: 'lsh_1', call_id: 'c1', action},
		{callId: 'c1', command: 'ls', tool: 'command', arguments: JSON.stringify(action)},
	],
	[{id: 'lsh_1', call_id: null, action}, {callId: 'lsh_1'}],
	[{id: 'lsh_1'}, {callId: 'lsh_1', command: '', arguments: '{}'}],
	[
		{call_id: 'c1', action: {type: 'exec', command: ['apply_patch', patch]}},
		{tool: 'patch', command: 'source/tides.ts'},
	],
];

for (const [payload, expected] of locals) {
	test(`local shell call ${JSON.stringify(payload).slice(0, 80)}`, () => {
		const call = localShellCall({type: 'local_shell_call', ...payload});
		assert.equal(call.name, 'local_shell');
		assert.deepEqual(call, {...call, ...expected});
	});
}

const searches: [action: Json, expected: string | null][] = [
	[{type: 'search', query: 'tides Brest'}, 'tides Brest'],
	[{type: 'search', queries: ['tides Brest', 'tides Roscoff']}, 'tides Brest; tides Roscoff'],
	[{type: 'search', query: 'tides Brest', queries: ['tides Brest', 'x']}, 'tides Brest'],
	[{type: 'open_page', url: 'https://tides.example'}, 'https://tides.example'],
	[{type: 'find_in_page', url: 'https://tides.example', pattern: 'high'}, 'high in https://tides.example'],
	[{type: 'find_in_page', pattern: 'high'}, 'high in page'],
	[{type: 'other'}, null],
	[{}, null],
];

for (const [searched, expected] of searches) {
	test(`a web search for ${JSON.stringify(searched)}`, () => {
		assert.equal(searchSubject(searched), expected);
	});
}
