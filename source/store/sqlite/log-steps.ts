import type {KnownFile} from '../ingest-store.js';
import type {TextStep} from '../search-index.js';
import type {Connection} from './database.js';
import {endIdOf, eventId, firstIdOf, sequenceOf} from './ids.js';
import {freshProgress, type PartProgress, type ProgressPart, type ProgressRows} from './search-progress.js';

/** Where a step through a log begins, and what of it was known before. */
export type StepStart = {
	row: PartProgress;
	from: number;
	end: number;
	/** Where the rows of an unfinished last line begin, else the end. */
	unfinished: number;
	/** Events before `from` that came to be completed since they were looked at. */
	touched: number[];
};

/** Takes back what was derived from events. */
export type TakeBack = {removeAll(from: number, to: number): void; remove(id: number): void};

/** The way through the events of logs, in steps that can be left after any and gone on with once a log has grown. */
export const logSteps = (indexDb: Connection, rows: ProgressRows) => {
	const lastOf = indexDb.prepare('select id, "offset" from events where id >= ? and id < ? order by id desc limit 1');
	// By `completes` alone, SQLite would go through whatever completes an event of any newer log: 20 ms for a million events.
	const completedBy = indexDb
		.prepare('select distinct completes from events where id >= ? and id < ? and +completes < ? order by 1')
		.pluck();
	const completingLater = indexDb
		.prepare('select id from events where completes >= ? and completes < ? and id < ?')
		.pluck();

	/** The last event of a file before an id. */
	const lastBefore = (fileId: number, id: number) =>
		lastOf.get(firstIdOf(fileId), id) as {id: number; offset: number} | undefined;

	return {
		/** Whether the last event that was looked at still stands where it stood. */
		isSameEvent: ({fileId, sequence, lastOffset}: PartProgress): boolean =>
			(lastBefore(fileId, eventId(fileId, sequence))?.offset ?? null) === lastOffset,

		/** Brings what was derived before in step with events that came to be known since. */
		start(part: ProgressPart, file: KnownFile, derived: TakeBack): StepStart {
			const row = rows.get(part, file.id) ?? freshProgress(part, file);
			const from = eventId(file.id, row.sequence);
			const end = (lastBefore(file.id, endIdOf(file.id))?.id ?? firstIdOf(file.id) - 1) + 1;
			// An unfinished last line is read again once there is more.
			const unfinished = file.unfinishedSequence === null ? end : eventId(file.id, file.unfinishedSequence);
			const touched = new Set<number>();
			if (row.bytes !== null) {
				derived.removeAll(from, endIdOf(file.id));
			}

			if (row.sequence > 0 && row.knownTo < sequenceOf(end)) {
				const news = eventId(file.id, row.knownTo);
				for (const id of completedBy.all(news, end, from) as number[]) {
					touched.add(id);
				}

				for (const id of completingLater.all(news, end, from) as number[]) {
					derived.remove(id);
					touched.delete(id);
				}
			}

			return {row, from, end, unfinished: Math.min(end, unfinished), touched: [...touched]};
		},

		/** Notes that everything before an event is done; at the end of the file, all but its unfinished line. */
		end({row, end, unfinished}: StepStart, file: KnownFile, to: number | null): TextStep {
			const isDone = to === null;
			const next = Math.min(to ?? end, unfinished);
			const lastOffset = lastBefore(file.id, next)?.offset ?? null;
			const indexedBytes = isDone ? file.bytes : (lastOffset ?? 0);
			rows.write({
				...freshProgress(row.part, file),
				sequence: next - firstIdOf(file.id),
				lastOffset,
				knownTo: unfinished - firstIdOf(file.id),
				indexedBytes,
				bytes: isDone ? file.bytes : null,
			});
			return {bytes: Math.max(0, indexedBytes - row.indexedBytes), isDone};
		},
	};
};
