import fs from 'node:fs';
import {bytesOfFile} from '../../files/log-bytes.js';
import {readChunks} from '../../files/read-chunks.js';
import type {RawLine} from '../store.js';
import type {Archive} from './archive.js';
import type {Connection} from './database.js';
import {type LinePlace, linePlaces} from './line-places.js';
import {type UnchangedLog, unchangedLogs} from './unchanged-log.js';

type FileRow = {
	id: number;
	key: string;
	path: string;
	format: string;
	generation: number;
	size: number;
	bytes: number;
	archivedTo: number;
	isSuperseded: number;
};

const newline = 0x0a;

/** Bytes read at first: most lines are shorter. Each further read is four times as long. */
const firstRead = 16 * 1024;
const longestRead = 1024 * 1024;

/**
Raw bytes of log files: from the log while it is what was read, since that is fastest; else from the archive; and from
the log as it is where the archive is behind.
*/
export const rawReader = (db: Connection, archive: Archive) => {
	const fileById = db.prepare(
		'select id, key, path, format, generation, size, bytes, archived_to as archivedTo, superseded_at is not null as isSuperseded from files where id = ?',
	);
	const logs = unchangedLogs(db);
	const places = linePlaces(db);

	const fileOfId = (id: number): FileRow => fileById.get(id) as FileRow;

	const readUnchanged = (fileId: number, offset: number, length: number): Buffer | undefined => {
		const log = logs.open(fileId);
		const bytes = log?.read(offset, length);
		log?.close();
		return bytes?.length === length ? bytes : undefined;
	};

	const readLog = async (file: FileRow, offset: number, length: number): Promise<Buffer> => {
		try {
			return await bytesOfFile({...file, size: fs.statSync(file.path).size}).slice(offset, length);
		} catch {
			return Buffer.alloc(0);
		}
	};

	/** Throws a `ChangedLog` once it is not that any more. */
	async function* unchangedLines(file: FileRow, log: UnchangedLog, fromLine: number): AsyncGenerator<RawLine> {
		// Of a log that is one document, lines are not told one by one.
		const start = file.format === 'jsonl' ? places.before(file.id, fromLine) : {line: 1, offset: 0};
		try {
			yield* linesOf(file, chunksOf(log, start.offset), start, fromLine);
		} finally {
			log.close();
		}
	}

	return {
		pathOf: (fileId: number): string => fileOfId(fileId).path,

		/** Empty when the log is gone before it was archived. */
		async read(fileId: number, offset: number, length: number): Promise<Buffer> {
			const unchanged = readUnchanged(fileId, offset, length);
			if (unchanged !== undefined) {
				return unchanged;
			}

			const file = fileOfId(fileId);
			if (offset + length <= file.archivedTo) {
				const rollout = archive.rolloutId(file.key, file.generation);
				const bytes = rollout === undefined ? undefined : archive.read(rollout, offset, length);
				if (bytes !== undefined) {
					return bytes;
				}
			}

			// The log now holds something else.
			return file.isSuperseded ? Buffer.alloc(0) : readLog(file, offset, length);
		},

		/** Lines with their line ends, from the given one on. */
		async *lines(fileId: number, fromLine: number): AsyncGenerator<RawLine> {
			const file = fileOfId(fileId);
			let next = fromLine;
			const log = logs.open(fileId);
			if (log !== undefined) {
				try {
					for await (const line of unchangedLines(file, log, fromLine)) {
						yield line;
						next = line.line + 1;
					}

					return;
				} catch (error) {
					if (!(error instanceof ChangedLog)) {
						throw error;
					}
				}
			}

			const rollout = archive.rolloutId(file.key, file.generation);
			const isWhole = file.archivedTo >= file.bytes || file.format === 'history' || !fs.existsSync(file.path);
			if (rollout === undefined || !isWhole) {
				const chunks = readChunks({...file, size: fs.statSync(file.path).size}, 0);
				yield* linesOf(file, chunks, {line: 1, offset: 0}, next);
				return;
			}

			for (const {line, bytes} of archive.lines(rollout, next)) {
				yield {path: file.path, line, bytes};
			}
		},
	};
};

class ChangedLog extends Error {}

async function* chunksOf(log: UnchangedLog, from: number): AsyncGenerator<Buffer> {
	let length = firstRead;
	for (let at = from; ; ) {
		const chunk = log.read(at, length);
		if (chunk === undefined) {
			throw new ChangedLog();
		}

		if (chunk.length === 0) {
			return;
		}

		yield chunk;
		at += chunk.length;
		length = Math.min(longestRead, length * 4);
	}
}

/** Lines from the given one on, of bytes that begin somewhere before it. */
async function* linesOf(
	{path}: FileRow,
	chunks: AsyncIterable<Buffer>,
	start: LinePlace,
	fromLine: number,
): AsyncGenerator<RawLine> {
	let {line} = start;
	let pieces: Buffer[] = [];
	for await (const chunk of chunks) {
		let from = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
			if (line >= fromLine) {
				yield {path, line, bytes: Buffer.concat([...pieces, chunk.subarray(from, end + 1)])};
			}

			pieces = [];
			line++;
			from = end + 1;
		}

		if (line >= fromLine && from < chunk.length) {
			pieces.push(Buffer.from(chunk.subarray(from)));
		}
	}

	if (pieces.length > 0) {
		yield {path, line, bytes: Buffer.concat(pieces)};
	}
}

export type RawReader = ReturnType<typeof rawReader>;
