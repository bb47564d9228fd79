import Database from 'better-sqlite3';
import type {Ledger} from '../ingest-store.js';

export const ledgerQuery = 'select surroundings, stamps from ledgers where source = ?';

export const ledgerOfRow = (row: unknown): Ledger | undefined => {
	const {surroundings, stamps} = (row ?? {}) as {surroundings?: string; stamps?: Buffer};
	if (surroundings === undefined || stamps === undefined) {
		return undefined;
	}

	const numbers = new Float64Array(new Uint8Array(stamps).buffer);
	return {surroundings, logs: numbers[0] ?? 0, stamps: numbers.subarray(1)};
};

/** The number of logs and the stamps as they are kept in one column. */
export const ledgerBlob = ({logs, stamps}: Ledger): Buffer => {
	const numbers = new Float64Array(stamps.length + 1);
	numbers[0] = logs;
	numbers.set(stamps, 1);
	return Buffer.from(numbers.buffer);
};

/** The ledger of a source, with one look into the index; undefined where there is no index, or none that this release made. */
export const peekLedger = (file: string, source: string): Ledger | undefined => {
	let db: Database.Database | undefined;
	try {
		db = new Database(file, {readonly: true, fileMustExist: true});
		return ledgerOfRow(db.prepare(ledgerQuery).get(source));
	} catch {
		// Whatever is wrong is told when the database is opened for use.
		return undefined;
	} finally {
		db?.close();
	}
};
