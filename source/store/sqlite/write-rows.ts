import type {PromptProgressRow, Rows} from '../../formats/rows.js';
import {noUsage, type TokenUsage} from '../../model/token-usage.js';
import {bulkInsert} from './bulk-insert.js';
import type {Connection} from './database.js';
import {endIdOf, eventId} from './ids.js';

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

/**
Prepares the statements that write the rows of logs; returns the writer. Rows wait until there are as many as one statement
takes, also those of several logs. Whoever asks for rows of these tables, or changes them, calls `flush` first, as do
the commit and what the writer itself changes.
*/
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
	const tables = [plainEvents, events, messages, reasoning, calls, plans, tokens, contexts, notes, problems, prompts];
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

	const flush = (): void => {
		for (const table of tables) {
			table.flush();
		}
	};

	/** Changes rows that are there. */
	const change = (fileId: number, rows: Rows, promptProgress: readonly PromptProgressRow[]): void => {
		const id = (sequence: number): number => eventId(fileId, sequence);
		for (const row of rows.completions) {
			completion.run(id(row.completes), id(row.sequence));
		}

		for (const sequence of rows.droppedMessages) {
			dropMessage.run(id(sequence));
		}

		for (const {status, exitCode, durationMs, outputSequence, sequence} of rows.callResults) {
			callResult.run(status, exitCode, durationMs, outputSequence === null ? null : id(outputSequence), id(sequence));
		}

		for (const row of promptProgress) {
			progress.run(...standOf(row), id(row.sequence));
		}

		for (const row of rows.promptStates) {
			promptState.run(row.state, id(row.sequence));
		}

		for (const sequence of rows.withdrawnPrompts) {
			keepAsMessage.run(id(sequence));
			withdraw.run(id(sequence));
		}
	};

	return {
		write(fileId: number, sessionId: number, rows: Rows): void {
			const id = (sequence: number): number => eventId(fileId, sequence);
			const idOrNull = (sequence: number | null): number | null => (sequence === null ? null : id(sequence));
			for (const row of rows.events) {
				const values = [id(row.sequence), row.line, row.at, row.kind, row.offset, row.length, idOrNull(row.completes)];
				if (row.part === 0 && row.inside === null && !row.isInherited) {
					plainEvents.add(values);
				} else {
					events.add([...values, row.part, idOrNull(row.inside), Number(row.isInherited)]);
				}
			}

			for (const row of rows.messages) {
				messages.add([id(row.sequence), row.role, row.phase, row.context, row.text, row.imageCount]);
			}

			for (const row of rows.reasoning) {
				reasoning.add([id(row.sequence), row.text, Number(row.encrypted)]);
			}

			for (const row of rows.calls) {
				calls.add([
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
			}

			for (const row of rows.plans) {
				plans.add([id(row.sequence), row.explanation, row.steps]);
			}

			for (const row of rows.usage) {
				tokens.add([
					id(row.sequence),
					row.model,
					row.serviceTier,
					row.cacheWriteTokens,
					...usageColumns(row.own),
					row.contextWindow,
				]);
			}

			for (const row of rows.contexts) {
				contexts.add([id(row.sequence), row.cwd, row.model, row.effort, row.approvalPolicy, row.sandbox]);
			}

			for (const row of rows.notes) {
				notes.add([id(row.sequence), row.label, row.text]);
			}

			for (const row of rows.problems) {
				problems.add([id(row.sequence), row.line, row.offset, row.length, row.reason]);
			}

			const stands = new Map(rows.promptProgress.map(row => [row.sequence, row]));
			for (const row of rows.prompts) {
				const now: Stand = stands.get(row.sequence) ?? {...justAsked, state: row.isInherited ? 'inherited' : 'live'};
				stands.delete(row.sequence);
				prompts.add([
					id(row.sequence),
					sessionId,
					id(row.firstSequence),
					row.asker,
					row.title,
					row.imageCount,
					row.startedAt,
					row.text,
					...standOf(now),
				]);
			}

			const {completions, droppedMessages, callResults, promptStates, withdrawnPrompts} = rows;
			const changes = [completions, droppedMessages, callResults, promptStates, withdrawnPrompts];
			if (stands.size > 0 || changes.some(list => list.length > 0)) {
				flush();
				change(fileId, rows, [...stands.values()]);
			}
		},

		/** Removes the file's rows from a sequence on. */
		remove(fileId: number, fromSequence: number): void {
			flush();
			for (const removal of removals) {
				removal.run(eventId(fileId, fromSequence), endIdOf(fileId));
			}
		},

		flush,

		/** Forgets the rows that wait, where what was written since the last commit is dropped. */
		drop(): void {
			for (const table of tables) {
				table.drop();
			}
		},
	};
};

export type RowWriter = ReturnType<typeof rowWriter>;
