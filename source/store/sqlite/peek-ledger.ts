import Database from 'better-sqlite3';
import type {Ledger} from '../ingest-store.js';

export const ledgerQuery = 'select surroundings, stamps from ledgers where source = ?';

export const ledgerOfRow = (row: unknown): Ledger | undefined => {
	const {surroundings, stamps} = (row ?? {}) as {surroundings?: string; stamps?: Buffer};
	return surroundings === undefined || stamps === undefined
		? undefined
		: {surroundings, stamps: new Float64Array(new Uint8Array(stamps).buffer)};
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
