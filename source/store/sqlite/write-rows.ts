import type {Rows} from '../../formats/rows.js';
import type {TokenUsage} from '../../model/token-usage.js';
import type {Connection} from './database.js';
import {endIdOf, eventId} from './ids.js';

/** Every table whose rows belong to a file by their id. */
const tablesOfFile = [
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

const usageColumns = (usage: TokenUsage): number[] => [
	usage.inputTokens,
	usage.cachedInputTokens,
	usage.outputTokens,
	usage.reasoningOutputTokens,
	usage.totalTokens,
];

/** Prepares the statements that write the rows of one file; returns the writer. */
export const rowWriter = (db: Connection) => {
	const insert = (table: string, columns: number, conflict = ''): ((...values: unknown[]) => unknown) => {
		const names = db.pragma(`table_info(${table})`) as {name: string}[];
		const listed = names.slice(0, columns).map(({name}) => `"${name}"`);
		const statement = db.prepare(
			`insert into ${table} (${listed.join(', ')}) values (${listed.map(() => '?').join(', ')}) ${conflict}`,
		);
		return (...values) => statement.run(...values);
	};

	const event = insert('events', 10);
	const message = insert('messages', 6);
	const reasoning = insert('agent_reasoning_messages', 3);
	const call = insert('function_calls', 10, callConflict);
	const plan = insert('function_plan_messages', 3);
	const tokens = insert('token_messages', 10);
	const context = insert('turn_context_messages', 6);
	const note = insert('notes', 3);
	const problem = insert('problems', 5);
	const prompt = db.prepare(`
		insert into prompts (id, session_id, first_event_id, asker, title, text, image_count, started_at, state)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (id) do update set title = excluded.title, text = excluded.text, image_count = excluded.image_count
	`);
	const completion = db.prepare('update events set completes = ? where id = ?');
	const callResult = db.prepare(
		'update function_calls set status = ?, exit_code = ?, duration_ms = ?, output_event_id = ? where id = ?',
	);
	const progress = db.prepare(`
		update prompts set state = ?, ended_at = ?, outcome = ?, event_count = ?, tool_call_count = ?,
			input_tokens = ?, cached_input_tokens = ?, output_tokens = ?, reasoning_output_tokens = ?, total_tokens = ?, digest = ?
		where id = ?
	`);
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
			for (const row of rows.events) {
				event(
					id(row.sequence),
					row.line,
					row.at,
					row.kind,
					row.offset,
					row.length,
					row.part,
					idOrNull(row.completes),
					idOrNull(row.inside),
					Number(row.isInherited),
				);
			}

			for (const row of rows.completions) {
				completion.run(id(row.completes), id(row.sequence));
			}

			for (const row of rows.messages) {
				message(id(row.sequence), row.role, row.phase, row.context, row.text, row.imageCount);
			}

			for (const sequence of rows.droppedMessages) {
				dropMessage.run(id(sequence));
			}

			for (const row of rows.reasoning) {
				reasoning(id(row.sequence), row.text, Number(row.encrypted));
			}

			for (const row of rows.calls) {
				const {sequence, tool, name, callId, command, status, exitCode, durationMs} = row;
				const output = idOrNull(row.outputSequence);
				call(id(sequence), tool, name, callId, command, row.arguments, status, exitCode, durationMs, output);
			}

			for (const row of rows.callResults) {
				callResult.run(row.status, row.exitCode, row.durationMs, idOrNull(row.outputSequence), id(row.sequence));
			}

			for (const row of rows.plans) {
				plan(id(row.sequence), row.explanation, row.steps);
			}

			for (const row of rows.usage) {
				tokens(
					id(row.sequence),
					row.model,
					row.serviceTier,
					row.cacheWriteTokens,
					...usageColumns(row.own),
					row.contextWindow,
				);
			}

			for (const row of rows.contexts) {
				context(id(row.sequence), row.cwd, row.model, row.effort, row.approvalPolicy, row.sandbox);
			}

			for (const row of rows.notes) {
				note(id(row.sequence), row.label, row.text);
			}

			for (const row of rows.problems) {
				problem(id(row.sequence), row.line, row.offset, row.length, row.reason);
			}

			for (const row of rows.prompts) {
				prompt.run(
					id(row.sequence),
					sessionId,
					id(row.firstSequence),
					row.asker,
					row.title,
					row.text,
					row.imageCount,
					row.startedAt,
					row.isInherited ? 'inherited' : 'live',
				);
			}

			for (const row of rows.promptProgress) {
				const {sequence, state, endedAt, outcome, eventCount, toolCallCount, usage, digest} = row;
				progress.run(state, endedAt, outcome, eventCount, toolCallCount, ...usageColumns(usage), digest, id(sequence));
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
