import path from 'node:path';
import {type FoundFile, findRollouts, type RolloutSource} from '../files/find-rollouts.js';
import {bytesInMemory, sliceOf} from '../files/log-bytes.js';
import {promptHistoryVersion, readPromptHistory} from '../files/prompt-history.js';
import {parseRolloutName} from '../files/rollout-name.js';
import {readThreadNames, threadNamesVersion} from '../files/thread-names.js';
import {codex} from '../formats/codex/index.js';
import type {FileFailure} from '../model/problem.js';
import type {IngestStore, KnownFile} from '../store/ingest-store.js';
import {openIngestStore} from '../store/sqlite/open-ingest-store.js';
import {archiveFile} from './archive-file.js';
import {type FileOutcome, identityOf, ingestFile, isUnchanged, readerName, rederiveFile} from './ingest-file.js';
import type {IngestProgress} from './progress.js';
import {ProgressMeter} from './progress-meter.js';

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
};

export type IngestSummary = {
	found: number;
	files: FileOutcome[];
	failures: FileFailure[];
	bytes: number;
	wasStopped: boolean;
};

/** Commits early at first, so that the newest sessions show at once, then less often. */
const commitBytes = 16 * 1024 * 1024;
const firstCommits = [20, 40, 60];

const reasonOf = (error: unknown): string => {
	const {code, message} = error as {code?: string; message?: string};
	switch (code) {
		case 'ENOENT': {
			return 'gone before it could be read';
		}

		case 'EACCES':
		case 'EPERM': {
			return 'permission denied';
		}

		default: {
			return message ?? String(error);
		}
	}
};

const isFileTrouble = (error: unknown): boolean => {
	const {code = ''} = error as {code?: string};
	return /^(E[A-Z]+|ZSTD_|ERR_|Z_)/.test(code) && !code.startsWith('ERR_ASSERTION');
};

/** Finds what changed below a source and brings the store up to date, newest sessions first. */
export class Ingest {
	private namesVersion = '';
	private historyVersion = '';
	private hasEnteredArchived = false;

	constructor(
		private readonly store: IngestStore,
		private readonly options: IngestOptions,
	) {}

	/** One round. A later round only pays a stat for each file that did not change. */
	async run(): Promise<IngestSummary> {
		const {store, options} = this;
		const meter = new ProgressMeter(options.onProgress);
		meter.start('finding', [], []);
		const {files: found, failures} = findRollouts(options.source);
		const known = await this.enter(found);
		const changed = found.filter(file => !isKnownAsIs(known.get(file.key), file)).slice(0, options.limit);
		await this.noteGone(found, known, failures);
		await this.nameThreads();
		await store.commit();
		meter.start('reading', changed, failures);
		const summary: IngestSummary = {found: found.length, files: [], failures, bytes: 0, wasStopped: false};
		await this.readAll(changed, known, summary, meter);
		if (!summary.wasStopped) {
			await this.rederive(found, summary);
			await this.readHistory(summary);
			await this.rereadCopies(found, summary, meter);
			await this.archiveAll(found, summary, meter);
		}

		meter.start('watching', [], failures);
		return summary;
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

	/** Notes which files of a Codex home are missed on disk, or there again. Only a walk without failures can tell. */
	private async noteGone(
		found: readonly FoundFile[],
		known: ReadonlyMap<string, KnownFile>,
		failures: readonly FileFailure[],
	): Promise<void> {
		const {source} = this.options;
		if (!('home' in source) || failures.length > 0) {
			return;
		}

		const there = new Set(found.map(file => file.key));
		const home = source.home.endsWith(path.sep) ? source.home : source.home + path.sep;
		for (const file of known.values()) {
			const isGone = !there.has(file.key) && file.path.startsWith(home);
			if (isGone !== file.isGone && (isGone || there.has(file.key))) {
				await this.store.markGone(file.id, isGone);
			}
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
		const {store, options} = this;
		let uncommitted = 0;
		let filesSinceCommit = 0;
		let commits = 0;
		const commit = async (): Promise<void> => {
			await store.commit();
			uncommitted = 0;
			filesSinceCommit = 0;
			commits++;
			options.onChange?.();
		};

		for (const file of changed) {
			if (options.shouldStop?.()) {
				summary.wasStopped = true;
				break;
			}

			const before = known.get(file.key);
			if (before === undefined) {
				continue;
			}

			try {
				const outcome = await ingestFile(
					{
						store,
						format: codex,
						batchLines: options.batchLines,
						async onBatch(bytes) {
							uncommitted += bytes;
							summary.bytes += bytes;
							meter.addBytes(bytes);
							if (uncommitted >= commitBytes) {
								await commit();
							}
						},
					},
					before,
					file,
				);
				summary.files.push(outcome);
				meter.addFile(outcome.problems);
				options.onFile?.(outcome);
			} catch (error) {
				if (!isFileTrouble(error)) {
					throw error;
				}

				summary.failures.push({path: file.path, reason: reasonOf(error)});
				meter.addFile(0);
			}

			filesSinceCommit++;
			if (filesSinceCommit >= (firstCommits[commits] ?? Number.POSITIVE_INFINITY)) {
				await commit();
			}
		}

		if (filesSinceCommit > 0) {
			await commit();
		}
	}

	/** Enters prompts of the history whose session has no log any more, and drops those whose log has come. */
	private async readHistory(summary: IngestSummary): Promise<void> {
		const {store} = this;
		const {home} = this.options;
		const version = home === null ? '-' : promptHistoryVersion(home);
		if (home === null || (version === this.historyVersion && summary.files.length === 0)) {
			return;
		}

		this.historyVersion = version;
		const history = readPromptHistory(home);
		summary.failures.push(...history.failures);
		const logged = await store.threadsWithLogs();
		const wanted = [...history.threads].filter(([thread]) => !logged.has(thread));
		const files = wanted.map(([thread, bytes]) => historyFile(history.path, thread, bytes.length));
		let known = await store.knownFiles();
		await store.enterFiles(files.filter(file => !known.has(file.key)).map(file => identityOf(file)));
		known = await store.knownFiles();
		for (const [index, file] of files.entries()) {
			const before = known.get(file.key);
			const bytes = wanted[index]?.[1];
			if (before === undefined || bytes === undefined || isKnownAsIs(before, file)) {
				continue;
			}

			const source = bytesInMemory(bytes);
			const reading = {store, format: codex, batchLines: this.options.batchLines, bytes: source, async onBatch() {}};
			await ingestFile(reading, before, file);
			const after = (await store.knownFiles()).get(file.key);
			if (after !== undefined) {
				await store.markGone(after.id, true);
				await archiveFile(store, after, async () => {}, source);
			}
		}

		for (const file of known.values()) {
			if (file.format === 'history' && logged.has(threadOfHistory(file.key))) {
				await store.removeFile(file.id);
			}
		}

		await store.commit();
		this.options.onChange?.();
	}

	/** Derives again what an older reader derived and no log holds any more: from the archive. */
	private async rederive(found: readonly FoundFile[], summary: IngestSummary): Promise<void> {
		const {store, options} = this;
		const there = new Set(found.map(file => file.key));
		if (!this.hasEnteredArchived) {
			this.hasEnteredArchived = true;
			await store.enterArchived();
		}

		const outdated = await store.outdatedFiles(readerName(codex));
		const known = outdated.length === 0 ? new Map<string, KnownFile>() : await store.knownFiles();
		for (const file of outdated) {
			if (options.shouldStop?.()) {
				summary.wasStopped = true;
				break;
			}

			const isCurrent = known.get(file.key)?.id === file.id;
			if (isCurrent && there.has(file.key)) {
				continue;
			}

			const bytes = {
				chunks: (from: number) => store.archivedBytes(file, from),
				slice: async (from: number, length: number) => sliceOf(store.archivedBytes(file, from), length),
			};
			const reading = {store, format: codex, batchLines: options.batchLines, bytes, async onBatch() {}};
			await rederiveFile(reading, file, foundAgain(file));
			await store.commit();
			options.onChange?.();
		}
	}

	/** Reads forks again whose copied beginning only the comparison with their parent tells. */
	private async rereadCopies(found: readonly FoundFile[], summary: IngestSummary, meter: ProgressMeter): Promise<void> {
		const {store} = this;
		const keys = new Set(await store.findCopies());
		const again = found.filter(file => keys.has(file.key));
		const known = await store.knownFiles();
		for (const file of again) {
			const before = known.get(file.key);
			if (before !== undefined) {
				await store.restartFile(before, identityOf(file), 'new reader');
			}
		}

		// What was found and what follows from it take effect together.
		await store.commit();
		if (again.length === 0) {
			return;
		}

		await this.readAll(again, await store.knownFiles(), {...summary, files: [], bytes: 0}, meter);
	}

	/** Keeps the raw bytes of every file whose archive is behind. */
	private async archiveAll(found: readonly FoundFile[], summary: IngestSummary, meter: ProgressMeter): Promise<void> {
		const {store, options} = this;
		const known = await store.knownFiles();
		const behind = found.flatMap(file => {
			const now = known.get(file.key);
			return now !== undefined && now.archivedTo < now.bytes ? [now] : [];
		});
		meter.start('archiving', behind, summary.failures);
		for (const file of behind) {
			if (options.shouldStop?.()) {
				summary.wasStopped = true;
				break;
			}

			try {
				await archiveFile(store, file, async bytes => {
					meter.addBytes(bytes);
					await store.commit();
				});
			} catch (error) {
				if (!isFileTrouble(error)) {
					throw error;
				}

				summary.failures.push({path: file.path, reason: reasonOf(error)});
			}

			meter.addFile(0);
		}

		await store.commit();
	}
}

const historyMark = '#';

const threadOfHistory = (key: string): string => key.slice(key.lastIndexOf(historyMark) + 1);

/** The lines of one thread in the prompt history, as if they were a file of their own. */
const historyFile = (path: string, threadId: string, size: number): FoundFile => ({
	path,
	key: `${path}${historyMark}${threadId}`,
	format: 'history',
	archived: false,
	size,
	mtimeNs: 0n,
	dev: 0n,
	inode: 0n,
	birthOrName: '',
	threadId,
	rolloutId: threadId,
});

/** A file as it was found last, for reading it from the archive. */
const foundAgain = (file: KnownFile): FoundFile => {
	const name = parseRolloutName(path.basename(file.path), 'given');
	const {key, archived, size, mtimeNs, device: dev, inode} = file;
	const threadId = file.format === 'history' ? threadOfHistory(key) : (name?.threadId ?? null);
	return {
		path: file.path,
		key,
		format: file.format as FoundFile['format'],
		archived,
		size,
		mtimeNs,
		dev,
		inode,
		birthOrName: '',
		threadId,
		rolloutId: name?.rolloutId ?? threadId,
	};
};

const isKnownAsIs = (known: KnownFile | undefined, found: FoundFile): boolean =>
	known !== undefined && isUnchanged(known, found, codex);

/** One round on a database of its own: opens it, brings it up to date, closes it. */
export const ingestHome = async (options: IngestOptions & {database: string}): Promise<IngestSummary> => {
	const store = openIngestStore(options.database);
	try {
		return await new Ingest(store, options).run();
	} finally {
		await store.close();
	}
};
