import type {SearchPart} from '../search-index.js';
import type {Connection} from './database.js';

/** Every term of FTS5's own index begins with this byte; those of other indexes, which the tables do not have, with others. */
const mainIndex = 0x30;

/** More pages are not looked at: 10 ms. */
const mostPages = 1000;

/** Words with a beginning. */
export type Beginnings = {
	/** Those that stand in most places first. */
	words: string[];
	/** Whether there may be more. */
	isCut: boolean;
};

/**
Words of a table by their beginning. FTS5 answers a search for a beginning only after it has put together all places of all
words that have it: a tenth of a second for two letters. A search for the words themselves finds the first places at
once. So they are read here out of FTS5's pages (`fts5_index.c` tells their format, which is that of a file and stays);
fts5vocab would walk through all places of a word to come to the next word.
*/
export const wordBeginnings = (db: Connection, part: SearchPart) => {
	const segment = db.prepare(`select min(segid) from ${part}_idx where segid > ?`).pluck();
	const pages = db.prepare(`
		select block, (pgno >> 1) as page from ${part}_idx cross join ${part}_data on id = (segid << 37) + (pgno >> 1)
		where segid = @segment and term < @end
			and term >= coalesce((select max(term) from ${part}_idx where segid = @segment and term <= @start), @start)
		order by term limit ${mostPages + 1}
	`);

	return (beginning: string): Beginnings => {
		const start = Buffer.concat([Buffer.of(mainIndex), Buffer.from(beginning)]);
		const end = Buffer.concat([start, Buffer.of(0xff)]);
		const sizes = new Map<string, number>();
		let isCut = false;
		let id = segment.get(-1) as number | null;
		for (; id !== null; id = segment.get(id) as number | null) {
			const found = pages.all({segment: id, start, end}) as {block: Buffer; page: number}[];
			isCut ||= found.length > mostPages;
			for (const [index, {block, page}] of found.entries()) {
				const next = found[index + 1];
				const pagesToNext = next === undefined ? 0 : next.page - page - 1;
				addTerms(block, start, pagesToNext * block.length, sizes);
			}
		}

		const words = [...sizes].toSorted((a, b) => b[1] - a[1]).map(([word]) => word);
		return {words, isCut};
	};
};

/** Adds the terms of a page that have a beginning, with about how many bytes their places take. */
const addTerms = (page: Buffer, start: Buffer, bytesBehind: number, sizes: Map<string, number>): void => {
	const leafEnd = page.readUInt16BE(2);
	const places = new Varints(page, leafEnd);
	let term: Buffer = Buffer.alloc(0);
	let at = 0;
	while (places.at < page.length) {
		const isFirst = at === 0;
		at += places.next();
		const head = new Varints(page, at);
		const kept = isFirst ? 0 : head.next();
		const length = head.next();
		term = Buffer.concat([term.subarray(0, kept), page.subarray(head.at, head.at + length)]);
		if (term.length < start.length || term.compare(start, 0, start.length, 0, start.length) !== 0) {
			continue;
		}

		const isLast = places.at >= page.length;
		const end = isLast ? leafEnd + bytesBehind : at + places.peek();
		const word = term.toString('utf8', 1);
		sizes.set(word, (sizes.get(word) ?? 0) + Math.max(1, end - head.at - length));
	}
};

/** SQLite's numbers of one to nine bytes, seven bits in each, the highest first. */
class Varints {
	constructor(
		private readonly bytes: Buffer,
		public at: number,
	) {}

	next(): number {
		let value = 0;
		for (let length = 0; length < 9; length++) {
			const byte = this.bytes[this.at++] ?? 0;
			value = value * 128 + (byte & 0x7f);
			if (byte < 0x80) {
				break;
			}
		}

		return value;
	}

	peek(): number {
		const from = this.at;
		const value = this.next();
		this.at = from;
		return value;
	}
}
