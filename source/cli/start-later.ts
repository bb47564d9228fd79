import type {IngestHandle} from '../ingest/progress.js';

/**
An ingest that starts when its time has come, so that the thread's own start holds up neither the first frame nor the first
rows. Stopped before that, it never starts.
*/
export const startLater = (start: () => IngestHandle, time: Promise<unknown>): IngestHandle => {
	let handle: IngestHandle | undefined;
	let isStopped = false;
	const waiting: ((handle: IngestHandle) => void)[] = [];
	const whenStarted = (act: (handle: IngestHandle) => void): void => {
		if (handle === undefined) {
			waiting.push(act);
		} else {
			act(handle);
		}
	};

	const begin = (): void => {
		if (isStopped) {
			return;
		}

		const started = start();
		handle = started;
		for (const act of waiting) {
			act(started);
		}
	};

	time.then(begin, begin);

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
			isStopped = true;
			await handle?.stop();
		},
	};
};
