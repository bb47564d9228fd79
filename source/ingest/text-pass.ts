import fs from 'node:fs';
import {bytesOfFile} from '../files/log-bytes.js';
import {SliceReader} from '../files/slice-reader.js';
import type {Format, RecordedLine} from '../formats/format.js';
import type {FileFailure} from '../model/problem.js';
import type {IngestStore, KnownFile} from '../store/ingest-store.js';
import type {FoundText, RecordedText, SearchIndex, SearchPart} from '../store/search-index.js';
import {archivedBytes} from './derive-again.js';
import {wordsOf} from './event-words.js';
import {isFileTrouble, reasonOf} from './file-trouble.js';
import type {ProgressMeter} from './progress-meter.js';

/** Logs indexed in one transaction: the newest ones first, with ids ascending among them. */
const groupBytes = 64 * 1024 * 1024;

/** Bytes of a line that are looked at: pictures make lines long, and texts are indexed up to 256 kB. */
const longestRecord = 1024 * 1024;

/** Bytes of all lines of one event that are looked at. */
const longestEvent = 8 * 1024 * 1024;

type Target = {store: IngestStore; search: SearchIndex; format: Format};

/** Asked between small steps. */
type ShouldPause = () => boolean;

/**
Indexes the words of all logs, newest logs first, in small steps. It can be left after any of them, and goes on where
it was.
*/
export class TextPass {
	/** Logs that could not be read, as long as nothing has changed about them. */
	private readonly unreadable = new Map<number, number>();

	/** The database turned out to be damaged. */
	private hasFailed = false;

	constructor(private readonly target: Target) {}

	/** Whether there may be something to do. */
	hasNews(): boolean {
		return !this.hasFailed && this.target.search.hasNews();
	}

	/** Indexes one part of all logs. False when it was left before the end. */
	async index(
		part: SearchPart,
		meter: ProgressMeter,
		failures: FileFailure[],
		shouldPause: ShouldPause,
	): Promise<boolean> {
		try {
			return this.hasFailed || (await this.indexAll(part, meter, failures, shouldPause));
		} catch (error) {
			const {search} = this.target;
			const trouble = search.troubleOf(error);
			if (trouble === null) {
				throw search.explain(error);
			}

			search.rollBack();
			if (trouble === 'damaged') {
				// Sessions are worth more than words: reading goes on, and the next start begins anew.
				this.hasFailed = true;
				search.discard();
			}

			return true;
		}
	}

	private async indexAll(
		part: SearchPart,
		meter: ProgressMeter,
		failures: FileFailure[],
		shouldPause: ShouldPause,
	): Promise<boolean> {
		if (!this.forget(shouldPause)) {
			return false;
		}

		this.startMeter(meter, failures);
		for (const group of groupsOf(this.behind(part))) {
			if (!(await this.indexGroup(part, group, meter, failures, shouldPause)) || shouldPause()) {
				return false;
			}
		}

		return part === 'messages' || this.merge(shouldPause);
	}

	private behind(part: SearchPart): KnownFile[] {
		return this.target.search.behind(part).filter(file => this.unreadable.get(file.id) !== file.bytes);
	}

	/** Takes back what the index no longer tells. */
	private forget(shouldPause: ShouldPause): boolean {
		const {search} = this.target;
		for (;;) {
			search.begin();
			const isLeft = search.forgetSome();
			search.commit();
			if (!isLeft || shouldPause()) {
				return !isLeft;
			}
		}
	}

	private startMeter(meter: ProgressMeter, failures: FileFailure[]): void {
		const {files, filesDone, bytes, bytesDone} = this.target.search.progress();
		if (filesDone < files) {
			meter.goOn('indexing', {filesDone, filesTotal: files, bytesDone, bytesTotal: bytes}, failures);
		}
	}

	/** Merges what was written in pieces. */
	private merge(shouldPause: ShouldPause): boolean {
		while (this.target.search.mergeSome()) {
			if (shouldPause()) {
				return false;
			}
		}

		this.target.search.settle();
		return true;
	}

	/** All that was indexed takes effect together with how far it is. */
	private async indexGroup(...group: Parameters<TextPass['indexFiles']>): Promise<boolean> {
		const {search} = this.target;
		search.begin();
		try {
			const isWhole = await this.indexFiles(...group);
			search.commit();
			return isWhole;
		} finally {
			search.rollBack();
		}
	}

	private async indexFiles(
		part: SearchPart,
		group: readonly KnownFile[],
		meter: ProgressMeter,
		failures: FileFailure[],
		shouldPause: ShouldPause,
	): Promise<boolean> {
		const weight = this.target.search.weightOf(part);
		for (const file of group) {
			const steps = part === 'messages' ? this.messageSteps(file) : this.outputSteps(file);
			try {
				for await (const {bytes, isDone} of steps) {
					meter.addBytes(bytes * weight);
					if (isDone && part === 'outputs') {
						meter.addFile(0);
					}

					if (shouldPause()) {
						return false;
					}
				}
			} catch (error) {
				if (!isFileTrouble(error)) {
					throw error;
				}

				this.unreadable.set(file.id, file.bytes);
				failures.push({path: file.path, reason: reasonOf(error)});
			}
		}

		return true;
	}

	private async *messageSteps(file: KnownFile) {
		for (let isDone = false; !isDone; ) {
			const step = this.target.search.indexMessages(file);
			yield step;
			isDone = step.isDone;
		}
	}

	private async *outputSteps(file: KnownFile) {
		const reader = this.linesOf(file);
		try {
			for (let isDone = false; !isDone; ) {
				const {events, write} = this.target.search.nextRecords(file);
				const found: FoundText[] = [];
				for (const event of events) {
					found.push(await this.read(event, reader));
				}

				const step = write(found);
				yield step;
				isDone = step.isDone;
			}
		} finally {
			await reader.close();
		}
	}

	/** Lines of a log that is there, else of the archive, which also finds them sooner than a compressed log. */
	private linesOf(file: KnownFile): SliceReader {
		const isPlain = file.format === 'jsonl' || file.format === 'json';
		const isArchived = file.archivedTo >= file.bytes;
		return (isPlain || !isArchived) && fs.existsSync(file.path)
			? new SliceReader(bytesOfFile(file), isPlain)
			: new SliceReader(archivedBytes(this.target.store, file), true);
	}

	private async read({id, records, lacksMessage}: RecordedText, reader: SliceReader): Promise<FoundText> {
		const {format} = this.target;
		const lines: RecordedLine[] = [];
		let room = longestEvent;
		for (const {line, part, offset, length} of records) {
			if (room <= 0) {
				break;
			}

			room -= length;
			const bytes = await reader.read(offset, Math.min(length, longestRecord));
			const whole = length > longestRecord ? format.closeRecord(bytes) : bytes;
			// A slice may be overwritten by the next.
			lines.push({line, part, bytes: records.length > 1 ? Buffer.from(whole) : whole});
		}

		const {message, output} = wordsOf(format.describe(lines));
		return {id, message: lacksMessage ? message : null, output};
	}
}

/** Files in groups of so many bytes, the ids of each ascending. */
const groupsOf = (files: readonly KnownFile[]): KnownFile[][] => {
	const groups: KnownFile[][] = [];
	let room = 0;
	for (const file of files) {
		if (room <= 0) {
			groups.push([]);
			room = groupBytes;
		}

		groups.at(-1)?.push(file);
		room -= file.bytes;
	}

	return groups.map(group => group.toSorted((a, b) => a.id - b.id));
};
