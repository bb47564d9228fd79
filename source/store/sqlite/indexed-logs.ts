import type {KnownFile} from '../ingest-store.js';
import type {SearchPart, TextProgress} from '../search-index.js';
import type {Connection} from './database.js';
import {fileQuery} from './known-files.js';
import {isOfSame, type PartProgress, type ProgressPart, type ProgressRows, progressKey} from './search-progress.js';

export const searchParts = ['messages', 'outputs'] as const satisfies SearchPart[];

/** Messages are a fifth of the words; secrets are looked for in all of a log at once. */
export const weights = {messages: 0.2, outputs: 0.8, findings: 1} as const satisfies Record<ProgressPart, number>;

/** Keys of the only logs that are looked at; all logs when left out. */
type Keys = readonly string[] | undefined;

const isPresent = "superseded_at is null and reader <> ''";

/**
Logs as the index tells them now, held against how far their words are indexed. `isSameEvent` tells whether the last event
that was indexed of a log still stands where it stood.
*/
export const indexedLogs = (
	indexDb: Connection,
	rows: ProgressRows,
	parts: readonly ProgressPart[],
	isSameEvent: (row: PartProgress) => boolean,
) => {
	const all = fileQuery(indexDb, `where ${isPresent} order by place desc`);
	const withKey = fileQuery(indexDb, `where ${isPresent} and key = ?`);
	const versionsOf = indexDb.prepare('select id from files where key = ?').pluck();
	let files: ReadonlyMap<number, KnownFile> = new Map();
	let filesVersion: number | undefined;
	const version = (): number => indexDb.pragma('data_version', {simple: true}) as number;

	/** Present logs by id, the newest first; all of them are read again when the index has changed. */
	const present = (keys: Keys): ReadonlyMap<number, KnownFile> => {
		if (keys !== undefined) {
			return byId(keys.flatMap(key => withKey(key)));
		}

		const now = version();
		if (now !== filesVersion) {
			files = byId(all());
			filesVersion = now;
		}

		return files;
	};

	/** What was indexed of the logs, earlier versions of them included. */
	const indexed = (keys: Keys): ReadonlyMap<string, PartProgress> => {
		if (keys === undefined) {
			return rows.all();
		}

		const ids = keys.flatMap(key => versionsOf.all(key) as number[]);
		const some = ids.flatMap(id => parts.flatMap(part => rows.get(part, id) ?? []));
		return new Map(some.map(row => [progressKey(row), row]));
	};

	const isCurrent = (row: PartProgress, file: KnownFile | undefined): boolean =>
		file !== undefined && isOfSame(row, file) && (row.bytes === file.bytes || isSameEvent(row));

	return {
		/** Changes whenever another connection writes to the index. */
		version,

		/** Id of a log of which something else is indexed than the index tells; undefined when there is none. */
		stray(keys: Keys): number | undefined {
			const now = present(keys);
			for (const row of indexed(keys).values()) {
				if (!isCurrent(row, now.get(row.fileId))) {
					return row.fileId;
				}
			}

			return undefined;
		},

		/** Logs with words that are not indexed yet, newest first. */
		behind(part: ProgressPart, keys: Keys): KnownFile[] {
			const done = indexed(keys);
			return [...present(keys).values()].filter(
				file => done.get(progressKey({part, fileId: file.id}))?.bytes !== file.bytes,
			);
		},

		progress(keys: Keys): TextProgress {
			const done = indexed(keys);
			const now = present(keys);
			const told: TextProgress = {files: now.size, filesDone: 0, bytes: 0, bytesDone: 0};
			for (const file of now.values()) {
				const reached = parts.map(part => done.get(progressKey({part, fileId: file.id})));
				told.bytes += file.bytes;
				told.filesDone += Number(reached.every(row => row?.bytes === file.bytes));
				for (const row of reached) {
					told.bytesDone += row === undefined ? 0 : weights[row.part] * Math.min(row.indexedBytes, file.bytes);
				}
			}

			return told;
		},
	};
};

const byId = (files: readonly KnownFile[]): ReadonlyMap<number, KnownFile> =>
	new Map(files.map(file => [file.id, file]));
