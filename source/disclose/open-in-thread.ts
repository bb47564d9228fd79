import {Worker} from 'node:worker_threads';
import type {RolloutSource} from '../files/find-rollouts.js';
import {UserError} from '../model/problem.js';
import type {SessionId, SessionSummary} from '../model/session.js';
import type {Redactions} from '../store/redactions.js';
import {startThread} from '../threads/start-thread.js';
import type {LeakPlace} from './check-bytes.js';
import type {DisclosureStart, Failure, FromDisclosure, ToDisclosure, Way} from './messages.js';
import type {Shown, ShownAnnotations, ShownRedactions, ShownStore} from './shown.js';
import {threadEnded} from './thread-ended.js';
import type {Triage} from './triage.js';

/** A store, and the redaction that it is seen through, in a thread of their own. */
export type ThreadStore = {
	/** For the screen: rows come before the rest of their session was looked through, and what was revealed is seen. */
	screen: ShownStore;
	/** For what leaves the screen: whole sessions are looked through first, and nothing is revealed. */
	outgoing: ShownStore;
	/** Settles once rules are read and databases are open; rejects when they cannot be. */
	ready: () => Promise<void>;
	/** Sessions from the heads of their logs where none is stored yet, else none. */
	preview: (source: RolloutSource, length: number) => Promise<Shown<SessionSummary>[]>;
	/** What is known from elsewhere than the store, such as which logs could not be read. */
	show: <T>(value: T) => Promise<Shown<T>>;
	/** Shows a session as it is, or redacted again. */
	reveal: (session: SessionId, isRevealed: boolean) => Promise<void>;
	/**
	Looks once more through a finished text of a session, as files are looked through before they get their name: where it holds
	what must not leave. Rejects when that cannot be told.
	*/
	check: (text: string, session: SessionId) => Promise<LeakPlace[]>;
	triage: Triage & {
		/** Takes back the newest decision that was not taken back; answers what became of it. */
		undo: Redactions['undo'];
	};
	/** Calls back when texts of a session may be shown otherwise; null for all sessions. */
	onChange: (listener: (session: SessionId | null) => void) => void;
	/** Decisions of another program cannot be followed: nothing newer is shown as it should be. */
	onFailure: (listener: (message: string) => void) => void;
	close: () => Promise<void>;
};

/** The longest lines are some 16 MB, of which several copies are looked through. */
const limits = {maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 768};

/** A list that comes in parts. */
class Parts {
	constructor(readonly stream: number) {}
}

type Asked = {resolve: (value: unknown) => void; reject: (error: unknown) => void};

const errorOf = ({message, stack, exitCode}: Failure): Error => {
	const error = exitCode === null ? new Error(message) : new UserError(message, exitCode);
	if (stack !== undefined) {
		error.stack = stack;
	}

	return error;
};

/** Starts the thread. Whatever is asked before it is ready waits. */
export const openInThread = (start: DisclosureStart, program?: URL): ThreadStore => {
	const options = {workerData: start, resourceLimits: limits};
	const worker = program ? new Worker(program, options) : startThread('disclosure-worker', options);
	const asked = new Map<number, Asked>();
	const watchers = new Set<() => void>();
	let onChange: (session: SessionId | null) => void = () => {};
	let onFailure: (message: string) => void = () => {};
	let gone: Error | undefined;
	let lastId = 0;

	const fail = (error: Error): void => {
		gone ??= error;
		for (const {reject} of asked.values()) {
			reject(error);
		}

		asked.clear();
	};

	worker.on('error', error => fail(threadEnded('The thread that reads the database', error)));
	worker.on('exit', () => fail(new Error('The thread that reads the database ended.')));
	worker.on('message', (message: FromDisclosure) => {
		switch (message.type) {
			case 'changed': {
				onChange(message.session);
				break;
			}

			case 'failure': {
				onFailure(message.message);
				break;
			}

			case 'annotated': {
				for (const watcher of watchers) {
					watcher();
				}

				break;
			}

			case 'failed': {
				asked.get(message.id)?.reject(errorOf(message.failure));
				asked.delete(message.id);
				break;
			}

			case 'parts': {
				asked.get(message.id)?.resolve(new Parts(message.stream));
				asked.delete(message.id);
				break;
			}

			default: {
				const value =
					message.type === 'answer' ? message.value : message.type === 'item' ? message.result : message.stream;
				asked.get(message.id)?.resolve(value);
				asked.delete(message.id);
			}
		}
	});

	const ask = <Answer>(make: (id: number) => ToDisclosure): Promise<Answer> =>
		new Promise((resolve, reject) => {
			if (gone !== undefined) {
				reject(gone);
				return;
			}

			lastId++;
			asked.set(lastId, {resolve: value => resolve(value as Answer), reject});
			worker.postMessage(make(lastId));
		});

	const call =
		(way: Way, name: string) =>
		async (...args: readonly unknown[]): Promise<never> => {
			const answer = await ask<unknown>(id => ({type: 'call', id, way, name, args}));
			return (answer instanceof Parts ? await gather(answer) : answer) as never;
		};

	/** Each part is asked for by itself, so that a key has its turn between two of them. */
	const gather = async ({stream}: Parts): Promise<unknown[]> => {
		const list: unknown[] = [];
		while (true) {
			const {value, done} = await ask<{value: unknown[]; done: boolean}>(id => ({type: 'next', id, stream}));
			if (done) {
				return list;
			}

			for (const item of value) {
				list.push(item);
			}
		}
	};

	const streamed = (way: Way, name: string) =>
		async function* (...args: readonly unknown[]): AsyncGenerator<never> {
			const stream = await ask<number>(id => ({type: 'call', id, way, name, args}));
			let isDone = false;
			try {
				while (true) {
					const {value, done} = await ask<{value: never; done: boolean}>(id => ({type: 'next', id, stream}));
					isDone = done;
					if (done) {
						return;
					}

					yield value;
				}
			} finally {
				if (!isDone) {
					worker.postMessage({type: 'end', stream} satisfies ToDisclosure);
				}
			}
		};

	const close = async (): Promise<void> => {
		if (gone === undefined) {
			// What could not be opened need not be closed.
			await ask(id => ({type: 'close', id})).catch(() => {});
		}

		await worker.terminate();
	};

	const triage =
		(name: keyof Triage | 'undo') =>
		(...args: readonly unknown[]): Promise<never> =>
			ask(id => ({type: 'triage', id, name, args}));

	const annotationsOf = (way: Way): ShownAnnotations => {
		const method = (name: keyof ShownAnnotations) => call(way, `annotations.${name}`);
		return {
			sessions: method('sessions'),
			notesInside: method('notesInside'),
			tags: method('tags'),
			inside: method('inside'),
			tag: method('tag'),
			noteSession: method('noteSession'),
			notePrompt: method('notePrompt'),
			noteEvent: method('noteEvent'),
			dispose: method('dispose'),
			bookmark: method('bookmark'),
			queries: method('queries'),
			rememberQuery: method('rememberQuery'),
			views: method('views'),
			saveView: method('saveView'),
			removeView: method('removeView'),
			watch(watcher) {
				watchers.add(watcher);
				return () => watchers.delete(watcher);
			},
		};
	};

	const redactionsOf = (way: Way): ShownRedactions => {
		const method = (name: keyof ShownRedactions) => call(way, `redactions.${name}`);
		return {
			list: method('list'),
			orphans: method('orphans'),
			add: method('add'),
			change: method('change'),
			remove: method('remove'),
			confirm: method('confirm'),
			undo: method('undo'),
			audit: streamed(way, 'redactions.audit'),
			record: method('record'),
			// What changes for the screen is told by `onChange`.
			watch: () => () => {},
		};
	};

	const storeOf = (way: Way): ShownStore => {
		const method = (name: keyof ShownStore) => call(way, name);
		return {
			totals: method('totals'),
			usage: method('usage'),
			listSessions: method('listSessions'),
			session: method('session'),
			findSessions: method('findSessions'),
			sourceFiles: method('sourceFiles'),
			sessionOf: method('sessionOf'),
			listPrompts: method('listPrompts'),
			promptText: method('promptText'),
			eventIds: method('eventIds'),
			listEvents: method('listEvents'),
			event: method('event'),
			prelude: streamed(way, 'prelude'),
			prompts: streamed(way, 'prompts'),
			problems: streamed(way, 'problems'),
			health: method('health'),
			sizes: method('sizes'),
			findings: {
				counts: call(way, 'findings.counts'),
				of: call(way, 'findings.of'),
				isLookedThrough: call(way, 'findings.isLookedThrough'),
			},
			annotations: annotationsOf(way),
			redactions: redactionsOf(way),
			// One at a time, so that what is told of it and what stops it stay on this side.
			async learn(ids, {onLearned, signal} = {}) {
				for (const [index, id] of ids.entries()) {
					signal?.throwIfAborted();
					await method('learn')([id]);
					onLearned?.(index + 1);
				}
			},
			digests: method('digests'),
			close,
		};
	};

	return {
		screen: storeOf('screen'),
		outgoing: storeOf('outgoing'),
		ready: () => ask(id => ({type: 'ready', id})),
		preview: (source, length) => ask(id => ({type: 'preview', id, source, length})),
		show: value => ask(id => ({type: 'show', id, value})),
		reveal: (session, isRevealed) => ask(id => ({type: 'reveal', id, session, isRevealed})),
		check: (text, session) => ask(id => ({type: 'check', id, text, session})),
		triage: {findings: triage('findings'), decide: triage('decide'), compare: triage('compare'), undo: triage('undo')},
		onChange(listener) {
			onChange = listener;
		},
		onFailure(listener) {
			onFailure = listener;
		},
		close,
	};
};
