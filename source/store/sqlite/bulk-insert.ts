import type {Statement} from 'better-sqlite3';
import type {Connection} from './database.js';

/** Rows per statement: binding many at once costs half of binding each alone. */
const sizes = [64, 8, 1] as const;

/**
Inserts many rows with few statements. A column is a name, or `name = value` for one whose value is fixed
and need not be bound; `valuesOf` gives the values of the others, in order.
*/
export const bulkInsert = (db: Connection, table: string, columns: readonly string[], conflict = '') => {
	const parts = columns.map(column => column.split(' = '));
	const names = parts.map(([name]) => `"${name}"`).join(', ');
	const row = `(${parts.map(([, fixed = '?']) => fixed).join(', ')})`;
	const width = parts.filter(([, fixed]) => fixed === undefined).length;
	// Long statements take their time to prepare: only when there are as many rows.
	const prepare = (size: number): Statement =>
		db.prepare(`insert into ${table} (${names}) values ${new Array(size).fill(row).join(', ')} ${conflict}`);
	const batches = sizes.map(size => ({size, values: new Array<unknown>(size * width).fill(null)}));
	const statements = new Map<number, Statement>();

	return <Row>(rows: readonly Row[], valuesOf: (row: Row) => readonly unknown[]): void => {
		let done = 0;
		for (const {size, values} of batches) {
			for (; rows.length - done >= size; done += size) {
				for (let index = 0; index < size; index++) {
					const rowValues = valuesOf(rows[done + index] as Row);
					for (let column = 0; column < width; column++) {
						values[index * width + column] = rowValues[column];
					}
				}

				const statement = statements.get(size) ?? prepare(size);
				statements.set(size, statement);
				// As arguments: the elements of an array are fetched one by one.
				statement.run(...values);
			}
		}
	};
};
