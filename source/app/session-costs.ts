import {breathe} from './latest.js';
import {guarded, type Port} from './port.js';

export type SessionCosts = {
	/** In dollars, by thread id; null where it is not known. Asking for the first time has them summed up. */
	of: (threadId: string) => number | null;
	/** More was used since: they are summed up again when they are asked for. */
	invalidate: () => void;
};

/** What sessions cost, summed up when a filter first asks. `onKnown` is called when the answers are others. */
export const createSessionCosts = (port: Port, onKnown: () => void): SessionCosts => {
	let costs: ReadonlyMap<string | null, number | null> = new Map();
	let isFresh = false;

	const sumUp = async (): Promise<void> => {
		// The frame that answers the key goes first.
		await breathe();
		const sum = await port.loadUsage?.();
		if (sum) {
			const {rows} = sum(await port.store.usage({}), 'session');
			costs = new Map(rows.map(({key, cost}) => [key, cost]));
			onKnown();
		}
	};

	return {
		of(threadId) {
			if (!isFresh) {
				isFresh = true;
				void guarded(port, sumUp);
			}

			return costs.get(threadId) ?? null;
		},
		invalidate() {
			isFresh = false;
		},
	};
};
