import {bytesOfFile, type LogBytes} from '../files/log-bytes.js';
import {Damaged} from '../model/problem.js';
import {type ArchiveEnd, damagedArchive, type IngestStore, type KnownFile} from '../store/ingest-store.js';
import {BlockCutter} from './block-cutter.js';
import {mendArchive} from './mend-archive.js';

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

/** The same, after damage that was found in a check-up, or is met here, was mended; else all of the file is kept anew. */
const mendedEnd = async (store: IngestStore, known: KnownFile, bytes: LogBytes): ReturnType<typeof provenEnd> => {
	if (known.archivedTo !== damagedArchive) {
		try {
			return await provenEnd(store, known, bytes);
		} catch (error) {
			if (!(error instanceof Damaged)) {
				throw error;
			}
		}
	}

	const isWhole = await mendArchive(store, known, bytes);
	return provenEnd(store, isWhole ? known : await store.beginGeneration(known), bytes);
};

/**
Copies a file's raw bytes to the archive, from where the archive ends up to `known.bytes`. The last
block there is written again, since a file that grows ends in the middle of one. They are kept for good at the
next commit of the store.
*/
export const archiveFile = async (
	store: IngestStore,
	known: KnownFile,
	onBytes: (bytes: number) => Promise<void>,
	source?: LogBytes,
): Promise<void> => {
	// Only as much as was read: what has been appended since is for the next round.
	const size = known.format === 'jsonl.zst' ? known.size : known.bytes;
	// Rows were made of what it held when it was last written then.
	const logBytes = source ?? bytesOfFile({...known, size, writtenAt: known.mtimeNs});
	const {file, end} = await mendedEnd(store, known, logBytes);
	const cutter = new BlockCutter(end.offset, end.line);
	const write = async (blocks: ReturnType<BlockCutter['end']>): Promise<void> => {
		for (const block of blocks) {
			await store.archive(file, end.rolloutId, block);
			await onBytes(block.length);
		}
	};

	let rest = known.bytes - end.offset;
	for await (const chunk of logBytes.chunks(end.offset)) {
		const bytes = chunk.subarray(0, rest);
		rest -= bytes.length;
		await write(cutter.add(bytes));
		if (rest <= 0) {
			break;
		}
	}

	await write(cutter.end());
};
