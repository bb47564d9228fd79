import {setImmediate} from 'node:timers/promises';
import type {Format} from '../formats/format.js';
import type {FilterName} from '../query/query.js';
import type {EventSearch} from '../store/event-search.js';
import type {Search} from '../store/search.js';
import {openEventSearch} from '../store/sqlite/open-event-search.js';
import {completeValue} from './complete-value.js';
import {runSearch} from './run-search.js';
import {type LearnFacts, learnNothing} from './session-facts.js';
import {SessionTitles} from './session-titles.js';
import {type Hide, hideNothing} from './snippet.js';
import type {SearchTools} from './tools.js';

export type SearchOptions = {
	database: string;
	format: Pick<Format, 'describe' | 'closeRecord'>;
	/** Every text that is shown passes it first. */
	hide?: Hide;
	/** What filters ask of a session besides its summary: tags, cost, redactions. */
	learn?: LearnFacts;
};

/** How long a search goes on before others may have a word, in ms. */
const breathAfterMs = 4;

/** `Search` on this thread. The database is opened when something is asked. */
export const openSearchHere = ({database, format, hide = hideNothing, learn = learnNothing}: SearchOptions): Search => {
	let store: EventSearch | undefined;
	const titles = new SessionTitles();
	let asked = 0;
	let running: Promise<void> = Promise.resolve();

	const tools = async (filters: Iterable<FilterName>): Promise<SearchTools> => {
		const facts = await learn(new Set(filters));
		store ??= openEventSearch(database, format);
		return {store, titles, hide, facts};
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
			const before = running;
			// The one before stops at its next breath.
			running = before.then(() => run(id, ...question));
		},
		cancel() {
			asked++;
		},
		values: async (name, beginning) => completeValue(await tools([]), name, beginning),
		async close() {
			asked++;
			await running;
			store?.close();
			store = undefined;
		},
	};
};
