import {parentPort, workerData} from 'node:worker_threads';
import {readPrices} from '../config/read-prices.js';
import {codex} from '../formats/codex/index.js';
import {UserError} from '../model/problem.js';
import {openStore} from '../store/sqlite/open.js';
import type {Store} from '../store/store.js';
import type {FromSearch, SearchStart, ToSearch} from './messages.js';
import {openSearchHere} from './open-search-here.js';
import {type LearnFacts, learnFrom} from './session-facts.js';

const {database} = workerData as SearchStart;
let store: Store | undefined;
let learn: LearnFacts | undefined;
const search = openSearchHere({
	database,
	format: codex,
	async learn(filters) {
		store ??= await openStore(database, codex);
		learn ??= learnFrom(store, readPrices);
		return learn(filters);
	},
});
const send = (message: FromSearch): void => parentPort?.postMessage(message);

const failed = (id: number, error: unknown): void =>
	send({
		type: 'failed',
		id,
		message: error instanceof Error ? error.message : String(error),
		isUserError: error instanceof UserError,
	});

parentPort?.on('message', async (message: ToSearch) => {
	switch (message.type) {
		case 'ask': {
			const {id, request} = message;
			search.ask(
				request,
				answer => send({type: 'answer', id, answer}),
				error => failed(id, error),
			);
			break;
		}

		case 'cancel': {
			search.cancel();
			break;
		}

		case 'values': {
			const {id, name, beginning} = message;
			try {
				send({type: 'values', id, values: await search.values(name, beginning)});
			} catch (error) {
				failed(id, error);
			}

			break;
		}

		case 'close': {
			await search.close();
			await store?.close();
			send({type: 'closed'});
			parentPort?.close();
			break;
		}
	}
});
