import type {Format} from '../formats/format.js';
import type {FileFailure} from '../model/problem.js';
import {type FieldText, textsOfEvent, textsOfPrompt} from '../redact/event-texts.js';
import type {Redactor} from '../redact/redactor.js';
import type {FindingsStep, SeenEvent, UnseenEvent} from '../store/findings-index.js';
import type {IngestStore, KnownFile} from '../store/ingest-store.js';
import type {SearchIndex} from '../store/search-index.js';
import {isFileTrouble, reasonOf} from './file-trouble.js';
import {type Lengths, linesOfLog, readEvent} from './lines-of-log.js';
import {LogValues} from './log-values.js';
import type {ProgressMeter} from './progress-meter.js';

/** As events are shown: what nobody sees need not be looked through. */
const shownLengths: Lengths = {
	longestLine: 16 * 1024 * 1024,
	beginning: 1024 * 1024,
	longestEvent: Number.POSITIVE_INFINITY,
};

/** Bytes that take more than a moment. */
const worthTelling = 32 * 1024 * 1024;

type Target = {store: IngestStore; search: SearchIndex; format: Format; redactor: Redactor};

export type Looking = {
	/** Asked between small steps. */
	shouldPause: () => boolean;
	meter?: ProgressMeter | undefined;
	/** Takes logs that cannot be read. */
	failures?: FileFailure[];
	/** Called once a log was looked through. */
	onLog?: (() => void) | undefined;
};

/**
Looks through all logs for what must not be shown, newest logs first, in small steps that take effect one by one. It can be
left after any of them, and goes on where it was; with other rules it begins anew.
*/
export class FindingsPass {
	/** Logs that could not be read, as long as nothing has changed about them. */
	private readonly unreadable = new Map<number, number>();
	/** The database is damaged, or another program looks by other rules now: who began last goes on. */
	private hasEnded = false;
	private hasBegun = false;
	/** Of one log at a time: what is known where the next step begins. */
	private known: {fileId: number; next: number; values: LogValues} | undefined;

	constructor(private readonly target: Target) {}

	/** Whether there may be something to do. */
	hasNews(): boolean {
		return !this.hasEnded && this.target.search.findings.hasNews();
	}

	/** False when it was left before the end. */
	async look(looking: Looking): Promise<boolean> {
		const {search} = this.target;
		try {
			return this.hasEnded || (await this.lookThrough(looking));
		} catch (error) {
			const trouble = search.troubleOf(error);
			if (trouble === null) {
				throw search.explain(error);
			}

			this.known = undefined;
			if (trouble === 'damaged') {
				// Words are lost with it, which the next start makes anew as well.
				this.hasEnded = true;
				search.discard();
			}

			return true;
		}
	}

	private async lookThrough(looking: Looking): Promise<boolean> {
		const {redactor, search} = this.target;
		const {findings} = search;
		if (!this.hasBegun) {
			findings.beginWith(redactor.fingerprint);
			this.hasBegun = true;
		} else if (!findings.areOf(redactor.fingerprint)) {
			this.hasEnded = true;
			return true;
		}

		while (findings.forgetSome()) {
			this.known = undefined;
			if (looking.shouldPause()) {
				return false;
			}
		}

		const behind = findings.behind().filter(file => this.unreadable.get(file.id) !== file.bytes);
		const {files, filesDone, bytes, bytesDone} = findings.progress();
		const isMuch = bytes - bytesDone > worthTelling;
		const meter = isMuch ? looking.meter : undefined;
		if (behind.length > 0) {
			meter?.goOn('redacting', {filesDone, filesTotal: files, bytesDone, bytesTotal: bytes}, looking.failures ?? []);
		}

		for (const file of behind) {
			if (!(await this.lookThroughLog(file, {...looking, meter})) || looking.shouldPause()) {
				return false;
			}
		}

		findings.settle();
		return true;
	}

	private async lookThroughLog(file: KnownFile, {shouldPause, meter, failures, onLog}: Looking): Promise<boolean> {
		const {store, search, format} = this.target;
		const reader = linesOfLog(store, file);
		const textsOf = async ({prompt, records}: UnseenEvent): Promise<FieldText[]> => {
			const event = records.length === 0 ? undefined : await readEvent(format, records, reader, shownLengths);
			return prompt === null
				? event === undefined
					? []
					: textsOfEvent(event)
				: textsOfPrompt({text: prompt, images: event?.kind === 'message' ? event.images : []});
		};

		try {
			for (;;) {
				const step = search.findings.next(file);
				const values = await this.valuesBefore(file, step, textsOf);
				const seen: SeenEvent[] = [];
				for (const event of step.events) {
					seen.push({id: event.id, ...values.look(await textsOf(event))});
				}

				const {bytes, isDone, next} = step.write(seen);
				this.known = {fileId: file.id, next, values};
				meter?.addBytes(bytes);
				if (isDone) {
					meter?.addFile(0);
					onLog?.();
					return true;
				}

				if (shouldPause()) {
					return false;
				}
			}
		} catch (error) {
			this.known = undefined;
			if (!isFileTrouble(error)) {
				throw error;
			}

			this.unreadable.set(file.id, file.bytes);
			failures?.push({path: file.path, reason: reasonOf(error)});
			return true;
		} finally {
			await reader.close();
		}
	}

	/** What is known of a log where a step begins: kept from the step before, else learned again. */
	private async valuesBefore(
		file: KnownFile,
		{from, thread, isTakenBack}: FindingsStep,
		textsOf: (event: UnseenEvent) => Promise<FieldText[]>,
	): Promise<LogValues> {
		const {redactor, search} = this.target;
		const {known} = this;
		if (known?.fileId === file.id && known.next === from && !isTakenBack) {
			return known.values;
		}

		const values = new LogValues(redactor, thread, value => search.findings.keyOf(value));
		for (const event of search.findings.lessons(file, from)) {
			values.look(await textsOf(event));
		}

		return values;
	}
}
