import {parentPort, workerData} from 'node:worker_threads';
import {giveWay} from './give-way.js';
import type {FromWorker, ToWorker, WorkerStart} from './messages.js';
import {Ticker} from './ticker.js';
import {watchLogs} from './watch.js';

const send = (message: FromWorker): void => parentPort?.postMessage(message);

let isStopping = false;
const ticker = new Ticker();
parentPort?.on('message', (message: ToWorker) => {
	if (message.type === 'stop') {
		isStopping = true;
		ticker.wake();
	}
});

giveWay();
try {
	await watchLogs({...(workerData as WorkerStart), send, ticker, shouldStop: () => isStopping});
} catch (error) {
	send({type: 'failed', message: `Reading stopped: ${(error as Error).message}`});
} finally {
	parentPort?.close();
}
