import type {Connection} from './database.js';

type Turn = {
	id: number;
	fileId: number;
	isCurrent: number;
	digest: string;
	title: string;
	startedAt: number | null;
	eventCount: number;
};

const present = 0;
const gone = 1;
const covered = 2;

const isSamePrompt = (a: Turn, b: Turn): boolean =>
	a.title === b.title && (a.startedAt === b.startedAt || a.startedAt === null || b.startedAt === null);

/** Which turn of the newer versions each turn of a version is: equal ones first, then those that ask the same. */
const pairTurns = (version: readonly Turn[], told: readonly Turn[]): Map<Turn, Turn> => {
	const pairs = new Map<Turn, Turn>();
	const free = new Set(told);
	for (const isSame of [(a: Turn, b: Turn) => a.digest === b.digest, isSamePrompt]) {
		for (const turn of version) {
			const match = pairs.has(turn) ? undefined : [...free].find(other => isSame(other, turn));
			if (match !== undefined) {
				pairs.set(turn, match);
				free.delete(match);
			}
		}
	}

	return pairs;
};

/**
Holds what earlier versions of a rewritten file told against what is there now: a turn that the present
version has is shown once, one that it lacks stays, and of one that was cut short the longer telling stays.
*/
export const versionSettler = (db: Connection) => {
	const hasVersions = db
		.prepare('select 1 from files where session_id = ? and superseded_at is not null limit 1')
		.pluck();
	const turns = db.prepare(`
		select prompts.id, files.id as fileId, files.superseded_at is null as isCurrent, digest, title,
			started_at as startedAt, event_count as eventCount
		from prompts join files on files.id = prompts.file_id
		where prompts.session_id = +? order by files.generation desc, prompts.id
	`);
	const mark = db.prepare('update prompts set gone = ? where id = ? and gone <> ?');

	return (sessionId: number): void => {
		if (hasVersions.get(sessionId) === undefined) {
			return;
		}

		const all = turns.all(sessionId) as Turn[];
		const marks = new Map<number, number>();
		// Newest version first: each turn is told by the newest version that has the whole of it.
		const told = all.filter(turn => turn.isCurrent === 1);
		for (const turn of told) {
			marks.set(turn.id, present);
		}

		const versions = Map.groupBy(
			all.filter(turn => turn.isCurrent === 0),
			turn => turn.fileId,
		);
		for (const version of versions.values()) {
			const pairs = pairTurns(version, told);
			for (const turn of version) {
				const same = pairs.get(turn);
				if (same !== undefined && (same.digest === turn.digest || same.eventCount >= turn.eventCount)) {
					marks.set(turn.id, covered);
					continue;
				}

				if (same !== undefined) {
					marks.set(same.id, covered);
					told.splice(told.indexOf(same), 1);
				}

				marks.set(turn.id, gone);
				told.push(turn);
			}
		}

		for (const [id, value] of marks) {
			mark.run(value, id, value);
		}
	};
};
