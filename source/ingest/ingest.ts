import {type FoundFile, findRollouts, type LogLook, lookForLogs} from '../files/find-rollouts.js';
import {codex} from '../formats/codex/index.js';
import type {FileFailure} from '../model/problem.js';
import type {IngestStore, KnownFile} from '../store/ingest-store.js';
import type {SearchIndex, SearchPart} from '../store/search-index.js';
import {archiveLogs} from './archive-logs.js';
import {BesideLogs} from './beside-logs.js';
import {compareWithLast, knownOf} from './compare-with-last.js';
import {noteGone} from './derive-again.js';
import {identityOf, isUnchanged} from './ingest-file.js';
import type {IngestOptions, IngestSummary} from './ingest-options.js';
import {ProgressMeter} from './progress-meter.js';
import {readLogs} from './read-logs.js';
import {mostLogs, RecentLogs} from './recent-logs.js';
import {type Indexing, TextPass} from './text-pass.js';

export type {IngestOptions, IngestSummary} from './ingest-options.js';

/** Logs that changed within so many ms may be written just now. */
const freshMs = 60_000;

/** Finds what changed below a source and brings the store up to date, newest sessions first. */
export class Ingest {
	private readonly beside: BesideLogs;
	private readonly texts: TextPass | undefined;
	private readonly recent: RecentLogs;
	private failures: FileFailure[] = [];
	private lookedAt = performance.now();
	private isMakingRoom = false;
	/** Keys of logs that this round has read out of turn. */
	private readonly meanwhile = new Set<string>();

	constructor(
		private readonly store: IngestStore,
		private readonly options: IngestOptions,
		/** Where words are indexed; nowhere when left out. */
		search?: SearchIndex,
	) {
		this.beside = new BesideLogs(store, options);
		this.recent = new RecentLogs(options.source);
		this.texts = search === undefined ? undefined : new TextPass({store, search, format: codex});
	}

	/** One round. A later round only pays a stat for each file that did not change. */
	async run(look: LogLook = lookForLogs(this.options.source)): Promise<IngestSummary> {
		const {options, store} = this;
		const {source, home, sqliteHome = null} = options;
		const {failures} = look;
		const meter = new ProgressMeter(options.onProgress);
		meter.start('finding', [], []);
		if (options.newsMs !== undefined) {
			this.recent.remember(look.newest(mostLogs));
		}

		this.failures = failures;
		this.meanwhile.clear();
		const withTexts = this.texts !== undefined;
		const last = await compareWithLast(store, {source, home, sqliteHome, database: store.file, withTexts}, look);
		const {few} = last;
		const summary: IngestSummary = {found: last.logs, files: [], failures, bytes: 0, wasStopped: false};
		if (few?.length !== 0) {
			await last.takeBack();
			await (few === undefined ? this.readEverything(summary, meter) : this.readFew(few, summary, meter));
			if (this.isAllRead(summary)) {
				await last.keep(summary.found);
			}
		}

		if (!summary.hasTextsLeft) {
			meter.start('watching', [], summary.failures);
		}

		return summary;
	}

	private isAllRead({wasStopped, hasTextsLeft, failures}: IngestSummary): boolean {
		return (
			!wasStopped &&
			!hasTextsLeft &&
			failures.length === 0 &&
			this.options.limit === undefined &&
			this.meanwhile.size === 0 &&
			// Another program may have kept words from being written.
			this.texts?.hasNews() !== true
		);
	}

	private async readEverything(summary: IngestSummary, meter: ProgressMeter): Promise<void> {
		const {files, failures} = findRollouts(this.options.source);
		summary.failures = failures;
		this.failures = failures;
		const known = await this.enter(files);
		// What a person wants forgotten is not entered.
		const found = files.filter(({key}) => known.has(key));
		summary.found = found.length;
		const changed = found.filter(file => !isKnownAsIs(known.get(file.key), file)).slice(0, this.options.limit);
		const isAnyGone = await this.noteGone(found, known, summary.failures);
		await this.beside.nameThreads();
		await this.store.commit();
		if (isAnyGone) {
			this.options.onChange?.();
		}

		meter.start('reading', changed, summary.failures);
		await this.readAll(changed, known, summary, meter);
		if (summary.wasStopped) {
			return;
		}

		await this.beside.deriveAgain(keysOf(found));
		await this.beside.readHistory(summary);
		await this.finish(found, undefined, summary, meter);
	}

	/** What a whole round would come to when nothing else than these logs has changed: nothing else is looked at. */
	private async readFew(changes: readonly FoundFile[], summary: IngestSummary, meter: ProgressMeter): Promise<void> {
		const {store} = this;
		const before = await knownOf(this.store, changes);
		const come = changes.filter(({key}) => !before.has(key));
		await store.enterFiles(come.toReversed().map(file => identityOf(file)));
		const known = await knownOf(this.store, changes);
		const few = changes.filter(({key}) => known.has(key));
		const fresh = come.filter(({key}) => known.has(key));
		summary.found += fresh.length;
		const changed = few.filter(file => !isKnownAsIs(known.get(file.key), file)).slice(0, this.options.limit);
		meter.start('reading', changed, summary.failures);
		await this.readAll(changed, known, summary, meter);
		if (summary.wasStopped) {
			return;
		}

		// A new log may stand for what the prompt history told of its thread.
		const isAll = fresh.length > 0;
		if (isAll) {
			await this.beside.readHistory(summary);
		}

		await this.finish(few, isAll ? undefined : few.map(({key}) => key), summary, meter);
	}

	/** What follows from what was read: copies, the archive, words. With keys, only those logs are looked at. */
	private async finish(
		found: readonly FoundFile[],
		only: readonly string[] | undefined,
		summary: IngestSummary,
		meter: ProgressMeter,
	): Promise<void> {
		const keys = (await this.rereadCopies(only, summary, meter)) ? undefined : only;
		// Messages can be searched before raw lines are kept; outputs are many times as long.
		const indexing = {keys, meter, failures: summary.failures, shouldPause: this.pauser()};
		if (await this.indexTexts('messages', indexing, summary)) {
			await this.archiveAll(found, await knownOf(this.store, found), summary, meter);
			await this.indexTexts('outputs', indexing, summary);
		}
	}

	/** Tells when work that takes long has to make room for new lines, or for the end of the program; at the latest after so many ms. */
	pauser(mostMs = this.options.textMs ?? Number.POSITIVE_INFINITY): () => boolean {
		const {shouldStop} = this.options;
		const until = performance.now() + mostMs;
		return () =>
			(shouldStop?.() ?? false) || performance.now() >= until || (this.isTimeToLook() && this.news() !== 'none');
	}

	private isTimeToLook(): boolean {
		const {newsMs = Number.POSITIVE_INFINITY} = this.options;
		const now = performance.now();
		if (now - this.lookedAt < newsMs) {
			return false;
		}

		this.lookedAt = now;
		return true;
	}

	/** Between two steps of a long round: what is being written just now is read before the rest. */
	private async makeRoom(): Promise<void> {
		if (this.isMakingRoom || !this.isTimeToLook()) {
			return;
		}

		const news = this.news();
		this.isMakingRoom = true;
		try {
			if (news === 'lines') {
				await this.readLines(new ProgressMeter(undefined));
			} else if (news === 'logs') {
				await this.readNewLogs();
			}
		} finally {
			this.isMakingRoom = false;
		}
	}

	private async readNewLogs(): Promise<void> {
		const {files} = findRollouts(this.options.source);
		this.recent.remember(files);
		const known = await this.enter(files);
		const since = BigInt(Date.now() - freshMs) * 1_000_000n;
		await this.readMeanwhile(
			files.filter(file => file.mtimeNs > since && !isKnownAsIs(known.get(file.key), file)),
			known,
			new ProgressMeter(undefined),
		);
	}

	private async readMeanwhile(
		files: readonly FoundFile[],
		known: ReadonlyMap<string, KnownFile>,
		meter: ProgressMeter,
	): Promise<void> {
		const summary = {found: 0, files: [], failures: this.failures, bytes: 0, wasStopped: false};
		await this.readAll(files, known, summary, meter);
		for (const {key} of this.isMakingRoom ? files : []) {
			this.meanwhile.add(key);
		}
	}

	/** False when it was left before the end. */
	private async indexTexts(part: SearchPart, indexing: Indexing, summary: IngestSummary): Promise<boolean> {
		const {texts} = this;
		if (texts === undefined || summary.wasStopped || !texts.hasNews()) {
			return true;
		}

		summary.hasTextsLeft = !(await texts.index(part, indexing));
		return !summary.hasTextsLeft;
	}

	/** With `newsMs`, what a glance would have to do: nothing, read on in some logs, or make a whole round. */
	news(): 'none' | 'lines' | 'logs' {
		if (this.recent.haveFoldersChanged()) {
			return 'logs';
		}

		return this.recent.changed().length > 0 ? 'lines' : 'none';
	}

	/** Between two rounds: reads what the logs that changed last have got since. The next round archives it. */
	async glance(): Promise<void> {
		const meter = new ProgressMeter(this.options.onProgress);
		meter.start('watching', [], this.failures);
		this.meanwhile.clear();
		await this.readLines(meter);
	}

	private async readLines(meter: ProgressMeter): Promise<void> {
		const {store} = this;
		const changed = this.recent.changed();
		const known = new Map<string, KnownFile>();
		for (const file of changed) {
			const before = await store.knownFile(file.key);
			if (before !== undefined && !isKnownAsIs(before, file)) {
				known.set(file.key, before);
			}
		}

		await this.readMeanwhile(changed, known, meter);
		this.recent.update(changed);
	}

	/** Enters new files in ascending order of time, so that ids follow it. */
	private async enter(found: readonly FoundFile[]): Promise<Map<string, KnownFile>> {
		const known = await this.store.knownFiles();
		const fresh = found.filter(file => !known.has(file.key));
		if (fresh.length === 0) {
			return known;
		}

		await this.store.enterFiles(fresh.toReversed().map(file => identityOf(file)));
		await this.store.commit();
		return this.store.knownFiles();
	}

	/** Only a walk through a whole home can tell what is missing, and only where it could look. */
	private async noteGone(
		found: readonly FoundFile[],
		known: ReadonlyMap<string, KnownFile>,
		failures: readonly FileFailure[],
	): Promise<boolean> {
		const {source} = this.options;
		return 'home' in source && noteGone(this.store, {home: source.home, failures, there: keysOf(found)}, known);
	}

	private async readAll(
		changed: readonly FoundFile[],
		known: ReadonlyMap<string, KnownFile>,
		summary: IngestSummary,
		meter: ProgressMeter,
	): Promise<void> {
		const {store, options, meanwhile} = this;
		const isInTurn = !this.isMakingRoom;
		await readLogs({
			store,
			options,
			logs: changed.flatMap(found => {
				const before = known.get(found.key);
				return before === undefined ? [] : [{found, before}];
			}),
			summary,
			meter,
			isRead: ({key}) => isInTurn && meanwhile.has(key),
			onGap: async () => this.makeRoom(),
		});
	}

	/** Reads forks again whose copied beginning only the comparison with their parent tells. Answers whether there were any. */
	private async rereadCopies(
		only: readonly string[] | undefined,
		summary: IngestSummary,
		meter: ProgressMeter,
	): Promise<boolean> {
		const {store} = this;
		const keys = new Set(await store.findCopies(only));
		const again = keys.size === 0 ? [] : findRollouts(this.options.source).files.filter(({key}) => keys.has(key));
		const known = await knownOf(this.store, again);
		for (const file of again) {
			const before = known.get(file.key);
			if (before !== undefined) {
				await store.restartFile(before, identityOf(file), 'new reader');
			}
		}

		if (again.length > 0) {
			// Their words have to be indexed anew, which their files do not show.
			await store.dropLedgers();
		}

		// What was found and what follows from it take effect together.
		await store.commit();
		await this.readAll(again, await knownOf(this.store, again), {...summary, files: [], bytes: 0}, meter);
		return again.length > 0;
	}

	private async archiveAll(
		found: readonly FoundFile[],
		known: ReadonlyMap<string, KnownFile>,
		summary: IngestSummary,
		meter: ProgressMeter,
	): Promise<void> {
		const {store, options} = this;
		const logs = found.flatMap(({key}) => known.get(key) ?? []);
		await archiveLogs({store, options, logs, summary, meter, onGap: async () => this.makeRoom()});
	}
}

const keysOf = (found: readonly FoundFile[]): Set<string> => new Set(found.map(file => file.key));

const isKnownAsIs = (known: KnownFile | undefined, found: FoundFile): boolean =>
	known !== undefined && isUnchanged(known, found, codex);
