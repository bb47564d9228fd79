import type {RuleFolders} from '../config/read-redaction-rules.js';
import type {RolloutSource} from '../files/find-rollouts.js';
import type {IngestProgress} from './progress.js';

/** What the ingest thread is told when it starts. */
export type WorkerStart = {
	source: RolloutSource;
	/** Codex home that thread names come from; null when only files were given. */
	home: string | null;
	sqliteHome?: string | null;
	database: string;
	batchLines: number;
	/** Where rules are looked for by which logs are looked through; in the platform's folders when left out. */
	ruleFolders?: RuleFolders;
};

export type ToWorker =
	| {type: 'stop'}
	/** All logs are to be looked at without waiting for the next walk. */
	| {type: 'look'};

export type FromWorker =
	| {type: 'progress'; progress: IngestProgress}
	| {type: 'changed'}
	| {type: 'failed'; message: string}
	/** What had failed goes on. */
	| {type: 'recovered'};
