import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {LogBytes} from '../../source/files/log-bytes.js';
import {SliceReader} from '../../source/files/slice-reader.js';

const content = Buffer.from(Array.from({length: 5000}, (_, at) => (at * 31) % 251));

/** Chunks of so many bytes in one buffer that is used again, as a file's are. */
const chunked = (chunkLength: number, starts: number[] = []): LogBytes => ({
	async *chunks(from) {
		starts.push(from);
		const buffer = Buffer.alloc(chunkLength);
		for (let at = from; at < content.length; at += chunkLength) {
			yield buffer.subarray(0, content.copy(buffer, 0, at, at + chunkLength));
		}
	},
	slice: async (from, length) => content.subarray(from, from + length),
});

test('slices are the bytes that stand there, in any order and across chunks', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({min: 1, max: 6000}),
			fc.boolean(),
			fc.array(fc.tuple(fc.nat(5200), fc.nat(3000)), {minLength: 1, maxLength: 12}),
			async (chunkLength, canSeek, slices) => {
				const reader = new SliceReader(chunked(chunkLength), canSeek);
				for (const [offset, length] of slices) {
					assert.deepEqual(Buffer.from(await reader.read(offset, length)), content.subarray(offset, offset + length));
				}

				await reader.close();
			},
		),
	);
});

test('slices that follow each other are read in one go', async () => {
	const starts: number[] = [];
	const reader = new SliceReader(chunked(700, starts), true);
	for (let offset = 100; offset < 4900; offset += 300) {
		await reader.read(offset, 250);
	}

	assert.deepEqual(starts, [100]);
	await reader.read(50, 10);
	assert.deepEqual(starts, [100, 50]);
});
