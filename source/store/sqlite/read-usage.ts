import type {SessionId} from '../../model/session.js';
import {addUsage} from '../../model/token-usage.js';
import {addDays, dayOf, placeOf} from '../../usage/days.js';
import {repositoryOf} from '../../usage/repository.js';
import type {UsageEntry, UsageQuery} from '../store.js';
import type {Connection} from './database.js';

/** Offsets of time zones are multiples of a quarter of an hour, so no day begins inside one. */
const quarterMs = 900_000;

/** No clock is further from UTC. */
const dayAndMore = 26 * 3_600_000;

type SessionRow = {id: SessionId; threadId: string; title: string | null; cwd: string | null; remote: string | null};

type QuarterRow = {
	sessionId: SessionId;
	quarter: number;
	model: string | null;
	serviceTier: string | null;
	cacheWriteTokens: number;
	inputTokens: number;
	cachedInputTokens: number;
	outputTokens: number;
	reasoningOutputTokens: number;
	totalTokens: number;
};

/** Own tokens, summed up per day, session, model and service tier. */
export const usageReader = (db: Connection) => {
	const sessions = db.prepare(`
		select id, thread_id as threadId, coalesce(name, first_prompt) as title, cwd, git_repository_url as remote
		from sessions
	`);
	// total() rather than sum(): counts of a damaged log may exceed 64 bits, and must not fail the query.
	const quarters = db.prepare(`
		select files.session_id as sessionId, coalesce(events.at, sessions.started_at) / ${quarterMs} as quarter,
			token_messages.model, service_tier as serviceTier, total(cache_write_tokens) as cacheWriteTokens,
			total(token_messages.input_tokens) as inputTokens,
			total(token_messages.cached_input_tokens) as cachedInputTokens,
			total(token_messages.output_tokens) as outputTokens,
			total(token_messages.reasoning_output_tokens) as reasoningOutputTokens,
			total(token_messages.total_tokens) as totalTokens
		from token_messages
		join events on events.id = token_messages.id
		join files on files.id = token_messages.file_id
		join sessions on sessions.id = files.session_id
		where token_messages.total_tokens > 0 and files.counts_usage = 1
			and coalesce(events.at, sessions.started_at) between @from and @to
			and (@model is null or lower(token_messages.model) = @model)
		group by 1, 2, 3, 4
		order by 2, 1, 3, 4
	`);

	return {
		entries({since, until, repository, model, timeZone}: UsageQuery): UsageEntry[] {
			const known = new Map((sessions.all() as SessionRow[]).map(row => [row.id, row]));
			const rows = quarters.iterate({
				from: since === undefined ? Number.MIN_SAFE_INTEGER : (placeOf(since) ?? 0) - dayAndMore,
				to: until === undefined ? Number.MAX_SAFE_INTEGER : (placeOf(addDays(until, 1)) ?? 0) + dayAndMore,
				model: model?.toLowerCase() ?? null,
			}) as IterableIterator<QuarterRow>;
			const wanted = repository?.toLowerCase();
			const days = new Map<number, string>();
			const entries = new Map<string, UsageEntry>();
			for (const row of rows) {
				const day = days.get(row.quarter) ?? dayOf(row.quarter * quarterMs, timeZone);
				days.set(row.quarter, day);
				const session = known.get(row.sessionId);
				if (session === undefined || (since !== undefined && day < since) || (until !== undefined && day > until)) {
					continue;
				}

				const entry = entryOf(row, session, day);
				if (wanted === undefined || (entry.repository ?? '').toLowerCase().includes(wanted)) {
					join(entries, entry);
				}
			}

			return [...entries.values()];
		},
	};
};

const entryOf = (row: QuarterRow, session: SessionRow, day: string): UsageEntry => {
	const {sessionId, quarter: _, model, serviceTier, cacheWriteTokens, ...usage} = row;
	const title = session.title?.replace(/\s+/g, ' ').trim().slice(0, 300) || null;
	const repository = repositoryOf(session.remote, session.cwd);
	return {day, sessionId, threadId: session.threadId, title, model, serviceTier, repository, usage, cacheWriteTokens};
};

const join = (entries: Map<string, UsageEntry>, entry: UsageEntry): void => {
	const key = JSON.stringify([entry.day, entry.sessionId, entry.model, entry.serviceTier]);
	const same = entries.get(key);
	if (same === undefined) {
		entries.set(key, entry);
	} else {
		same.usage = addUsage(same.usage, entry.usage);
		same.cacheWriteTokens += entry.cacheWriteTokens;
	}
};
