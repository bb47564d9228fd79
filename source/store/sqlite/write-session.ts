import type {SessionFacts} from '../../formats/rows.js';
import {addUsage, type TokenUsage} from '../../model/token-usage.js';
import type {Connection} from './database.js';
import {versionSettler} from './settle-versions.js';

/** One file's contribution to its session, in file order. */
type Part = {
	facts: SessionFacts;
	archived: number;
	bytes: number;
	modifiedAt: number;
	goneAt: number | null;
	/** Usage of the version of the file that counted most: what was spent once stays spent. */
	usage: TokenUsage;
	/** That version's file id, where there are several. */
	usageFrom: {fileId: number; place: number} | null;
};

const oldest = (values: readonly (number | null)[]): number | null =>
	values.reduce((least, value) => (value === null ? least : least === null ? value : Math.min(least, value)), null);

const newest = (values: readonly (number | null)[]): number | null =>
	values.reduce((most, value) => (value === null ? most : most === null ? value : Math.max(most, value)), null);

/** Time spent in turns; null in logs without turn markers. */
const turnTime = (all: readonly SessionFacts[]): number | null => {
	const times = all.map(facts => facts.turnTimeMs).filter(time => time !== null);
	return times.length === 0 ? null : times.reduce((total, time) => total + time, 0);
};

type FileRow = Omit<Part, 'facts' | 'usage' | 'usageFrom'> & {
	id: number;
	facts: string;
	place: number;
	isCurrent: number;
	rolloutId: string | null;
	baseRolloutId: string | null;
};

/** The present version of each file, or the last one known where the file is not read again yet. */
const partsOf = (rows: readonly FileRow[]): Part[] => {
	const byPlace = Map.groupBy(rows, row => row.place);
	return [...byPlace.values()].flatMap(versions => {
		const all = versions.map(version => ({...version, facts: JSON.parse(version.facts) as SessionFacts}));
		const present = all.find(version => version.isCurrent === 1) ?? all.at(-1);
		const [most] = all.toSorted((a, b) => b.facts.usage.totalTokens - a.facts.usage.totalTokens);
		if (present === undefined || most === undefined) {
			return [];
		}

		const usageFrom = versions.length > 1 ? {fileId: most.id, place: most.place} : null;
		return [{...present, usage: most.facts.usage, usageFrom}];
	});
};

/** A session as its files tell it: the first file says what it is, the others add to it. */
const merge = (parts: readonly [Part, ...Part[]]) => {
	const all = parts.map(part => part.facts);
	const first = parts[0].facts;
	const sum = (count: (facts: SessionFacts) => number): number => all.reduce((total, facts) => total + count(facts), 0);
	const pick = <Key extends keyof SessionFacts>(key: Key): SessionFacts[Key] =>
		all.find(facts => facts[key] !== null)?.[key] ?? first[key];
	const startedAt = oldest(all.map(facts => facts.startedAt));
	const endedAt = newest(all.map(facts => facts.endedAt));
	const modifiedAt = newest(parts.map(part => part.modifiedAt)) ?? 0;
	return {
		parentThreadId: pick('parentThreadId'),
		forkedFromThreadId: pick('forkedFromThreadId'),
		kind: first.kind,
		name: all.findLast(facts => facts.name !== null)?.name ?? null,
		firstPrompt: pick('firstPrompt'),
		archived: Math.min(...parts.map(part => part.archived)),
		startedAt: startedAt ?? modifiedAt,
		endedAt: endedAt ?? modifiedAt,
		cwd: pick('cwd'),
		gitBranch: pick('gitBranch'),
		gitCommit: pick('gitCommit'),
		gitRepositoryUrl: pick('gitRepositoryUrl'),
		originator: pick('originator'),
		cliVersion: pick('cliVersion'),
		models: [...new Set(all.flatMap(facts => facts.models))],
		durationMs: turnTime(all) ?? (startedAt === null || endedAt === null ? null : Math.max(0, endedAt - startedAt)),
		toolCallCount: sum(facts => facts.toolCallCount),
		problemCount: sum(facts => facts.problemCount),
		usage: parts.map(part => part.usage).reduce((total, usage) => addUsage(total, usage)),
		goneAt: parts.every(part => part.goneAt !== null) ? newest(parts.map(part => part.goneAt)) : null,
		bytes: parts.reduce((total, part) => total + part.bytes, 0),
	};
};

/**
Prepares the statements that keep the `sessions` row of a thread in step with its files. Where that asks for prompts,
`flushRows` comes first.
*/
export const sessionWriter = (db: Connection, flushRows: () => void) => {
	const idOf = db.prepare('select id from sessions where thread_id = ?').pluck();
	const enter = db.prepare(`
		insert into sessions (
			thread_id, kind, archived, started_at, ended_at, models, prompt_count, tool_call_count, problem_count,
			input_tokens, cached_input_tokens, output_tokens, reasoning_output_tokens, total_tokens, bytes
		) values (?, 'main', 0, 0, 0, '[]', 0, 0, 0, 0, 0, 0, 0, 0, 0)
	`);
	// The plan of a sorted query may depend on what a bare parameter is bound to, so SQLite would prepare it again each time.
	const filesOf = db.prepare(
		`select id, rollout_id as rolloutId, base_rollout_id as baseRolloutId, facts, archived, bytes, mtime_ns / 1000000 as modifiedAt, gone_at as goneAt, superseded_at is null as isCurrent, place
		from files cross join reading_states on reading_states.file_id = files.id
		where session_id = +? order by place, generation`,
	);
	const nameOf = db
		.prepare('select name from thread_names where thread_id = (select thread_id from sessions where id = ?)')
		.pluck();
	// Whatever of a file lies behind the point that a later file of the same thread goes on from was taken back.
	const takeBack = db.prepare(`
		update prompts set state = 'rolled-back'
		where session_id = @id and state = 'live' and exists (
			select 1 from files base
			join files later on later.base_rollout_id = base.rollout_id and later.session_id = base.session_id and later.id <> base.id
			join events on events.id = prompts.id
			where base.id = prompts.file_id and (base.superseded_at is null or prompts.gone = 1) and later.superseded_at is null and events."offset" >= later.base_end
		)
	`);
	const update = db.prepare(`
		update sessions set
			parent_thread_id = ?, forked_from_thread_id = ?, kind = ?, name = ?, first_prompt = ?, archived = ?,
			started_at = ?, ended_at = ?, cwd = ?, git_branch = ?, git_commit = ?, git_repository_url = ?,
			originator = ?, cli_version = ?, models = ?, duration_ms = ?, prompt_count = ?, tool_call_count = ?,
			problem_count = ?, input_tokens = ?, cached_input_tokens = ?, output_tokens = ?,
			reasoning_output_tokens = ?, total_tokens = ?, bytes = ?, gone_at = ?
		where id = ?
	`);
	const countsOf = db.prepare(`
		select count(*) filter (where gone <> 2 and state <> 'inherited') as prompts,
			cast(total(tool_call_count) filter (where gone = 1 and state <> 'inherited')
				- total(tool_call_count) filter (where gone = 2 and files.superseded_at is null) as integer) as goneToolCalls
		from prompts cross join files on files.id = prompts.file_id where prompts.session_id = ?
	`);
	const setPlace = db.prepare('update files set place = ? where place = ?');
	const countUsage = db.prepare('update files set counts_usage = (id = ?) where session_id = ? and place = ?');
	const settle = versionSettler(db);
	const remove = db.prepare(
		'delete from sessions where id = ? and not exists (select 1 from files where session_id = sessions.id)',
	);

	/**
	Files of a thread that became known in another order than they were written in take each other's places.
	Answers whether any did.
	*/
	const orderFiles = (files: readonly FileRow[]): boolean => {
		const places = [...new Set(files.map(file => file.place))].toSorted((a, b) => a - b);

		const byPlace = Map.groupBy(files, file => file.place);
		const startOf = (place: number): number =>
			Math.min(...(byPlace.get(place) ?? []).map(({facts}) => (JSON.parse(facts) as SessionFacts).startedAt ?? 0));
		/** How many files of the thread a file goes on from, one after the other. */
		const depthOf = (place: number, limit = places.length): number => {
			const base = (byPlace.get(place) ?? []).find(file => file.baseRolloutId !== null)?.baseRolloutId;
			const before = files.find(file => file.rolloutId === base && file.place !== place);
			return base === undefined || before === undefined || limit === 0 ? 0 : 1 + depthOf(before.place, limit - 1);
		};

		const ordered = places.toSorted((a, b) => depthOf(a) - depthOf(b) || startOf(a) - startOf(b) || a - b);
		if (ordered.every((place, index) => place === places[index])) {
			return false;
		}

		// By way of negative numbers, since places are taken while they are exchanged.
		for (const [index, place] of ordered.entries()) {
			setPlace.run(-(places[index] ?? place), place);
		}

		for (const place of places) {
			setPlace.run(place, -place);
		}

		return true;
	};

	return {
		/** Id of the thread's session, entered when it is new. */
		enter(threadId: string): number {
			return (idOf.get(threadId) as number | undefined) ?? Number(enter.run(threadId).lastInsertRowid);
		},

		/** Brings the session in step with its files; removes it when it has none left. */
		refresh(id: number): void {
			const files = filesOf.all(id) as FileRow[];
			const [first, ...rest] = partsOf(files.length > 1 && orderFiles(files) ? (filesOf.all(id) as FileRow[]) : files);
			if (first === undefined) {
				remove.run(id);
				return;
			}

			const hasVersions = files.length > 1 || files[0]?.isCurrent === 0;
			if (hasVersions) {
				flushRows();
				settle(id);
			}

			for (const {usageFrom} of [first, ...rest]) {
				if (usageFrom !== null) {
					countUsage.run(usageFrom.fileId, id, usageFrom.place);
				}
			}

			if (rest.length > 0) {
				takeBack.run({id});
			}

			const session = merge([first, ...rest]);
			const {usage} = session;
			const counts = hasVersions
				? (countsOf.get(id) as {prompts: number; goneToolCalls: number})
				: {prompts: first.facts.promptCount, goneToolCalls: 0};
			const name = (nameOf.get(id) as string | undefined) ?? session.name;
			update.run(
				session.parentThreadId,
				session.forkedFromThreadId,
				session.kind,
				name,
				session.firstPrompt,
				session.archived,
				session.startedAt,
				session.endedAt,
				session.cwd,
				session.gitBranch,
				session.gitCommit,
				session.gitRepositoryUrl,
				session.originator,
				session.cliVersion,
				JSON.stringify(session.models),
				session.durationMs,
				counts.prompts,
				session.toolCallCount + counts.goneToolCalls,
				session.problemCount,
				usage.inputTokens,
				usage.cachedInputTokens,
				usage.outputTokens,
				usage.reasoningOutputTokens,
				usage.totalTokens,
				session.bytes,
				session.goneAt,
				id,
			);
		},
	};
};

export type SessionWriter = ReturnType<typeof sessionWriter>;
