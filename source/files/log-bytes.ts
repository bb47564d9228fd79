import fs from 'node:fs';
import {openLog} from './open-log.js';
import {type Chunks, type ReadableFile, readChunks} from './read-chunks.js';

/** The decompressed bytes of a log, wherever they come from. */
export type LogBytes = {
	/** From an offset on. A chunk is only valid until the next one is asked for. */
	chunks: (from: number) => Chunks;
	/** Shorter where the log ends. */
	slice: (from: number, length: number) => Promise<Buffer>;
};

/** Up to here a slice is one read of its own. */
const fewBytes = 256 * 1024;

const readAt = (file: {path: string; size: number}, from: number, length: number): Buffer => {
	const descriptor = openLog(file.path);
	try {
		const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, file.size - from)));
		return buffer.subarray(0, fs.readSync(descriptor, buffer, 0, buffer.length, from));
	} finally {
		fs.closeSync(descriptor);
	}
};

export const bytesOfFile = (file: ReadableFile): LogBytes => ({
	chunks: from => readChunks(file, from),
	slice: async (from, length) =>
		file.format === 'jsonl.zst' || length > fewBytes
			? sliceOf(readChunks(file, from), length)
			: readAt(file, from, length),
});

/** The first bytes of a stream; shorter where it ends. */
export const sliceOf = async (chunks: Chunks, length: number): Promise<Buffer> => {
	const parts: Buffer[] = [];
	let rest = length;
	for await (const chunk of chunks) {
		const part = Buffer.from(chunk.subarray(0, rest));
		parts.push(part);
		rest -= part.length;
		if (rest === 0) {
			break;
		}
	}

	return Buffer.concat(parts);
};

export const bytesInMemory = (bytes: Buffer): LogBytes => ({
	async *chunks(from) {
		yield bytes.subarray(from);
	},
	slice: async (from, length) => bytes.subarray(from, from + length),
});
