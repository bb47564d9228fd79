import type {SearchPart} from '../search-index.js';
import type {Connection} from './database.js';

/** Messages are a fifth of the words. */
const weights: Record<SearchPart, number> = {messages: 0.2, outputs: 0.8};

/** How old an answer may be, in ms. */
const mostAgeMs = 500;

/** Share of the logs whose words are known, 0 to 1. */
export const indexedShare = (indexDb: Connection) => {
	const all = indexDb.prepare("select total(bytes) from files where superseded_at is null and reader <> ''").pluck();
	let share = 0;
	let at = Number.NEGATIVE_INFINITY;

	return (searchDb: Connection): number => {
		if (performance.now() - at > mostAgeMs) {
			const bytes = all.get() as number;
			const done = searchDb
				.prepare("select part, total(indexed_bytes) as bytes from progress where part <> 'findings' group by part")
				.all() as {
				part: SearchPart;
				bytes: number;
			}[];
			const weighted = done.reduce((sum, row) => sum + weights[row.part] * Math.min(row.bytes, bytes), 0);
			// Without the last digits, in which sums of parts differ from the whole.
			share = bytes === 0 ? 1 : Math.min(1, Math.round((weighted / bytes) * 1e6) / 1e6);
			at = performance.now();
		}

		return share;
	};
};
