import {parentPort, workerData} from 'node:worker_threads';
import {UserError} from '../model/problem.js';
import {openIngestStore} from '../store/sqlite/open-ingest-store.js';
import {Ingest} from './ingest.js';
import type {FromWorker, ToWorker, WorkerStart} from './messages.js';
import {Ticker} from './ticker.js';

const {source, home, database, batchLines} = workerData as WorkerStart;

/** Pause between two looks at the disk: so long that looking takes at most half a per cent of the time. */
const pauseAfter = (tookMs: number): number => Math.max(2000, tookMs * 200);

const send = (message: FromWorker): void => parentPort?.postMessage(message);

let isStopping = false;
const ticker = new Ticker();
parentPort?.on('message', (message: ToWorker) => {
	if (message.type === 'stop') {
		isStopping = true;
		ticker.wake();
	}
});

const run = async (): Promise<void> => {
	const store = openIngestStore(database);
	const ingest = new Ingest(store, {
		source,
		home,
		batchLines,
		onProgress: progress => send({type: 'progress', progress}),
		onChange: () => send({type: 'changed'}),
		shouldStop: () => isStopping,
	});
	try {
		while (!isStopping) {
			const before = performance.now();
			await ingest.run();
			await ticker.wait(pauseAfter(performance.now() - before));
		}
	} finally {
		await store.close();
	}
};

try {
	await run();
} catch (error) {
	const message = error instanceof UserError ? error.message : `Reading stopped: ${(error as Error).message}`;
	send({type: 'failed', message});
} finally {
	parentPort?.close();
}
