import {hash} from 'node:crypto';
import {LineSplitter} from '../files/line-splitter.js';
import {bytesOfFile, type LogBytes} from '../files/log-bytes.js';
import type {FoundFile} from '../files/rollout-collector.js';
import {namedStart} from '../files/rollout-name.js';
import type {Format, RolloutReader} from '../formats/format.js';
import type {SessionFacts} from '../formats/rows.js';
import type {LogLine} from '../model/log-line.js';
import type {FileIdentity, IngestStore, KnownFile, Restart} from '../store/ingest-store.js';
import {readerName} from './reader-name.js';

/** Bytes at the beginning and before the reading position that tell a grown file from a rewritten one. */
const signatureLength = 1024;

/** A batch is written at the latest after so many bytes of log. */
const batchBytes = 8 * 1024 * 1024;

export type FileOutcome = {
	path: string;
	change: 'new' | 'grown' | 'rewritten' | 'moved' | 'unchanged' | 'left to another process';
	/** What this run read. */
	bytes: number;
	lines: number;
	/** What the file holds in all. */
	prompts: number;
	toolCalls: number;
	problems: number;
	threadId: string | null;
};

export type FileReading = {
	store: IngestStore;
	format: Format;
	batchLines: number;
	/** Where the bytes come from, when not from the file. */
	bytes?: LogBytes;
	/** Called after each written batch with the bytes read so far; commits when it is time. */
	onBatch(bytes: number): Promise<void>;
};

export const identityOf = (found: FoundFile): FileIdentity => {
	const {key, path, format, archived, size, mtimeNs, dev, inode} = found;
	return {key, path, format, archived, size, mtimeNs, device: dev, inode};
};

/** Whether the file is as it was when it was read: one comparison of its stat. */
export const isUnchanged = (known: KnownFile, found: FoundFile, format: Format): boolean =>
	known.size === found.size &&
	known.mtimeNs === found.mtimeNs &&
	known.inode === found.inode &&
	known.device === found.dev &&
	known.path === found.path &&
	known.reader === readerName(format);

/** Moved to or from the archive folder, compressed or expanded: the content is the same. */
const isMoved = (known: KnownFile, found: FoundFile, format: Format): boolean =>
	known.size !== -1 &&
	known.mtimeNs === found.mtimeNs &&
	(known.format === found.format ? known.size === found.size : true) &&
	(known.path !== found.path || known.format !== found.format) &&
	known.reader === readerName(format);

type Signature = {head: string; end: string};

const noSignature: Signature = {head: '', end: ''};

const signature = async (bytes: LogBytes, readTo: number): Promise<Signature> => {
	if (readTo === 0) {
		return noSignature;
	}

	const length = Math.min(signatureLength, readTo);
	const head = await bytes.slice(0, length);
	const end = await bytes.slice(readTo - length, length);
	return {head: hash('sha1', head, 'hex'), end: hash('sha1', end, 'hex')};
};

/** Brings the store up to date with one file. Reading errors of the file system are thrown. */
export const ingestFile = async (reading: FileReading, known: KnownFile, found: FoundFile): Promise<FileOutcome> => {
	const {store, format} = reading;
	const identity = identityOf(found);
	if (isMoved(known, found, format)) {
		await store.moveFile(known.id, identity);
		return outcome(known, found, 'moved');
	}

	const before = await signature(bytesOf(reading, found), known.readTo);
	const isNew = known.readTo === 0 && known.reader === '';
	const isDocument = found.format === 'json';
	const hasSameBytes = before.head === known.headHash && before.end === known.endHash;
	const isSame = hasSameBytes && (!isDocument || found.size === known.readTo);
	if (!isNew && (!isSame || known.reader !== readerName(format))) {
		return readAgain(reading, known, found, restartReason(known, found, isSame), 'rewritten');
	}

	if (!isNew && (isDocument || !(await hasGrown(reading, known, found)))) {
		await store.moveFile(known.id, identity);
		return outcome(known, found, 'unchanged');
	}

	if (!isNew && (await store.readerState(known.id)) === null) {
		return readAgain(reading, known, found, 'new reader', 'grown');
	}

	return readFile(reading, known, found, isNew ? 'new' : 'grown');
};

/** Derives a file's rows again, although nothing about its bytes has changed. */
export const rederiveFile = async (reading: FileReading, known: KnownFile, found: FoundFile): Promise<FileOutcome> =>
	readAgain(reading, known, found, 'new reader', 'rewritten');

const readAgain = async (
	reading: FileReading,
	known: KnownFile,
	found: FoundFile,
	reason: Restart,
	change: FileOutcome['change'],
): Promise<FileOutcome> => {
	const fresh = await reading.store.restartFile(known, identityOf(found), reason);
	return fresh === null ? outcome(known, found, 'left to another process') : readFile(reading, fresh, found, change);
};

/** Whether there is more than was read, be it the rest of an unfinished line or of an interrupted run. */
const hasGrown = async (reading: FileReading, known: KnownFile, found: FoundFile): Promise<boolean> =>
	known.size === -1 || (await bytesOf(reading, found).slice(known.bytes, 1)).length > 0;

const bytesOf = (reading: FileReading, found: FoundFile): LogBytes => reading.bytes ?? bytesOfFile(identityOf(found));

const restartReason = (known: KnownFile, found: FoundFile, isSame: boolean): Restart => {
	if (isSame) {
		return 'new reader';
	}

	return found.format === 'json'
		? 'saved again'
		: found.format === 'jsonl' && found.size < known.readTo
			? 'shortened'
			: 'rewritten';
};

const outcome = (known: KnownFile, found: FoundFile, change: FileOutcome['change']): FileOutcome => ({
	path: found.path,
	change,
	bytes: 0,
	lines: known.lines,
	prompts: 0,
	toolCalls: 0,
	problems: 0,
	threadId: found.threadId,
});

const isBlankByte = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

const openBrace = 0x7b;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

const isBlank = ({bytes, length}: LogLine): boolean => {
	const from = bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
	return bytes.length === length && bytes.subarray(from).every(byte => isBlankByte(byte));
};

/** Codex compresses logs that lay idle for so long (format reference 1.4): nothing is expected to follow. */
const idleMs = 7 * 24 * 60 * 60 * 1000;

/** Bytes of a log that take long to read again. */
const longReading = 32 * 1024 * 1024;

/** Where reading stands: after a line, with the bytes that follow it so far. */
type Position = {offset: number; line: number; unfinished: number};

/** The unfinished last line, to be read for show. */
type Tail = {read: () => void};

/** Reads a file from where it was left, batch by batch. */
class FileRun {
	private readonly reader: RolloutReader;
	private blankLines: number;
	private linesSinceWrite = 0;
	private head: Buffer | undefined;
	/** The bytes before the end of the last complete line, where they came with one chunk. */
	private beforeEnd: Buffer | undefined;

	constructor(
		private readonly reading: FileReading,
		private known: KnownFile,
		private readonly found: FoundFile,
		readerState: string | null,
	) {
		this.reader = reading.format.reader(found.path, readerState, known.copied ?? undefined);
		this.blankLines = known.blankLines;
	}

	readonly take = (line: LogLine): void => {
		this.linesSinceWrite++;
		if (line.bytes[0] !== openBrace && isBlank(line)) {
			this.blankLines += line.isUnfinished ? 0 : 1;
		} else {
			this.reader.read(line);
		}
	};

	get isBatchFull(): boolean {
		return this.linesSinceWrite >= this.reading.batchLines;
	}

	/**
	Whether to keep the reader's state. Of a log that lay idle for long it is not worth its time: if that one does grow,
	it is read again from its start, unless that would take long.
	*/
	private mayGrow(offset: number): boolean {
		return offset > longReading || Date.now() - Number(this.found.mtimeNs / 1_000_000n) < idleMs;
	}

	/** Keeps what tells the file of a chunk whose lines were taken. The first of these is the one that stands at `readTo`. */
	see(chunk: Buffer, {offset, unfinished}: Position): void {
		if (this.head === undefined) {
			this.head = this.known.readTo === 0 ? Buffer.from(chunk.subarray(0, signatureLength)) : Buffer.alloc(0);
		}

		const end = chunk.length - unfinished;
		if (end > 0) {
			const length = Math.min(signatureLength, offset);
			this.beforeEnd = length > 0 && end >= length ? Buffer.from(chunk.subarray(end - length, end)) : undefined;
		}
	}

	/** The first bytes of the file, of which most were just read. */
	private async beginning(length: number): Promise<Buffer> {
		const {head} = this;
		return head !== undefined && head.length >= length
			? head.subarray(0, length)
			: bytesOf(this.reading, this.found).slice(0, length);
	}

	/** Hashes that tell the file by its beginning and by what stands before the position. */
	private async signatureHere(): Promise<Signature | undefined> {
		const end = this.beforeEnd;
		if (end === undefined) {
			return undefined;
		}

		const head = await this.beginning(end.length);
		return {head: hash('sha1', head, 'hex'), end: hash('sha1', end, 'hex')};
	}

	/**
	Writes what was read up to a line end; at the end of the file the unfinished line too. Answers whether the
	file is still ours. Before the end, nothing is written at a place that could not be found again.
	*/
	async write(position: Position, tail: Tail | null): Promise<'written' | 'later' | 'lost'> {
		const {reader, known} = this;
		const near = await this.signatureHere();
		if (near === undefined && tail === null) {
			return 'later';
		}

		const {head, end} = near ?? (await signature(bytesOf(this.reading, this.found), position.offset));
		const readerState = this.mayGrow(position.offset) ? reader.save() : null;
		const sequence = reader.sequence();
		tail?.read();
		const next = {
			headHash: head,
			endHash: end,
			readTo: position.offset,
			lines: position.line,
			blankLines: this.blankLines,
			reader: readerName(this.reading.format),
			readerState,
			unfinishedSequence: reader.sequence() > sequence ? sequence : null,
			bytes: position.offset + (tail === null ? 0 : position.unfinished),
		};
		const isWritten = await this.reading.store.writeProgress(known, {
			...next,
			identity: tail === null ? null : identityOf(this.found),
			rows: reader.take(),
			facts: this.datedFacts(),
			namedThreadId: this.found.threadId,
			rolloutId: this.found.rolloutId,
		});
		this.known = {...known, ...next};
		this.linesSinceWrite = 0;
		return isWritten ? 'written' : 'lost';
	}

	/** A log that tells no time began when its name says. */
	private datedFacts(): SessionFacts {
		const facts = this.reader.facts();
		return {...facts, startedAt: facts.startedAt ?? namedStart(this.found)};
	}

	summary(change: FileOutcome['change'], from: number): FileOutcome {
		const facts = this.reader.facts();
		return {
			path: this.found.path,
			change,
			bytes: this.known.bytes - from,
			lines: this.known.lines,
			prompts: facts.promptCount,
			toolCalls: facts.toolCallCount,
			problems: facts.problemCount,
			threadId: facts.threadId ?? this.found.threadId,
		};
	}
}

const readFile = async (
	reading: FileReading,
	known: KnownFile,
	found: FoundFile,
	change: FileOutcome['change'],
): Promise<FileOutcome> => {
	const run = new FileRun(reading, known, found, await reading.store.readerState(known.id));
	const isOurs =
		found.format === 'json' ? await readDocument(reading, run, found) : await readLines(reading, run, known, found);
	return run.summary(isOurs ? change : 'left to another process', known.readTo);
};

const readLines = async (reading: FileReading, run: FileRun, known: KnownFile, found: FoundFile): Promise<boolean> => {
	const splitter = new LineSplitter(run.take, {line: known.lines, offset: known.readTo});
	const position = (): Position => ({offset: splitter.offset, line: splitter.line, unfinished: splitter.unfinished});
	let writtenTo = known.readTo;
	for await (const chunk of bytesOf(reading, found).chunks(known.readTo)) {
		splitter.push(chunk);
		run.see(chunk, position());
		if (run.isBatchFull || splitter.offset - writtenTo >= batchBytes) {
			const answer = await run.write(position(), null);
			if (answer === 'lost') {
				return false;
			}

			if (answer === 'written') {
				await reading.onBatch(splitter.offset - writtenTo);
				writtenTo = splitter.offset;
			}
		}
	}

	const end = position();
	const answer = await run.write(end, {read: () => splitter.finish()});
	await reading.onBatch(end.offset + end.unfinished - writtenTo);
	return answer === 'written';
};

/** A document is rewritten as a whole with every save, so it is read as a whole. */
const readDocument = async (reading: FileReading, run: FileRun, found: FoundFile): Promise<boolean> => {
	const document = await bytesOf(reading, found).slice(0, Number.POSITIVE_INFINITY);
	const whole: LogLine = {line: 1, offset: 0, length: document.length, bytes: document};
	for (const line of reading.format.splitDocument(document) ?? [whole]) {
		run.take(line);
	}

	let lines = document.at(-1) === 0x0a || document.length === 0 ? 0 : 1;
	for (let at = document.indexOf(0x0a); at !== -1; at = document.indexOf(0x0a, at + 1)) {
		lines++;
	}

	const answer = await run.write({offset: document.length, line: lines, unfinished: 0}, {read() {}});
	await reading.onBatch(document.length);
	return answer === 'written';
};
