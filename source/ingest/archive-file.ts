import {bytesOfFile, type LogBytes} from '../files/log-bytes.js';
import type {ArchiveEnd, IngestStore, KnownFile, RawBlock} from '../store/ingest-store.js';

const blockLength = 256 * 1024;

/** Blocks written in one transaction. */
const batchLength = 32;

const newline = 0x0a;

const countLines = (bytes: Buffer): number => {
	let count = 0;
	for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
		count++;
	}

	return count;
};

/** The archive's end, after making sure that what it holds is the beginning of this file. */
const provenEnd = async (
	store: IngestStore,
	known: KnownFile,
	bytes: LogBytes,
): Promise<{file: KnownFile; end: ArchiveEnd}> => {
	const end = await store.archiveEnd(known);
	for (const {offset, bytes: archived} of end.unproven) {
		const now = await bytes.slice(offset, archived.length);
		if (!now.equals(archived)) {
			const file = await store.beginGeneration(known);
			return {file, end: await store.archiveEnd(file)};
		}
	}

	return {file: known, end};
};

/**
Copies a file's raw bytes to the archive, from where the archive ends up to `known.bytes`. The last
block there is written again, since a file that grows ends in the middle of one.
*/
export const archiveFile = async (
	store: IngestStore,
	known: KnownFile,
	onBytes: (bytes: number) => Promise<void>,
	source?: LogBytes,
): Promise<void> => {
	// Only as much as was read: what has been appended since is for the next round.
	const size = known.format === 'jsonl.zst' ? known.size : known.bytes;
	const logBytes = source ?? bytesOfFile({...known, size});
	const {file, end} = await provenEnd(store, known, logBytes);
	let {offset, line} = end;
	let batch: RawBlock[] = [];
	let pending: Buffer[] = [];
	let pendingLength = 0;
	const close = (): void => {
		const bytes = Buffer.concat(pending);
		batch.push({offset, firstLine: line, bytes});
		offset += bytes.length;
		line += countLines(bytes);
		pending = [];
		pendingLength = 0;
	};

	const write = async (): Promise<void> => {
		const bytes = batch.reduce((sum, block) => sum + block.bytes.length, 0);
		await store.archive(file, end.rolloutId, batch);
		batch = [];
		await onBytes(bytes);
	};

	let rest = known.bytes - offset;
	for await (const chunk of logBytes.chunks(offset)) {
		let piece = chunk.subarray(0, rest);
		rest -= piece.length;
		while (piece.length > 0) {
			const part = piece.subarray(0, blockLength - pendingLength);
			pending.push(Buffer.from(part));
			pendingLength += part.length;
			piece = piece.subarray(part.length);
			if (pendingLength === blockLength) {
				close();
			}
		}

		if (batch.length >= batchLength) {
			await write();
		}

		if (rest <= 0) {
			break;
		}
	}

	if (pendingLength > 0) {
		close();
	}

	await write();
};
