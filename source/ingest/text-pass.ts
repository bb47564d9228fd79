import type {SliceReader} from '../files/slice-reader.js';
import type {Format} from '../formats/format.js';
import type {FileFailure} from '../model/problem.js';
import {wordsOf} from '../store/event-words.js';
import type {IngestStore, KnownFile} from '../store/ingest-store.js';
import type {FoundText, RecordedText, SearchIndex, SearchPart} from '../store/search-index.js';
import {isFileTrouble, reasonOf} from './file-trouble.js';
import {type Lengths, linesOfLog, readEvent} from './lines-of-log.js';
import type {ProgressMeter} from './progress-meter.js';

/** Logs indexed in one transaction: the newest ones first, with ids ascending among them. */
const groupBytes = 64 * 1024 * 1024;

/** Bytes that are looked at: pictures make lines long, and texts are indexed up to 256 kB. */
const wordLengths: Lengths = {longestLine: 1024 * 1024, beginning: 1024 * 1024, longestEvent: 8 * 1024 * 1024};

type Target = {store: IngestStore; search: SearchIndex; format: Format};

export type Indexing = {
	/** Takes logs that cannot be read. */
	failures: FileFailure[];
	meter: ProgressMeter;
	/** Asked between small steps. */
	shouldPause: () => boolean;
	/** Keys of the only logs whose words may have changed; all logs are looked at when left out. */
	keys?: readonly string[] | undefined;
};

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

	/** Indexes one part of the logs. False when it was left before the end. */
	async index(part: SearchPart, indexing: Indexing): Promise<boolean> {
		try {
			return this.hasFailed || (await this.indexAll(part, indexing));
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

	private async indexAll(part: SearchPart, indexing: Indexing): Promise<boolean> {
		if (!this.forget(indexing)) {
			return false;
		}

		this.startMeter(indexing);
		for (const group of groupsOf(this.behind(part, indexing))) {
			if (!(await this.indexGroup(part, group, indexing)) || indexing.shouldPause()) {
				return false;
			}
		}

		return part === 'messages' || this.merge(indexing);
	}

	private behind(part: SearchPart, {keys}: Indexing): KnownFile[] {
		return this.target.search.behind(part, keys).filter(file => this.unreadable.get(file.id) !== file.bytes);
	}

	/** Takes back what the index no longer tells. */
	private forget({keys, shouldPause}: Indexing): boolean {
		const {search} = this.target;
		for (;;) {
			search.begin();
			const isLeft = search.forgetSome(keys);
			search.commit();
			if (!isLeft || shouldPause()) {
				return !isLeft;
			}
		}
	}

	private startMeter({meter, failures, keys}: Indexing): void {
		const {files, filesDone, bytes, bytesDone} = this.target.search.progress(keys);
		if (filesDone < files) {
			meter.goOn('indexing', {filesDone, filesTotal: files, bytesDone, bytesTotal: bytes}, failures);
		}
	}

	/** Merges what was written in pieces. */
	private merge({keys, shouldPause}: Indexing): boolean {
		while (this.target.search.mergeSome(keys)) {
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
		{meter, failures, shouldPause}: Indexing,
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
		const reader = linesOfLog(this.target.store, file);
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

	private async read({id, records, lacksMessage}: RecordedText, reader: SliceReader): Promise<FoundText> {
		const {message, output} = wordsOf(await readEvent(this.target.format, records, reader, wordLengths));
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
