import fs from 'node:fs';
import {pipeline} from 'node:stream';
import {createZstdDecompress} from 'node:zlib';

const chunkSize = 1024 * 1024;

/** The decompressed bytes of a log. A chunk is only valid until the next one is asked for. */
export type Chunks = AsyncIterable<Buffer>;

/** A buffer of chunk size costs more to make than to fill; one is kept for the next file. */
let spare: Buffer | undefined;

const takeBuffer = (length: number): Buffer => {
	const buffer = spare ?? Buffer.allocUnsafeSlow(chunkSize);
	spare = undefined;
	return buffer.subarray(0, Math.min(chunkSize, Math.max(1, length)));
};

/** Bytes of a plain file from an offset on, up to `end`: what is appended later is for the next time. */
async function* plainChunks(file: string, from: number, end: number): Chunks {
	const descriptor = fs.openSync(file, 'r');
	const buffer = takeBuffer(end - from);
	try {
		for (let at = from; at < end; ) {
			const read = fs.readSync(descriptor, buffer, 0, Math.min(buffer.length, end - at), at);
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
	const {size} = fs.statSync(file);
	let at = 0;
	for (let start = 0; start < size; ) {
		const decompressed = createZstdDecompress();
		// An error of either stream reaches the loop below through the decompressed one.
		pipeline(fs.createReadStream(file, {start, highWaterMark: chunkSize}), decompressed, () => {});
		for await (const chunk of decompressed as AsyncIterable<Buffer>) {
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
}

export const readChunks = (file: {path: string; format: string; size: number}, from: number): Chunks =>
	file.format === 'jsonl.zst' ? zstdChunks(file.path, from) : plainChunks(file.path, from, file.size);
