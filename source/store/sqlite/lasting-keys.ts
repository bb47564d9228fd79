import {hash} from 'node:crypto';
import {UserError} from '../../model/problem.js';
import type {EventId, PromptId, SessionId} from '../../model/session.js';
import type {Connection} from './database.js';
import {endIdOf, fileOf, firstIdOf} from './ids.js';
import type {RawReader} from './raw-reader.js';
import type {EventReader} from './read-events.js';

/** What a prompt is known by whatever becomes of the index: see docs/schema.md. */
export type PromptKey = {threadId: string; textHash: string; ordinal: number};

/** The same for an event. `line` is where it stood, looked at first and no part of what it is known by. */
export type EventKey = {
	threadId: string;
	recordHash: string;
	length: number;
	part: number;
	ordinal: number;
	line: number;
};

/** A session's own thread, or one that it goes on from. */
export type LineageThread = {threadId: string; sessionId: SessionId};

/** Bytes of a record that are hashed; its length counts too. */
const hashedLength = 64 * 1024;

const hashOf = (content: string | Uint8Array): string => hash('sha256', content, 'hex').slice(0, 32);

/** White space aside, which releases and editors handle each in their way. */
const textHashOf = (text: string): string => hashOf(text.replaceAll(/\s+/g, ' ').trim());

type PlacedRecord = {
	id: EventId;
	/** The event that it repeats or completes, else itself. */
	shownId: EventId;
	at: number | null;
	line: number;
	part: number;
	offset: number;
	length: number;
};

/** Turns ids of the index into keys that last, and finds again in the index what keys mean. */
export const lastingKeys = (db: Connection, raw: RawReader, events: EventReader) => {
	const threadOfFile = db.prepare(`
		select thread_id as threadId, sessions.id as sessionId
		from files join sessions on sessions.id = files.session_id where files.id = ?
	`);
	// A sorted query of bare parameters would be prepared again each time.
	const versions = db
		.prepare('select id from files where session_id = +? order by superseded_at is not null, place, generation desc')
		.pluck();
	const records = db.prepare(`
		select id, coalesce(completes, id) as shownId, at, line, part, "offset", length from events
		where id >= @from and id < @end and length in (select value from json_each(@lengths))
		union all
		select id, id, null, line, 0, "offset", length from problems
		where id >= @from and id < @end and length in (select value from json_each(@lengths))
		order by id
	`);

	const threadOf = (id: EventId): LineageThread => threadOfFile.get(fileOf(id)) as LineageThread;

	const recordsOf = (fileId: number, lengths: readonly number[]): PlacedRecord[] =>
		records.all({
			from: firstIdOf(fileId),
			end: endIdOf(fileId),
			lengths: JSON.stringify([...new Set(lengths)]),
		}) as PlacedRecord[];

	/** Undefined when the record is gone before it was archived. */
	const recordHashOf = async (fileId: number, {offset, length}: PlacedRecord): Promise<string | undefined> => {
		const bytes = await raw.read(fileId, offset, Math.min(length, hashedLength));
		return bytes.length === 0 ? undefined : hashOf(bytes);
	};

	/** Prompts in the thread's own logs. */
	const promptKeys = ({threadId, sessionId}: LineageThread): Map<PromptId, PromptKey> => {
		const seen = new Map<string, number>();
		return new Map(
			events.ownPromptIds(sessionId).map(id => {
				const textHash = textHashOf(events.promptText(id));
				const ordinal = (seen.get(textHash) ?? 0) + 1;
				seen.set(textHash, ordinal);
				return [id, {threadId, textHash, ordinal}];
			}),
		);
	};

	/** Of one version of a log, the events that keys mean. */
	const findInFile = async <Key extends EventKey>(fileId: number, keys: readonly Key[]): Promise<Map<Key, EventId>> => {
		const candidates = recordsOf(
			fileId,
			keys.map(({length}) => length),
		);
		const hashes = new Map<EventId, string | undefined>();
		const isRecordOf = async (key: Key, candidate: PlacedRecord): Promise<boolean> => {
			if (!hashes.has(candidate.id)) {
				hashes.set(candidate.id, await recordHashOf(fileId, candidate));
			}

			return hashes.get(candidate.id) === key.recordHash;
		};

		const found = new Map<Key, EventId>();
		for (const key of keys) {
			const alike = candidates.filter(({length, part}) => length === key.length && part === key.part);
			const atHome = alike.find(({line}) => line === key.line);
			if (atHome !== undefined && (await isRecordOf(key, atHome))) {
				found.set(key, atHome.shownId);
				continue;
			}

			let ordinal = 0;
			for (const candidate of alike) {
				ordinal += Number(await isRecordOf(key, candidate));
				if (ordinal === key.ordinal) {
					found.set(key, candidate.shownId);
					break;
				}
			}
		}

		return found;
	};

	return {
		/** The session's own thread first, then those whose logs it goes on from. */
		lineage(sessionId: SessionId): LineageThread[] {
			const files = new Set(events.prompts(sessionId).map(({id}) => fileOf(id)));
			const own = events.filesOf(sessionId).slice(0, 1);
			const threads = [...own, ...files].map(fileId => threadOf(firstIdOf(fileId)));
			return [...new Map(threads.map(thread => [thread.threadId, thread])).values()];
		},

		promptKeys,

		promptKey(id: PromptId): PromptKey {
			const key = promptKeys(threadOf(id)).get(id);
			if (key === undefined) {
				throw new UserError('This prompt is not there any more. Nothing was added to it.', 1);
			}

			return key;
		},

		async eventKey(id: EventId): Promise<EventKey> {
			const length = events.records(id).find(record => record.id === id)?.length;
			const alike = length === undefined ? [] : recordsOf(fileOf(id), [length]);
			const own = alike.find(record => record.id === id);
			const recordHash = own && (await recordHashOf(fileOf(id), own));
			if (own === undefined || recordHash === undefined) {
				throw new UserError('The line of this event is not there any more. Nothing was added to it.', 1);
			}

			const {part, line, at} = own;
			const key = {threadId: threadOf(id).threadId, recordHash, length: own.length, part, ordinal: 1, line};
			// Only records without a time of their own can be there twice, byte for byte.
			const before = alike.filter(record => record.id < id && record.part === part && record.at === at);
			for (const record of before) {
				key.ordinal += Number((await recordHashOf(fileOf(id), record)) === recordHash);
			}

			return key;
		},

		/** Events that keys of one thread mean, in every version of its logs that has them. */
		async findEvents<Key extends EventKey>(
			{sessionId}: LineageThread,
			keys: readonly Key[],
		): Promise<Map<EventId, Key>> {
			const found = new Map<EventId, Key>();
			for (const fileId of versions.all(sessionId) as number[]) {
				for (const [key, id] of await findInFile(fileId, keys)) {
					found.set(id, key);
				}
			}

			return found;
		},
	};
};

export type LastingKeys = ReturnType<typeof lastingKeys>;
