import type {IngestHandle, IngestProgress} from '../../source/ingest/progress.js';

export type QuietIngest = IngestHandle & {
	progress: (progress: Partial<IngestProgress>) => void;
	change: () => void;
	fail: (message: string) => void;
	isStopped: () => boolean;
	/** How often a look was asked for. */
	looks: () => number;
};

const watching: IngestProgress = {
	phase: 'watching',
	filesDone: 0,
	filesTotal: 0,
	bytesDone: 0,
	bytesTotal: 0,
	bytesPerSecond: 0,
	secondsLeft: null,
	problems: 0,
	failures: [],
};

/** An ingest that does nothing until a test says what it reports. */
export const quietIngest = (): QuietIngest => {
	const listeners: {
		progress?: (progress: IngestProgress) => void;
		change?: () => void;
		failure?: (message: string) => void;
	} = {};
	let stopped = false;
	let looks = 0;
	return {
		onProgress(listener) {
			listeners.progress = listener;
		},
		onChange(listener) {
			listeners.change = listener;
		},
		onFailure(listener) {
			listeners.failure = listener;
		},
		look() {
			looks++;
		},
		looks: () => looks,
		async stop() {
			stopped = true;
		},
		progress: progress => listeners.progress?.({...watching, ...progress}),
		change: () => listeners.change?.(),
		fail: message => listeners.failure?.(message),
		isStopped: () => stopped,
	};
};
