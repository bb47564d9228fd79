import type {NotStored, UserError} from '../model/problem.js';
import type {IngestOptions, IngestSummary} from './ingest.js';

/** What a round in a thread of its own is told: everything but functions. */
export type RoundStart = Omit<IngestOptions, 'onProgress' | 'onFile' | 'onChange' | 'shouldStop' | 'onWait'> & {
	database: string;
};

export type FromRound =
	| {type: 'waiting'}
	| {type: 'done'; summary: IngestSummary}
	/** A `UserError`, which does not pass between threads as it is. */
	| {type: 'refused'; message: string; exitCode: UserError['exitCode']; notStored: NotStored['reason'] | null};
