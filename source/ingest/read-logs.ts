import type {FoundFile} from '../files/find-rollouts.js';
import {isOverwritten} from '../files/open-log.js';
import {codex} from '../formats/codex/index.js';
import type {IngestStore, KnownFile} from '../store/ingest-store.js';
import {isFileTrouble, reasonOf} from './file-trouble.js';
import type {IngestOptions, IngestSummary} from './ingest.js';
import {identityOf, ingestFile} from './ingest-file.js';
import type {ProgressMeter} from './progress-meter.js';

/** Commits early at first, so that the newest sessions show at once, then less often. */
const commitBytes = 64 * 1024 * 1024;
const firstCommits = [20, 40, 60];

type LogsToRead = {
	store: IngestStore;
	options: Pick<IngestOptions, 'batchLines' | 'onChange' | 'onFile' | 'shouldStop'>;
	logs: readonly {found: FoundFile; before: KnownFile}[];
	/** Takes what came of each. */
	summary: IngestSummary;
	meter: ProgressMeter;
	/** Whether a log has been read meanwhile. */
	isRead(found: FoundFile): boolean;
	/** Called between two logs. */
	onGap(): Promise<void>;
};

/** Reads logs one after the other. What cannot be read is told, and the others are read all the same. */
export const readLogs = async ({store, options, logs, summary, meter, isRead, onGap}: LogsToRead): Promise<void> => {
	let uncommitted = 0;
	let logsSinceCommit = 0;
	let commits = 0;
	const commit = async (): Promise<void> => {
		await store.commit();
		uncommitted = 0;
		logsSinceCommit = 0;
		commits++;
		options.onChange?.();
	};

	const onBatch = async (bytes: number): Promise<void> => {
		uncommitted += bytes;
		summary.bytes += bytes;
		meter.addBytes(bytes);
		if (uncommitted >= commitBytes) {
			await commit();
		}
	};

	for (const {found, before} of logs) {
		if (options.shouldStop?.()) {
			summary.wasStopped = true;
			break;
		}

		if (isRead(found)) {
			continue;
		}

		try {
			const reading = {store, format: codex, batchLines: options.batchLines, onBatch};
			const outcome = await ingestFile(reading, before, found);
			summary.files.push(outcome);
			meter.addFile(outcome.problems);
			options.onFile?.(outcome);
		} catch (error) {
			if (!isFileTrouble(error)) {
				throw error;
			}

			if (isOverwritten(error)) {
				await forgetBeginning(store, found, before);
			}

			summary.failures.push({path: found.path, reason: reasonOf(error)});
			meter.addFile(0);
		}

		logsSinceCommit++;
		if (logsSinceCommit >= (firstCommits[commits] ?? Number.POSITIVE_INFINITY)) {
			await commit();
		}

		await onGap();
	}

	if (logsSinceCommit > 0) {
		await commit();
	}
};

/** What this round has read of a new log that was overwritten meanwhile may be of neither content: nothing of it is kept. */
const forgetBeginning = async (store: IngestStore, found: FoundFile, before: KnownFile): Promise<void> => {
	const now = await store.knownFile(found.key);
	if (before.readTo === 0 && now !== undefined) {
		await store.restartFile(now, identityOf(found), 'new reader');
	}
};
