import {parentPort, workerData} from 'node:worker_threads';
import {NotStored, UserError} from '../model/problem.js';
import {ingestFound} from './ingest-found.js';
import type {FromRound, RoundStart} from './round-messages.js';

const send = (message: FromRound): void => parentPort?.postMessage(message);

const options = workerData as RoundStart;
try {
	const summary = await ingestFound({...options, onWait: () => send({type: 'waiting'})});
	send({type: 'done', summary});
} catch (error) {
	if (!(error instanceof UserError)) {
		throw error;
	}

	const notStored = error instanceof NotStored ? error.reason : null;
	send({type: 'refused', message: error.message, exitCode: error.exitCode, notStored});
}
