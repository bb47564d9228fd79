import {searchable} from '../../query/search-words.js';
import type {SearchPart} from '../search-index.js';
import type {Connection} from './database.js';

/** Pages written by one step of merging: some hundredths of a second. */
const pagesPerStep = 200;

/** Rows taken back in one step. */
const rowsPerStep = 2000;

/** One of the tables of words. */
export const wordTable = (db: Connection, part: SearchPart) => {
	const insert = db.prepare(`insert or replace into ${part} (rowid, text) values (?, cast(? as text))`);
	const remove = db.prepare(`delete from ${part} where rowid = ?`);
	const idsBetween = db
		.prepare(`select id from ${part}_docsize where id >= ? and id < ? order by id limit ${rowsPerStep}`)
		.pluck();
	const merge = db.prepare(`insert into ${part} (${part}, rank) values ('merge', ${pagesPerStep})`);
	const mergeAll = db.prepare(`insert into ${part} (${part}, rank) values ('merge', -${pagesPerStep})`);
	const changes = db.prepare('select total_changes()').pluck();

	/** Whether a step of merging wrote anything; SQLite counts the command itself as one change. */
	const hasWritten = (step: () => void): boolean => {
		const before = changes.get() as number;
		step();
		return (changes.get() as number) - before >= 2;
	};

	return {
		/** Ids should ascend, since a lower one has SQLite write out what it holds in memory. */
		write(id: number, text: string): void {
			insert.run(BigInt(id), searchable(text));
		},

		remove(id: number): void {
			remove.run(BigInt(id));
		},

		/** Takes back some rows of a range; false when there are none left. */
		removeSome(from: number, to: number): boolean {
			const ids = idsBetween.all(from, to) as number[];
			for (const id of ids) {
				remove.run(BigInt(id));
			}

			return ids.length === rowsPerStep;
		},

		removeAll(from: number, to: number): void {
			while (this.removeSome(from, to)) {}
		},

		/** Merges segments where many are of one size. */
		mergeSome: (): boolean => hasWritten(() => merge.run()),
		/** Begins to merge everything into one segment; `mergeSome` goes on with it. */
		beginMergeAll: (): boolean => hasWritten(() => mergeAll.run()),
	};
};
