import type {IngestStore, KnownFile} from '../store/ingest-store.js';
import {archiveFile} from './archive-file.js';
import {isFileTrouble, reasonOf} from './file-trouble.js';
import type {IngestOptions, IngestSummary} from './ingest.js';
import type {ProgressMeter} from './progress-meter.js';

/** Each commit of the archive waits for the disk. */
const commitBytes = 8 * 1024 * 1024;

type LogsToArchive = {
	store: IngestStore;
	options: Pick<IngestOptions, 'shouldStop'>;
	logs: readonly KnownFile[];
	summary: IngestSummary;
	meter: ProgressMeter;
	/** Called between two steps. */
	onGap(): Promise<void>;
};

/** Keeps the raw bytes of every log whose archive is behind. */
export const archiveLogs = async ({store, options, logs, summary, meter, onGap}: LogsToArchive): Promise<void> => {
	const behind = logs.filter(log => log.archivedTo < log.bytes);
	meter.start('archiving', behind, summary.failures);
	let uncommitted = 0;
	const onBytes = async (bytes: number): Promise<void> => {
		meter.addBytes(bytes);
		uncommitted += bytes;
		if (uncommitted >= commitBytes) {
			uncommitted = 0;
			await store.commit();
			await onGap();
		}
	};

	for (const log of behind) {
		if (options.shouldStop?.()) {
			summary.wasStopped = true;
			break;
		}

		try {
			await archiveFile(store, log, onBytes);
		} catch (error) {
			if (!isFileTrouble(error)) {
				throw error;
			}

			summary.failures.push({path: log.path, reason: reasonOf(error)});
		}

		meter.addFile(0);
		await onGap();
	}

	await store.commit();
};
