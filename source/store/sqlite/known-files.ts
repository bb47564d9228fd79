import type {KnownFile} from '../ingest-store.js';
import type {Connection} from './database.js';

type FileRow = Omit<
	KnownFile,
	'copied' | 'archived' | 'isGone' | 'isSuperseded' | 'size' | 'mtimeNs' | 'device' | 'inode'
> & {
	archived: bigint;
	isGone: bigint;
	isSuperseded: bigint;
	copiedPrompts: bigint | null;
	copiedThreadId: string | null;
	size: bigint;
	mtimeNs: bigint;
	device: bigint;
	inode: bigint;
};

const fileColumns = `
	id, key, path, format, archived, size, mtime_ns as mtimeNs, device, inode, generation, head_hash as headHash,
	end_hash as endHash, read_to as readTo, lines, blank_lines as blankLines, reader,
	unfinished_sequence as unfinishedSequence, archived_to as archivedTo, bytes, gone_at is not null as isGone,
	superseded_at is not null as isSuperseded,
	copied_prompts as copiedPrompts, copied_thread_id as copiedThreadId
`;

/** Integers come as BigInt, since inodes and nanoseconds may exceed 2^53. */
const fileOfRow = ({copiedPrompts, copiedThreadId, ...row}: FileRow): KnownFile => ({
	...row,
	copied:
		copiedPrompts === null || copiedThreadId === null ? null : {count: Number(copiedPrompts), threadId: copiedThreadId},
	id: Number(row.id),
	archived: row.archived !== 0n,
	size: Number(row.size),
	generation: Number(row.generation),
	readTo: Number(row.readTo),
	lines: Number(row.lines),
	blankLines: Number(row.blankLines),
	isGone: row.isGone !== 0n,
	isSuperseded: row.isSuperseded !== 0n,
	archivedTo: Number(row.archivedTo),
	bytes: Number(row.bytes),
	unfinishedSequence: row.unfinishedSequence === null ? null : Number(row.unfinishedSequence),
});

/** Prepares a query for files; `where` is what follows the table's name. */
export const fileQuery = (db: Connection, where: string) => {
	const statement = db.prepare(`select ${fileColumns} from files ${where}`).safeIntegers();
	return (...values: unknown[]): KnownFile[] => (statement.all(...values) as FileRow[]).map(row => fileOfRow(row));
};
