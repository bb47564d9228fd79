import {parentPort, workerData} from 'node:worker_threads';
import {UserError} from '../model/problem.js';
import {openIngestStore} from '../store/sqlite/open-ingest-store.js';
import {Ingest} from './ingest.js';
import type {FromWorker, ToWorker, WorkerStart} from './messages.js';
import {Ticker} from './ticker.js';

const {source, home, sqliteHome, database, batchLines} = workerData as WorkerStart;

/**
Pause between two looks at the disk, by what the last look without news took: half a per cent of the time
goes into looking, on a home so large that this would mean more than ten seconds a little more.
*/
const pauseAfter = (lookMs: number): number => Math.min(10_000, Math.max(2000, lookMs * 200));

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
		sqliteHome: sqliteHome ?? null,
		batchLines,
		onProgress: progress => send({type: 'progress', progress}),
		onChange: () => send({type: 'changed'}),
		shouldStop: () => isStopping,
	});
	try {
		let lookMs = 0;
		while (!isStopping) {
			const before = performance.now();
			const {files} = await ingest.run();
			lookMs = files.length === 0 ? performance.now() - before : lookMs;
			await ticker.wait(pauseAfter(lookMs));
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
