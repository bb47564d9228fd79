import {setImmediate} from 'node:timers/promises';

/** How long other work may wait, in ms. */
const stepMs = 8;

/** Answers what is awaited after each piece of a long work: every few ms, others have their turn. */
export const breather = (): (() => Promise<void> | undefined) => {
	let since = performance.now();
	return () =>
		performance.now() - since <= stepMs
			? undefined
			: setImmediate().then(() => {
					since = performance.now();
				});
};

/** `map` for lists that take long. */
export const mapInSteps = async <Item, Result>(
	items: readonly Item[],
	work: (item: Item) => Result,
): Promise<Result[]> => {
	const breathe = breather();
	const results: Result[] = [];
	for (const item of items) {
		results.push(work(item));
		const pause = breathe();
		if (pause !== undefined) {
			await pause;
		}
	}

	return results;
};
