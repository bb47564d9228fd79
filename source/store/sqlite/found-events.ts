import type {Format, RecordedLine} from '../../formats/format.js';
import {longestText} from '../../query/search-words.js';
import type {EventPlace, LogRecord} from '../event-search.js';
import {wordsOf} from '../event-words.js';
import type {Connection} from './database.js';
import {endIdOf, fileOf, firstIdOf} from './ids.js';
import type {KnownSessions} from './known-sessions.js';
import {messageTexts} from './message-texts.js';
import {outputRecords} from './output-records.js';
import type {RawReader} from './raw-reader.js';
import {eventReader} from './read-events.js';

/** Bytes of a line that are looked at, and of all lines of an event: as many as are indexed. */
const longestRecord = 1024 * 1024;
const longestEvent = 8 * 1024 * 1024;

/** Kinds of events that say nothing. */
export const wordlessKinds = "'token-usage', 'turn-context', 'session-meta', 'turn-start', 'snapshot'";

type Prompt = {id: number; start: number};

/** What is told of events that were found, and what they say. */
export const foundEvents = (
	db: Connection,
	raw: RawReader,
	format: Pick<Format, 'describe' | 'closeRecord'>,
	known: KnownSessions,
) => {
	const events = eventReader(db);
	const messages = messageTexts(db);
	const records = outputRecords(db);
	const promptAt = db.prepare(
		'select id, first_event_id as start from prompts where id >= ? and id <= ? and gone <> 2 order by id desc limit 1',
	);
	const promptAfter = db.prepare(
		'select id, first_event_id as start from prompts where id > ? and id < ? and gone <> 2 order by id limit 1',
	);
	const recordsOfLog = db.prepare(`
		select coalesce(completes, id) as id, "offset", length from events
		where id >= @from and id < @end and kind not in (${wordlessKinds}) order by events.id
	`);

	/** A turn may begin some events before its prompt. */
	const promptOf = (id: number): number | 'prelude' => {
		const after = promptAfter.get(id, endIdOf(fileOf(id))) as Prompt | undefined;
		if (after !== undefined && after.start <= id) {
			return after.id;
		}

		return (promptAt.get(firstIdOf(fileOf(id)), id) as Prompt | undefined)?.id ?? 'prelude';
	};

	const described = async (id: number): Promise<ReturnType<typeof wordsOf>> => {
		const {
			events: [found],
		} = records.between(id, id + 1, 0);
		if (found === undefined) {
			return {message: null, output: null};
		}

		const lines: RecordedLine[] = [];
		let room = longestEvent;
		for (const {line, part, offset, length} of found.records) {
			if (room <= 0) {
				break;
			}

			room -= length;
			const bytes = await raw.read(fileOf(id), offset, Math.min(length, longestRecord));
			lines.push({line, part, bytes: length > longestRecord ? format.closeRecord(bytes) : bytes});
		}

		return lines.length === 0 ? {message: null, output: null} : wordsOf(format.describe(lines));
	};

	return {
		places: (ids: readonly number[]): EventPlace[] =>
			ids.flatMap(id => {
				const [summary] = events.summaries([id]);
				const sessionId = known.file(fileOf(id))?.sessionId ?? null;
				if (summary === undefined || sessionId === null) {
					return [];
				}

				const {kind, label, tool, context, at, line} = summary;
				return [{id, sessionId, promptId: promptOf(id), kind, label, tool, context, at, line}];
			}),

		async messageText(id: number): Promise<string> {
			const [found] = messages.between(id, id + 1);
			return found?.text ?? (await described(id)).message?.slice(0, longestText) ?? '';
		},

		outputText: async (id: number): Promise<string> => (await described(id)).output?.slice(0, longestText) ?? '',

		recordsOf: (fileId: number): LogRecord[] =>
			recordsOfLog.all({from: firstIdOf(fileId), end: endIdOf(fileId)}) as LogRecord[],
	};
};

export type FoundEvents = ReturnType<typeof foundEvents>;
