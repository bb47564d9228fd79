import type {SessionId, SessionSummary, SourceFile} from '../../model/session.js';
import type {SessionCursor, Totals} from '../store.js';
import type {Connection} from './database.js';

type SessionRow = Omit<SessionSummary, 'archived' | 'startedAt' | 'endedAt' | 'models' | 'title' | 'usage' | 'gone'> & {
	goneAt: number | null;
	archived: number;
	startedAt: number;
	endedAt: number;
	models: string;
	firstPrompt: string | null;
	inputTokens: number;
	cachedInputTokens: number;
	outputTokens: number;
	reasoningOutputTokens: number;
	totalTokens: number;
};

const columns = `
	id, thread_id as threadId, parent_thread_id as parentThreadId, forked_from_thread_id as forkedFromThreadId, kind,
	name, first_prompt as firstPrompt, archived, started_at as startedAt, ended_at as endedAt, cwd,
	git_branch as gitBranch, git_commit as gitCommit, git_repository_url as gitRepositoryUrl, originator,
	cli_version as cliVersion, models, duration_ms as durationMs, prompt_count as promptCount,
	tool_call_count as toolCallCount, problem_count as problemCount, input_tokens as inputTokens,
	cached_input_tokens as cachedInputTokens, output_tokens as outputTokens,
	reasoning_output_tokens as reasoningOutputTokens, total_tokens as totalTokens, bytes,
	gone_at as goneAt
`;

const oneLine = (text: string | null): string | null => text?.replace(/\s+/g, ' ').trim().slice(0, 300) || null;

const sessionOfRow = (row: SessionRow): SessionSummary => {
	const {
		archived,
		startedAt,
		endedAt,
		models,
		firstPrompt,
		inputTokens,
		cachedInputTokens,
		outputTokens,
		reasoningOutputTokens,
		totalTokens,
		goneAt,
		...same
	} = row;
	return {
		...same,
		title: oneLine(row.name) ?? oneLine(firstPrompt),
		archived: archived === 1,
		gone: goneAt === null ? null : {since: new Date(goneAt).toISOString(), reason: 'deleted'},
		startedAt: new Date(startedAt).toISOString(),
		endedAt: new Date(endedAt).toISOString(),
		models: JSON.parse(models) as string[],
		usage: {inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, totalTokens},
	};
};

/** Queries over sessions and their files. */
export const sessionReader = (db: Connection) => {
	const newest = db.prepare(`select ${columns} from sessions order by started_at desc, id desc limit ?`);
	const following = db.prepare(`
		select ${columns} from sessions where (started_at, id) < (?, ?) order by started_at desc, id desc limit ?
	`);
	const byId = db.prepare(`select ${columns} from sessions where id = ?`);
	const last = db.prepare(`
		select ${columns} from sessions order by kind in ('main', 'fork') desc, ended_at desc, id desc limit 1
	`);
	const byThread = db.prepare(`
		select ${columns} from sessions where thread_id >= ? and thread_id < ? order by thread_id limit 10
	`);
	const byPath = db.prepare(`
		select ${columns} from sessions where id in (select session_id from files where path = ? or key = ?) limit 10
	`);
	// A sorted query of bare parameters would be prepared again each time.
	const files = db.prepare(`
		select path, format, bytes, lines, blank_lines as blankLines, bytes > read_to as hasTail,
			bytes > read_to and unfinished_sequence is null as hasBlankTail, archived_to >= bytes as isKept,
			(select count(*) from problems where problems.id >= files.id << 24 and problems.id < (files.id + 1) << 24) as problems
		from files where session_id = +? and superseded_at is null order by place
	`);
	const totals = db.prepare(`
		select count(*) as sessions, total(prompt_count) as prompts, total(problem_count) as problems, total(bytes) as bytes,
			(select count(*) from files where superseded_at is null) as files
		from sessions
	`);

	const origins = db.prepare(`
		select thread_id as thread, coalesce(forked_from_thread_id, parent_thread_id) as origin from sessions
		where forked_from_thread_id is not null or parent_thread_id is not null
	`);

	return {
		/** Threads that grew out of others, forks and sub-agents, each with its origin. */
		origins: (): Map<string, string> =>
			new Map((origins.all() as {thread: string; origin: string}[]).map(({thread, origin}) => [thread, origin])),

		totals: (): Totals => totals.get() as Totals,

		list(page: {limit: number; after?: SessionCursor}): SessionSummary[] {
			const rows =
				page.after === undefined
					? newest.all(page.limit)
					: following.all(Date.parse(page.after.startedAt), page.after.id, page.limit);
			return (rows as SessionRow[]).map(row => sessionOfRow(row));
		},

		get(id: SessionId): SessionSummary | undefined {
			const row = byId.get(id) as SessionRow | undefined;
			return row === undefined ? undefined : sessionOfRow(row);
		},

		/** `reference` is `last`, a thread id or its beginning, or a path (already absolute) with its file key. */
		find(reference: string, key: string): SessionSummary[] {
			if (reference === 'last') {
				return (last.all() as SessionRow[]).map(row => sessionOfRow(row));
			}

			const byFile = byPath.all(reference, key) as SessionRow[];
			const rows = byFile.length > 0 ? byFile : (byThread.all(reference, `${reference}\u{10FFFF}`) as SessionRow[]);
			const exact = rows.filter(row => row.threadId === reference);
			return (exact.length > 0 ? exact : rows).map(row => sessionOfRow(row));
		},

		files(id: SessionId): SourceFile[] {
			const rows = files.all(id) as (Omit<SourceFile, 'isKept'> & {
				hasTail: number;
				hasBlankTail: number;
				isKept: number;
			})[];
			return rows.map(({hasTail, hasBlankTail, isKept, ...file}) => ({
				...file,
				isKept: isKept === 1,
				lines: file.lines + hasTail,
				blankLines: file.blankLines + hasBlankTail,
			}));
		},
	};
};
