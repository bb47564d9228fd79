import type {CopiedPrompts} from '../formats/format.js';
import type {Rows, SessionFacts} from '../formats/rows.js';

/** What the store remembers of a log file, to tell whether and where to go on reading. */
export type KnownFile = {
	id: number;
	key: string;
	path: string;
	format: string;
	archived: boolean;
	size: number;
	mtimeNs: bigint;
	device: bigint;
	inode: bigint;
	generation: number;
	/** Hashes of the file's beginning and of the bytes just before `readTo`, to notice a rewritten file. */
	headHash: string;
	endHash: string;
	/** Offset after the last complete line read. */
	readTo: number;
	/** Lines read completely, blank ones included. */
	lines: number;
	blankLines: number;
	/** Format and version that derived the rows, such as `codex/1`. */
	reader: string;
	isGone: boolean;
	/** An earlier version of a file that was rewritten. */
	isSuperseded: boolean;
	/** How far the archive holds the raw bytes, an unfinished last line included; or `damagedArchive`. */
	archivedTo: number;
	/** Decompressed length, an unfinished last line included. */
	bytes: number;
	/** What a comparison with other threads told about copies in this file. */
	copied: CopiedPrompts | null;
	/** Sequence of the first row that came from an unfinished last line; it will be read again. */
	unfinishedSequence: number | null;
};

/** The place and shape of a log file, as found on disk. */
export type FileIdentity = Pick<
	KnownFile,
	'key' | 'path' | 'format' | 'archived' | 'size' | 'mtimeNs' | 'device' | 'inode'
>;

/** How far reading has come, with the rows read since the last step. */
export type Progress = Pick<
	KnownFile,
	'headHash' | 'endHash' | 'readTo' | 'lines' | 'blankLines' | 'reader' | 'unfinishedSequence'
> & {
	/** State to go on with, see `RolloutReader.save`; null where a grown file is to be read from its start. */
	readerState: string | null;
	bytes: number;
	/** Set once the file was read to its end, so that an unchanged file is not read again. */
	identity: FileIdentity | null;
	rows: Rows;
	facts: SessionFacts;
	/** Thread id that the file name tells, when the log does not. */
	namedThreadId: string | null;
	/** Rollout id that the file name tells; differs from the thread id after a revert. */
	rolloutId: string | null;
};

/** Base64 that is kept apart: where it stood in its block, in which alphabet, and the bytes that it stands for. */
export type RawPiece = {at: number; alphabet: 'base64' | 'base64url'; bytes: Uint8Array};

/** How a source looked when everything in it had been read. */
export type Ledger = {
	/** Everything besides the logs that reading depends on: reader, thread names, the other databases. */
	surroundings: string;
	/** How many logs there are. */
	logs: number;
	/** One number per file, see `files/log-stamp.ts`; a log may lie in several files. */
	stamps: Float64Array;
};

/** A slice of a log's raw bytes on its way to the archive. */
export type RawBlock = {
	offset: number;
	length: number;
	firstLine: number;
	/** The slice without its pieces. */
	text: Uint8Array;
	pieces: RawPiece[];
};

/** In place of how far the archive goes, once some of it cannot be read and the log is still there. */
export const damagedArchive = -1;

/** A block as the archive gives it back, or what is missing between two. */
export type ArchivedBytes = {
	offset: number;
	length: number;
	/** Null where they cannot be had back. */
	bytes: Uint8Array | null;
	/** Null for what is missing. */
	firstLine: number | null;
};

/** Where the archive of a rollout ends. */
export type ArchiveEnd = {
	rolloutId: number;
	offset: number;
	line: number;
	/**
	Some of the first and last archived bytes, when the index does not know them to be of this file: it may have
	been made anew, and the log rewritten meanwhile.
	*/
	unproven: {offset: number; bytes: Uint8Array}[];
};

/** Why a file is begun anew: the first three are changes of the log itself. */
export type Restart = 'rewritten' | 'shortened' | 'saved again' | 'new reader';

/**
What the ingest writes. Changes take effect together at `commit`: those of the archive first, then what is derived,
so that the index never says of the archive what it does not durably hold.
*/
export type IngestStore = {
	/** Path of the index. */
	readonly file: string;
	knownFiles(): Promise<Map<string, KnownFile>>;
	knownFile(key: string): Promise<KnownFile | undefined>;
	/** Whether another program has committed anything since this was asked last. */
	changedByOthers(): Promise<boolean>;
	/** State that reading the file goes on with; null when it was not kept, and reading begins anew. */
	readerState(id: number): Promise<string | null>;
	/** Enters new files, in the order given, before any is read: ids follow that order. */
	enterFiles(files: readonly FileIdentity[]): Promise<void>;
	/** The file lies elsewhere, or was only touched. */
	moveFile(id: number, identity: FileIdentity): Promise<void>;
	/**
	Begins a file anew. What an earlier version of a rewritten file held is kept beside it; what an older
	reader derived is forgotten. Null when another process has meanwhile gone on with the file.
	*/
	restartFile(known: KnownFile, identity: FileIdentity, reason: Restart): Promise<KnownFile | null>;
	/** Writes what was read. False when another process has meanwhile gone on with the same file. */
	writeProgress(file: KnownFile, progress: Progress): Promise<boolean>;
	/** Enters what the archive holds and the index, made anew, does not know: logs that are gone, earlier versions. */
	enterArchived(): Promise<void>;
	/** Files and earlier versions of files that another reader than this one derived, with their archive whole. */
	outdatedFiles(reader: string): Promise<KnownFile[]>;
	/** Marks everything as derived by an older reader, so that the next ingest derives it again. */
	forgetReaders(): Promise<void>;
	/** Takes back a file that should not have been entered. Its raw bytes stay. */
	removeFile(id: number): Promise<void>;
	/** Threads that have a log, as opposed to lines of the prompt history. */
	threadsWithLogs(): Promise<Set<string>>;
	/** The file is missed on disk, or there again. What was read of it stays. */
	markGone(id: number, isGone: boolean): Promise<void>;
	/** Gives threads the names kept outside their logs. */
	nameThreads(names: ReadonlyMap<string, string>): Promise<void>;
	/**
	Files whose beginning turns out to be a copy of another thread, or less of a copy than their lines suggest.
	Compares the turns of the sessions written since the last call, or of those among them that logs with these keys tell; the
	answer is remembered as `copied`.
	*/
	findCopies(keys?: readonly string[]): Promise<string[]>;
	/** Makes everything since the last commit visible and lasting. */
	commit(): Promise<void>;
	/** Drops everything since the last commit. */
	rollBack(): Promise<void>;

	archiveEnd(file: KnownFile): Promise<ArchiveEnd>;
	/** A file's archived bytes from an offset on. */
	archivedBytes(file: KnownFile, from: number): AsyncIterable<Buffer>;
	/** Everything that the archive holds of a file, or should. */
	archivedBlocks(file: KnownFile): AsyncIterable<ArchivedBytes>;
	/** Keeps a block in place of one that is damaged or missing. Lasting from the next commit on. */
	replaceArchived(file: KnownFile, block: RawBlock): Promise<void>;
	/** Keeps the archived bytes as those of an earlier generation, and begins a new one. */
	beginGeneration(file: KnownFile): Promise<KnownFile>;
	/** Appends a block, or replaces the last one by it and what follows. Lasting from the next commit on. */
	archive(file: KnownFile, rolloutId: number, block: RawBlock): Promise<void>;

	ledger(source: string): Promise<Ledger | undefined>;
	/** Null where something is left to be done. */
	keepLedger(source: string, ledger: Ledger | null): Promise<void>;
	/** What is left to be done cannot be told from the logs. */
	dropLedgers(): Promise<void>;

	/** Checkpoints and closes; what was not committed is dropped. */
	close(): Promise<void>;
};
