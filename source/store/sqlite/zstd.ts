import {constants, zstdCompressSync, zstdDecompressSync} from 'node:zlib';

/** The buffer that zlib fills at once. Room for what is expected saves a fifth of the time; more is only thrown away. */
const chunkFor = (bytes: number): number => Math.min(640 * 1024, Math.max(64, Math.ceil(bytes)));

/** Compresses to about the expected share, with a checksum of the bytes which `unpack` holds them against. */
export const pack = (bytes: Uint8Array, level: number, expectedShare: number): Buffer =>
	zstdCompressSync(bytes, {
		chunkSize: chunkFor(bytes.length * expectedShare),
		pledgedSrcSize: bytes.length,
		params: {[constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1},
	});

/** Throws on damage, and on more bytes than there may be. */
export const unpack = (data: Uint8Array, mostBytes: number): Buffer =>
	zstdDecompressSync(data, {chunkSize: chunkFor(mostBytes), maxOutputLength: Math.max(1, mostBytes)});
