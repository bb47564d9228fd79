import {unpackBlock} from './block-data.js';
import type {Connection} from './database.js';
import {pack, unpack} from './zstd.js';

type BlockRow = {data: Buffer; length: number; pieces: number};
type PieceRow = {hash: Buffer; packId: number; offset: number; length: number};

const placeOf = (packId: number, offset: number): string => `${packId}:${offset}`;

/** Pieces that some blocks refer to; undefined when a block is damaged, so that nobody knows. */
const referred = (blocks: Iterable<BlockRow>): {places: Set<string>; isWhole: boolean} => {
	const places = new Set<string>();
	let isWhole = true;
	for (const {data, length, pieces} of blocks) {
		try {
			for (const {packId, offset} of unpackBlock(data, length, pieces).references) {
				places.add(placeOf(packId, offset));
			}
		} catch {
			isWhole = false;
		}
	}

	return {places, isWhole};
};

const withPieces = 'select data, length, pieces from blocks where pieces > 0 and rollout_id';

/**
Takes out what only these rollouts refer to, before they are deleted; inside a transaction. The places of other bytes stay the same. Where
a block that stays is damaged, what no readable block refers to at all stays too.
*/
export const removePiecesOf = (db: Connection, rolloutIds: readonly number[]): void => {
	const ids = JSON.stringify(rolloutIds);
	const rows = (sql: string) => db.prepare(sql).iterate(ids) as IterableIterator<BlockRow>;
	const leaving = referred(rows(`${withPieces} in (select value from json_each(?))`));
	const staying = referred(rows(`${withPieces} not in (select value from json_each(?))`));
	const isUnused = ({packId, offset}: PieceRow): boolean => {
		const place = placeOf(packId, offset);
		return !staying.places.has(place) && (staying.isWhole || leaving.places.has(place));
	};

	const pieces = db.prepare('select hash, pack_id as packId, "offset", length from pieces').all() as PieceRow[];
	const drop = db.prepare('delete from pieces where hash = ?');
	const dropPack = db.prepare('delete from packs where id = ?');
	const packOf = db.prepare('select length, data from packs where id = ?');
	const rewrite = db.prepare('update packs set data = ? where id = ?');
	for (const [packId, inPack] of Map.groupBy(pieces, piece => piece.packId)) {
		const unused = inPack.filter(isUnused);
		for (const {hash} of unused) {
			drop.run(hash);
		}

		if (unused.length === inPack.length) {
			dropPack.run(packId);
		} else if (unused.length > 0) {
			const {length, data} = packOf.get(packId) as {length: number; data: Buffer};
			const bytes = Buffer.from(unpack(data, length));
			for (const {offset, length: taken} of unused) {
				bytes.fill(0, offset, offset + taken);
			}

			rewrite.run(pack(bytes, 1, 1), packId);
		}
	}
};
