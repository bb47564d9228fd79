import fs from 'node:fs';
import {pipeline} from 'node:stream';
import {createZstdDecompress} from 'node:zlib';
import {openLog, overwriteGuard} from './open-log.js';

const chunkSize = 1024 * 1024;

/**
The decompressed bytes of a log. A chunk is only valid until the next one is asked for. Ends with an error where the log
is overwritten meanwhile: what came before is what it held.
*/
export type Chunks = AsyncIterable<Buffer>;

export type ReadableFile = {
	path: string;
	format: string;
	/** Where a plain log's bytes end, whatever has been appended since. */
	size: number;
	/** When it was last written, in nanoseconds, where bytes of later are to be none of it. */
	writtenAt?: bigint;
};

/** A buffer of chunk size costs more to make than to fill; one is kept for the next file. */
let spare: Buffer | undefined;

const takeBuffer = (length: number): Buffer => {
	const buffer = spare ?? Buffer.allocUnsafeSlow(chunkSize);
	spare = undefined;
	return buffer.subarray(0, Math.min(chunkSize, Math.max(1, length)));
};

/** Bytes of a plain file from an offset on, up to `end`: what is appended later is for the next time. */
async function* plainChunks({path, size: end, writtenAt}: ReadableFile, from: number): Chunks {
	const descriptor = openLog(path);
	const buffer = takeBuffer(end - from);
	try {
		const guard = overwriteGuard(
			descriptor,
			writtenAt === undefined ? undefined : {size: BigInt(end), mtimeNs: writtenAt},
		);
		for (let at = from; at < end; ) {
			const read = fs.readSync(descriptor, buffer, 0, Math.min(buffer.length, end - at), at);
			guard();
			if (read === 0) {
				return;
			}

			yield buffer.subarray(0, read);
			at += read;
		}
	} finally {
		spare = Buffer.from(buffer.buffer);
		fs.closeSync(descriptor);
	}
}

/** A compressed log may be several zstd frames, one after the other. Node's stream ends after each. */
async function* zstdChunks(file: string, from: number): Chunks {
	const descriptor = openLog(file);
	try {
		const {size} = fs.fstatSync(descriptor);
		const guard = overwriteGuard(descriptor);
		let at = 0;
		for (let start = 0; start < size; ) {
			const decompressed = createZstdDecompress();
			// The stream closes its own descriptor, once what it reads ahead has come.
			const compressed = fs.createReadStream(file, {fd: openLog(file), start, highWaterMark: chunkSize});
			// An error of either stream reaches the loop below through the decompressed one.
			pipeline(compressed, decompressed, () => {});
			for await (const chunk of decompressed as AsyncIterable<Buffer>) {
				guard();
				const end = at + chunk.length;
				if (end > from) {
					yield chunk.subarray(Math.max(0, from - at));
				}

				at = end;
			}

			if (decompressed.bytesWritten === 0) {
				return;
			}

			start += decompressed.bytesWritten;
		}
	} finally {
		fs.closeSync(descriptor);
	}
}

export const readChunks = (file: ReadableFile, from: number): Chunks =>
	file.format === 'jsonl.zst' ? zstdChunks(file.path, from) : plainChunks(file, from);
