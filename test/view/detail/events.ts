import type {EventBody, FileChange} from '../../../source/model/log-event.js';
import {noUsage} from '../../../source/model/token-usage.js';
import type {EventDetail} from '../../../source/store/store.js';

export const detailOf = (body: EventBody | EventDetail['event'], lines = [12]): EventDetail => ({
	id: 1,
	event:
		body.kind === 'problem' || 'line' in body ? body : {...body, line: lines[0] ?? 1, at: '2026-03-04T19:48:07.000Z'},
	path: '/logs/rollout-a.jsonl',
	lines,
});

export const call = (body: Partial<EventBody & {kind: 'tool-call'}>): EventBody => ({
	kind: 'tool-call',
	tool: 'command',
	name: 'exec_command',
	callId: 'call_1',
	command: null,
	arguments: null,
	output: null,
	exitCode: null,
	durationMs: null,
	status: 'completed',
	...body,
});

/** Every kind of event with the same text in every place that takes text. */
export const everyEvent = (text: string): EventDetail['event'][] => {
	const image = {mediaType: text, bytes: 312_000, source: text};
	const changes: FileChange[] = [
		{path: text, change: 'update', movedTo: text, diff: `@@ ${text}\n-${text}\n+${text}x\n`},
		{path: text, change: 'add', movedTo: null, diff: text},
		{path: text, change: 'update', movedTo: null, diff: `@@ -1,2 +1,2 @@ ${text}\n-${text}\n+${text}x\n`},
	];
	const usage = {...noUsage, inputTokens: 123_456_789_012, totalTokens: 1};
	const bodies: EventBody[] = [
		{kind: 'message', role: 'assistant', phase: text, context: null, text, images: [image]},
		{kind: 'message', role: text, phase: null, context: null, text: `- ${text}\n\n> ${text}\n\n# ${text}`, images: []},
		{kind: 'message', role: 'user', phase: null, context: text, text, images: []},
		{
			kind: 'message',
			role: 'user',
			phase: null,
			context: null,
			text: `\`\`\`ts\n${text}\n\`\`\`\n|a|b|c|\n|-|-|-|\n|${text}|${text}|x|`,
			images: [],
		},
		{
			kind: 'message',
			role: 'user',
			phase: null,
			context: null,
			text: `**${text}** [${text}](${text}) ![${text}](x)`,
			images: [],
		},
		{kind: 'reasoning', text, parts: [text], encrypted: true},
		call({
			command: text,
			arguments: JSON.stringify({cmd: text, workdir: text}),
			output: text,
			exitCode: 1,
			durationMs: 2300,
		}),
		call({
			command: text,
			arguments: text,
			output: `before\n--- a/${text}\n+++ b/x\n@@ -1,1 +1,1 @@\n-${text}\n+${text}`,
		}),
		call({tool: 'patch', name: text, changes}),
		call({
			tool: 'patch',
			arguments: `*** Begin Patch\n*** Update File: ${text}\n@@ ${text}\n-${text}\n+${text}\n*** End Patch`,
		}),
		call({
			tool: 'plan',
			explanation: text,
			steps: [
				{step: text, status: 'completed'},
				{step: text, status: text},
			],
		}),
		call({
			tool: 'mcp',
			name: text,
			arguments: JSON.stringify({[text]: text}),
			output: JSON.stringify([text, {[text]: [text]}]),
		}),
		call({tool: 'web-search', command: text, status: 'open'}),
		call({tool: 'view-image', command: text, images: [image]}),
		call({tool: 'agent', command: text, arguments: text, output: text, status: 'declined'}),
		call({
			tool: 'code',
			arguments: text,
			operations: [
				{tool: 'command', name: text, command: text, output: text, exitCode: 0, durationMs: 5},
				{tool: 'patch', name: text, command: null, output: text, exitCode: null, durationMs: null, changes},
			],
		}),
		{kind: 'token-usage', own: usage, last: usage, total: null, contextWindow: 400_000, cacheWriteTokens: 0},
		{
			kind: 'turn-context',
			cwd: text,
			model: text,
			effort: text,
			approvalPolicy: text,
			sandbox: text,
			serviceTier: null,
		},
		{kind: 'session-meta', id: text, cliVersion: text, originator: text, cwd: text, instructions: text},
		{kind: 'turn-start', turnId: text},
		{kind: 'turn-end', turnId: text, durationMs: 5, error: text},
		{kind: 'turn-aborted', turnId: text, reason: text},
		{kind: 'plan', text},
		{kind: 'compaction', text},
		{kind: 'review', entered: true, text},
		{kind: 'rollback', turns: 2},
		{kind: 'name', name: text},
		{kind: 'notice', level: 'warning', text},
		{kind: 'snapshot', text},
		{kind: 'unknown', type: text, raw: JSON.stringify({type: text, payload: [text]})},
		{kind: 'unknown', type: text, raw: text},
	];
	return [
		...bodies.map(body => ({...body, line: 3, at: text})),
		{
			kind: 'problem',
			problem: {path: text, line: 3, offset: 120, length: 9, reason: text},
			excerpt: text,
		},
	];
};
