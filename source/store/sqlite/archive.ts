import {Damaged} from '../../model/problem.js';
import type {ArchivedBytes, ArchiveEnd, KnownFile, RawBlock} from '../ingest-store.js';
import {type ArchivedBlock, lineEndsOf, sliceOfBlock} from './archived-block.js';
import {packBlock, unpackBlock} from './block-data.js';
import type {Connection} from './database.js';
import {explainedAtOnce} from './explained.js';
import {LineParts} from './line-parts.js';
import {packsOf} from './packs.js';

/** Unpacked blocks kept for the next reads: 256 kB of text each, as a rule. */
const cachedBlocks = 8;

/** Bytes of the archive's beginning and end that a log is held against. */
const provenLength = 256 * 1024;

type Slice = {offset: number; length: number; firstLine: number};
type BlockRow = Slice & {id: number; pieces: number; data: Buffer};

export type ArchivedRollout = {key: string; generation: number; path: string; format: string; bytes: number};

/** Writes and reads the raw bytes of logs. What is damaged is told with `Damaged`. */
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
	const pathOf = db.prepare('select path from rollouts where id = ?').pluck();
	// What stands behind the data in a row, the data must be walked through for. A sorted query of bare parameters would be prepared again each time.
	const last = db.prepare(`
		select "offset", length, first_line as firstLine from blocks where rollout_id = +? order by "offset" desc limit 1
	`);
	const starts = db.prepare('select 1 from blocks where rollout_id = ? and "offset" = ?').pluck();
	const slices = db.prepare(
		'select "offset", length, first_line as firstLine from blocks where rollout_id = +? order by "offset"',
	);
	const removeAt = db.prepare('delete from blocks where rollout_id = ? and "offset" = ?');
	const removeFrom = db.prepare('delete from blocks where rollout_id = ? and "offset" >= ?');
	const insert = db.prepare(
		'insert into blocks (rollout_id, "offset", length, first_line, pieces, data) values (?, ?, ?, ?, ?, ?)',
	);
	const columns = 'id, "offset", length, first_line as firstLine, pieces, data';
	const at = db.prepare(`
		select ${columns} from blocks where rollout_id = +? and "offset" <= +? order by "offset" desc limit 1
	`);
	const beforeLine = db.prepare(`
		select ${columns} from blocks where rollout_id = +? and first_line < +?
		order by first_line desc, "offset" desc limit 1
	`);
	const packs = packsOf(db);
	const cache = new Map<number, ArchivedBlock>();

	const orDamage = <Result>(rolloutId: number, {offset, length}: Slice, read: () => Result): Result => {
		try {
			return read();
		} catch (error) {
			const log = pathOf.get(rolloutId) as string;
			throw new Damaged(
				`The archive is damaged: bytes ${offset} to ${offset + length} of ${log} cannot be read (${(error as Error).message}). See codex-tui doctor.`,
				1,
			);
		}
	};

	const open = (rolloutId: number, row: BlockRow | undefined): ArchivedBlock | undefined => {
		if (row === undefined) {
			return undefined;
		}

		const known = cache.get(row.id);
		if (known !== undefined && known.offset === row.offset && known.length === row.length) {
			return known;
		}

		const {offset, length, firstLine} = row;
		const unpacked = orDamage(rolloutId, row, () => unpackBlock(row.data, length, row.pieces));
		const block = {offset, length, firstLine, ...unpacked};
		cache.set(row.id, block);
		for (const oldest of cache.keys()) {
			if (cache.size > cachedBlocks) {
				cache.delete(oldest);
			}
		}

		return block;
	};

	const blockAt = (rolloutId: number, offset: number): ArchivedBlock | undefined => {
		const block = open(rolloutId, at.get(rolloutId, offset) as BlockRow | undefined);
		return block !== undefined && offset < block.offset + block.length ? block : undefined;
	};

	const sliceOf = (rolloutId: number, block: ArchivedBlock, from: number, to: number): Buffer =>
		orDamage(rolloutId, block, () => sliceOfBlock(block, packs, from, to));

	/** Where the rollout ends that was appended to last in this transaction. */
	let appended: {rolloutId: number; end: number} | undefined;

	const endOf = (rolloutId: number): number => {
		if (appended?.rolloutId === rolloutId) {
			return appended.end;
		}

		const block = last.get(rolloutId) as Slice | undefined;
		return block === undefined ? 0 : block.offset + block.length;
	};

	const archive = {
		rolloutId(key: string, generation: number): number | undefined {
			return find.get(key, generation) as number | undefined;
		},

		/** Every generation of every rollout that has bytes, with how far they go. */
		rollouts: (): ArchivedRollout[] => all.all() as ArchivedRollout[],

		lastGeneration: (key: string): number => (newest.get(key) as number | null) ?? 0,

		end(file: KnownFile): ArchiveEnd {
			const rolloutId = enter.get(file.key, file.generation, file.path, file.format) as number;
			const block = last.get(rolloutId) as Slice | undefined;
			const unproven: ArchiveEnd['unproven'] = [];
			if (file.archivedTo === 0 && block !== undefined) {
				const end = endOf(rolloutId);
				for (const offset of new Set([0, Math.max(0, end - provenLength)])) {
					const bytes = archive.read(rolloutId, offset, Math.min(provenLength, end - offset));
					unproven.push({offset, bytes: bytes ?? Buffer.alloc(0)});
				}
			}

			// The last block is taken up again, as it may be short or end in an unfinished line.
			return {rolloutId, offset: block?.offset ?? 0, line: block?.firstLine ?? 1, unproven};
		},

		/**
		Appends a block, or replaces the last ones by it; inside a transaction that `flush` ends. Answers how far the
		archive goes now. A block that another process has kept meanwhile, with more after it, is left as it is.
		*/
		append(rolloutId: number, {offset, length, firstLine, text, pieces}: RawBlock): number {
			const end = endOf(rolloutId);
			const fits = offset === end || starts.get(rolloutId, offset) !== undefined;
			if (!fits || offset + length <= end) {
				return end;
			}

			if (offset < end) {
				removeFrom.run(rolloutId, offset);
				cache.clear();
			}

			const references = pieces.map(({at, alphabet, bytes}) => ({
				at,
				alphabet,
				length: (bytes.length / 3) * 4,
				...packs.add(bytes),
			}));
			insert.run(rolloutId, offset, length, firstLine, references.length, packBlock(text, references));
			appended = {rolloutId, end: offset + length};
			return appended.end;
		},

		/** Every block with its bytes, and what is missing between two. */
		*blocks(rolloutId: number): Generator<ArchivedBytes> {
			let end = 0;
			for (const {offset, length, firstLine} of slices.all(rolloutId) as Slice[]) {
				if (offset > end) {
					yield {offset: end, length: offset - end, bytes: null, firstLine: null};
				}

				yield {offset, length, bytes: readable(() => archive.read(rolloutId, offset, length)), firstLine};
				end = offset + length;
			}
		},

		/** Keeps a block in place of the one that began there, if any; inside a transaction. */
		replace(rolloutId: number, {offset, length, firstLine, text}: RawBlock): void {
			removeAt.run(rolloutId, offset);
			insert.run(rolloutId, offset, length, firstLine, 0, packBlock(text, []));
			cache.clear();
		},

		/** Writes what waits for more; to be called before a commit. */
		flush(): void {
			appended = undefined;
			packs.flush();
		},

		/** To be called after a transaction was rolled back. */
		forget(): void {
			appended = undefined;
			packs.forget();
			cache.clear();
		},

		/** The bytes of a slice; undefined when the archive does not hold all of it. */
		read(rolloutId: number, offset: number, length: number): Buffer | undefined {
			const parts: Buffer[] = [];
			for (let from = offset; from < offset + length; ) {
				const block = blockAt(rolloutId, from);
				if (block === undefined) {
					return undefined;
				}

				const to = Math.min(block.length, offset + length - block.offset);
				parts.push(sliceOf(rolloutId, block, from - block.offset, to));
				from = block.offset + to;
			}

			return parts.length === 1 ? parts[0] : Buffer.concat(parts);
		},

		/** Everything from an offset on, a block at a time. */
		*bytes(rolloutId: number, from: number): Generator<Buffer> {
			let at = from;
			for (let block = blockAt(rolloutId, at); block !== undefined; block = blockAt(rolloutId, at)) {
				yield sliceOf(rolloutId, block, at - block.offset, block.length);
				at = block.offset + block.length;
			}
		},

		/** Lines with their line ends, from the given one on; a long one in several parts. */
		*lines(rolloutId: number, fromLine = 1): Generator<{line: number; bytes: Buffer}> {
			// A line may begin inside the block before the first one that is numbered with it.
			let block =
				fromLine === 1
					? blockAt(rolloutId, 0)
					: open(rolloutId, beforeLine.get(rolloutId, fromLine) as BlockRow | undefined);
			let line = block?.firstLine ?? 1;
			const parts = new LineParts();
			while (block !== undefined) {
				let from = 0;
				for (const end of lineEndsOf(block)) {
					if (line >= fromLine) {
						yield {line, bytes: parts.rest(sliceOf(rolloutId, block, from, end))};
					}

					line++;
					from = end;
				}

				const part =
					line >= fromLine && from < block.length
						? parts.add(sliceOf(rolloutId, block, from, block.length))
						: undefined;
				if (part !== undefined) {
					yield {line, bytes: part};
				}

				block = blockAt(rolloutId, block.offset + block.length);
			}

			const bytes = parts.rest();
			if (bytes.length > 0) {
				yield {line, bytes};
			}
		},
	};
	return explainedAtOnce(archive, db.name);
};

/** Null where the archive is damaged. */
const readable = (read: () => Buffer | undefined): Buffer | null => {
	try {
		return read() ?? null;
	} catch (error) {
		if (error instanceof Damaged) {
			return null;
		}

		throw error;
	}
};

export type Archive = ReturnType<typeof archiveOf>;
