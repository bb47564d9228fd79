import type {Row} from '../text/span.js';

/**
Rows already drawn, by the thing they show. A row that comes out of here is the same object as last time,
which is how a pane knows that it need not draw it again.
*/
export const createRowCache = (): ((item: object, key: string, marks: unknown, make: () => Row) => Row) => {
	const rows = new WeakMap<object, {key: string; marks: unknown; row: Row}>();
	return (item, key, marks, make) => {
		const known = rows.get(item);
		if (known?.key === key && known.marks === marks) {
			return known.row;
		}

		const row = make();
		rows.set(item, {key, marks, row});
		return row;
	};
};
