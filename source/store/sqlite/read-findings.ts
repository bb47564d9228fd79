import type {EventId, SessionId} from '../../model/session.js';
import type {FoundPlace} from '../findings.js';
import {type Connection, openAsItIs} from './database.js';
import {endIdOf, fileOf, firstIdOf} from './ids.js';
import {searchBeside} from './search-beside.js';

/** A log as the index tells it now. */
type Log = {
	id: number;
	sessionId: SessionId;
	key: string;
	generation: number;
	reader: string;
	copiedPrompts: number | null;
	bytes: number;
};

type Progress = Omit<Log, 'sessionId' | 'bytes'> & {
	bytes: number | null;
	sequence: number;
	knownTo: number;
	lastOffset: number | null;
	indexedBytes: number;
};

type Counted = {id: number; count: number};

/** What was found in the logs of sessions, as far as it is of the logs as they are now and by the rules at hand. */
export const findingsReader = (indexDb: Connection, file: string) => {
	const logColumns = `id, session_id as sessionId, key, generation, reader, copied_prompts as copiedPrompts, bytes`;
	const isPresent = "superseded_at is null and reader <> '' and session_id is not null";
	const allLogs = indexDb.prepare(`select ${logColumns} from files where ${isPresent}`);
	const logsOf = indexDb.prepare(
		`select ${logColumns} from files where ${isPresent} and session_id = ? order by place`,
	);
	const lastOffset = indexDb
		.prepare('select "offset" from events where id >= ? and id < ? order by id desc limit 1')
		.pluck();
	const completedSince = indexDb
		.prepare('select distinct completes from events where id >= ? and id < ? and completes < ?')
		.pluck();
	const beside = searchBeside(
		file,
		db => {
			const columns = `file_id as id, key, generation, reader, copied_prompts as copiedPrompts, bytes,
			sequence, known_to as knownTo, last_offset as lastOffset, indexed_bytes as indexedBytes`;
			const progress = `select ${columns} from progress where part = 'findings'`;
			return {
				db,
				areRules: db.prepare('select 1 from finding_rules where fingerprint = ?').pluck(),
				all: db.prepare(progress),
				one: db.prepare(`${progress} and file_id = ?`),
				counts: db.prepare(
					"select file_id as id, count(*) as count from findings where class <> 'pii.path' group by file_id",
				),
				different: db
					.prepare(
						`select count(distinct value_key) from findings
					where class <> 'pii.path' and file_id in (select value from json_each(?))`,
					)
					.pluck(),
				places: db.prepare(`
				select event_id as eventId, field, start, "end", rule as ruleId, class, confidence, places
				from findings where file_id = ? order by event_id, field, start
			`),
				lessons: db.prepare('select event_id from lessons where event_id >= ? and event_id < ?').pluck(),
			};
		},
		path => openAsItIs('search', path),
	);

	/** The session's logs; undefined unless all of them were looked through. */
	const seenLogs = (sessionId: SessionId, rules: string): Log[] | undefined => {
		const logs = logsOf.all(sessionId) as Log[];
		return logs.every(log => isSeen(log, rules)) && logs.length > 0 ? logs : undefined;
	};

	const isSeen = (log: Log, rules: string): boolean =>
		beside.ask(
			({areRules, one}) => areRules.get(rules) !== undefined && isOf(log, one.get(log.id) as Progress | undefined),
			false,
		);

	/** Whether what was looked through still stands where it stood: a log that only grew since. */
	const isBegun = (log: Log, progress: Progress | undefined): progress is Progress =>
		progress !== undefined &&
		isOfSame(log, progress) &&
		(progress.bytes === log.bytes ||
			(lastOffset.get(firstIdOf(log.id), firstIdOf(log.id) + progress.sequence) ?? null) === progress.lastOffset);

	return {
		counts(rules: string): Map<SessionId, number | null> {
			const logs = Map.groupBy(allLogs.all() as Log[], ({sessionId}) => sessionId);
			return beside.ask(
				({areRules, all, counts, different}) => {
					const areThese = areRules.get(rules) !== undefined;
					const progress = new Map((areThese ? (all.all() as Progress[]) : []).map(row => [row.id, row]));
					const counted = new Map((areThese ? (counts.all() as Counted[]) : []).map(({id, count}) => [id, count]));
					return new Map(
						Array.from(logs, ([sessionId, ofSession]): [SessionId, number | null] => {
							if (!ofSession.every(log => isOf(log, progress.get(log.id)))) {
								return [sessionId, null];
							}

							const ids = ofSession.map(({id}) => id);
							// A value may stand in several of its logs.
							return [
								sessionId,
								ids.length === 1
									? (counted.get(ids[0] as number) ?? 0)
									: (different.get(JSON.stringify(ids)) as number),
							];
						}),
					);
				},
				new Map(Array.from(logs.keys(), sessionId => [sessionId, null])),
			);
		},

		of: (sessionId: SessionId, rules: string): FoundPlace[] =>
			beside.ask(
				({places}) => (seenLogs(sessionId, rules) ?? []).flatMap(({id}) => places.all(id) as FoundPlace[]),
				[],
			),

		isLookedThrough: (sessionId: SessionId, rules: string): boolean => seenLogs(sessionId, rules) !== undefined,

		/** Bytes of a session's logs that were not looked through: what it takes to learn all of its values. */
		unseenBytes(sessionId: SessionId, rules: string): number {
			const logs = logsOf.all(sessionId) as Log[];
			const all = logs.reduce((sum, {bytes}) => sum + bytes, 0);
			return beside.ask(({areRules, one}) => {
				const seen = areRules.get(rules) === undefined ? [] : logs;
				return seen.reduce((left, log) => {
					const progress = one.get(log.id) as Progress | undefined;
					return left - (isBegun(log, progress) ? Math.min(log.bytes, progress.indexedBytes) : 0);
				}, all);
			}, all);
		},

		/** Which events of a session have to be read to learn all of its values. */
		teaches(sessionId: SessionId, rules: string): (id: EventId) => boolean {
			const logs = logsOf.all(sessionId) as Log[];
			return beside.ask<(id: EventId) => boolean>(
				// What is known of the logs and what is taken from it are of one moment.
				({db, areRules, one, lessons}) =>
					db.transaction(() => {
						const ends = new Map<number, number>();
						const wanted = new Set<number>();
						for (const log of areRules.get(rules) === undefined ? [] : logs) {
							const progress = one.get(log.id) as Progress | undefined;
							if (isBegun(log, progress)) {
								const [first, end] = [firstIdOf(log.id), firstIdOf(log.id) + progress.sequence];
								ends.set(log.id, end);
								const later = completedSince.all(first + progress.knownTo, endIdOf(log.id), end) as number[];
								for (const id of [...(lessons.all(first, endIdOf(log.id)) as number[]), ...later]) {
									wanted.add(id);
								}
							}
						}

						return (id: EventId) => id >= (ends.get(fileOf(id)) ?? 0) || wanted.has(id);
					})(),
				() => true,
			);
		},

		close: () => beside.close(),
	};
};

/** Whether all of a log was looked through as it is now. */
const isOf = (log: Log, progress: Progress | undefined): boolean =>
	progress?.bytes === log.bytes && isOfSame(log, progress);

/** Whether what was looked through is of the log as the index tells it now. */
const isOfSame = (log: Log, progress: Progress): boolean =>
	progress.key === log.key &&
	progress.generation === log.generation &&
	progress.reader === log.reader &&
	progress.copiedPrompts === log.copiedPrompts;
