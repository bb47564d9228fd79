import type {SessionId, SessionSummary} from '../../model/session.js';
import type {Connection} from './database.js';
import {sessionReader} from './read-sessions.js';
import type {FileScope} from './walk-files.js';

/** While logs are read, what is known of sessions may be so old, in ms: reading all of them anew takes a second per 200,000. */
const mostAgeMs = 2000;

/** Sessions read in one step: two milliseconds. */
const sessionsPerStep = 400;

type FileRow = {id: number; sessionId: number | null; isSuperseded: number};

/** Sessions and their logs, kept in memory from question to question. */
export const knownSessions = (db: Connection) => {
	const reader = sessionReader(db);
	const allFiles = db
		.prepare(
			'select id, session_id as sessionId from files where superseded_at is null and session_id is not null order by id',
		)
		.raw();
	// Asked for both at once, SQLite would walk through all.
	const ends = db.prepare('select (select min(id) from files) as first, (select max(id) from files) as last');
	const fileById = db.prepare(
		'select id, session_id as sessionId, superseded_at is not null as isSuperseded from files where id = ?',
	);
	const dataVersion = (): unknown => db.pragma('data_version', {simple: true});
	let list: SessionSummary[] = [];
	let byId = new Map<SessionId, SessionSummary>();
	let listVersion: unknown;
	let listAt = Number.NEGATIVE_INFINITY;
	let changes = 0;
	let files = new Map<number, FileRow | null>();
	let filesVersion: unknown;

	/** Sessions being read; a reading that was left goes on with the next question. */
	let reading: {version: unknown; list: SessionSummary[]} | undefined;

	function* readSessions(): Generator<null, void> {
		if (reading === undefined) {
			const version = performance.now() - listAt > mostAgeMs ? dataVersion() : listVersion;
			if (version === listVersion) {
				return;
			}

			reading = {version, list: []};
		}

		for (let isWhole = false; !isWhole; ) {
			const last = reading.list.at(-1);
			const after = last === undefined ? {} : {after: {startedAt: last.startedAt ?? '', id: last.id}};
			const page = reader.list({limit: sessionsPerStep, ...after});
			reading.list.push(...page);
			isWhole = page.length < sessionsPerStep;
			yield null;
		}

		list = reading.list;
		listVersion = reading.version;
		listAt = performance.now();
		reading = undefined;
		byId = new Map(list.map(session => [session.id, session]));
		changes++;
	}

	/** A log that is told now; null for an earlier version or one that is not there. */
	const file = (id: number): FileRow | null => {
		const known = files.get(id);
		if (known !== undefined) {
			return known;
		}

		const row = fileById.get(id) as FileRow | undefined;
		const present = row === undefined || row.isSuperseded !== 0 || row.sessionId === null ? null : row;
		files.set(id, present);
		return present;
	};

	/** To be called at the beginning of a question: forgets what may have changed. */
	const refresh = (): void => {
		const version = dataVersion();
		if (version !== filesVersion) {
			files = new Map();
			filesVersion = version;
		}
	};

	/** All logs, or those of some sessions. */
	const scope = (isWanted: ((session: SessionSummary) => boolean) | undefined): FileScope => {
		refresh();
		return isWanted === undefined ? everything() : some(isWanted);
	};

	const everything = (): FileScope => {
		const {first, last} = ends.get() as {first: number | null; last: number | null};
		return {
			from: id => (first === null || last === null || id > last ? undefined : Math.max(id, first)),
			last: (id, count) => Math.min(id + count - 1, last ?? id),
			has: id => file(id) !== null,
		};
	};

	const some = (isWanted: (session: SessionSummary) => boolean): FileScope => {
		const wanted = new Set(list.filter(isWanted).map(({id}) => id));
		const ids = (allFiles.all() as [id: number, sessionId: number][]).flatMap(([id, session]) =>
			wanted.has(session) ? [id] : [],
		);
		const known = new Set(ids);
		return {
			from: id => ids[firstAtLeast(ids, id)],
			last: (id, count) => ids[Math.min(ids.length, firstAtLeast(ids, id) + count) - 1] ?? id,
			has: id => known.has(id),
		};
	};

	return {
		readSessions,
		sessions: (): readonly SessionSummary[] => list,
		version: (): number => changes,
		scope,
		file,
		session: (id: SessionId): SessionSummary | undefined => byId.get(id) ?? reader.get(id),
	};
};

export type KnownSessions = ReturnType<typeof knownSessions>;

const firstAtLeast = (ascending: readonly number[], wanted: number): number => {
	let low = 0;
	let high = ascending.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ascending[middle] as number) < wanted) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
};
