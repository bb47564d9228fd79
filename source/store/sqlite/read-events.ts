import type {LogEvent, ToolCallBody} from '../../model/log-event.js';
import type {EventId, EventSummary, PromptId, PromptSummary, SessionId} from '../../model/session.js';
import {noUsage} from '../../model/token-usage.js';
import type {EventScope} from '../store.js';
import type {Connection} from './database.js';
import {endIdOf, fileOf, firstIdOf, sequenceOf} from './ids.js';

/** Characters of a text that a row on screen can use. */
const rowText = 400;

type PromptRow = Omit<PromptSummary, 'index' | 'startedAt' | 'endedAt' | 'usage' | 'gone'> & {
	goneAt: number | null;
	goneReason: string | null;
	startedAt: number | null;
	endedAt: number | null;
	inputTokens: number;
	cachedInputTokens: number;
	outputTokens: number;
	reasoningOutputTokens: number;
	totalTokens: number;
};

type UnplacedPrompt = Omit<PromptSummary, 'index'>;

/** The file of another session that a session goes on from, and where it leaves it. */
type BaseRow = {fileId: number; place: number; sessionId: number; end: number};

/** What is gone from the log goes back where it was, as far as times tell. */
const inTime = (prompts: UnplacedPrompt[]): UnplacedPrompt[] =>
	prompts.some(({gone}) => gone !== null)
		? prompts.toSorted(
				(a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? '') || sequenceOf(a.id) - sequenceOf(b.id),
			)
		: prompts;

/** Forks of forks followed at most so far, whatever a damaged log claims. */
const longestLineage = 16;

const promptOfRow = (row: PromptRow): UnplacedPrompt => {
	const {
		startedAt,
		endedAt,
		inputTokens,
		cachedInputTokens,
		outputTokens,
		reasoningOutputTokens,
		totalTokens,
		goneAt,
		goneReason,
		...same
	} = row;
	return {
		...same,
		gone: goneAt === null ? null : {since: new Date(goneAt).toISOString(), reason: goneReason ?? ''},
		startedAt: isoTime(startedAt),
		endedAt: isoTime(endedAt),
		usage: {inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, totalTokens},
	};
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
	/** JSON of a plan's steps. */
	steps: string | null;
};

/** How far a plan is, and the step at hand: `1 of 3 · Read the module`. */
const planLine = (json: string): string => {
	const steps = JSON.parse(json) as {step: string; status: string}[];
	const done = steps.filter(({status}) => status === 'completed').length;
	const current =
		steps.find(({status}) => status === 'in_progress') ?? steps.find(({status}) => status !== 'completed');
	return [`${done} of ${steps.length}`, ...(current === undefined ? [] : [current.step])].join(' · ');
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

type CallState = Pick<ToolCallBody, 'status' | 'exitCode' | 'durationMs'>;

type PlacedId = {id: EventId; inside: EventId | null; inherited: number};

/** A half-open range of event ids. */
type Range = {from: number; to: number};

export const eventReader = (db: Connection) => {
	// A sorted query of bare parameters would be prepared again each time, which doubles what it takes.
	const files = db
		.prepare('select id from files where session_id = +? and superseded_at is null order by place')
		.pluck();
	const prompts = db.prepare(`
		select prompts.id, asker, title, state, started_at as startedAt, ended_at as endedAt,
			image_count as imageCount, event_count as eventCount, tool_call_count as toolCallCount, outcome,
			input_tokens as inputTokens, cached_input_tokens as cachedInputTokens, output_tokens as outputTokens,
			reasoning_output_tokens as reasoningOutputTokens, total_tokens as totalTokens,
			iif(gone = 1, files.superseded_at, null) as goneAt, files.superseded_reason as goneReason
		from prompts join files on files.id = prompts.file_id
		where prompts.session_id = +? and gone <> 2 order by files.place, prompts.id
	`);
	const promptText = db.prepare('select text from prompts where id = ?').pluck();
	const promptStart = db.prepare('select first_event_id from prompts where id = ?').pluck();
	const sessionOf = db.prepare('select session_id from prompts where id = ?').pluck();
	const nextStart = db
		.prepare(
			'select first_event_id from prompts where session_id = +? and first_event_id > +? order by first_event_id limit 1',
		)
		.pluck();
	const firstStart = db.prepare('select min(first_event_id) from prompts where id >= ? and id < ?').pluck();
	const firstPersonal = db
		.prepare("select min(first_event_id) from prompts where id >= ? and id < ? and asker = 'person'")
		.pluck();
	const ids = db.prepare(`
			select id, inside, inherited from events where id >= @from and id < @to and completes is null
			union all
			select id, null, 0 from problems where id >= @from and id < @to
			order by id
		`);
	const summaries = db.prepare(`
		select events.id, iif(prompts.id is null, events.kind, 'prompt') as kind, events.line, events.at,
			coalesce(messages.role, function_calls.name, notes.label, turn_context_messages.model) as label,
			function_calls.tool,
			substr(coalesce(prompts.title, messages.text, agent_reasoning_messages.text, function_calls.command,
				function_plan_messages.explanation, function_calls.arguments, notes.text, turn_context_messages.cwd), 1, ${rowText}) as text,
			messages.context, function_calls.exit_code as exitCode, function_calls.duration_ms as durationMs,
			function_calls.status, token_messages.total_tokens as tokens, function_plan_messages.steps
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
		select id, 'problem', line, null, null, null, reason, null, null, null, null, null, null
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
	const callState = db.prepare(
		'select status, exit_code as exitCode, duration_ms as durationMs from function_calls where id = ?',
	);
	const contextOf = db.prepare('select context from messages where id = ?').pluck();
	const bases = db.prepare(`
		select base.id as fileId, base.place, base.session_id as sessionId, own.base_end as end
		from files own join files base on base.rollout_id = own.base_rollout_id
		where own.session_id = +@sessionId and base.session_id <> +@sessionId
			and own.superseded_at is null and base.superseded_at is null
		order by own.place limit 1
	`);
	const placeOf = db.prepare('select place from files where id = ?').pluck();
	const offsetOf = db.prepare('select "offset" from events where id = ?').pluck();

	const filesOf = (sessionId: SessionId): number[] => files.all(sessionId) as number[];

	/** Ranges that a scope covers: a prompt lies in one file, a prelude may begin in an earlier one. */
	const rangesOf = ({sessionId, promptId}: EventScope): Range[] => {
		if (promptId !== 'prelude') {
			const from = promptStart.get(promptId) as number | undefined;
			if (from === undefined) {
				return [];
			}

			const end = endIdOf(fileOf(from));
			const next = nextStart.get(sessionOf.get(promptId), from) as number | undefined;
			return [{from, to: Math.min(end, next ?? end)}];
		}

		return rangesBefore(sessionId, firstStart);
	};

	/** From the session's beginning to the first of these prompts. */
	const rangesBefore = (sessionId: SessionId, first: typeof firstStart): Range[] => {
		const ranges: Range[] = [];
		for (const file of filesOf(sessionId)) {
			const range = {from: firstIdOf(file), to: endIdOf(file)};
			const end = first.get(range.from, range.to) as number | null;
			ranges.push({...range, to: end ?? range.to});
			if (end !== null) {
				break;
			}
		}

		return ranges;
	};

	const ownPrompts = (sessionId: SessionId): UnplacedPrompt[] =>
		inTime((prompts.all(sessionId) as PromptRow[]).map(row => promptOfRow(row)));

	/** The session's prompts, after those of the history that it goes on from. */
	const promptsOf = (sessionId: SessionId, depth: number): UnplacedPrompt[] => {
		const own = ownPrompts(sessionId);
		const base = bases.get({sessionId}) as BaseRow | undefined;
		if (base === undefined || depth >= longestLineage) {
			return own;
		}

		const inherited = promptsOf(base.sessionId, depth + 1)
			.filter(({id}) => isBefore(id, base))
			.map(prompt => ({...prompt, state: 'inherited' as const, usage: noUsage}));
		return [...inherited, ...own];
	};

	/** Whether a prompt of the base's lineage stands before the point where the base is left. */
	const isBefore = (id: number, base: BaseRow): boolean => {
		if (fileOf(id) === base.fileId) {
			return ((offsetOf.get(id) as number | undefined) ?? 0) < base.end;
		}

		return sessionOf.get(id) !== base.sessionId || (placeOf.get(fileOf(id)) as number) < base.place;
	};

	return {
		filesOf,
		rangesOf,

		prompts: (sessionId: SessionId): PromptSummary[] =>
			promptsOf(sessionId, 0).map((prompt, index) => ({...prompt, index: index + 1})),

		/** Prompts in the session's own logs, in order. */
		ownPromptIds: (sessionId: SessionId): PromptId[] => ownPrompts(sessionId).map(({id}) => id),

		promptText: (id: number): string => (promptText.get(id) as string | undefined) ?? '',

		ids: (scope: EventScope): EventId[] =>
			rangesOf(scope).flatMap(range => (ids.all(range) as {id: number}[]).map(({id}) => id)),

		/** Ids with the review that each is part of, and whether it is a copy of the parent's line. */
		placedIds: (scope: EventScope): PlacedId[] => rangesOf(scope).flatMap(range => ids.all(range) as PlacedId[]),

		/** The same for everything before the first prompt of a person, tasks of agents included. */
		idsBeforePersons: (sessionId: SessionId): PlacedId[] =>
			rangesBefore(sessionId, firstPersonal).flatMap(range => ids.all(range) as PlacedId[]),

		/** Rows between the first and the last of the ids, which is what a window of a list is. */
		summaries(wanted: readonly EventId[]): EventSummary[] {
			const known = new Map<number, EventSummary>();
			for (const range of runsOf(wanted)) {
				for (const row of summaries.all(range) as SummaryRow[]) {
					const {steps, ...summary} = row;
					const text = steps === null ? row.text : planLine(steps);
					known.set(row.id, {...summary, at: isoTime(row.at), text: text ?? ''});
				}
			}

			return wanted.flatMap(id => known.get(id) ?? []);
		},

		records: (id: EventId): RecordRow[] => records.all({id}) as RecordRow[],

		/** An event as its lines describe it, with what depends on the lines around them. */
		settled(id: EventId, event: LogEvent): LogEvent {
			switch (event.kind) {
				case 'token-usage':
					return {...event, own: (ownUsage.get(id) as PromptSummary['usage'] | undefined) ?? event.own};
				case 'tool-call':
					return {...event, ...(callState.get(id) as CallState | undefined)};
				case 'message':
					return {...event, context: (contextOf.get(id) as string | null | undefined) ?? event.context};
				default:
					return event;
			}
		},
	};
};

export type EventReader = ReturnType<typeof eventReader>;

/** Ids grouped into ranges, one per file. */
const runsOf = (ids: readonly EventId[]): Range[] => {
	const byFile = Map.groupBy(ids, id => fileOf(id));
	return [...byFile.values()].map(group => ({from: Math.min(...group), to: Math.max(...group) + 1}));
};
