import type {IngestHandle} from '../ingest/progress.js';

/**
An ingest that starts after a pause, so that the thread's own start does not hold up the first frame.
Stopped before that, it never starts.
*/
export const startLater = (start: () => IngestHandle, pauseMs: number): IngestHandle => {
	let handle: IngestHandle | undefined;
	const waiting: ((handle: IngestHandle) => void)[] = [];
	const whenStarted = (act: (handle: IngestHandle) => void): void => {
		if (handle === undefined) {
			waiting.push(act);
		} else {
			act(handle);
		}
	};

	const timer = setTimeout(() => {
		const started = start();
		handle = started;
		for (const act of waiting) {
			act(started);
		}
	}, pauseMs);

	return {
		onProgress(listener) {
			whenStarted(started => started.onProgress(listener));
		},
		onChange(listener) {
			whenStarted(started => started.onChange(listener));
		},
		onFailure(listener) {
			whenStarted(started => started.onFailure(listener));
		},
		look() {
			whenStarted(started => started.look());
		},
		async stop() {
			clearTimeout(timer);
			await handle?.stop();
		},
	};
};
