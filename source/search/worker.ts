import {parentPort, workerData} from 'node:worker_threads';
import {readPrices} from '../config/read-prices.js';
import {readRedactionRules} from '../config/read-redaction-rules.js';
import {createDisclosure, type Disclosure} from '../disclose/disclosure.js';
import {keepFollowing} from '../disclose/follow-decisions.js';
import {type Hiding, hidingBy} from '../disclose/hiding.js';
import {showSearch} from '../disclose/show-search.js';
import {codex} from '../formats/codex/index.js';
import {UserError} from '../model/problem.js';
import {assembleRedactor} from '../redact/assemble.js';
import {DecisionBook} from '../redact/decisions.js';
import {openStore} from '../store/sqlite/open.js';
import type {Store} from '../store/store.js';
import type {FromSearch, SearchStart, ToSearch} from './messages.js';
import {openSearchHere} from './open-search-here.js';
import {type LearnFacts, learnFrom} from './session-facts.js';

const {database} = workerData as SearchStart;
let disclosure: Disclosure | undefined;
let store: Store | undefined;
let learn: LearnFacts | undefined;
let hidden: Hiding | undefined;
/** Rules take a while to load; what is asked meanwhile waits. */
let disclosing = (async () => {
	const book = new DecisionBook();
	const own = createDisclosure(assembleRedactor({...(await readRedactionRules()), decisions: book}));
	store ??= await openStore(database, codex);
	await keepFollowing(store.redactions, book, own, {
		onChange() {},
		onFailure() {
			// Nothing is told any more without what was decided.
			disclosure = undefined;
			disclosing = Promise.reject(new Error('What you decided to redact cannot be followed.'));
			disclosing.catch(() => {});
		},
	});
	return own;
})();
disclosing.catch(() => {});

const hidingIn = (opened: Store): Hiding => {
	hidden ??= hidingBy(opened, disclosure as Disclosure);
	return hidden;
};

const hiding = openSearchHere({
	database,
	format: codex,
	hiding: {
		anywhere: (text, field, thread) => (disclosure as Disclosure).text(text, {field, thread}),
		async inSession(id, patience) {
			store ??= await openStore(database, codex);
			return hidingIn(store).inSession(id, patience);
		},
	},
	async learn(filters) {
		store ??= await openStore(database, codex);
		learn ??= learnFrom(store, readPrices, hidingIn(store).counts);
		return learn(filters);
	},
});
const search = showSearch(hiding, (text, place) => (disclosure as Disclosure).text(text, place));
const send = (message: FromSearch): void => parentPort?.postMessage(message);

/** An error may quote what could not be read. */
const shown = (words: string): string => disclosure?.text(words, {}) ?? words;

const failed = (id: number, error: unknown): void =>
	send({
		type: 'failed',
		id,
		message: shown(error instanceof Error ? error.message : String(error)),
		isUserError: error instanceof UserError,
	});

parentPort?.on('message', async (message: ToSearch) => {
	try {
		disclosure ??= await disclosing;
	} catch (error) {
		if ('id' in message) {
			failed(message.id, error);
			return;
		}
	}

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
