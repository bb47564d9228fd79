import {parentPort, workerData} from 'node:worker_threads';
import {UserError} from '../model/problem.js';
import {openIngestStore} from '../store/sqlite/open-ingest-store.js';
import {openSearchIndex} from '../store/sqlite/open-search-index.js';
import {Ingest} from './ingest.js';
import type {FromWorker, ToWorker, WorkerStart} from './messages.js';
import {Ticker} from './ticker.js';

const {source, home, sqliteHome, database, batchLines} = workerData as WorkerStart;

/**
Pause between two looks at the disk, by what the last look without news took: half a per cent of the time
goes into looking, on a home so large that this would mean more than ten seconds a little more.
*/
const pauseAfter = (lookMs: number): number => Math.min(10_000, Math.max(2000, lookMs * 200));

/** As long may indexing go on before new lines are looked for. */
const textMs = 2000;

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
	const search = openSearchIndex(database);
	const ingest = new Ingest(
		store,
		{
			source,
			home,
			sqliteHome: sqliteHome ?? null,
			batchLines,
			onProgress: progress => send({type: 'progress', progress}),
			onChange: () => send({type: 'changed'}),
			shouldStop: () => isStopping,
			textMs,
		},
		search,
	);
	try {
		let lookMs = 0;
		let hadTextsLeft = false;
		while (!isStopping) {
			const before = performance.now();
			const {files, hasTextsLeft = false} = await ingest.run();
			const isLook = files.length === 0 && !hadTextsLeft && !hasTextsLeft;
			lookMs = isLook ? performance.now() - before : lookMs;
			hadTextsLeft = hasTextsLeft;
			await ticker.wait(hasTextsLeft ? 0 : pauseAfter(lookMs));
		}
	} finally {
		search.close();
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
