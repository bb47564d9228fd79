import fs from 'node:fs';
import {bytesOfFile} from '../../files/log-bytes.js';
import {readChunks} from '../../files/read-chunks.js';
import {failureReason} from '../../files/walk-folders.js';
import {UserError} from '../../model/problem.js';
import {damagedArchive} from '../ingest-store.js';
import type {RawLine} from '../store.js';
import type {Archive} from './archive.js';
import type {Connection} from './database.js';
import {LineParts} from './line-parts.js';
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
		`select id, key, path, format, generation, size, bytes, iif(archived_to = ${damagedArchive}, bytes, archived_to) as archivedTo, superseded_at is not null as isSuperseded from files where id = ?`,
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

	/** From the archive; from the log as it is now where the archive is behind. */
	async function* elsewhere(file: FileRow, fromLine: number): AsyncGenerator<RawLine> {
		const rollout = archive.rolloutId(file.key, file.generation);
		const isWhole = file.archivedTo >= file.bytes || file.format === 'history' || !fs.existsSync(file.path);
		if (rollout === undefined || !isWhole) {
			yield* linesOf(file, presentChunks(file), {line: 1, offset: 0}, fromLine);
			return;
		}

		for (const {line, bytes} of archive.lines(rollout, fromLine)) {
			yield {path: file.path, line, bytes};
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

		/** Lines with their line ends, from the given one on; a long one in several parts. */
		async *lines(fileId: number, fromLine: number): AsyncGenerator<RawLine> {
			const file = fileOfId(fileId);
			let next = fromLine;
			let given = 0;
			const log = logs.open(fileId);
			if (log !== undefined) {
				try {
					for await (const part of unchangedLines(file, log, fromLine)) {
						yield part;
						const hasEnded = part.bytes.at(-1) === newline;
						next = hasEnded ? part.line + 1 : part.line;
						given = hasEnded ? 0 : given + part.bytes.length;
					}

					return;
				} catch (error) {
					if (!(error instanceof ChangedLog)) {
						throw error;
					}
				}
			}

			for await (const part of elsewhere(file, next)) {
				// The log changed in the middle of a line, of which some was given.
				const skipped = Math.min(given, part.bytes.length);
				given -= skipped;
				if (skipped < part.bytes.length) {
					yield {...part, bytes: part.bytes.subarray(skipped)};
				}
			}
		},
	};
};

class ChangedLog extends Error {}

/** The log as it is now. */
async function* presentChunks(file: FileRow): AsyncGenerator<Buffer> {
	try {
		yield* readChunks({...file, size: fs.statSync(file.path).size}, 0);
	} catch (error) {
		throw new UserError(
			`The log ${file.path} cannot be read: ${failureReason(error)}. Its lines are not in the archive.`,
			1,
		);
	}
}

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
	const parts = new LineParts();
	for await (const chunk of chunks) {
		let from = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
			if (line >= fromLine) {
				yield {path, line, bytes: parts.rest(chunk.subarray(from, end + 1))};
			}

			line++;
			from = end + 1;
		}

		const part = line >= fromLine ? parts.add(chunk.subarray(from)) : undefined;
		if (part !== undefined) {
			yield {path, line, bytes: part};
		}
	}

	const bytes = parts.rest();
	if (bytes.length > 0) {
		yield {path, line, bytes};
	}
}

export type RawReader = ReturnType<typeof rawReader>;
