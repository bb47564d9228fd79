import fs from 'node:fs';
import type {SessionId} from '../../model/session.js';
import {addSizes, kindOfRecord, noSizes, type RecordFacts, type Sizes} from '../../sizes/kinds.js';
import {LogSizes} from '../../sizes/log-sizes.js';
import {type Payload, PayloadFinder} from '../../sizes/payloads.js';
import type {SessionSizes, SizesQuery, StoredSizes} from '../stored-sizes.js';
import {sizeOf} from './check-database.js';
import {type Connection, databaseFiles} from './database.js';
import {endIdOf, firstIdOf} from './ids.js';
import type {RawReader} from './raw-reader.js';

/** Bytes read at once: a block of the archive. */
const pieceLength = 256 * 1024;

type FileRow = {
	id: number;
	bytes: number;
	sessionId: SessionId;
	threadId: string;
	title: string | null;
	cwd: string | null;
};

type RecordRow = Pick<RecordFacts, 'kind' | 'tool' | 'role' | 'context'> & {
	offset: number;
	length: number;
	isRepeat: number;
	isOutput: number;
};

/** Sizes of logs by what they hold. Looks through all their bytes, so it is nothing for the drawing thread. */
export const sizesReader = (db: Connection, raw: RawReader, indexPath: string) => {
	const files = db.prepare(`
		select files.id, files.bytes, sessions.id as sessionId, thread_id as threadId,
			coalesce(sessions.name, first_prompt) as title, cwd
		from files join sessions on sessions.id = files.session_id
		where superseded_at is null and (@sessionId is null or sessions.id = @sessionId)
		order by files.id
	`);
	const bytesOf = db.prepare('select bytes from files where id = ?').pluck();
	const records = db.prepare(`
		select events.id, "offset", length, kind, completes is not null as isRepeat,
			coalesce(output_event_id = events.id, completes is not null and call.id is not null) as isOutput, tool, role, context
		from events
		left join messages on messages.id = events.id
		left join function_calls as call on call.id = coalesce(completes, events.id)
		where events.id >= @from and events.id < @end
		union all
		select id, "offset", length, 'problem', 0, 0, null, null, null from problems where id >= @from and id < @end
		order by 1
	`);

	/** None where the bytes are not to be had any more. */
	const payloadsOf = async ({id, bytes}: FileRow, onBytes: (bytes: number) => void): Promise<Payload[]> => {
		const finder = new PayloadFinder();
		for (let offset = 0; offset < bytes; ) {
			const piece = await raw.read(id, offset, Math.min(pieceLength, bytes - offset));
			if (piece.length === 0) {
				break;
			}

			finder.push(piece);
			offset += piece.length;
			onBytes(piece.length);
		}

		finder.finish();
		return finder.payloads;
	};

	/** In one transaction, as the log may be read on meanwhile. */
	const sizesOf = db.transaction((fileId: number, payloads: readonly Payload[]): {bytes: number; sizes: Sizes} => {
		const sums = new LogSizes(payloads);
		const range = {from: firstIdOf(fileId), end: endIdOf(fileId)};
		for (const row of records.iterate(range) as IterableIterator<RecordRow>) {
			const {isRepeat, isOutput, ...facts} = row;
			sums.add(row.offset, row.length, kindOfRecord({...facts, isRepeat: isRepeat === 1, isOutput: isOutput === 1}));
		}

		const bytes = (bytesOf.get(fileId) as number | undefined) ?? 0;
		return {bytes, sizes: sums.total(bytes)};
	});

	return {
		async sizes({sessionId, onProgress}: SizesQuery): Promise<StoredSizes> {
			const rows = files.all({sessionId: sessionId ?? null}) as FileRow[];
			const total = rows.reduce((sum, {bytes}) => sum + bytes, 0);
			const sessions = new Map<SessionId, SessionSizes>();
			let done = 0;
			for (const row of rows) {
				const payloads = await payloadsOf(row, bytes => {
					done += bytes;
					onProgress?.(done, total);
				});
				const {bytes, sizes} = sizesOf(row.id, payloads);
				const {threadId, title, cwd} = row;
				const before = sessions.get(row.sessionId) ?? {threadId, title, cwd, bytes: 0, sizes: noSizes()};
				sessions.set(row.sessionId, {
					...before,
					bytes: before.bytes + bytes,
					sizes: addSizes(before.sizes, sizes),
				});
			}

			const databases = databaseFiles(indexPath)
				.filter(({path}) => fs.existsSync(path))
				.map(({part, path}) => ({part, path, bytes: sizeOf(path)}));
			return {sessions: [...sessions.values()], databases};
		},
	};
};
