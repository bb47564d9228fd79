import type {Statement} from 'better-sqlite3';
import type {Connection} from './database.js';

/** Rows per statement: binding many at once costs half of binding each alone. */
const sizes = [64, 8, 1] as const;
const [mostRows] = sizes;

/** Rows on their way into one table. */
export type BulkInsert = {
	/** Takes a row; it is in the table after the next `flush` at the latest. */
	add(values: readonly unknown[]): void;
	/** Writes the rows that wait. */
	flush(): void;
	/** Forgets the rows that wait. */
	drop(): void;
};

/**
Inserts many rows with few statements. A column is a name, or `name = value` for one whose value is fixed
and need not be bound; a row has the values of the others, in order.
*/
export const bulkInsert = (db: Connection, table: string, columns: readonly string[], conflict = ''): BulkInsert => {
	const parts = columns.map(column => column.split(' = '));
	const names = parts.map(([name]) => `"${name}"`).join(', ');
	const row = `(${parts.map(([, fixed = '?']) => fixed).join(', ')})`;
	const width = parts.filter(([, fixed]) => fixed === undefined).length;
	// Long statements take their time to prepare: only when there are as many rows.
	const prepare = (size: number): Statement =>
		db.prepare(`insert into ${table} (${names}) values ${new Array(size).fill(row).join(', ')} ${conflict}`);
	const statements = new Map<number, Statement>();
	/** Values of the rows that wait, one row after the other. */
	const values = new Array<unknown>(mostRows * width).fill(null);
	let filled = 0;

	const run = (size: number, rows: readonly unknown[]): void => {
		const statement = statements.get(size) ?? prepare(size);
		statements.set(size, statement);
		// As arguments: the elements of an array are fetched one by one.
		statement.run(...rows);
	};

	const flush = (): void => {
		const end = filled;
		filled = 0;
		for (let from = 0; from < end; ) {
			const size = sizes.find(size => from + size * width <= end) ?? 1;
			run(size, values.slice(from, from + size * width));
			from += size * width;
		}
	};

	return {
		add(row) {
			for (let column = 0; column < width; column++) {
				values[filled++] = row[column];
			}

			if (filled === values.length) {
				filled = 0;
				run(mostRows, values);
			}
		},
		flush,
		drop() {
			filled = 0;
		},
	};
};
