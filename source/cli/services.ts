import type {RolloutSource} from '../files/find-rollouts.js';
import type {FileFailure} from '../ingest/progress.js';
import type {Store} from '../store/store.js';

/** What reading one log came to. */
export type IngestedFile = {
	path: string;
	/** `unchanged` files cost one look at their size and time. */
	outcome: 'new' | 'grown' | 'rewritten' | 'unchanged';
	/** Decompressed bytes read in this run. */
	bytes: number;
	lines: number;
	events: number;
	prompts: number;
	problems: number;
};

export type IngestRequest = {
	source: RolloutSource;
	/** Codex home with the names of threads. */
	codexHome: string | null;
	databasePath: string;
	/** Megabytes of logs per transaction. */
	batchSize: number;
	/** Most files to read, newest first. */
	limit?: number;
	onFile?: (file: IngestedFile) => void;
};

export type IngestSummary = {files: IngestedFile[]; failures: FileFailure[]};

/** What commands need from the rest of the program; tests pass their own. */
export type Services = {
	openStore(path: string): Promise<Store>;
	ingest(request: IngestRequest): Promise<IngestSummary>;
};
