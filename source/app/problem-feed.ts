import type {Problem} from '../model/problem.js';
import {breathe, latest} from './latest.js';
import {guarded, type Port} from './port.js';

/** Most problems listed; a damaged disk may hold millions. */
export const problemLimit = 2000;

/** Counting follows the reading, and never more often than this. */
const countRestMs = 400;

export type ProblemFeed = {
	load: () => void;
	/** Counts them anew, for the status line. */
	count: () => void;
	problems: () => readonly Problem[];
	isLoading: () => boolean;
	isCut: () => boolean;
	stop: () => void;
};

/** What could not be read, fetched when somebody asks. */
export const createProblemFeed = (port: Port): ProblemFeed => {
	let problems: Problem[] = [];
	let isLoading = false;
	let isCut = false;

	const load = async (): Promise<void> => {
		const found: Problem[] = [];
		isCut = false;
		for await (const problem of port.store.problems()) {
			if (found.length === problemLimit) {
				isCut = true;
				break;
			}

			found.push(problem);
			if (found.length % 200 === 0) {
				await breathe();
			}
		}

		problems = found;
	};

	const counting = latest<undefined>(countRestMs, async (_, isStale) =>
		guarded(port, async () => {
			const {problems: count} = await port.store.totals();
			if (!isStale()) {
				port.dispatch({type: 'problems', count});
			}
		}),
	);

	return {
		count: () => counting.want(undefined),
		stop: counting.stop,
		load() {
			if (isLoading) {
				return;
			}

			isLoading = true;
			void guarded(port, load).then(() => {
				isLoading = false;
				port.redraw();
			});
		},
		problems: () => problems,
		isLoading: () => isLoading,
		isCut: () => isCut,
	};
};
