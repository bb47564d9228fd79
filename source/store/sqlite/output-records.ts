import type {RecordedText, RecordPlace} from '../search-index.js';
import type {Connection} from './database.js';

type Row = {
	id: number;
	kind: string;
	tool: string | null;
	hasWords: number;
	note: string | null;
	outputLine: number | null;
	outputPart: number;
	outputOffset: number;
	outputLength: number;
};

/** The lines that record an event: first the one that it is known by, then the others in order. */
export const eventRecords = (db: Connection) => {
	const records = db.prepare(`
		select id, line, part, "offset", length from events where id = @id
		union all
		select id, line, part, "offset", length from events where completes = @id
		order by id
	`);

	return (id: number): RecordPlace[] => {
		const rows = records.all({id}) as (RecordPlace & {id: number})[];
		return rows.toSorted((a, b) => Number(b.id === id) - Number(a.id === id));
	};
};

/** Which lines have to be looked at for the words that the index does not hold. */
export const outputRecords = (db: Connection) => {
	const events = db.prepare(`
		select events.id, events.kind, function_calls.tool, notes.text as note,
			function_calls.command is not null or function_calls.arguments is not null as hasWords,
			output.line as outputLine, output.part as outputPart, output."offset" as outputOffset,
			output.length as outputLength
		from events
		left join function_calls on function_calls.id = events.id
		left join notes on notes.id = events.id
		left join events output on output.id = function_calls.output_event_id
		where events.id >= @from and events.id < @to and events.completes is null
			and events.kind in ('tool-call', 'user-command', 'compaction')
		order by events.id
	`);
	const recordsOf = eventRecords(db);

	const recordsOfRow = (row: Row): RecordedText | undefined => {
		const {id, kind, tool, outputLine: line} = row;
		if (kind === 'compaction') {
			return row.note === '' ? {id, records: recordsOf(id), lacksMessage: true} : undefined;
		}

		// A script has the output of its operations too.
		if (line !== null && row.hasWords !== 0 && tool !== 'code') {
			const output = {line, part: row.outputPart, offset: row.outputOffset, length: row.outputLength};
			return {id, records: [output], lacksMessage: false};
		}

		return {id, records: recordsOf(id), lacksMessage: kind === 'tool-call' && row.hasWords === 0};
	};

	return {
		/**
		Events in a range of ids, in order, as many as have lines short enough to be looked at together; and where
		to go on, null when that was all.
		*/
		between(from: number, to: number, mostBytes: number): {events: RecordedText[]; next: number | null} {
			const found: Row[] = [];
			let bytes = 0;
			let next: number | null = null;
			for (const row of events.iterate({from, to}) as IterableIterator<Row>) {
				if (bytes > mostBytes) {
					next = row.id;
					break;
				}

				found.push(row);
				bytes += 1000 + (row.outputLength ?? 0);
			}

			return {events: found.flatMap(row => recordsOfRow(row) ?? []), next};
		},
	};
};
