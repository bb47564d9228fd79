import type {FileFailure} from '../model/problem.js';

/** How far the running ingest is; sent at most ten times a second. */
export type IngestProgress = {
	/**
	`finding` walks folders, `reading` derives sessions, `archiving` keeps raw lines, `indexing` makes words searchable,
	`redacting` looks for what must not be shown, 	`watching` waits for changes, `waiting` for another program that does all this.
	*/
	phase: 'finding' | 'reading' | 'archiving' | 'indexing' | 'redacting' | 'watching' | 'waiting';
	filesDone: number;
	filesTotal: number;
	bytesDone: number;
	bytesTotal: number;
	/** Bytes a second over the last seconds; 0 when unknown. */
	bytesPerSecond: number;
	/** Seconds until the phase ends; null when unknown. */
	secondsLeft: number | null;
	problems: number;
	failures: FileFailure[];
};

/** A phase of which nothing is counted yet. */
export const noProgress = (phase: IngestProgress['phase']): IngestProgress => ({
	phase,
	filesDone: 0,
	filesTotal: 0,
	bytesDone: 0,
	bytesTotal: 0,
	bytesPerSecond: 0,
	secondsLeft: null,
	problems: 0,
	failures: [],
});

/** A running ingest as the explorer sees it. */
export type IngestHandle = {
	onProgress(listener: (progress: IngestProgress) => void): void;
	/** Called after each commit that changed sessions; at most ten times a second. */
	onChange(listener: () => void): void;
	/** Called if the ingest cannot go on, with a sentence for the status line; with undefined once it does again. */
	onFailure(listener: (message: string | undefined) => void): void;
	/** Looks at all logs at once, whenever the next look would have been. */
	look(): void;
	/** Stops at once; what was committed stays. */
	stop(): Promise<void>;
};
