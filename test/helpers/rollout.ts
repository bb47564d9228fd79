import {codex} from '../../source/formats/codex/index.js';
import type {RecordedLine} from '../../source/formats/format.js';
import type {
	CallRow,
	EventRow,
	MessageRow,
	ProblemRow,
	PromptProgressRow,
	PromptRow,
	Rows,
	SessionFacts,
} from '../../source/formats/rows.js';
import type {LogEvent} from '../../source/model/log-event.js';
import type {LogLine} from '../../source/model/log-line.js';

/*
Builders of invented rollouts: lines of every era, whole sessions, and what the Codex format reads from
them. Everything is text or bytes in memory; tests of files write them where they like.
*/

export type Fields = Record<string, unknown>;

/** Thread of every invented session unless a test says otherwise. */
export const threadId = '0196c0de-0000-7000-8000-000000000001';

const start = Date.UTC(2026, 1, 3, 10);

/** ISO time, so many seconds into an invented session. */
export const moment = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

/** A line of era C or D; `beside` holds what stands next to the payload, such as `ordinal` or `metadata`. */
export const envelope = (type: string, payload: Fields, at: number | string = 0, beside: Fields = {}): string =>
	JSON.stringify({timestamp: typeof at === 'number' ? moment(at) : at, ...beside, type, payload});

/** A line of era B, or an item of era A. */
export const bare = (payload: Fields): string => JSON.stringify(payload);

export const item = (payload: Fields, at: number | string = 0, metadata?: Fields): string =>
	envelope('response_item', payload, at, metadata === undefined ? {} : {metadata});

export const event = (type: string, fields: Fields = {}, at: number | string = 0): string =>
	envelope('event_msg', {type, ...fields}, at);

/** An `item_completed` line of a paginated rollout. */
export const completed = (type: string, fields: Fields = {}, at: number | string = 0): string =>
	event('item_completed', {thread_id: threadId, turn_id: 'turn-1', item: {type, ...fields}, completed_at_ms: 0}, at);

export const meta = (fields: Fields = {}, at: number | string = 0): string =>
	envelope(
		'session_meta',
		{
			id: threadId,
			timestamp: moment(0),
			cwd: '/home/mira/tides',
			originator: 'codex_cli_rs',
			cli_version: '0.98.0',
			source: 'cli',
			...fields,
		},
		at,
	);

export const turnContext = (fields: Fields = {}, at: number | string = 0): string =>
	envelope(
		'turn_context',
		{
			cwd: '/home/mira/tides',
			approval_policy: 'on-request',
			sandbox_policy: {type: 'workspace-write'},
			model: 'gpt-5.2-codex',
			effort: 'medium',
			...fields,
		},
		at,
	);

/** A `message` item; plain strings become text parts of the role's own type. */
export const message = (role: string, ...parts: (string | Fields)[]): Fields => ({
	type: 'message',
	role,
	content: parts.map(part =>
		typeof part === 'string' ? {type: role === 'assistant' ? 'output_text' : 'input_text', text: part} : part,
	),
});

export const reasoning = (summary: readonly string[], fields: Fields = {}): Fields => ({
	type: 'reasoning',
	summary: summary.map(text => ({type: 'summary_text', text})),
	content: null,
	encrypted_content: 'gAAA',
	...fields,
});

/** Arguments that are no string become JSON in a string, as the log has them. */
export const functionCall = (name: string, input: unknown, callId: string, fields: Fields = {}): Fields => ({
	type: 'function_call',
	name,
	arguments: typeof input === 'string' ? input : JSON.stringify(input),
	call_id: callId,
	...fields,
});

export const functionOutput = (callId: string, output: unknown): Fields => ({
	type: 'function_call_output',
	call_id: callId,
	output,
});

export const customCall = (name: string, input: string, callId: string): Fields => ({
	type: 'custom_tool_call',
	status: 'completed',
	name,
	input,
	call_id: callId,
});

export const customOutput = (callId: string, output: unknown): Fields => ({
	type: 'custom_tool_call_output',
	call_id: callId,
	output,
});

/** Token counts as a log spells them. */
export const usage = (input: number, cached: number, output: number, reasoningOutput = 0): Fields => ({
	input_tokens: input,
	cached_input_tokens: cached,
	output_tokens: output,
	reasoning_output_tokens: reasoningOutput,
	total_tokens: input + output,
});

export const tokenCount = (total: Fields | null, last: Fields | null = total, at: number | string = 0): string =>
	event(
		'token_count',
		{
			info: total === null ? null : {total_token_usage: total, last_token_usage: last, model_context_window: 272_000},
			rate_limits: null,
		},
		at,
	);

/** Text that Codex puts before a first prompt. */
export const environment = (cwd = '/home/mira/tides'): string =>
	`<environment_context>\n  <cwd>${cwd}</cwd>\n  <shell>zsh</shell>\n</environment_context>`;

/** Lines as a file holds them, each with its line end. */
export const rolloutOf = (lines: readonly (string | Buffer)[]): Buffer =>
	Buffer.concat(lines.flatMap(line => [Buffer.from(line), Buffer.from('\n')]));

/** A rollout of era A: one indented document. */
export const documentOf = (items: readonly Fields[], session: Fields = {}): Buffer =>
	Buffer.from(
		JSON.stringify(
			{session: {timestamp: '2025-04-20T09:00:00.000Z', id: threadId, instructions: '', ...session}, items},
			null,
			2,
		),
	);

/** What a file holds as the reader gets it: cut at line feeds, or at the items of a document. */
export const linesOf = (bytes: Buffer): LogLine[] => {
	const items = codex.splitDocument(bytes);
	if (items !== undefined) {
		return items;
	}

	const lines: LogLine[] = [];
	for (let offset = 0; offset < bytes.length; ) {
		const newline = bytes.indexOf(0x0a, offset);
		const end = newline === -1 ? bytes.length : newline;
		lines.push({
			line: lines.length + 1,
			offset,
			length: end - offset,
			bytes: bytes.subarray(offset, end),
			...(newline === -1 ? {isUnfinished: true} : {}),
		});
		offset = end + 1;
	}

	return lines;
};

export type SettledPrompt = PromptRow & Omit<PromptProgressRow, 'sequence'>;

/** Rows of one or many takes as a store ends up with them: every update applied to what it updates. */
export type Settled = Pick<Rows, 'reasoning' | 'plans' | 'usage' | 'contexts' | 'notes'> & {
	events: EventRow[];
	messages: MessageRow[];
	calls: CallRow[];
	prompts: SettledPrompt[];
	problems: ProblemRow[];
};

const applyAll = <Row extends {sequence: number}>(
	rows: Map<number, Row>,
	updates: readonly (Partial<Row> & {sequence: number})[],
): void => {
	for (const update of updates) {
		const row = rows.get(update.sequence);
		if (row !== undefined) {
			rows.set(update.sequence, {...row, ...update});
		}
	}
};

export const settle = (takes: readonly Rows[]): Settled => {
	const events = new Map<number, EventRow>();
	const messages = new Map<number, MessageRow>();
	const calls = new Map<number, CallRow>();
	const prompts = new Map<number, SettledPrompt>();
	const all = <Key extends keyof Rows>(key: Key): Rows[Key] => takes.flatMap(take => take[key] as never[]) as Rows[Key];
	for (const take of takes) {
		for (const row of take.events) {
			events.set(row.sequence, row);
		}

		for (const row of take.messages) {
			messages.set(row.sequence, row);
		}

		for (const sequence of take.droppedMessages) {
			messages.delete(sequence);
		}

		for (const row of take.calls) {
			calls.set(row.sequence, row);
		}

		for (const row of take.prompts) {
			// Progress follows at the latest at the end of the take.
			prompts.set(row.sequence, {...prompts.get(row.sequence), ...row} as SettledPrompt);
		}

		applyAll(events, take.completions);
		applyAll(calls, take.callResults);
		applyAll(prompts, take.promptProgress);
		applyAll(prompts, take.promptStates);
		for (const sequence of take.withdrawnPrompts) {
			const prompt = prompts.get(sequence);
			prompts.delete(sequence);
			if (prompt !== undefined && !messages.has(sequence)) {
				const {text, imageCount} = prompt;
				messages.set(sequence, {sequence, role: 'user', phase: null, context: null, text, imageCount});
			}
		}
	}

	const inOrder = <Row extends {sequence: number}>(rows: Map<number, Row>): Row[] =>
		[...rows.values()].toSorted((a, b) => a.sequence - b.sequence);
	return {
		events: inOrder(events),
		messages: inOrder(messages),
		calls: inOrder(calls),
		prompts: inOrder(prompts),
		problems: all('problems'),
		reasoning: all('reasoning'),
		plans: all('plans'),
		usage: all('usage'),
		contexts: all('contexts'),
		notes: all('notes'),
	};
};

/** An event with every line that records it, described as the detail pane would. */
export type JoinedEvent = {sequence: number; lines: number[]; event: LogEvent};

const joinEvents = (bytes: Buffer, rows: readonly EventRow[]): JoinedEvent[] => {
	const recorded = ({line, part, offset, length}: EventRow): RecordedLine => ({
		line,
		part,
		bytes: bytes.subarray(offset, offset + length),
	});
	return rows
		.filter(row => row.completes === null)
		.map(row => {
			const group = [row, ...rows.filter(other => other.completes === row.sequence)];
			return {
				sequence: row.sequence,
				lines: group.map(({line}) => line),
				event: codex.describe(group.map(one => recorded(one))),
			};
		});
};

export type ReadRollout = Settled & {
	bytes: Buffer;
	/** As the reader gave them, in one take. */
	rows: Rows;
	facts: SessionFacts;
	joined: JoinedEvent[];
};

/** Reads a whole rollout, given as lines or as the bytes of a file. */
export const readRollout = (
	source: readonly (string | Buffer)[] | Buffer,
	fileName = `rollout-2026-02-03T10-00-00-${threadId}.jsonl`,
): ReadRollout => {
	const bytes = Buffer.isBuffer(source) ? source : rolloutOf(source);
	const reader = codex.reader(fileName, null);
	for (const line of linesOf(bytes)) {
		reader.read(line);
	}

	const rows = reader.take();
	const settled = settle([rows]);
	return {...settled, bytes, rows, facts: reader.facts(), joined: joinEvents(bytes, settled.events)};
};

/** Events that an event list shows for a prompt: those of its range that complete no other. */
export const eventsOfPrompt = (settled: Settled, prompt: SettledPrompt): EventRow[] => {
	const next = settled.prompts.find(other => other.firstSequence > prompt.firstSequence);
	return settled.events.filter(
		({sequence, completes}) =>
			completes === null &&
			sequence >= prompt.firstSequence &&
			sequence < (next?.firstSequence ?? Number.POSITIVE_INFINITY),
	);
};

const execOutput = (output: string, code = 0): string =>
	`Chunk ID: 0a1b2c\nWall time: 0.2500 seconds\nProcess exited with code ${code}\nOriginal token count: 3\nOutput:\n${output}`;

/** The model's item of a prompt and the event beside it, as legacy rollouts have them. */
export const askedTwice = (text: string, at = 0): string[] => [
	item(message('user', text), at),
	event('user_message', {message: text, images: null, local_images: [], text_elements: []}, at),
];

/** An answer as legacy rollouts have it: event and item. */
export const answeredTwice = (text: string, at = 0): string[] => [
	event('agent_message', {message: text}, at),
	item(message('assistant', text), at),
];

/** A prompt with reasoning, a command, a token count and an answer, as legacy rollouts have them. */
export const legacyTurn = (prompt: string, answer: string, at: number, tokens: number): string[] => [
	turnContext({}, at),
	...askedTwice(prompt, at),
	event('agent_reasoning', {text: `**Thinking about ${prompt}**`}, at + 1),
	item(reasoning([`**Thinking about ${prompt}**`]), at + 1),
	item(functionCall('exec_command', {cmd: 'ls tables'}, `call-${at}`), at + 2),
	item(functionOutput(`call-${at}`, execOutput('brest.csv\n')), at + 3),
	tokenCount(usage(tokens, 0, tokens / 10), usage(1000, 0, 100), at + 4),
	...answeredTwice(answer, at + 5),
];

/** A prompt as paginated rollouts have it: model's items, completed items, turn markers. */
export const paginatedTurn = (prompt: string, answer: string, at: number): string[] => [
	event('task_started', {turn_id: `turn-${at}`, model_context_window: 272_000}, at),
	turnContext({turn_id: `turn-${at}`}, at),
	item(message('user', prompt), at),
	completed('UserMessage', {id: `user-${at}`, content: [{type: 'text', text: prompt, text_elements: []}]}, at),
	completed('Reasoning', {id: `rs-${at}`, summary_text: ['**Look first**'], raw_content: []}, at + 1),
	item(reasoning(['**Look first**'], {id: `rs-${at}`}), at + 1),
	item(functionCall('exec_command', {cmd: 'wc -l tables/*'}, `call-${at}`), at + 2),
	completed(
		'CommandExecution',
		{
			id: `call-${at}`,
			command: ['/bin/zsh', '-lc', 'wc -l tables/*'],
			cwd: 'file:///home/mira/tides',
			parsed_cmd: [],
			source: 'agent',
			status: 'completed',
			aggregated_output: '12 brest.csv\n',
			exit_code: 0,
			duration: {secs: 0, nanos: 42_000_000},
		},
		at + 3,
	),
	item(functionOutput(`call-${at}`, execOutput('12 brest.csv\n')), at + 3),
	completed('AgentMessage', {id: `msg-${at}`, content: [{type: 'Text', text: answer}], phase: 'final_answer'}, at + 4),
	item({...message('assistant', answer), id: `msg-${at}`, phase: 'final_answer'}, at + 4),
	event('task_complete', {turn_id: `turn-${at}`, last_agent_message: answer, duration_ms: 4000}, at + 5),
];

/** One small session of every era and sort, by name. */
export const sampleRollouts = (): Record<string, Buffer> => ({
	'era A document': documentOf([
		message('user', 'Which harbours have no table?'),
		{
			type: 'local_shell_call',
			id: 'lsh_1',
			call_id: 'c1',
			status: 'completed',
			action: {type: 'exec', command: ['ls', 'tables']},
		},
		functionOutput('c1', '{"output":"brest.csv\\n","metadata":{"exit_code":0,"duration_seconds":0.1}}'),
		message('assistant', 'Only Brest has one.'),
		message('user', 'Add Saint-Malo.'),
		message('assistant', 'Added.'),
	]),
	'era B bare lines': rolloutOf([
		bare({id: threadId, timestamp: '2025-07-01T12:00:00.000Z', instructions: 'be brief', git: {branch: 'main'}}),
		bare({record_type: 'state'}),
		bare(message('user', environment())),
		bare(message('user', 'Which harbours have no table?')),
		bare(reasoning(['Listing'], {id: 'rs_1'})),
		bare(functionCall('shell', {command: ['bash', '-lc', 'ls tables']}, 'c1')),
		bare(functionOutput('c1', '{"output":"brest.csv\\n","metadata":{"exit_code":0,"duration_seconds":0.1}}')),
		bare({record_type: 'state', previous_response_id: 'resp_1'}),
		bare(message('assistant', 'Only Brest has one.')),
		bare(message('user', 'Add Saint-Malo.')),
		bare(message('assistant', 'Added.')),
	]),
	'era C legacy': rolloutOf([
		meta(),
		item(message('user', environment()), 0),
		...legacyTurn('Which harbours have no table?', 'Only Brest has one.', 1, 1000),
		...legacyTurn('Add Saint-Malo.', 'Added.', 20, 2000),
	]),
	'era C with turn markers': rolloutOf([
		meta({cli_version: '0.116.0'}),
		item(message('developer', '<permissions instructions>ask first</permissions instructions>'), 0),
		event('task_started', {turn_id: 'turn-a', model_context_window: 272_000}, 1),
		item(message('user', environment()), 1),
		...legacyTurn('Which harbours have no table?', 'Only Brest has one.', 1, 1000),
		event('task_complete', {turn_id: 'turn-a', last_agent_message: 'Only Brest has one.', duration_ms: 5000}, 8),
		event('task_started', {turn_id: 'turn-b'}, 20),
		...legacyTurn('Add Saint-Malo.', 'Added.', 20, 2000),
		event('task_complete', {turn_id: 'turn-b', last_agent_message: 'Added.', duration_ms: 5000}, 29),
		event('thread_rolled_back', {num_turns: 1}, 30),
		event('task_started', {turn_id: 'turn-c'}, 31),
		...legacyTurn('Add Roscoff instead.', 'Added Roscoff.', 31, 3000),
		event('turn_aborted', {turn_id: 'turn-c', reason: 'interrupted'}, 39),
	]),
	'era D paginated': rolloutOf([
		meta({cli_version: '0.153.0', history_mode: 'paginated'}),
		item(message('developer', '<permissions instructions>ask first</permissions instructions>'), 0),
		item(message('user', environment()), 0),
		...paginatedTurn('Which harbours have no table?', 'Only Brest has one.', 1),
		...paginatedTurn('Add Saint-Malo.', 'Added.', 20),
	]),
});
