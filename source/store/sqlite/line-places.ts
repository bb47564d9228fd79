import type {Connection} from './database.js';
import {endIdOf, firstIdOf} from './ids.js';

/** A place in a log, and the line that it lies in, counted from 1. */
export type LinePlace = {line: number; offset: number};

type EventRow = {id: number; line: number; end: number};

/** Tells where lines of logs are, from the events that were read out of them. */
export const linePlaces = (db: Connection) => {
	const columns = 'id, line, "offset" + length as "end"';
	const first = db.prepare(`select ${columns} from events where id >= ? and id < ? order by id limit 1`);
	const last = db.prepare(`select ${columns} from events where id >= ? and id < ? order by id desc limit 1`);

	return {
		/** A place before the line, near it as a rule: the end of the last event of an earlier line. */
		before(fileId: number, line: number): LinePlace {
			const start = firstIdOf(fileId);
			let low = start;
			let high = ((last.get(start, endIdOf(fileId)) as EventRow | undefined)?.id ?? start - 1) + 1;
			// Events follow their lines, but a line may tell several or none: halved until only earlier ones are left.
			while (low < high) {
				const middle = Math.floor((low + high) / 2);
				const event = first.get(middle, high) as EventRow | undefined;
				if (event !== undefined && event.line < line) {
					low = event.id + 1;
				} else {
					high = middle;
				}
			}

			const event = last.get(start, low) as EventRow | undefined;
			return event === undefined ? {line: 1, offset: 0} : {line: event.line, offset: event.end};
		},
	};
};
