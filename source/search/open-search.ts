import type {Worker} from 'node:worker_threads';
import type {Shown, ShownSearch} from '../disclose/shown.js';
import {threadEnded} from '../disclose/thread-ended.js';
import {UserError} from '../model/problem.js';
import type {SearchAnswer} from '../store/search.js';
import {startThread} from '../threads/start-thread.js';
import type {FromSearch, SearchStart, ToSearch} from './messages.js';

/** A home of 100,000 sessions needs some 150 MB for their titles. */
const limits = {maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 384};

/** How long a thread may take to let its databases go, in ms. */
const closeMs = 500;

type Asked = {onAnswer: (answer: Shown<SearchAnswer>) => void; onFailure: (error: unknown) => void};
type Completion = {resolve: (values: Shown<string[]>) => void; reject: (error: unknown) => void};

/** `Search` in a thread of its own, which starts with the first question; a thread that died is replaced by the next. */
export const openSearch = (start: SearchStart): ShownSearch => {
	let worker: Worker | undefined;
	let asked: Asked | undefined;
	let lastId = 0;
	let onClosed: (() => void) | undefined;
	const completions = new Map<number, Completion>();

	const fail = (error: unknown): void => {
		const failed = asked;
		asked = undefined;
		failed?.onFailure(error);
		for (const {reject} of completions.values()) {
			reject(error);
		}

		completions.clear();
	};

	/** A program that has nothing else to do waits for an answer that it asked for, and ends otherwise. */
	const keepWaiting = (): void => {
		if (asked === undefined && completions.size === 0 && onClosed === undefined) {
			worker?.unref();
		} else {
			worker?.ref();
		}
	};

	const receive = (message: FromSearch): void => {
		switch (message.type) {
			case 'answer': {
				if (message.id === lastId) {
					const {onAnswer} = asked ?? {};
					asked = message.answer.isDone ? undefined : asked;
					onAnswer?.(message.answer);
				}

				break;
			}

			case 'values': {
				completions.get(message.id)?.resolve(message.values);
				completions.delete(message.id);
				break;
			}

			case 'failed': {
				const error = message.isUserError ? new UserError(message.message) : new Error(message.message);
				completions.get(message.id)?.reject(error);
				completions.delete(message.id);
				if (message.id === lastId) {
					const {onFailure} = asked ?? {};
					asked = undefined;
					onFailure?.(error);
				}

				break;
			}

			case 'closed': {
				onClosed?.();
				break;
			}
		}

		keepWaiting();
	};

	const send = (message: ToSearch): void => {
		if (worker === undefined) {
			const made = startThread('search-worker', {workerData: start, resourceLimits: limits});
			const gone = (error: unknown): void => {
				if (worker === made) {
					worker = undefined;
					fail(error);
				}
			};
			made.on('message', receive);
			made.on('error', error => gone(threadEnded('The search thread', error)));
			made.on('exit', () => gone(new Error('The search thread ended.')));
			worker = made;
		}

		worker.postMessage(message);
		keepWaiting();
	};

	/** Ids of questions and completions are drawn from one row of numbers. */
	let completionId = 0;

	return {
		ask(request, onAnswer, onFailure) {
			lastId++;
			asked = {onAnswer, onFailure};
			send({type: 'ask', id: lastId, request});
		},
		cancel() {
			lastId++;
			asked = undefined;
			if (worker !== undefined) {
				send({type: 'cancel'});
			}
		},
		values: (name, beginning) =>
			new Promise((resolve, reject) => {
				completionId--;
				completions.set(completionId, {resolve, reject});
				send({type: 'values', id: completionId, name, beginning});
			}),
		async close() {
			const closing = worker;
			asked = undefined;
			if (closing === undefined) {
				return;
			}

			const closed = new Promise<void>(resolve => {
				onClosed = resolve;
				setTimeout(resolve, closeMs).unref();
			});
			send({type: 'close'});
			await closed;
			worker = undefined;
			fail(new Error('The search was closed.'));
			await closing.terminate();
		},
	};
};
