import type {EventId, EventSummary, PromptSummary, SessionId} from '../../model/session.js';
import type {EventScope} from '../store.js';
import type {Connection} from './database.js';
import {endIdOf, fileOf, firstIdOf} from './ids.js';

/** Characters of a text that a row on screen can use. */
const rowText = 400;

type PromptRow = Omit<PromptSummary, 'index' | 'startedAt' | 'endedAt' | 'usage'> & {
	startedAt: number | null;
	endedAt: number | null;
	inputTokens: number;
	cachedInputTokens: number;
	outputTokens: number;
	reasoningOutputTokens: number;
	totalTokens: number;
};

type SummaryRow = {
	id: number;
	kind: EventSummary['kind'];
	line: number;
	at: number | null;
	label: string | null;
	tool: EventSummary['tool'];
	text: string | null;
	context: string | null;
	exitCode: number | null;
	durationMs: number | null;
	status: EventSummary['status'];
	tokens: number | null;
};

/** Where an event is recorded: one line, with its place in the file. */
export type RecordRow = {
	id: number;
	line: number;
	part: number;
	offset: number;
	length: number;
	isProblem: number;
	reason: string | null;
};

export const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** A half-open range of event ids. */
type Range = {from: number; to: number};

export const eventReader = (db: Connection) => {
	const files = db.prepare('select id from files where session_id = ? order by id').pluck();
	const prompts = db.prepare(`
		select id, asker, title, state, started_at as startedAt, ended_at as endedAt,
			image_count as imageCount, event_count as eventCount, tool_call_count as toolCallCount, outcome,
			input_tokens as inputTokens, cached_input_tokens as cachedInputTokens, output_tokens as outputTokens,
			reasoning_output_tokens as reasoningOutputTokens, total_tokens as totalTokens
		from prompts where session_id = ? order by id
	`);
	const promptText = db.prepare('select text from prompts where id = ?').pluck();
	const promptStart = db.prepare('select first_event_id from prompts where id = ?').pluck();
	const nextStart = db
		.prepare(
			'select first_event_id from prompts where session_id = ? and first_event_id > ? order by first_event_id limit 1',
		)
		.pluck();
	const firstStart = db.prepare('select min(first_event_id) from prompts where session_id = ?').pluck();
	const ids = db.prepare(`
			select id, inside from events where id >= @from and id < @to and completes is null
			union all
			select id, null from problems where id >= @from and id < @to
			order by id
		`);
	const summaries = db.prepare(`
		select events.id, iif(prompts.id is null, events.kind, 'prompt') as kind, events.line, events.at,
			coalesce(messages.role, function_calls.name, notes.label, turn_context_messages.model) as label,
			function_calls.tool,
			substr(coalesce(prompts.title, messages.text, agent_reasoning_messages.text, function_calls.command,
				function_plan_messages.explanation, function_calls.arguments, notes.text, turn_context_messages.cwd), 1, ${rowText}) as text,
			messages.context, function_calls.exit_code as exitCode, function_calls.duration_ms as durationMs,
			function_calls.status, token_messages.total_tokens as tokens
		from events
		left join prompts using (id)
		left join messages using (id)
		left join agent_reasoning_messages using (id)
		left join function_calls using (id)
		left join function_plan_messages using (id)
		left join token_messages using (id)
		left join turn_context_messages using (id)
		left join notes using (id)
		where events.id >= @from and events.id < @to and events.completes is null
		union all
		select id, 'problem', line, null, null, null, reason, null, null, null, null, null
		from problems where id >= @from and id < @to
		order by 1
	`);
	const records = db.prepare(`
		select id, line, part, "offset", length, 0 as isProblem, null as reason
		from events where id = @id
		union all
		select id, line, part, "offset", length, 0, null from events where completes = @id
		union all
		select id, line, 0, "offset", length, 1, reason from problems where id = @id
		order by 1
	`);
	const ownUsage = db.prepare(`
		select input_tokens as inputTokens, cached_input_tokens as cachedInputTokens, output_tokens as outputTokens,
			reasoning_output_tokens as reasoningOutputTokens, total_tokens as totalTokens
		from token_messages where id = ?
	`);
	const filesOf = (sessionId: SessionId): number[] => files.all(sessionId) as number[];

	/** Ranges that a scope covers: a prompt lies in one file, a prelude may begin in an earlier one. */
	const rangesOf = ({sessionId, promptId}: EventScope): Range[] => {
		if (promptId !== 'prelude') {
			const from = promptStart.get(promptId) as number | undefined;
			if (from === undefined) {
				return [];
			}

			const end = endIdOf(fileOf(from));
			const next = nextStart.get(sessionId, from) as number | undefined;
			return [{from, to: Math.min(end, next ?? end)}];
		}

		const end = (firstStart.get(sessionId) as number | null) ?? Number.POSITIVE_INFINITY;
		return filesOf(sessionId)
			.map(file => ({from: firstIdOf(file), to: Math.min(endIdOf(file), end)}))
			.filter(({from, to}) => from < to);
	};

	return {
		filesOf,
		rangesOf,

		prompts(sessionId: SessionId): PromptSummary[] {
			const rows = prompts.all(sessionId) as PromptRow[];
			return rows.map((row, index) => {
				const {
					startedAt,
					endedAt,
					inputTokens,
					cachedInputTokens,
					outputTokens,
					reasoningOutputTokens,
					totalTokens,
					...same
				} = row;
				return {
					...same,
					index: index + 1,
					startedAt: isoTime(startedAt),
					endedAt: isoTime(endedAt),
					usage: {inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, totalTokens},
				};
			});
		},

		promptText: (id: number): string => (promptText.get(id) as string | undefined) ?? '',

		ids: (scope: EventScope): EventId[] =>
			rangesOf(scope).flatMap(range => (ids.all(range) as {id: number}[]).map(({id}) => id)),

		/** Ids with the review that each is part of. */
		placedIds: (scope: EventScope) =>
			rangesOf(scope).flatMap(range => ids.all(range) as {id: EventId; inside: EventId | null}[]),

		/** Rows between the first and the last of the ids, which is what a window of a list is. */
		summaries(wanted: readonly EventId[]): EventSummary[] {
			const known = new Map<number, EventSummary>();
			for (const range of runsOf(wanted)) {
				for (const row of summaries.all(range) as SummaryRow[]) {
					known.set(row.id, {...row, at: isoTime(row.at), text: row.text ?? ''});
				}
			}

			return wanted.flatMap(id => known.get(id) ?? []);
		},

		records: (id: EventId): RecordRow[] => records.all({id}) as RecordRow[],

		ownUsage: (id: EventId) => ownUsage.get(id) as PromptSummary['usage'] | undefined,
	};
};

export type EventReader = ReturnType<typeof eventReader>;

/** Ids grouped into ranges, one per file. */
const runsOf = (ids: readonly EventId[]): Range[] => {
	const byFile = Map.groupBy(ids, id => fileOf(id));
	return [...byFile.values()].map(group => ({from: Math.min(...group), to: Math.max(...group) + 1}));
};
