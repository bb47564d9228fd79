import {hash} from 'node:crypto';
import type {AuditDetail, AuditEntry, AuditFault, AuditKind} from '../redactions.js';
import type {AuditRow, RedactionQueries} from './redaction-queries.js';

const hashOf = ({seq, prevHash, at, actor, kind, ref, detail}: Omit<AuditRow, 'hash'>): string =>
	hash('sha256', JSON.stringify([seq, prevHash, at, actor, kind, ref, detail]), 'hex');

/** Adds an entry, inside of the transaction that does what it tells. Answers its number. */
export const appendEntry = (
	queries: RedactionQueries,
	entry: {at: number; actor: string; kind: AuditKind; ref: string | null; detail: AuditDetail},
): number => {
	const last = queries.lastEntry();
	const row = {
		...entry,
		seq: Math.max(last?.seq ?? 0, queries.entriesWritten()) + 1,
		prevHash: last?.hash ?? '',
		detail: JSON.stringify(entry.detail),
	};
	queries.append({...row, hash: hashOf(row)});
	return row.seq;
};

/** Goes through the trail page by page and holds each entry against the one before it. */
export function* verifiedEntries(
	page: (after: number) => readonly AuditRow[],
	written: () => number,
): Generator<AuditEntry | AuditFault> {
	let seq = 0;
	let prevHash = '';
	for (let rows = page(0); rows.length > 0; rows = page(seq)) {
		for (const row of rows) {
			yield* faultsOf(row, seq, prevHash);
			yield entryOf(row);
			seq = row.seq;
			prevHash = row.hash;
		}
	}

	if (written() > seq) {
		yield {type: 'fault', seq, reason: `${entries(seq + 1, written())} taken away after it`};
	}
}

function* faultsOf(row: AuditRow, seq: number, prevHash: string): Generator<AuditFault> {
	if (row.seq !== seq + 1) {
		yield {type: 'fault', seq: row.seq, reason: `${entries(seq + 1, row.seq - 1)} taken away before it`};
	} else if (row.prevHash !== prevHash) {
		yield {type: 'fault', seq: row.seq, reason: 'it does not follow from the one before it'};
	}

	if (row.hash !== hashOf(row)) {
		yield {type: 'fault', seq: row.seq, reason: 'it was changed after it was written'};
	}
}

const entries = (from: number, to: number): string =>
	from === to ? `entry ${from} was` : `entries ${from} to ${to} were`;

const entryOf = ({seq, at, actor, kind, ref, detail}: AuditRow): AuditEntry => ({
	type: 'entry',
	seq,
	at,
	actor,
	kind: kind as AuditKind,
	ref,
	detail: detailOf(detail),
});

/** An entry that was changed by hand may hold anything. */
const detailOf = (text: string): AuditDetail => {
	try {
		return JSON.parse(text) as AuditDetail;
	} catch {
		return {};
	}
};
