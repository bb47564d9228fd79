import type {ToolKind} from '../model/log-event.js';
import type {EventSummary} from '../model/session.js';

/** Events of one kind; where more is given, only those which have that too. */
export type EventPattern = {
	kind: EventSummary['kind'];
	/** Of messages: who speaks. */
	role?: string;
	/** Of messages: whether it is a block that was put in beside what somebody said. */
	isContext?: boolean;
	tool?: ToolKind;
};

export type KindChoice = {value: string; meaning: string; events: readonly EventPattern[]};

const tool = (value: ToolKind, meaning: string, ...more: EventPattern[]): KindChoice => ({
	value,
	meaning,
	events: [{kind: 'tool-call', tool: value}, ...more],
});

/** The values of `kind:`, as people call what happened, the most frequent first. */
export const kindChoices: readonly KindChoice[] = [
	{value: 'prompt', meaning: 'what was asked', events: [{kind: 'prompt'}]},
	{
		value: 'answer',
		meaning: 'what the model said',
		events: [{kind: 'message', role: 'assistant', isContext: false}],
	},
	{value: 'reasoning', meaning: 'what the model thought', events: [{kind: 'reasoning'}]},
	{value: 'tool', meaning: 'any tool call', events: [{kind: 'tool-call'}]},
	tool('command', 'a command that the model ran'),
	tool('patch', 'a change of files'),
	tool('plan', 'a plan and its steps', {kind: 'plan'}),
	tool('web-search', 'a search in the web'),
	tool('mcp', 'a call of an MCP server'),
	tool('view-image', 'an image that the model looked at'),
	tool('agent', 'a call to another agent, or mail between agents', {kind: 'message', role: 'agent'}),
	tool('code', 'a script of any number of operations'),
	tool('other', 'a call of any other tool'),
	{value: 'user-command', meaning: 'a command that the person ran', events: [{kind: 'user-command'}]},
	{value: 'message', meaning: 'a message of anybody', events: [{kind: 'message'}]},
	{
		value: 'context',
		meaning: 'instructions and environment that were put in',
		events: [
			{kind: 'message', isContext: true},
			{kind: 'message', role: 'developer'},
			{kind: 'message', role: 'system'},
		],
	},
	{value: 'compaction', meaning: 'a summary that replaced what came before', events: [{kind: 'compaction'}]},
	{value: 'review', meaning: 'a review inside a session', events: [{kind: 'review'}]},
	{value: 'rollback', meaning: 'a return to an earlier prompt', events: [{kind: 'rollback'}]},
	{value: 'notice', meaning: 'a warning, an error or news of Codex', events: [{kind: 'notice'}]},
	{
		value: 'technical',
		meaning: 'settings, token counts, beginnings and ends',
		events: [
			{kind: 'session-meta'},
			{kind: 'turn-context'},
			{kind: 'turn-start'},
			{kind: 'turn-end'},
			{kind: 'turn-aborted'},
			{kind: 'token-usage'},
			{kind: 'name'},
			{kind: 'snapshot'},
		],
	},
	{value: 'unknown', meaning: 'a line that this release does not know', events: [{kind: 'unknown'}]},
	{value: 'problem', meaning: 'what could not be read', events: [{kind: 'problem'}]},
];
