import type {PromptProgressRow, Rows} from '../../formats/rows.js';
import {noUsage, type TokenUsage} from '../../model/token-usage.js';
import {bulkInsert} from './bulk-insert.js';
import type {Connection} from './database.js';
import {endIdOf, eventId} from './ids.js';

/** Every table whose rows belong to a file by their id. */
/** Tables whose rows have the ids of a log's events. */
export const tablesOfFile = [
	'events',
	'prompts',
	'messages',
	'agent_reasoning_messages',
	'function_calls',
	'function_plan_messages',
	'token_messages',
	'turn_context_messages',
	'notes',
	'problems',
] as const;

/** A call that is told after its result takes the place of what the result alone told. */
const callConflict = `on conflict (id) do update set tool = excluded.tool, name = excluded.name, command = excluded.command,
	arguments = excluded.arguments, status = excluded.status, exit_code = excluded.exit_code,
	duration_ms = excluded.duration_ms, output_event_id = excluded.output_event_id`;

const callColumns = [
	'id',
	'tool',
	'name',
	'call_id',
	'command',
	'arguments',
	'status',
	'exit_code',
	'duration_ms',
	'output_event_id',
];

const tokenColumns = [
	'id',
	'model',
	'service_tier',
	'cache_write_tokens',
	'input_tokens',
	'cached_input_tokens',
	'output_tokens',
	'reasoning_output_tokens',
	'total_tokens',
	'context_window',
];

const contextColumns = ['id', 'cwd', 'model', 'effort', 'approval_policy', 'sandbox'];

const stand = [
	'state',
	'ended_at',
	'outcome',
	'event_count',
	'tool_call_count',
	'input_tokens',
	'cached_input_tokens',
	'output_tokens',
	'reasoning_output_tokens',
	'total_tokens',
	'digest',
];

const promptColumns = [
	'id',
	'session_id',
	'first_event_id',
	'asker',
	'title',
	'image_count',
	'started_at',
	'text',
	...stand,
];

/** A prompt that is told again: by a line that knows its text better, or one that was unfinished before. */
const promptConflict = `on conflict (id) do update set ${['title', 'text', 'image_count', ...stand]
	.map(column => `${column} = excluded.${column}`)
	.join(', ')}`;

/** How a prompt stands of which nothing more is known than that it was asked. */
const justAsked = {
	endedAt: null,
	outcome: 'open',
	eventCount: 0,
	toolCallCount: 0,
	usage: noUsage,
	digest: '',
} as const;

type Stand = Omit<PromptProgressRow, 'sequence'>;

const standOf = ({state, endedAt, outcome, eventCount, toolCallCount, usage, digest}: Stand): unknown[] => [
	state,
	endedAt,
	outcome,
	eventCount,
	toolCallCount,
	...usageColumns(usage),
	digest,
];

const usageColumns = (usage: TokenUsage): number[] => [
	usage.inputTokens,
	usage.cachedInputTokens,
	usage.outputTokens,
	usage.reasoningOutputTokens,
	usage.totalTokens,
];

/** Prepares the statements that write the rows of one file; returns the writer. */
export const rowWriter = (db: Connection) => {
	const place = ['id', 'line', 'at', 'kind', 'offset', 'length'];
	const plainEvents = bulkInsert(db, 'events', [...place, 'completes', 'part = 0', 'inside = null', 'inherited = 0']);
	const events = bulkInsert(db, 'events', [...place, 'completes', 'part', 'inside', 'inherited']);
	const messages = bulkInsert(db, 'messages', ['id', 'role', 'phase', 'context', 'text', 'image_count']);
	const reasoning = bulkInsert(db, 'agent_reasoning_messages', ['id', 'text', 'encrypted']);
	const calls = bulkInsert(db, 'function_calls', callColumns, callConflict);
	const plans = bulkInsert(db, 'function_plan_messages', ['id', 'explanation', 'steps']);
	const tokens = bulkInsert(db, 'token_messages', tokenColumns);
	const contexts = bulkInsert(db, 'turn_context_messages', contextColumns);
	const notes = bulkInsert(db, 'notes', ['id', 'label', 'text']);
	const problems = bulkInsert(db, 'problems', ['id', 'line', 'offset', 'length', 'reason']);
	const prompts = bulkInsert(db, 'prompts', promptColumns, promptConflict);
	const completion = db.prepare('update events set completes = ? where id = ?');
	const callResult = db.prepare(
		'update function_calls set status = ?, exit_code = ?, duration_ms = ?, output_event_id = ? where id = ?',
	);
	const progress = db.prepare(`update prompts set ${stand.map(column => `${column} = ?`).join(', ')} where id = ?`);
	const promptState = db.prepare('update prompts set state = ? where id = ?');
	const keepAsMessage = db.prepare(`
		insert or ignore into messages (id, role, text, image_count)
		select id, 'user', text, image_count from prompts where id = ?
	`);
	const dropMessage = db.prepare('delete from messages where id = ?');
	const withdraw = db.prepare('delete from prompts where id = ?');
	const removals = tablesOfFile.map(table => db.prepare(`delete from ${table} where id >= ? and id < ?`));

	return {
		write(fileId: number, sessionId: number, rows: Rows): void {
			const id = (sequence: number): number => eventId(fileId, sequence);
			const idOrNull = (sequence: number | null): number | null => (sequence === null ? null : id(sequence));
			const isPlain = rows.events.every(row => row.part === 0 && row.inside === null && !row.isInherited);
			(isPlain ? plainEvents : events)(rows.events, row => [
				id(row.sequence),
				row.line,
				row.at,
				row.kind,
				row.offset,
				row.length,
				idOrNull(row.completes),
				row.part,
				idOrNull(row.inside),
				Number(row.isInherited),
			]);

			for (const row of rows.completions) {
				completion.run(id(row.completes), id(row.sequence));
			}

			messages(rows.messages, row => [id(row.sequence), row.role, row.phase, row.context, row.text, row.imageCount]);
			for (const sequence of rows.droppedMessages) {
				dropMessage.run(id(sequence));
			}

			reasoning(rows.reasoning, row => [id(row.sequence), row.text, Number(row.encrypted)]);
			calls(rows.calls, row => [
				id(row.sequence),
				row.tool,
				row.name,
				row.callId,
				row.command,
				row.arguments,
				row.status,
				row.exitCode,
				row.durationMs,
				idOrNull(row.outputSequence),
			]);
			for (const row of rows.callResults) {
				callResult.run(row.status, row.exitCode, row.durationMs, idOrNull(row.outputSequence), id(row.sequence));
			}

			plans(rows.plans, row => [id(row.sequence), row.explanation, row.steps]);
			tokens(rows.usage, row => [
				id(row.sequence),
				row.model,
				row.serviceTier,
				row.cacheWriteTokens,
				...usageColumns(row.own),
				row.contextWindow,
			]);
			contexts(rows.contexts, row => [
				id(row.sequence),
				row.cwd,
				row.model,
				row.effort,
				row.approvalPolicy,
				row.sandbox,
			]);
			notes(rows.notes, row => [id(row.sequence), row.label, row.text]);
			problems(rows.problems, row => [id(row.sequence), row.line, row.offset, row.length, row.reason]);
			const stands = new Map(rows.promptProgress.map(row => [row.sequence, row]));
			prompts(rows.prompts, row => {
				const now: Stand = stands.get(row.sequence) ?? {...justAsked, state: row.isInherited ? 'inherited' : 'live'};
				stands.delete(row.sequence);
				return [
					id(row.sequence),
					sessionId,
					id(row.firstSequence),
					row.asker,
					row.title,
					row.imageCount,
					row.startedAt,
					row.text,
					...standOf(now),
				];
			});
			for (const later of stands.values()) {
				progress.run(...standOf(later), id(later.sequence));
			}

			for (const row of rows.promptStates) {
				promptState.run(row.state, id(row.sequence));
			}

			for (const sequence of rows.withdrawnPrompts) {
				keepAsMessage.run(id(sequence));
				withdraw.run(id(sequence));
			}
		},

		/** Removes the file's rows from a sequence on. */
		remove(fileId: number, fromSequence: number): void {
			for (const removal of removals) {
				removal.run(eventId(fileId, fromSequence), endIdOf(fileId));
			}
		},
	};
};

export type RowWriter = ReturnType<typeof rowWriter>;
