import fs from 'node:fs';
import {bytesOfFile} from '../../files/log-bytes.js';
import {readChunks} from '../../files/read-chunks.js';
import type {RawLine} from '../store.js';
import type {Archive} from './archive.js';
import type {Connection} from './database.js';

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

/** Raw bytes of log files: from the archive, or from the log itself while the archive is behind. */
export const rawReader = (db: Connection, archive: Archive) => {
	const fileById = db.prepare(
		'select id, key, path, format, generation, size, bytes, archived_to as archivedTo, superseded_at is not null as isSuperseded from files where id = ?',
	);

	const fileOfId = (id: number): FileRow => fileById.get(id) as FileRow;

	const readLog = async (file: FileRow, offset: number, length: number): Promise<Buffer> => {
		try {
			return await bytesOfFile({...file, size: fs.statSync(file.path).size}).slice(offset, length);
		} catch {
			return Buffer.alloc(0);
		}
	};

	return {
		pathOf: (fileId: number): string => fileOfId(fileId).path,

		/** Empty when the log is gone before it was archived. */
		async read(fileId: number, offset: number, length: number): Promise<Buffer> {
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
			const rollout = archive.rolloutId(file.key, file.generation);
			const isWhole = file.archivedTo >= file.bytes || file.format === 'history' || !fs.existsSync(file.path);
			if (rollout === undefined || !isWhole) {
				yield* linesOfLog(file, fromLine);
				return;
			}

			for (const {line, bytes} of archive.lines(rollout, fromLine)) {
				yield {path: file.path, line, bytes};
			}
		},
	};
};

async function* linesOfLog(file: FileRow, fromLine: number): AsyncGenerator<RawLine> {
	let line = 1;
	let pieces: Buffer[] = [];
	for await (const chunk of readChunks({...file, size: fs.statSync(file.path).size}, 0)) {
		let from = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
			pieces.push(Buffer.from(chunk.subarray(from, end + 1)));
			if (line >= fromLine) {
				yield {path: file.path, line, bytes: Buffer.concat(pieces)};
			}

			pieces = [];
			line++;
			from = end + 1;
		}

		pieces.push(Buffer.from(chunk.subarray(from)));
	}

	const rest = Buffer.concat(pieces);
	if (rest.length > 0 && line >= fromLine) {
		yield {path: file.path, line, bytes: rest};
	}
}

export type RawReader = ReturnType<typeof rawReader>;
