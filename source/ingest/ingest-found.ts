import type {LogLook} from '../files/find-rollouts.js';
import type {SearchIndex} from '../store/search-index.js';
import {openIngestLock} from '../store/sqlite/ingest-lock.js';
import {openIngestStore} from '../store/sqlite/open-ingest-store.js';
import {openSearchIndex} from '../store/sqlite/open-search-index.js';
import {Ingest, type IngestOptions, type IngestSummary} from './ingest.js';
import {openFindingsPass} from './open-findings-pass.js';
import {takeTurn} from './take-turn.js';

/** What was found longer ago than this, in ms, is looked for again. */
const freshLookMs = 40;

/** One round on a database of its own: waits until no other program ingests, opens it, brings it up to date, closes it. */
export const ingestFound = async (
	options: IngestOptions & {database: string},
	look?: LogLook,
): Promise<IngestSummary> => {
	const lock = openIngestLock(options.database);
	const askedAt = performance.now();
	try {
		if (!(await takeTurn(lock, options))) {
			return {found: 0, files: [], failures: [], bytes: 0, wasStopped: false, isLeftToAnother: true};
		}

		const hasWaited = performance.now() - askedAt > freshLookMs;
		const store = openIngestStore(options.database);
		let search: SearchIndex | undefined;
		try {
			search = options.withTexts ? openSearchIndex(options.database) : undefined;
			// Rules that cannot be read are told before anything is done.
			const findings =
				search && options.withFindings ? await openFindingsPass(store, search, options.ruleFolders) : undefined;
			const summary = await new Ingest(store, options, search).run(hasWaited ? undefined : look);
			await findings?.look({shouldPause: options.shouldStop ?? (() => false), failures: summary.failures});
			return summary;
		} finally {
			search?.close();
			await store.close();
		}
	} finally {
		lock.close();
	}
};
