import {compilersGiveWay} from '../threads/give-way.js';
import {startThread} from '../threads/start-thread.js';
import {ingestLimits} from './ingest-limits.js';
import type {FromWorker, ToWorker, WorkerStart} from './messages.js';
import type {IngestHandle, IngestProgress} from './progress.js';

/** Starts reading in a thread of its own, and goes on watching for changes. */
export const startIngest = (start: WorkerStart): IngestHandle => {
	compilersGiveWay();
	const worker = startThread('ingest-worker', {workerData: start, resourceLimits: ingestLimits});
	let onProgress: (progress: IngestProgress) => void = () => {};
	let onChange = (): void => {};
	let onFailure: (message: string | undefined) => void = () => {};
	let isStopping = false;
	worker.on('message', (message: FromWorker) => {
		switch (message.type) {
			case 'progress': {
				onProgress(message.progress);
				break;
			}

			case 'changed': {
				onChange();
				break;
			}

			case 'failed': {
				onFailure(message.message);
				break;
			}

			case 'recovered': {
				onFailure(undefined);
				break;
			}
		}
	});
	worker.on('error', error => {
		if (!isStopping) {
			onFailure(`Reading stopped: ${error.message}`);
		}
	});

	return {
		onProgress(listener) {
			onProgress = listener;
		},
		onChange(listener) {
			onChange = listener;
		},
		onFailure(listener) {
			onFailure = listener;
		},
		look() {
			worker.postMessage({type: 'look'} satisfies ToWorker);
		},
		async stop() {
			isStopping = true;
			// Whatever was not committed is rolled back by SQLite at the next start.
			await worker.terminate();
		},
	};
};
