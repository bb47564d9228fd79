import {unpackBlock} from './block-data.js';
import type {Connection} from './database.js';
import {unpack} from './zstd.js';

type BlockRow = {
	rolloutId: number;
	path: string;
	offset: number;
	length: number;
	firstLine: number;
	pieces: number;
	data: Buffer;
};

const newline = 0x0a;

const linesIn = (text: Buffer): number => {
	let count = 0;
	for (let at = text.indexOf(newline); at !== -1; at = text.indexOf(newline, at + 1)) {
		count++;
	}

	return count;
};

/** Bytes of a log that the archive cannot give back. */
export type ArchiveDamage = {
	rolloutId: number;
	path: string;
	/** The first of them, and behind the last. */
	from: number;
	to: number;
	what: string;
	/** Packs that it refers to and that cannot be read. */
	lostPacks: number[];
};

/**
Unpacks everything that the archive holds; tells at most so many faults. Empty when all of it can be had back, and for
the archive of an older release, which is checked once it was migrated.
*/
export const archiveFaults = (db: Connection, mostFaults: number): string[] =>
	archiveDamage(db)
		.take(mostFaults)
		.map(({path, from, to, what}) => `${path}: bytes ${from} to ${to} ${what}`)
		.toArray();

/** As `archiveFaults`, one after the other and with where they are. */
export function* archiveDamage(db: Connection): Generator<ArchiveDamage> {
	if ((db.pragma('user_version', {simple: true}) as number) < 2) {
		return;
	}

	const ids = db.prepare('select id from blocks order by rollout_id, "offset"').pluck().all() as number[];
	const blockById = db.prepare(`
		select rollout_id as rolloutId, path, "offset", length, first_line as firstLine, pieces, data
		from blocks left join rollouts on rollouts.id = rollout_id where blocks.id = ?
	`);
	const packById = db.prepare('select length, data from packs where id = ?');
	const packs = new Map<number, number>();

	/** Length of a pack; -1 when it is damaged or missing. */
	const packLength = (id: number): number => {
		let length = packs.get(id);
		if (length === undefined) {
			const row = packById.get(id) as {length: number; data: Buffer} | undefined;
			length = row !== undefined && isSound(row) ? row.length : -1;
			packs.set(id, length);
		}

		return length;
	};

	/** Line that the next block begins with; undefined after one that cannot be read. */
	let next: number | undefined = 1;

	/** What is wrong with a block; undefined when nothing is. */
	const faultOf = ({
		firstLine,
		length,
		pieces,
		data,
	}: BlockRow): Pick<ArchiveDamage, 'what' | 'lostPacks'> | undefined => {
		const line = next ?? firstLine;
		next = undefined;
		try {
			const {references, text} = unpackBlock(data, length, pieces);
			next = firstLine + linesIn(text);
			const lostPacks = new Set(
				references
					.filter(reference => reference.offset + (reference.length / 4) * 3 > packLength(reference.packId))
					.map(({packId}) => packId),
			);
			if (lostPacks.size > 0) {
				return {what: `refer to pack ${[...lostPacks][0]}, which cannot be read`, lostPacks: [...lostPacks]};
			}

			return firstLine === line ? undefined : {what: `begin at line ${firstLine} instead of ${line}`, lostPacks: []};
		} catch (error) {
			return {what: `cannot be read: ${(error as Error).message}`, lostPacks: []};
		}
	};

	let before = {rolloutId: -1, end: 0};
	for (const id of ids) {
		const block = blockById.get(id) as BlockRow;
		const {rolloutId, path, offset, length} = block;
		const isFirst = rolloutId !== before.rolloutId;
		const end = isFirst ? 0 : before.end;
		next = isFirst ? 1 : next;
		if (offset !== end) {
			yield {rolloutId, path, from: end, to: offset, what: 'are missing', lostPacks: []};
		}

		const fault = faultOf(block);
		if (fault !== undefined) {
			yield {rolloutId, path, from: offset, to: offset + length, ...fault};
		}

		before = {rolloutId, end: offset + length};
	}
}

const isSound = ({length, data}: {length: number; data: Buffer}): boolean => {
	try {
		return unpack(data, length).length === length;
	} catch {
		return false;
	}
};
