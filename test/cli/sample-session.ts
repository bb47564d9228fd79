import type {LogEvent} from '../../source/model/log-event.js';
import type {Prompt, SessionSummary, SourceFile} from '../../source/model/session.js';
import {noUsage} from '../../source/model/token-usage.js';

const usage = {
	inputTokens: 1200,
	cachedInputTokens: 1000,
	outputTokens: 34,
	reasoningOutputTokens: 10,
	totalTokens: 1234,
};
const at = '2026-02-03T10:11:12.345Z';

export const sampleSession: SessionSummary = {
	id: 1,
	threadId: '0196b1a0-0000-7000-8000-000000000001',
	parentThreadId: null,
	forkedFromThreadId: null,
	kind: 'main',
	name: null,
	title: 'Add a retry to the uploader',
	archived: false,
	startedAt: at,
	endedAt: '2026-02-03T10:20:00.000Z',
	cwd: '/home/dev/shop',
	gitBranch: 'main',
	gitCommit: '0123456789abcdef0123456789abcdef01234567',
	gitRepositoryUrl: null,
	originator: 'codex_cli_rs',
	cliVersion: '0.98.0',
	models: ['gpt-example'],
	promptCount: 1,
	toolCallCount: 4,
	problemCount: 1,
	durationMs: 65_000,
	usage,
	bytes: 2048,
};

export const sampleFile: SourceFile = {
	path: '/home/dev/.codex/sessions/2026/02/03/rollout-2026-02-03T11-11-12-0196b1a0-0000-7000-8000-000000000001.jsonl',
	format: 'jsonl',
	bytes: 2048,
	lines: 30,
	blankLines: 0,
	problems: 1,
};

export const samplePrelude: LogEvent[] = [
	{
		kind: 'session-meta',
		id: sampleSession.threadId,
		cliVersion: '0.98.0',
		originator: 'codex_cli_rs',
		cwd: '/home/dev/shop',
		instructions: 'Be brief.',
		line: 1,
		at,
	},
	{
		kind: 'message',
		role: 'user',
		phase: null,
		context: 'environment_context',
		text: '<environment_context/>',
		images: [],
		line: 2,
		at,
	},
];

const call = {
	kind: 'tool-call',
	callId: 'call_1',
	command: null,
	arguments: '{}',
	output: 'ok',
	exitCode: null,
	durationMs: null,
	status: 'completed',
	at,
} as const;

/** One event of every kind, and of every tool that adds something. */
export const sampleEvents: LogEvent[] = [
	{kind: 'turn-start', turnId: 'turn-1', line: 4, at},
	{
		kind: 'turn-context',
		cwd: '/home/dev/shop',
		model: 'gpt-example',
		effort: 'high',
		approvalPolicy: 'never',
		sandbox: 'workspace-write',
		line: 5,
		at,
	},
	{
		kind: 'reasoning',
		text: '**Looking**\n\nThe uploader',
		parts: ['**Looking**', 'The uploader'],
		encrypted: false,
		line: 6,
		at,
	},
	{kind: 'plan', text: '1. Look\n2. Mend', line: 7, at},
	{
		...call,
		tool: 'command',
		name: 'exec_command',
		command: 'npm test',
		output: 'fine \u001B[31mred\u001B[0m\u0007',
		exitCode: 0,
		durationMs: 2300,
		line: 8,
	},
	{
		...call,
		tool: 'patch',
		name: 'apply_patch',
		arguments: '*** Begin Patch',
		changes: [{path: 'src/upload.ts', change: 'update', movedTo: null, diff: '@@ -1 +1 @@'}],
		line: 9,
	},
	{
		...call,
		tool: 'plan',
		name: 'update_plan',
		explanation: 'Two steps',
		steps: [{step: 'Look', status: 'completed'}],
		line: 10,
	},
	{
		...call,
		tool: 'code',
		name: 'exec',
		operations: [
			{tool: 'command', name: 'exec_command', command: 'ls', output: 'src', exitCode: 0, durationMs: 12},
			{
				tool: 'patch',
				name: 'apply_patch',
				command: null,
				output: null,
				exitCode: null,
				durationMs: null,
				changes: [{path: 'a', change: 'move', movedTo: 'b', diff: null}],
			},
		],
		line: 11,
	},
	{
		...call,
		tool: 'view-image',
		name: 'view_image',
		images: [{mediaType: 'image/png', bytes: 1024, source: null}],
		output: null,
		status: 'open',
		line: 12,
	},
	{kind: 'compaction', text: 'What happened so far', line: 13, at},
	{
		kind: 'review',
		entered: true,
		text: 'current changes',
		events: [{kind: 'notice', level: 'info', text: 'Nothing found', line: 14, at}],
		line: 14,
		at,
	},
	{kind: 'user-command', command: 'git status', output: 'clean', exitCode: 0, durationMs: 20, line: 14, at},
	{kind: 'rollback', turns: 1, line: 15, at},
	{kind: 'name', name: 'Uploader retries', line: 16, at},
	{kind: 'notice', level: 'warning', text: 'Slow network', line: 17, at},
	{kind: 'snapshot', text: 'abc', line: 18, at},
	{kind: 'unknown', type: 'event_msg/new_thing', raw: '{"type":"event_msg"}', line: 19, at: null},
	{kind: 'token-usage', last: usage, total: usage, own: usage, contextWindow: 272_000, line: 20, at},
	{kind: 'token-usage', last: null, total: null, own: noUsage, contextWindow: null, line: 21, at},
	{kind: 'message', role: 'assistant', phase: 'final_answer', context: null, text: 'Done.', images: [], line: 22, at},
	{kind: 'turn-aborted', turnId: null, reason: 'interrupted', line: 23, at},
	{kind: 'turn-end', turnId: 'turn-1', durationMs: 65_000, error: null, line: 24, at},
];

export const samplePrompt: Prompt = {
	index: 1,
	text: 'Add a retry to the uploader.\rAnd a test.',
	state: 'live',
	startedAt: at,
	endedAt: '2026-02-03T10:20:00.000Z',
	images: [{mediaType: 'image/png', bytes: 1024, source: '/home/kim/a.png'}],
	usage,
	events: sampleEvents,
};
