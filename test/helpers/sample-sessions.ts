import type {EventBody} from '../../source/model/log-event.js';
import {command, type MemorySession, message, reasoning, tokens, turnContext} from './memory-store.js';

/** Texts that try to leave their place on screen. */
export const hostileTexts = [
	'\u{1B}[2J\u{1B}[31mred alert\u{1B}[0m',
	'title\u{1B}]0;owned\u{7}after',
	'unterminated \u{1B}]8;;https://example.test swallows',
	'safe\rEVIL',
	'right\u{202E}to left\u{202C}',
	'bell\u{7}tab\there\u{0}nul',
	`zero${'\u{200B}'.repeat(40)}width`,
	'lone \u{D800} surrogate',
	'line\nbreak\u{2028}separator',
];

const turn = (answer: string): EventBody[] => [
	turnContext('gpt-5.2-codex'),
	reasoning('**Looking at the failing test**\n\nThe parser drops the last line.'),
	command('npm test -- --grep parser', '1 failing\n  expected 3 to equal 4', 1),
	command('sed -n 1,40p source/parser.ts', 'export const parse = () => {};'),
	tokens(12_400),
	{
		kind: 'tool-call',
		tool: 'patch',
		name: 'apply_patch',
		callId: 'call-patch',
		command: 'source/parser.ts',
		arguments: '*** Begin Patch\n*** Update File: source/parser.ts\n@@\n-old\n+new\n*** End Patch',
		output: 'Success',
		exitCode: 0,
		durationMs: 85,
		status: 'completed',
		changes: [{path: 'source/parser.ts', change: 'update', movedTo: null, diff: '@@\n-old\n+new\n'}],
	},
	{
		kind: 'tool-call',
		tool: 'plan',
		name: 'update_plan',
		callId: 'call-plan',
		command: null,
		arguments: '{}',
		output: 'Plan updated',
		exitCode: null,
		durationMs: null,
		status: 'completed',
		steps: [
			{step: 'Find the cause', status: 'completed'},
			{step: 'Mend it', status: 'in_progress'},
		],
	},
	{
		kind: 'tool-call',
		tool: 'mcp',
		name: 'mcp__docs__search',
		callId: 'call-mcp',
		command: 'streaming parser',
		arguments: '{"query":"streaming parser"}',
		output: '3 results',
		exitCode: null,
		durationMs: 2300,
		status: 'completed',
	},
	tokens(3100),
	message('assistant', answer),
];

/** One session of each sort that the panes have to cope with. */
export const sampleSessions = (): MemorySession[] => [
	{
		summary: {problemCount: 2, gitBranch: 'fix/parser', cwd: '/home/ada/work/very/deep/folder/of/a/project/parser'},
		prelude: [
			{
				kind: 'session-meta',
				id: 'x',
				cliVersion: '0.98.0',
				originator: 'codex_cli_rs',
				cwd: '/home/ada',
				instructions: null,
			},
			message('user', '<environment_context>…</environment_context>', 'environment_context'),
		],
		prompts: [
			{text: 'Fix the failing parser test', events: turn('Done: the **parser** keeps the last line now.')},
			{text: 'Now add a test for CRLF', events: turn('Added.'), summary: {outcome: 'aborted'}},
			{
				text: 'Explain what you changed',
				events: [message('assistant', 'Two lines in `parser.ts`.')],
				summary: {state: 'rolled-back'},
			},
		],
	},
	{prompts: [{text: '把登录页面改成深色主题，并为移动端调整布局 🎨', events: turn('完成了。深色主题现在是默认的 ✅')}]},
	{prompts: [{text: 'Deploy 🚀 the 👩‍👩‍👧‍👦 family 🇩🇪 page — naïve café', events: turn('Deployed 🎉')}]},
	...hostileTexts.map(
		(text): MemorySession => ({prompts: [{text, events: [message('assistant', text), command(text, text)]}]}),
	),
	{
		prelude: [message('developer', 'Only instructions here', 'permissions'), turnContext('gpt-5')],
		summary: {title: null, kind: 'title-generation'},
	},
	{summary: {title: null, cwd: null, gitBranch: null, models: [], startedAt: null, endedAt: null, durationMs: null}},
	{
		summary: {kind: 'fork', archived: true, name: 'Refactor the checkout', title: 'Refactor the checkout'},
		prompts: [{text: `A very long title ${'that goes on and on '.repeat(30)}`, events: turn('ok')}],
	},
];

const verbs = ['Fix', 'Explain', 'Refactor', 'Test', 'Document', 'Profile', 'Review', 'Migrate'];
const things = [
	'the login form',
	'database migrations',
	'flaky pipeline',
	'the parser',
	'tax rounding',
	'image upload',
	'search index',
];
const folders = ['shop', 'blog', 'parser', 'infra/terraform', 'mobile/ios', 'research/notes'];

/** Any number of plain sessions, a quarter of an hour apart, each with a few prompts. */
export const manySessions = (count: number, eventsPerPrompt = 12): MemorySession[] =>
	Array.from({length: count}, (_, index) => ({
		summary: {
			startedAt: new Date(Date.UTC(2026, 2, 4) - index * 900_000).toISOString(),
			endedAt: new Date(Date.UTC(2026, 2, 4) - index * 900_000 + 600_000).toISOString(),
			cwd: `/home/ada/work/${folders[index % folders.length]}`,
			gitBranch: index % 3 === 0 ? 'main' : `feature/${index % 17}`,
			title: `${verbs[index % verbs.length]} ${things[index % things.length]} (${index})`,
		},
		prompts: Array.from({length: 1 + (index % 4)}, (__, prompt) => ({
			text: `${verbs[(index + prompt) % verbs.length]} ${things[(index + prompt) % things.length]}`,
			events: Array.from({length: eventsPerPrompt}, (___, event) =>
				event % 5 === 4 ? tokens(900 + event) : command(`step ${event} of ${index}`, `output ${event}`),
			),
		})),
	}));
