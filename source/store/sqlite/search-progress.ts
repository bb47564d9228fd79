import type {KnownFile} from '../ingest-store.js';
import type {SearchPart} from '../search-index.js';
import type {Connection} from './database.js';

/** Words of messages and outputs, and secrets. */
export type ProgressPart = SearchPart | 'findings';

/** How far one part of a log is indexed; see migrations/search. */
export type PartProgress = {
	part: ProgressPart;
	fileId: number;
	key: string;
	generation: number;
	reader: string;
	copiedPrompts: number | null;
	sequence: number;
	lastOffset: number | null;
	knownTo: number;
	indexedBytes: number;
	bytes: number | null;
};

/** What a log's rows were derived from; when it changes, they are other rows. */
export const isOfSame = (row: PartProgress, file: KnownFile): boolean =>
	row.key === file.key &&
	row.generation === file.generation &&
	row.reader === file.reader &&
	row.copiedPrompts === (file.copied?.count ?? null);

export const freshProgress = (part: ProgressPart, file: KnownFile): PartProgress => ({
	part,
	fileId: file.id,
	key: file.key,
	generation: file.generation,
	reader: file.reader,
	copiedPrompts: file.copied?.count ?? null,
	sequence: 0,
	lastOffset: null,
	knownTo: 0,
	indexedBytes: 0,
	bytes: null,
});

const columns = `part, file_id as fileId, key, generation, reader, copied_prompts as copiedPrompts, sequence,
	last_offset as lastOffset, known_to as knownTo, indexed_bytes as indexedBytes, bytes`;

export const progressKey = ({part, fileId}: Pick<PartProgress, 'part' | 'fileId'>): string => `${part} ${fileId}`;

export type ProgressRows = ReturnType<typeof progressRows>;

/** Rows of some parts of `progress`, all of them in memory once all were asked for: each step looks at them. */
export const progressRows = (db: Connection, parts: readonly ProgressPart[]) => {
	const isOurs = `part in (${parts.map(part => `'${part}'`).join(', ')})`;
	const all = db.prepare(`select ${columns} from progress where ${isOurs}`);
	const one = db.prepare(`select ${columns} from progress where part = ? and file_id = ?`);
	const write = db.prepare(`
		insert or replace into progress (
			part, file_id, key, generation, reader, copied_prompts, sequence, last_offset, known_to, indexed_bytes, bytes
		) values (
			@part, @fileId, @key, @generation, @reader, @copiedPrompts, @sequence, @lastOffset, @knownTo, @indexedBytes, @bytes
		)
	`);
	const remove = db.prepare(`delete from progress where file_id = ? and ${isOurs}`);
	let known: Map<string, PartProgress> | undefined;
	let knownVersion: unknown;

	/** By `progressKey`; read again when another program has written. */
	const everything = (): ReadonlyMap<string, PartProgress> => {
		const version = db.pragma('data_version', {simple: true});
		if (known === undefined || version !== knownVersion) {
			known = new Map((all.all() as PartProgress[]).map(row => [progressKey(row), row]));
			knownVersion = version;
		}

		return known;
	};

	return {
		all: everything,
		get: (part: ProgressPart, fileId: number) => one.get(part, fileId) as PartProgress | undefined,
		write: (row: PartProgress): void => {
			write.run(row);
			known?.set(progressKey(row), row);
		},
		remove: (fileId: number): void => {
			remove.run(fileId);
			for (const part of parts) {
				known?.delete(progressKey({part, fileId}));
			}
		},
		/** What was written since the last commit is no more. */
		forget: (): void => {
			known = undefined;
		},
	};
};
