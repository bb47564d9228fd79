import {setImmediate} from 'node:timers/promises';
import {repositoryOf} from '../../model/repository.js';
import type {SessionId} from '../../model/session.js';
import {addUsage, type TokenUsage} from '../../model/token-usage.js';
import {dayOf} from '../../usage/days.js';
import type {UsageEntry, UsageQuery} from '../store.js';
import type {Connection} from './database.js';
import {endIdOf, firstIdOf} from './ids.js';

/** Offsets of time zones are multiples of a quarter of an hour, so no day begins inside one. */
const quarterMs = 900_000;

/** Requests read at once: a millisecond or two. */
const pageLength = 256;

/** How long the explorer may be kept from drawing, in ms. */
const breathAfterMs = 4;

type SessionRow = {
	sessionId: SessionId;
	threadId: string;
	title: string | null;
	cwd: string | null;
	remote: string | null;
	startedAt: number;
};

type RequestRow = TokenUsage & {
	id: number;
	at: number | null;
	model: string | null;
	serviceTier: string | null;
	cacheWriteTokens: number;
};

type Request = Omit<RequestRow, 'id'>;

/** What the entries of one session share. */
type Origin = Pick<UsageEntry, 'sessionId' | 'threadId' | 'title' | 'repository'> & {startedAt: number};

/** Lets go of the thread now and then: all requests of a year take a second. */
const breather = () => {
	let last = performance.now();
	return async (): Promise<void> => {
		if (performance.now() - last > breathAfterMs) {
			await setImmediate();
			last = performance.now();
		}
	};
};

/** Own tokens, summed up per day, session, model and service tier; by day. */
export const usageReader = (db: Connection) => {
	const countedFiles = db.prepare('select id from files where counts_usage = 1 order by id').pluck();
	const sessionOf = db.prepare(`
		select sessions.id as sessionId, thread_id as threadId, coalesce(name, first_prompt) as title, cwd,
			git_repository_url as remote, sessions.started_at as startedAt
		from files join sessions on sessions.id = files.session_id where files.id = ?
	`);
	const requests = db.prepare(`
		select token_messages.id, events.at, token_messages.model, service_tier as serviceTier,
			cache_write_tokens as cacheWriteTokens, token_messages.input_tokens as inputTokens,
			token_messages.cached_input_tokens as cachedInputTokens, token_messages.output_tokens as outputTokens,
			token_messages.reasoning_output_tokens as reasoningOutputTokens, token_messages.total_tokens as totalTokens
		from token_messages join events on events.id = token_messages.id
		where token_messages.id >= @from and token_messages.id < @end
		order by token_messages.id limit ${pageLength}
	`);

	const originOf = (fileId: number): Origin => {
		const {title, cwd, remote, ...origin} = sessionOf.get(fileId) as SessionRow;
		return {
			...origin,
			title: title?.replace(/\s+/g, ' ').trim().slice(0, 300) || null,
			repository: repositoryOf(remote, cwd),
		};
	};

	return {
		async entries(query: UsageQuery): Promise<UsageEntry[]> {
			const sums = adder(query);
			const breathe = breather();
			for (const fileId of countedFiles.all() as number[]) {
				let origin: Origin | undefined;
				let page: RequestRow[];
				let from = firstIdOf(fileId);
				do {
					await breathe();
					page = requests.all({from, end: endIdOf(fileId)}) as RequestRow[];
					for (const {id, ...request} of page) {
						origin ??= originOf(fileId);
						sums.add(request, origin);
						from = id + 1;
					}
				} while (page.length === pageLength);
			}

			return sums.entries();
		},
	};
};

/** Joins requests that a query asks for. */
const adder = ({since, until, repository, model, timeZone}: UsageQuery) => {
	const wantedModel = model?.toLowerCase();
	const wantedRepository = repository?.toLowerCase() ?? '';
	const days = new Map<number, string>();
	const entries = new Map<string, UsageEntry>();

	const dayAt = (at: number): string => {
		const quarter = Math.trunc(at / quarterMs);
		const day = days.get(quarter) ?? dayOf(quarter * quarterMs, timeZone);
		days.set(quarter, day);
		return day;
	};

	return {
		add({at, model, serviceTier, cacheWriteTokens, ...usage}: Request, {startedAt, ...origin}: Origin): void {
			const day = dayAt(at ?? startedAt);
			const isAsked =
				(since === undefined || day >= since) &&
				(until === undefined || day <= until) &&
				(wantedModel === undefined || model?.toLowerCase() === wantedModel) &&
				(origin.repository ?? '').toLowerCase().includes(wantedRepository);
			if (!isAsked || usage.totalTokens <= 0) {
				return;
			}

			const key = JSON.stringify([day, origin.sessionId, model, serviceTier]);
			const same = entries.get(key);
			if (same === undefined) {
				entries.set(key, {day, ...origin, model, serviceTier, usage, cacheWriteTokens});
			} else {
				same.usage = addUsage(same.usage, usage);
				same.cacheWriteTokens += cacheWriteTokens;
			}
		},
		entries: (): UsageEntry[] => [...entries.values()].sort((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day))),
	};
};
