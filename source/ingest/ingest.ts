import {type FoundFile, findRollouts, type LogLook, lookForLogs, type RolloutSource} from '../files/find-rollouts.js';
import {promptHistoryVersion, readPromptHistory} from '../files/prompt-history.js';
import {readThreadNames, threadNamesVersion} from '../files/thread-names.js';
import {codex} from '../formats/codex/index.js';
import type {FileFailure} from '../model/problem.js';
import type {IngestStore, KnownFile, Ledger} from '../store/ingest-store.js';
import type {SearchIndex, SearchPart} from '../store/search-index.js';
import {archiveLogs} from './archive-logs.js';
import {deriveAgain, noteGone} from './derive-again.js';
import {enterHistory} from './enter-history.js';
import {type FileOutcome, identityOf, isUnchanged} from './ingest-file.js';
import {changesSince, fewLogs, ledgerName, ledgerOf, missingSince} from './ledger.js';
import type {IngestProgress} from './progress.js';
import {ProgressMeter} from './progress-meter.js';
import {readLogs} from './read-logs.js';
import {mostLogs, RecentLogs} from './recent-logs.js';
import {type Indexing, TextPass} from './text-pass.js';

export type IngestOptions = {
	source: RolloutSource;
	/** Codex home that thread names come from; null when only files were given. */
	home: string | null;
	/** Where Codex keeps its databases, when not in its home. */
	sqliteHome?: string | null;
	/** Lines written at once. */
	batchLines: number;
	/** Only so many of the files that changed, newest first. */
	limit?: number;
	onProgress?: (progress: IngestProgress) => void;
	onFile?: (outcome: FileOutcome) => void;
	/** Called after each commit that changed what is listed. */
	onChange?: () => void;
	/** Asked between files and batches; true ends the run early, with everything read so far kept. */
	shouldStop?: () => boolean;
	/** Milliseconds that a round may spend on indexing words; no limit when left out. */
	textMs?: number;
	/** How often, in ms, a long round looks for what is being written meanwhile, and reads that first; never when left out. */
	newsMs?: number;
	/** Whether words are made searchable too; `ingestHome` opens what that takes. */
	withTexts?: boolean;
	/** How long a command waits for another program that is ingesting, in ms; for ever when absent. */
	patienceMs?: number;
	/** Called once when another program has been waited for a second. */
	onWait?: () => void;
};

export type IngestSummary = {
	found: number;
	files: FileOutcome[];
	failures: FileFailure[];
	bytes: number;
	wasStopped: boolean;
	/** Whether words are left to be indexed by the next round. */
	hasTextsLeft?: boolean;
	/** Another program was ingesting for longer than this one would wait: nothing was looked at. */
	isLeftToAnother?: true;
};

/** Logs that changed within so many ms may be written just now. */
const freshMs = 60_000;

/** Finds what changed below a source and brings the store up to date, newest sessions first. */
export class Ingest {
	private namesVersion = '';
	private historyVersion = '';
	private hasEnteredArchived = false;
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
		this.recent = new RecentLogs(options.source);
		this.texts = search === undefined ? undefined : new TextPass({store, search, format: codex});
	}

	private get surroundings() {
		const {source, home, sqliteHome = null} = this.options;
		return {source, home, sqliteHome, database: this.store.file, withTexts: this.texts !== undefined};
	}

	/** One round. A later round only pays a stat for each file that did not change. */
	async run(look: LogLook = lookForLogs(this.options.source)): Promise<IngestSummary> {
		const {options, surroundings} = this;
		const {failures} = look;
		const meter = new ProgressMeter(options.onProgress);
		meter.start('finding', [], []);
		if (options.newsMs !== undefined) {
			this.recent.remember(look.newest(mostLogs));
		}

		this.failures = failures;
		this.meanwhile.clear();
		const before = failures.length === 0 ? await this.store.ledger(ledgerName(surroundings)) : undefined;
		const ledger = ledgerOf(surroundings, look, before?.logs ?? 0);
		const few = before === undefined ? undefined : await this.fewChanges(before, ledger, look);
		const summary: IngestSummary = {found: ledger.logs, files: [], failures, bytes: 0, wasStopped: false};
		if (few === undefined) {
			await this.takeBackLedger();
			await this.readEverything(summary, meter);
		} else if (few.length > 0) {
			await this.takeBackLedger();
			await this.readFew(few, summary, meter);
		}

		if (few?.length !== 0) {
			await this.keepLedger({...ledger, logs: summary.found}, summary);
		}

		if (!summary.hasTextsLeft) {
			meter.start('watching', [], summary.failures);
		}

		return summary;
	}

	/** The few logs that changed since everything was read; undefined when everything is to be looked through. */
	private async fewChanges(before: Ledger, now: Ledger, look: LogLook): Promise<FoundFile[] | undefined> {
		const places = changesSince(before, now);
		const changed = places === undefined ? undefined : look.filesAt(places);
		if (places === undefined || changed === undefined) {
			return undefined;
		}

		const known = [...(await this.knownOf(changed)).values()];
		// A log that is there again may stand for one that has gone meanwhile.
		const isAgain = known.some(({isGone}) => isGone);
		return !isAgain && missingSince(before, now, places) === known.length ? changed : undefined;
	}

	private async takeBackLedger(): Promise<void> {
		await this.store.keepLedger(ledgerName(this.surroundings), null);
	}

	private async keepLedger(ledger: Ledger, summary: IngestSummary): Promise<void> {
		const {store, options} = this;
		const isAll =
			!summary.wasStopped &&
			!summary.hasTextsLeft &&
			summary.failures.length === 0 &&
			options.limit === undefined &&
			this.meanwhile.size === 0 &&
			// Another program may have kept words from being written.
			this.texts?.hasNews() !== true;
		if (isAll) {
			await store.keepLedger(ledgerName(this.surroundings), ledger);
			await store.commit();
		}
	}

	private async readEverything(summary: IngestSummary, meter: ProgressMeter): Promise<void> {
		const {files: found, failures} = findRollouts(this.options.source);
		summary.found = found.length;
		summary.failures = failures;
		this.failures = failures;
		const known = await this.enter(found);
		const changed = found.filter(file => !isKnownAsIs(known.get(file.key), file)).slice(0, this.options.limit);
		await this.noteGone(found, known, summary.failures);
		await this.nameThreads();
		await this.store.commit();
		meter.start('reading', changed, summary.failures);
		await this.readAll(changed, known, summary, meter);
		if (summary.wasStopped) {
			return;
		}

		await this.deriveAgain(found);
		await this.readHistory(summary);
		await this.finish(found, undefined, summary, meter);
	}

	/** What a whole round would come to when nothing else than these logs has changed: nothing else is looked at. */
	private async readFew(few: readonly FoundFile[], summary: IngestSummary, meter: ProgressMeter): Promise<void> {
		const {store} = this;
		const before = await this.knownOf(few);
		const fresh = few.filter(({key}) => !before.has(key));
		await store.enterFiles(fresh.toReversed().map(file => identityOf(file)));
		summary.found += fresh.length;
		const known = await this.knownOf(few);
		const changed = few.filter(file => !isKnownAsIs(known.get(file.key), file)).slice(0, this.options.limit);
		meter.start('reading', changed, summary.failures);
		await this.readAll(changed, known, summary, meter);
		if (summary.wasStopped) {
			return;
		}

		// A new log may stand for what the prompt history told of its thread.
		const isAll = fresh.length > 0;
		if (isAll) {
			await this.readHistory(summary);
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
			await this.archiveAll(found, await this.knownOf(found), summary, meter);
			await this.indexTexts('outputs', indexing, summary);
		}
	}

	private async knownOf(found: readonly FoundFile[]): Promise<Map<string, KnownFile>> {
		if (found.length > fewLogs) {
			return this.store.knownFiles();
		}

		const known = new Map<string, KnownFile>();
		for (const {key} of found) {
			const file = await this.store.knownFile(key);
			if (file !== undefined) {
				known.set(key, file);
			}
		}

		return known;
	}

	/** Tells when indexing has to make room for new lines, or for the end of the program. */
	private pauser(): () => boolean {
		const {textMs = Number.POSITIVE_INFINITY, shouldStop} = this.options;
		const until = performance.now() + textMs;
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
	): Promise<void> {
		const {source} = this.options;
		if ('home' in source) {
			await noteGone(this.store, {home: source.home, failures, there: keysOf(found)}, known);
		}
	}

	private async nameThreads(): Promise<void> {
		const {home, sqliteHome} = this.options;
		if (home === null) {
			return;
		}

		const version = threadNamesVersion(home, sqliteHome ?? home);
		if (version !== this.namesVersion) {
			this.namesVersion = version;
			await this.store.nameThreads(readThreadNames(home, sqliteHome ?? home).names);
		}
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

	private async readHistory(summary: IngestSummary): Promise<void> {
		const {store, options} = this;
		const version = options.home === null ? '-' : promptHistoryVersion(options.home);
		if (options.home === null || (version === this.historyVersion && summary.files.length === 0)) {
			return;
		}

		this.historyVersion = version;
		const history = readPromptHistory(options.home);
		summary.failures.push(...history.failures);
		await enterHistory({store, format: codex, batchLines: options.batchLines}, history);
		await store.commit();
		options.onChange?.();
	}

	private async deriveAgain(found: readonly FoundFile[]): Promise<void> {
		const {store, options} = this;
		if (!this.hasEnteredArchived) {
			this.hasEnteredArchived = true;
			await store.enterArchived();
		}

		const target = {
			store,
			format: codex,
			batchLines: options.batchLines,
			shouldStop: () => options.shouldStop?.() ?? false,
			onChange: () => options.onChange?.(),
		};
		await deriveAgain(target, keysOf(found));
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
		const known = await this.knownOf(again);
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
		await this.readAll(again, await this.knownOf(again), {...summary, files: [], bytes: 0}, meter);
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
