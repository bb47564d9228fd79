import {lookForLogs} from '../files/find-rollouts.js';
import type {IngestOptions, IngestSummary} from './ingest.js';
import {workLeft} from './ledger.js';

/** Whether somebody wants to be asked or told on the way, which only works on this thread. */
const isWatched = ({onProgress, onFile, onChange, shouldStop}: IngestOptions): boolean =>
	[onProgress, onFile, onChange, shouldStop].some(call => call !== undefined);

/**
Brings a database up to date with a source. Where nothing has changed since everything was read, neither the databases are
opened for use nor what reads logs is loaded; where there is much to read, that is done in a thread of its own.
*/
export const ingestHome = async (options: IngestOptions & {database: string}): Promise<IngestSummary> => {
	const look = lookForLogs(options.source);
	const work = workLeft({...options, withTexts: options.withTexts === true}, look);
	if (typeof work === 'object' && options.withFindings !== true) {
		return {found: work.known, files: [], failures: [], bytes: 0, wasStopped: false};
	}

	const isMuch = work === 'much' || options.withFindings === true;
	if (isMuch && !isWatched(options)) {
		const {runRound} = await import('./run-round.js');
		const {onWait, ...start} = options;
		return runRound(start, onWait);
	}

	const {ingestFound} = await import('./ingest-found.js');
	return ingestFound(options, look);
};
