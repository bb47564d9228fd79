import {findRollouts} from '../files/find-rollouts.js';
import type {IngestOptions, IngestSummary} from './ingest.js';
import {isAsRead} from './ledger.js';

/**
Brings a database up to date with a source. Where nothing has changed since everything was read, neither the databases are
opened for use nor what reads logs is loaded.
*/
export const ingestHome = async (options: IngestOptions & {database: string}): Promise<IngestSummary> => {
	const found = findRollouts(options.source);
	if (isAsRead({...options, withTexts: options.withTexts === true}, found)) {
		return {found: found.files.length, files: [], failures: [], bytes: 0, wasStopped: false};
	}

	const {ingestFound} = await import('./ingest-found.js');
	return ingestFound(options, found);
};
