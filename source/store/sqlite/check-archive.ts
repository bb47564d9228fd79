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

/**
Unpacks everything that the archive holds; tells at most so many faults. Empty when all of it can be had back, and for
the archive of an older release, which is checked once it was migrated.
*/
export const archiveFaults = (db: Connection, mostFaults: number): string[] => {
	if ((db.pragma('user_version', {simple: true}) as number) < 2) {
		return [];
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
	const faultOf = ({firstLine, length, pieces, data}: BlockRow): string | undefined => {
		const line = next ?? firstLine;
		next = undefined;
		try {
			const {references, text} = unpackBlock(data, length, pieces);
			next = firstLine + linesIn(text);
			const lost = references.find(
				reference => reference.offset + (reference.length / 4) * 3 > packLength(reference.packId),
			);
			return lost === undefined
				? firstLine === line
					? undefined
					: `begin at line ${firstLine} instead of ${line}`
				: `refer to pack ${lost.packId}, which cannot be read`;
		} catch (error) {
			return `cannot be read: ${(error as Error).message}`;
		}
	};

	const faults: string[] = [];
	let before = {rolloutId: -1, end: 0};
	for (const id of ids) {
		const block = blockById.get(id) as BlockRow;
		const {rolloutId, path, offset, length} = block;
		const isFirst = rolloutId !== before.rolloutId;
		const end = isFirst ? 0 : before.end;
		next = isFirst ? 1 : next;
		if (offset !== end) {
			faults.push(`${path}: bytes ${end} to ${offset} are missing`);
		}

		const fault = faultOf(block);
		if (fault !== undefined) {
			faults.push(`${path}: bytes ${offset} to ${offset + length} ${fault}`);
		}

		before = {rolloutId, end: offset + length};
		if (faults.length >= mostFaults) {
			break;
		}
	}

	return faults.slice(0, mostFaults);
};

const isSound = ({length, data}: {length: number; data: Buffer}): boolean => {
	try {
		return unpack(data, length).length === length;
	} catch {
		return false;
	}
};
