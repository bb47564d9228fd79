import fs from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {parentPort, workerData} from 'node:worker_threads';
import {readRedactionRules} from '../config/read-redaction-rules.js';
import {codex} from '../formats/codex/index.js';
import {previewNewest} from '../ingest/preview.js';
import {UserError} from '../model/problem.js';
import type {SessionId} from '../model/session.js';
import {assembleRedactor} from '../redact/assemble.js';
import {DecisionBook} from '../redact/decisions.js';
import {openStore} from '../store/sqlite/open.js';
import type {Store} from '../store/store.js';
import {giveWay, helpful} from '../threads/give-way.js';
import {createTextCheck} from './check-text.js';
import {createDisclosure} from './disclosure.js';
import {followDecisions, keepFollowing} from './follow-decisions.js';
import type {DisclosureStart, Failure, FromDisclosure, ToDisclosure} from './messages.js';
import {showStore} from './show-store.js';
import {showValue} from './show-value.js';
import {createTriage} from './triage.js';

type Method = (...args: readonly unknown[]) => unknown;

const send = (message: FromDisclosure): void => parentPort?.postMessage(message);

/** How an error is told, which may quote what could not be read; as it is while there are no rules, or what is wrong with them. */
let showWords = (text: string): string => text;

const failureOf = (error: unknown): Failure => ({
	message: showWords(error instanceof Error ? error.message : String(error)),
	stack: error instanceof Error && error.stack !== undefined ? showWords(error.stack) : undefined,
	exitCode: error instanceof UserError ? error.exitCode : null,
});

/** So often it is tried to open a database, and how long after one another, in ms. */
const mostTries = 6;
const pauseMs = 100;

/** A database that the ingest is just making cannot be opened for a moment, which looks like a drive without locks. */
const openPatiently = async (database: string, tries = 1): Promise<Store> => {
	try {
		return await openStore(database, codex);
	} catch (error) {
		if (tries === mostTries) {
			throw error;
		}

		await sleep(pauseMs);
		return openPatiently(database, tries + 1);
	}
};

const {database} = workerData as DisclosureStart;

/** What is not there yet holds no sessions. */
const hasDatabase = (): boolean => fs.existsSync(database);

const readRules = async () => {
	const book = new DecisionBook();
	const disclosure = createDisclosure(assembleRedactor({...(await readRedactionRules()), decisions: book}));
	showWords = text => disclosure.text(text, {});
	return {book, disclosure};
};

const rules = readRules();
rules.catch(() => {});

/** Everything that the thread serves, once rules are read and databases are open. */
const open = async () => {
	const {book, disclosure} = await rules;
	const store = await openPatiently(database);
	const {redactions} = store;
	const showAnew = (): void => send({type: 'changed', session: null});
	const stopFollowing = await keepFollowing(redactions, book, disclosure, {
		onChange: showAnew,
		onFailure: error => send({type: 'failure', message: failureOf(error).message}),
	});
	const onDecided = async (): Promise<void> => {
		await followDecisions(redactions, book, disclosure);
		showAnew();
	};
	const revealed = new Set<SessionId>();
	const checkText = createTextCheck(disclosure);
	const ways = {
		screen: showStore(store, {
			disclosure,
			isRevealed: id => revealed.has(id),
			onLearned: session => send({type: 'changed', session}),
		}),
		outgoing: showStore(store, {disclosure, decisions: book}),
	};
	const stopWatching = store.annotations.watch(() => send({type: 'annotated'}));
	return {
		ways,
		revealed,
		disclosure,
		store,
		check: async (text: string, session: SessionId) => checkText(text, (await store.session(session))?.threadId ?? ''),
		triage: createTriage(store, disclosure, onDecided),
		async undo() {
			const undone = await redactions.undo();
			await onDecided();
			return undone;
		},
		close: () => {
			stopWatching();
			stopFollowing();
			return store.close();
		},
	};
};

giveWay(helpful);
let opening: ReturnType<typeof open> | undefined;
const opened = (): ReturnType<typeof open> => {
	opening ??= open();
	// Told to whoever asks.
	opening.catch(() => {});
	return opening;
};

// The first rows of a home come from its logs: their database can be made afterwards.
if (hasDatabase()) {
	void opened();
}

const streams = new Map<number, AsyncIterator<unknown>>();
let lastStream = 0;

const methodOf = (store: object, name: string): Method =>
	name.split('.').reduce<unknown>((owner, key) => (owner as Record<string, unknown>)[key], store) as Method;

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
	typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** A thousand entries take the other thread some 2 ms to read. */
const partLength = 1000;

/** Numbers are read at once. */
const isLong = (value: unknown): value is unknown[] =>
	Array.isArray(value) && value.length > partLength && typeof value[0] === 'object';

async function* partsOf(list: readonly unknown[]): AsyncGenerator<unknown[]> {
	for (let from = 0; from < list.length; from += partLength) {
		yield list.slice(from, from + partLength);
	}
}

const answerPreview = async ({id, source, length}: Extract<ToDisclosure, {type: 'preview'}>): Promise<void> => {
	const {disclosure} = await rules;
	const isEmpty = !hasDatabase() || (await (await opened()).ways.screen.listSessions({limit: 1})).length === 0;
	const sessions = isEmpty ? previewNewest(source, length, codex) : [];
	send({type: 'answer', id, value: showValue(sessions, disclosure.text)});
};

const answer = async (message: Exclude<ToDisclosure, {type: 'end'}>): Promise<void> => {
	if (message.type === 'preview') {
		await answerPreview(message);
		return;
	}

	const {ways, revealed, disclosure, store, check, triage, undo, close} = await opened();
	const {id} = message;
	switch (message.type) {
		case 'call': {
			const called = methodOf(ways[message.way], message.name)(...message.args);
			if (isStream(called)) {
				lastStream++;
				streams.set(lastStream, called[Symbol.asyncIterator]());
				send({type: 'stream', id, stream: lastStream});
				break;
			}

			const value = await called;
			if (isLong(value)) {
				lastStream++;
				streams.set(lastStream, partsOf(value));
				send({type: 'parts', id, stream: lastStream});
			} else {
				send({type: 'answer', id, value});
			}

			break;
		}

		case 'next': {
			const {value, done = false} = (await streams.get(message.stream)?.next()) ?? {value: undefined, done: true};
			if (done) {
				streams.delete(message.stream);
			}

			send({type: 'item', id, result: {value, done}});
			break;
		}

		case 'ready': {
			send({type: 'answer', id, value: undefined});
			break;
		}

		case 'show': {
			send({type: 'answer', id, value: showValue(message.value, disclosure.text)});
			break;
		}

		case 'reveal': {
			const {session, isRevealed} = message;
			if (isRevealed) {
				const {threadId} = (await store.session(session)) ?? {};
				await store.redactions.record('reveal', {what: 'session'}, threadId);
				revealed.add(session);
			} else {
				revealed.delete(session);
			}

			send({type: 'answer', id, value: undefined});
			send({type: 'changed', session});
			break;
		}

		case 'triage': {
			const {name, args} = message;
			const work = name === 'undo' ? undo : (triage[name] as Method);
			send({type: 'answer', id, value: await work(...args)});
			break;
		}

		case 'check': {
			send({type: 'answer', id, value: await check(message.text, message.session)});
			break;
		}

		case 'close': {
			await close();
			send({type: 'answer', id, value: undefined});
			parentPort?.close();
			break;
		}
	}
};

parentPort?.on('message', (message: ToDisclosure) => {
	if (message.type === 'end') {
		void streams.get(message.stream)?.return?.();
		streams.delete(message.stream);
	} else {
		answer(message).catch((error: unknown) => send({type: 'failed', id: message.id, failure: failureOf(error)}));
	}
});
