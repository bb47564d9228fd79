import type {
	FileChange,
	ImagePlaceholder,
	LogEvent,
	Operation,
	PlanStep,
	ToolCallBody,
	ToolKind,
} from '../model/log-event.js';
import {bytesLabel, durationLabel, exactCountLabel, summaryLine} from '../text/labels.js';

/** A piece of an event, whatever document it goes into. */
export type Block =
	/** What somebody wrote. */
	| {type: 'prose'; text: string}
	/** Exact text; `language` is empty where it is not known. */
	| {type: 'code'; text: string; language: string}
	| {type: 'steps'; steps: readonly PlanStep[]}
	/** One line about the event. */
	| {type: 'words'; text: string};

/** An event as documents show it. */
export type EventView = {
	/** What it is: `Answer`, `Command`. */
	name: string;
	/** Its command, file or first words, on one line; may be empty. */
	summary: string;
	/** How it went: `exit 1`, `2.3s`. */
	facts: readonly string[];
	blocks: readonly Block[];
	/** Whether it is folded until asked for. */
	isFolded: boolean;
	/** What a reviewer did. */
	inner: readonly LogEvent[];
};

const toolNames: Record<ToolKind, string> = {
	command: 'Command',
	patch: 'Patch',
	plan: 'Plan',
	mcp: 'MCP',
	'view-image': 'Image',
	'web-search': 'Web search',
	agent: 'Agent',
	code: 'Script',
	other: 'Tool',
};

export const toolName = (tool: ToolKind): string => toolNames[tool] ?? tool;

/** Takes an event apart. Every kind has its place, so that none is lost in a full report. */
export const eventView = (event: LogEvent): EventView => {
	switch (event.kind) {
		case 'message': {
			const isAnswer = event.role === 'assistant' && event.context === null;
			const name = isAnswer
				? event.phase === 'commentary'
					? 'Comment'
					: 'Answer'
				: (event.context ?? (event.role === 'user' ? 'Message' : event.role));
			return view(name, {
				blocks: [
					event.context === null ? {type: 'prose', text: event.text} : code(event.text),
					...event.images.map(imageBlock),
				],
				isFolded: event.context !== null,
				summary: event.context === null ? '' : summaryLine(event.text, 80),
			});
		}

		case 'reasoning':
			return event.text === ''
				? view('Reasoning', {blocks: [{type: 'words', text: event.encrypted ? 'encrypted' : 'empty'}]})
				: view('Reasoning', {
						summary: summaryLine(event.text.replaceAll('**', ''), 100),
						blocks: [{type: 'prose', text: event.text}],
						isFolded: true,
					});
		case 'tool-call':
			return callView(event);
		case 'user-command':
			return view('Command of the person', {
				summary: summaryLine(event.command ?? '', 120),
				facts: [exitFact(event.exitCode), durationLabel(event.durationMs)],
				blocks: [...(event.command === null ? [] : [code(event.command, 'sh')]), ...output(event.output)],
				isFolded: true,
			});
		case 'plan':
			return view('Plan', {blocks: [{type: 'prose', text: event.text}]});
		case 'compaction':
			return view('Compaction', {blocks: [{type: 'prose', text: event.text}], isFolded: true});
		case 'review':
			return view(event.entered ? 'Review begins' : 'Review ends', {
				blocks: event.text === '' ? [] : [{type: 'prose', text: event.text}],
				inner: event.events ?? [],
			});
		case 'rollback':
			return view(`Rolled back ${event.turns} ${event.turns === 1 ? 'turn' : 'turns'}`);
		case 'name':
			return view('Named', {summary: summaryLine(event.name ?? '', 200)});
		case 'notice': {
			const {level, text} = event;
			return view(`${level[0]?.toUpperCase() ?? ''}${level.slice(1)}`, {blocks: [{type: 'prose', text}]});
		}

		case 'turn-start':
			return view('Turn begins');
		case 'turn-end':
			return view('Turn ends', {
				facts: [durationLabel(event.durationMs)],
				blocks: event.error === null ? [] : [code(event.error)],
			});
		case 'turn-aborted':
			return view('Turn stopped', {summary: summaryLine(event.reason ?? '', 200)});
		case 'turn-context': {
			const {cwd, model, effort, approvalPolicy, sandbox, serviceTier} = event;
			return pairs('Turn settings', {folder: cwd, model, effort, approval: approvalPolicy, sandbox, tier: serviceTier});
		}

		case 'session-meta': {
			const {id, cliVersion, originator, cwd, instructions} = event;
			const meta = pairs('Session begins', {id, version: cliVersion, originator, folder: cwd});
			return instructions ? {...meta, blocks: [...meta.blocks, code(instructions)]} : meta;
		}

		case 'token-usage': {
			const {inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, totalTokens} = event.own;
			const words = [
				`input ${exactCountLabel(inputTokens)}`,
				`cached ${exactCountLabel(cachedInputTokens)}`,
				`output ${exactCountLabel(outputTokens)}`,
				`reasoning ${exactCountLabel(reasoningOutputTokens)}`,
				`total ${exactCountLabel(totalTokens)}`,
			];
			return view('Tokens', {blocks: [{type: 'words', text: words.join(', ')}]});
		}

		case 'snapshot':
			return view('Snapshot', {blocks: [code(event.text)], isFolded: true});
		case 'unknown':
			return view('Unknown line', {
				summary: summaryLine(event.type, 80),
				blocks: [code(event.raw, 'json')],
				isFolded: true,
			});
	}
};

const view = (name: string, rest: Partial<EventView> = {}): EventView => ({
	name,
	summary: '',
	blocks: [],
	isFolded: false,
	inner: [],
	...rest,
	facts: (rest.facts ?? []).filter(fact => fact !== ''),
});

const callView = (call: ToolCallBody): EventView => {
	const {tool, name, command, changes = [], steps, operations = []} = call;
	const paths = changes.map(({path}) => path).join(', ');
	const hasDiff = changes.some(({diff}) => diff !== null);
	const isNamed = tool === 'mcp' || tool === 'other' || tool === 'agent';
	const asked: Block[] =
		steps === undefined
			? [
					// A patch's command is the list of its files, which follow.
					...(command === null || changes.length > 0 ? [] : [code(command, tool === 'command' ? 'sh' : '')]),
					...changes.flatMap(changeBlocks),
					...(tool === 'patch' && !hasDiff && call.arguments ? [code(call.arguments, 'diff')] : []),
					...((command === null || isNamed) && tool !== 'patch' && call.arguments
						? [argumentsBlock(call.arguments)]
						: []),
				]
			: [...(call.explanation ? [{type: 'prose', text: call.explanation} as const] : []), {type: 'steps', steps}];
	return view(toolName(tool), {
		summary: summaryLine(
			[isNamed ? name : '', command ?? (paths || (isNamed || steps ? '' : name))].filter(Boolean).join(' · '),
			120,
		),
		facts: [
			exitFact(call.exitCode),
			durationLabel(call.durationMs),
			call.status === 'completed' ? '' : call.status === 'open' ? 'no result' : call.status,
		],
		blocks: [
			...asked,
			...operations.flatMap(operationBlocks),
			// What a plan answers says nothing.
			...(steps === undefined ? output(call.output) : []),
			...(call.images ?? []).map(imageBlock),
		],
		isFolded: steps === undefined,
	});
};

const changeBlocks = ({path, change, movedTo, diff}: FileChange): Block[] => [
	{type: 'words', text: `${change} ${path}${movedTo === null ? '' : ` → ${movedTo}`}`},
	...(diff === null || diff === '' ? [] : [code(diff, 'diff')]),
];

const operationBlocks = (operation: Operation): Block[] => {
	const {name, command, exitCode, durationMs, changes = []} = operation;
	return [
		{type: 'words', text: [name, exitFact(exitCode), durationLabel(durationMs)].filter(Boolean).join(' · ')},
		...(command === null ? [] : [code(command, operation.tool === 'command' ? 'sh' : '')]),
		...changes.flatMap(changeBlocks),
		...output(operation.output),
	];
};

const imageBlock = ({mediaType, bytes, source}: ImagePlaceholder): Block => ({
	type: 'words',
	text: `Image: ${[mediaType, bytes === null ? null : bytesLabel(bytes), source].filter(Boolean).join(', ') || 'nothing known'}`,
});

const code = (text: string, language = ''): Block => ({type: 'code', text, language});

const argumentsBlock = (text: string): Block => code(text, /^\s*[{[]/.test(text) ? 'json' : '');

const output = (text: string | null): Block[] => (text === null || text.trim() === '' ? [] : [code(text)]);

const exitFact = (exitCode: number | null): string => (exitCode === null ? '' : `exit ${exitCode}`);

const pairs = (name: string, values: Record<string, string | null>): EventView =>
	view(name, {
		blocks: Object.entries(values).flatMap(([key, value]): Block[] =>
			value === null ? [] : [{type: 'words', text: `${key}: ${value}`}],
		),
	});
