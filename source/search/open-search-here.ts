import {setImmediate} from 'node:timers/promises';
import {type Hiding, hideNothing, type Patience} from '../disclose/hiding.js';
import type {Format} from '../formats/format.js';
import type {FilterName} from '../query/query.js';
import type {EventSearch} from '../store/event-search.js';
import type {Search} from '../store/search.js';
import {openEventSearch} from '../store/sqlite/open-event-search.js';
import {completeValue} from './complete-value.js';
import {runSearch} from './run-search.js';
import {type LearnFacts, learnNothing} from './session-facts.js';
import {SessionTitles} from './session-titles.js';
import type {SearchTools} from './tools.js';

export type SearchOptions = {
	database: string;
	format: Pick<Format, 'describe' | 'closeRecord'>;
	/** Every text that is shown passes it first. */
	hiding?: Pick<Hiding, 'anywhere' | 'inSession'>;
	/** What filters ask of a session besides its summary: tags, cost, redactions. */
	learn?: LearnFacts;
};

/** Bytes of logs that were not looked through for secrets yet and are, for the sake of one question: some seconds. */
const mostLearned = 32 * 1024 * 1024;

/** How long a search goes on before others may have a word, in ms. */
const breathAfterMs = 4;

/** `Search` on this thread. The database is opened when something is asked. */
export const openSearchHere = ({
	database,
	format,
	hiding = hideNothing,
	learn = learnNothing,
}: SearchOptions): Search => {
	let store: EventSearch | undefined;
	const titles = new SessionTitles();
	let asked = 0;
	let running: Promise<void> = Promise.resolve();

	/** Nobody waits for the texts of a question any more once another one is asked. */
	let leave = (): void => {};

	const tools = async (filters: Iterable<FilterName>): Promise<SearchTools> => {
		const patience: Patience = {bytes: mostLearned};
		const left = new Promise<undefined>(resolve => {
			leave = () => resolve(undefined);
		});
		const facts = await learn(new Set(filters));
		store ??= openEventSearch(database, format);
		return {
			store,
			titles,
			facts,
			hiding: {...hiding, inSession: id => Promise.race([hiding.inSession(id, patience), left])},
		};
	};

	const run = async (id: number, ...[request, onAnswer, onFailure]: Parameters<Search['ask']>): Promise<void> => {
		try {
			let breathAt = performance.now();
			if (id !== asked) {
				return;
			}

			const found = runSearch(await tools(request.query.filters.map(({name}) => name)), request);
			for await (const answer of found) {
				if (performance.now() - breathAt > breathAfterMs) {
					await setImmediate();
					breathAt = performance.now();
				}

				if (id !== asked) {
					return;
				}

				if (answer !== null) {
					onAnswer(answer);
				}
			}
		} catch (error) {
			if (id === asked) {
				onFailure(error);
			}
		}
	};

	return {
		ask(...question) {
			const id = ++asked;
			leave();
			const before = running;
			// The one before stops at its next breath.
			running = before.then(() => run(id, ...question));
		},
		cancel() {
			asked++;
			leave();
		},
		values: async (name, beginning) => completeValue(await tools([]), name, beginning),
		async close() {
			asked++;
			leave();
			await running;
			store?.close();
			store = undefined;
		},
	};
};
