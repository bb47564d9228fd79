import {NotStored, UserError} from '../model/problem.js';
import {startThread} from '../threads/start-thread.js';
import type {IngestSummary} from './ingest.js';
import {ingestLimits} from './ingest-limits.js';
import type {FromRound, RoundStart} from './round-messages.js';

/** One round in a thread whose heap is kept small: left alone, V8 takes several times what is in use. */
export const runRound = async (start: RoundStart, onWait: (() => void) | undefined): Promise<IngestSummary> => {
	const worker = startThread('round-worker', {workerData: start, resourceLimits: ingestLimits});
	return new Promise((resolve, reject) => {
		worker.on('message', (message: FromRound) => {
			switch (message.type) {
				case 'waiting': {
					onWait?.();
					break;
				}

				case 'done': {
					resolve(message.summary);
					break;
				}

				case 'refused': {
					const {message: words, exitCode, notStored} = message;
					reject(notStored === null ? new UserError(words, exitCode) : new NotStored(words, notStored));
					break;
				}
			}
		});
		worker.on('error', reject);
		worker.on('exit', code => reject(new Error(`Reading ended with code ${code}.`)));
	});
};
