import {parentPort, workerData} from 'node:worker_threads';
import {giveWay} from '../threads/give-way.js';
import type {FromWorker, ToWorker, WorkerStart} from './messages.js';
import {Ticker} from './ticker.js';
import {watchLogs} from './watch.js';

const send = (message: FromWorker): void => parentPort?.postMessage(message);

let isStopping = false;
let isLookDue = false;
const takeLook = (): boolean => {
	const isDue = isLookDue;
	isLookDue = false;
	return isDue;
};

const ticker = new Ticker();
parentPort?.on('message', (message: ToWorker) => {
	if (message.type === 'stop') {
		isStopping = true;
	} else {
		isLookDue = true;
	}

	ticker.wake();
});

giveWay();
try {
	await watchLogs({...(workerData as WorkerStart), send, ticker, shouldStop: () => isStopping, takeLook});
} catch (error) {
	send({type: 'failed', message: `Reading stopped: ${(error as Error).message}`});
} finally {
	parentPort?.close();
}
