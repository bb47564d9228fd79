import {hash} from 'node:crypto';
import type {Connection} from './database.js';
import {pack, unpack} from './zstd.js';

/** Where the bytes of a piece are. */
export type Place = {packId: number; offset: number};

type PackRow = {length: number; data: Buffer};

/** Bytes of a pack: three pieces of an image; also what is read for one short piece. */
const mostBytes = 3 * 48 * 1024;

/** Images are compressed already; what is not, the fastest level shrinks enough. */
const level = 1;

/** Packs kept unpacked for the next reads. */
const cachedPacks = 16;

const hashLength = 16;

/** Bytes that are kept once, however often they are added. */
export const packsOf = (db: Connection) => {
	const lastId = db.prepare('select coalesce(max(id), 0) from packs').pluck();
	const find = db.prepare('select pack_id as packId, "offset" from pieces where hash = ?');
	const enter = db.prepare(
		'insert into pieces (hash, pack_id, "offset", length) values (?, ?, ?, ?) on conflict (hash) do nothing',
	);
	const insert = db.prepare('insert into packs (id, length, data) values (?, ?, ?)');
	const byId = db.prepare('select length, data from packs where id = ?');
	const cache = new Map<number, Buffer>();
	let open: {id: number; parts: Uint8Array[]; length: number} | undefined;

	const unpacked = (id: number): Buffer => {
		const known = cache.get(id);
		if (known !== undefined) {
			return known;
		}

		const row = byId.get(id) as PackRow | undefined;
		if (row === undefined) {
			throw new Error(`pack ${id} is missing`);
		}

		const bytes = unpack(row.data, row.length);
		if (bytes.length !== row.length) {
			throw new Error(`pack ${id} has ${bytes.length} bytes instead of ${row.length}`);
		}

		cache.set(id, bytes);
		for (const oldest of cache.keys()) {
			if (cache.size <= cachedPacks) {
				break;
			}

			cache.delete(oldest);
		}

		return bytes;
	};

	const packs = {
		/** Inside a transaction; the last bytes are written by `flush`. */
		add(bytes: Uint8Array): Place {
			const key = hash('sha256', bytes, 'buffer').subarray(0, hashLength);
			if (open !== undefined && open.length + bytes.length > mostBytes) {
				packs.flush();
			}

			open ??= {id: (lastId.get() as number) + 1, parts: [], length: 0};
			const place = {packId: open.id, offset: open.length};
			const {changes} = enter.run(key, place.packId, place.offset, bytes.length);
			if (changes === 0) {
				return find.get(key) as Place;
			}

			open.parts.push(bytes);
			open.length += bytes.length;
			return place;
		},

		/** Before the transaction is committed, or what it added is read. */
		flush(): void {
			if (open !== undefined) {
				const {id, parts, length} = open;
				open = undefined;
				if (length > 0) {
					insert.run(id, length, pack(Buffer.concat(parts), level, 1));
				}
			}
		},

		/** Once the transaction was rolled back. */
		forget(): void {
			open = undefined;
			cache.clear();
		},

		/** Throws when they are damaged or missing. */
		read({packId, offset}: Place, length: number): Buffer {
			if (packId === open?.id) {
				packs.flush();
			}

			const bytes = unpacked(packId).subarray(offset, offset + length);
			if (bytes.length !== length) {
				throw new Error(`pack ${packId} is too short`);
			}

			return bytes;
		},
	};
	return packs;
};

export type Packs = ReturnType<typeof packsOf>;
