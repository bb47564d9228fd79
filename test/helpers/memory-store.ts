import type {EventBody, LogEvent} from '../../source/model/log-event.js';
import type {Problem} from '../../source/model/problem.js';
import type {EventSummary, PromptSummary, SessionSummary} from '../../source/model/session.js';
import {noUsage} from '../../source/model/token-usage.js';
import type {EventDetail, EventScope, Store, UsageEntry} from '../../source/store/store.js';
import {type MemoryAnnotations, memoryAnnotations} from './memory-annotations.js';
import {memoryRedactions} from './memory-redactions.js';

/** A session as a test writes it down: what was asked, and what happened before and after. */
export type MemorySession = {
	summary?: Partial<SessionSummary>;
	prelude?: EventBody[];
	prompts?: {text: string; summary?: Partial<PromptSummary>; events?: EventBody[]}[];
};

export type MemoryStore = Store & {
	annotations: MemoryAnnotations;
	/** Adds or replaces sessions, newest last; ids go on counting. */
	add: (...sessions: MemorySession[]) => void;
	/** Names of the queries asked so far. */
	queries: string[];
	/** Makes every query fail with this message. */
	fail: (message: string | undefined) => void;
	problemList: Problem[];
	/** How much was found in sessions; null where it is not known. */
	findingCounts: Map<number, number | null>;
	usageEntries: UsageEntry[];
};

type Stored = {
	summary: SessionSummary;
	prelude: EventDetail[];
	prompts: {summary: PromptSummary; text: string; events: EventDetail[]}[];
};

const start = Date.UTC(2026, 2, 4, 9, 0, 0);

const textOf = (event: EventBody): string => {
	switch (event.kind) {
		case 'message':
		case 'reasoning':
		case 'plan':
		case 'compaction':
		case 'notice':
			return event.text;
		case 'tool-call':
			return event.command ?? event.arguments ?? '';
		case 'turn-context':
			return [event.model, event.effort].filter(Boolean).join(' ');
		case 'unknown':
			return event.raw;
		default:
			return '';
	}
};

const labelOf = (event: EventBody): string | null => {
	switch (event.kind) {
		case 'message':
			return event.role;
		case 'tool-call':
			return event.name;
		case 'unknown':
			return event.type;
		default:
			return null;
	}
};

const summarise = ({id, event}: EventDetail, isPrompt: boolean): EventSummary => {
	if (event.kind === 'problem') {
		return {
			id,
			kind: 'problem',
			line: event.problem.line,
			at: null,
			label: null,
			tool: null,
			text: event.problem.reason,
			context: null,
			exitCode: null,
			durationMs: null,
			status: null,
			tokens: null,
		};
	}

	const call = event.kind === 'tool-call' ? event : undefined;
	return {
		id,
		kind: isPrompt ? 'prompt' : event.kind,
		line: event.line,
		at: event.at,
		label: labelOf(event),
		tool: call?.tool ?? null,
		text: textOf(event).slice(0, 300),
		context: event.kind === 'message' ? event.context : null,
		exitCode: call?.exitCode ?? null,
		durationMs: call?.durationMs ?? null,
		status: call?.status ?? null,
		tokens: event.kind === 'token-usage' ? event.own.totalTokens : null,
	};
};

export const message = (role: string, text: string, context: string | null = null): EventBody => ({
	kind: 'message',
	role,
	phase: null,
	context,
	text,
	images: [],
});

export const reasoning = (text: string): EventBody => ({
	kind: 'reasoning',
	text,
	parts: [text],
	encrypted: text === '',
});

export const command = (line: string, output: string, exitCode = 0): EventBody => ({
	kind: 'tool-call',
	tool: 'command',
	name: 'exec_command',
	callId: `call-${line.length}`,
	command: line,
	arguments: JSON.stringify({cmd: line}),
	output,
	exitCode,
	durationMs: 120 + line.length * 40,
	status: exitCode === 0 ? 'completed' : 'failed',
});

export const tokens = (total: number): EventBody => ({
	kind: 'token-usage',
	last: null,
	total: null,
	own: {...noUsage, inputTokens: total, totalTokens: total},
	contextWindow: 272_000,
	cacheWriteTokens: 0,
});

export const turnContext = (model: string): EventBody => ({
	kind: 'turn-context',
	cwd: '/home/ada/shop',
	model,
	effort: 'medium',
	approvalPolicy: 'on-request',
	sandbox: 'workspace-write',
	serviceTier: null,
});

const isoAt = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();

/** A Store that keeps everything in memory and answers in the next microtask, as SQLite would. */
export const createMemoryStore = (...sessions: MemorySession[]): MemoryStore => {
	const stored: Stored[] = [];
	const details = new Map<number, EventDetail>();
	const summaries = new Map<number, EventSummary>();
	const queries: string[] = [];
	const problemList: Problem[] = [];
	const usageEntries: UsageEntry[] = [];
	let nextId = 1;
	let failure: string | undefined;

	const asked = (name: string): void => {
		queries.push(name);
		if (failure !== undefined) {
			throw new Error(failure);
		}
	};

	const keep = (body: EventBody, line: number, at: string, path: string, isPrompt = false): EventDetail => {
		const event = {...body, line, at} as LogEvent;
		const detail: EventDetail = {id: nextId++, event, path, lines: [line]};
		details.set(detail.id, detail);
		summaries.set(detail.id, summarise(detail, isPrompt));
		return detail;
	};

	const build = ({summary = {}, prelude = [], prompts = []}: MemorySession): Stored => {
		const id = nextId++;
		const startedAt = summary.startedAt ?? isoAt(id * 7);
		const path = `/home/ada/.codex/sessions/rollout-${id}.jsonl`;
		let line = 1;
		const keptPrelude = prelude.map(body => keep(body, line++, startedAt, path));
		const keptPrompts = prompts.map(({text, summary: own = {}, events = []}, index) => {
			const first = keep(message('user', text), line++, startedAt, path, true);
			const kept = [first, ...events.map(body => keep(body, line++, startedAt, path))];
			return {
				text,
				events: kept,
				summary: {
					id: nextId++,
					index: index + 1,
					asker: 'person',
					title: text.slice(0, 200),
					state: 'live',
					gone: null,
					startedAt,
					endedAt: new Date(Date.parse(startedAt) + 95_000).toISOString(),
					imageCount: 0,
					eventCount: kept.length,
					toolCallCount: events.filter(event => event.kind === 'tool-call').length,
					outcome: 'done',
					usage: {...noUsage, totalTokens: 12_400 * (index + 1)},
					...own,
				} satisfies PromptSummary,
			};
		});
		return {
			prelude: keptPrelude,
			prompts: keptPrompts,
			summary: {
				id,
				threadId: `0199-${String(id).padStart(6, '0')}`,
				parentThreadId: null,
				forkedFromThreadId: null,
				kind: 'main',
				name: null,
				title: prompts[0]?.text.split('\n')[0] ?? null,
				archived: false,
				startedAt,
				endedAt: startedAt,
				cwd: '/home/ada/shop',
				gitBranch: 'main',
				gitCommit: null,
				gitRepositoryUrl: null,
				originator: 'codex_cli_rs',
				cliVersion: '0.98.0',
				models: ['gpt-5.2-codex'],
				promptCount: prompts.length,
				toolCallCount: 3,
				problemCount: 0,
				durationMs: prompts.length * 95_000,
				usage: {...noUsage, totalTokens: 12_400 * prompts.length},
				bytes: line * 900,
				gone: null,
				...summary,
			},
		};
	};

	const add = (...added: MemorySession[]): void => {
		for (const session of added) {
			const built = build(session);
			const known = stored.findIndex(({summary}) => summary.id === built.summary.id);
			stored.splice(known < 0 ? stored.length : known, known < 0 ? 0 : 1, built);
		}

		stored.sort(
			(a, b) => (b.summary.startedAt ?? '').localeCompare(a.summary.startedAt ?? '') || b.summary.id - a.summary.id,
		);
	};

	const find = (id: number): Stored | undefined => stored.find(({summary}) => summary.id === id);

	const eventsOf = ({sessionId, promptId}: EventScope): EventDetail[] => {
		const session = find(sessionId);
		return promptId === 'prelude'
			? (session?.prelude ?? [])
			: (session?.prompts.find(({summary}) => summary.id === promptId)?.events ?? []);
	};

	const findingCounts = new Map<number, number | null>();
	add(...sessions);

	return {
		add,
		queries,
		problemList,
		usageEntries,
		fail(text) {
			failure = text;
		},
		async totals() {
			asked('totals');
			return {sessions: stored.length, prompts: 0, files: stored.length, bytes: 0, problems: problemList.length};
		},
		async usage() {
			asked('usage');
			return [...usageEntries];
		},
		async listSessions({limit, after}) {
			asked('listSessions');
			const first = after ? stored.findIndex(({summary}) => summary.id === after.id) + 1 : 0;
			return stored.slice(first, first + limit).map(({summary}) => ({...summary}));
		},
		async session(id) {
			return find(id)?.summary;
		},
		async findSessions() {
			return [];
		},
		async sourceFiles() {
			return [];
		},
		async sessionOf(id) {
			const holds = ({prompts, prelude}: Stored) =>
				prelude.some(event => event.id === id) ||
				prompts.some(({summary, events}) => summary.id === id || events.some(event => event.id === id));
			return stored.find(holds)?.summary.id ?? 0;
		},
		async listPrompts(id) {
			asked('listPrompts');
			return find(id)?.prompts.map(({summary}) => ({...summary})) ?? [];
		},
		async promptText(id) {
			return stored.flatMap(({prompts}) => prompts).find(({summary}) => summary.id === id)?.text ?? '';
		},
		async eventIds(scope) {
			asked('eventIds');
			return eventsOf(scope).map(({id}) => id);
		},
		async listEvents(ids) {
			asked('listEvents');
			return ids.flatMap(id => summaries.get(id) ?? []);
		},
		async event(id) {
			asked('event');
			return details.get(id);
		},
		findingCounts,
		findings: {
			async counts() {
				return new Map(findingCounts);
			},
			async of() {
				return [];
			},
			async isLookedThrough(id) {
				return (findingCounts.get(id) ?? null) !== null;
			},
			async unseenBytes() {
				return 0;
			},
			lessons: () => ({async *prelude() {}, async *prompts() {}}),
		},
		async *prelude() {},
		async *prompts() {},
		async *rawLines() {},
		async *problems() {
			asked('problems');
			yield* problemList;
		},
		async health() {
			throw new Error('nothing here has a check-up');
		},
		async sizes() {
			throw new Error('nothing here has a size');
		},
		annotations: memoryAnnotations(),
		redactions: memoryRedactions(),
		async close() {},
	};
};
