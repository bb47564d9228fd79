import {constants, zstdCompressSync, zstdDecompressSync} from 'node:zlib';
import type {ArchiveEnd, KnownFile, RawBlock} from '../ingest-store.js';
import type {Connection} from './database.js';

const newline = 0x0a;

/** Decompressed blocks kept for the next reads; one is 256 kB as a rule. */
const cachedBlocks = 16;

type Block = {offset: number; length: number; firstLine: number; bytes: Buffer};
type BlockRow = Omit<Block, 'bytes'> & {id: number; data: Buffer};

export type ArchivedRollout = {key: string; generation: number; path: string; format: string; bytes: number};

/** Writes and reads the raw bytes of logs. */
export const archiveOf = (db: Connection) => {
	const enter = db
		.prepare(`
			insert into rollouts (key, generation, path, format) values (?, ?, ?, ?)
			on conflict (key, generation) do update set path = excluded.path, format = excluded.format
			returning id
		`)
		.pluck();
	const all = db.prepare(`
		select key, generation, path, format, max("offset" + length) as bytes
		from rollouts join blocks on blocks.rollout_id = rollouts.id group by rollouts.id order by rollouts.id
	`);
	const newest = db.prepare('select max(generation) from rollouts where key = ?').pluck();
	const find = db.prepare('select id from rollouts where key = ? and generation = ?').pluck();
	const columns = 'id, "offset", length, first_line as firstLine';
	const last = db.prepare(`select ${columns} from blocks where rollout_id = ? order by "offset" desc limit 1`);
	const removeFrom = db.prepare('delete from blocks where rollout_id = ? and "offset" >= ?');
	const insert = db.prepare(
		'insert into blocks (rollout_id, "offset", length, first_line, data) values (?, ?, ?, ?, ?)',
	);
	const at = db.prepare(`
		select ${columns}, data from blocks where rollout_id = ? and "offset" <= ? order by "offset" desc limit 1
	`);
	const beforeLine = db.prepare(`
		select ${columns}, data from blocks where rollout_id = ? and first_line < ? order by "offset" desc limit 1
	`);
	const cache = new Map<number, Block>();

	const open = (row: BlockRow | undefined): Block | undefined => {
		if (row === undefined) {
			return undefined;
		}

		const known = cache.get(row.id);
		if (known !== undefined && known.length === row.length) {
			return known;
		}

		const {offset, length, firstLine} = row;
		const block = {offset, length, firstLine, bytes: zstdDecompressSync(row.data, {maxOutputLength: length})};
		cache.set(row.id, block);
		for (const oldest of cache.keys()) {
			if (cache.size > cachedBlocks) {
				cache.delete(oldest);
			}
		}

		return block;
	};

	const blockAt = (rolloutId: number, offset: number): Block | undefined => {
		const block = open(at.get(rolloutId, offset) as BlockRow | undefined);
		return block !== undefined && offset < block.offset + block.length ? block : undefined;
	};

	return {
		rolloutId(key: string, generation: number): number | undefined {
			return find.get(key, generation) as number | undefined;
		},

		/** Every generation of every rollout that has bytes, with how far they go. */
		rollouts: (): ArchivedRollout[] => all.all() as ArchivedRollout[],

		lastGeneration: (key: string): number => (newest.get(key) as number | null) ?? 0,

		end(file: KnownFile): ArchiveEnd {
			const rolloutId = enter.get(file.key, file.generation, file.path, file.format) as number;
			const block = last.get(rolloutId) as Omit<BlockRow, 'data'> | undefined;
			// The last block is taken up again, as it may be short or end in an unfinished line.
			const ends =
				file.archivedTo > 0 || block === undefined ? [] : [blockAt(rolloutId, 0), blockAt(rolloutId, block.offset)];
			const unproven = ends.flatMap(end => (end === undefined ? [] : [{offset: end.offset, bytes: end.bytes}]));
			return {rolloutId, offset: block?.offset ?? 0, line: block?.firstLine ?? 1, unproven};
		},

		append(rolloutId: number, blocks: readonly RawBlock[]): void {
			const [first] = blocks;
			if (first !== undefined) {
				removeFrom.run(rolloutId, first.offset);
			}

			for (const {offset, firstLine, bytes} of blocks) {
				insert.run(
					rolloutId,
					offset,
					bytes.length,
					firstLine,
					zstdCompressSync(bytes, {params: {[constants.ZSTD_c_compressionLevel]: 1}}),
				);
			}
		},

		/** The bytes of a slice; undefined when the archive does not hold all of it. */
		read(rolloutId: number, offset: number, length: number): Buffer | undefined {
			const parts: Buffer[] = [];
			for (let from = offset; from < offset + length; ) {
				const block = blockAt(rolloutId, from);
				if (block === undefined) {
					return undefined;
				}

				const part = block.bytes.subarray(from - block.offset, offset + length - block.offset);
				parts.push(part);
				from += part.length;
			}

			return parts.length === 1 ? parts[0] : Buffer.concat(parts);
		},

		/** Everything from an offset on, a block at a time. */
		*bytes(rolloutId: number, from: number): Generator<Buffer> {
			let at = from;
			for (let block = blockAt(rolloutId, at); block !== undefined; block = blockAt(rolloutId, at)) {
				yield block.bytes.subarray(at - block.offset);
				at = block.offset + block.length;
			}
		},

		/** Lines with their line ends, from the given one on. */
		*lines(rolloutId: number, fromLine = 1): Generator<{line: number; bytes: Buffer}> {
			// A line may begin inside the block before the first one that is numbered with it.
			let block =
				fromLine === 1 ? blockAt(rolloutId, 0) : open(beforeLine.get(rolloutId, fromLine) as BlockRow | undefined);
			let line = block?.firstLine ?? 1;
			let pieces: Buffer[] = [];
			while (block !== undefined) {
				let from = 0;
				for (let end = block.bytes.indexOf(newline); end !== -1; end = block.bytes.indexOf(newline, from)) {
					pieces.push(block.bytes.subarray(from, end + 1));
					if (line >= fromLine) {
						yield {line, bytes: Buffer.concat(pieces)};
					}

					pieces = [];
					line++;
					from = end + 1;
				}

				pieces.push(block.bytes.subarray(from));
				block = blockAt(rolloutId, block.offset + block.length);
			}

			const rest = Buffer.concat(pieces);
			if (rest.length > 0 && line >= fromLine) {
				yield {line, bytes: rest};
			}
		},
	};
};

export type Archive = ReturnType<typeof archiveOf>;
