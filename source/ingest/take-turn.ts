import {setTimeout as sleep} from 'node:timers/promises';
import type {IngestLock} from '../store/sqlite/ingest-lock.js';

export type Patience = {
	/** How long to wait for another program that is ingesting, in ms; for ever when absent. */
	patienceMs?: number;
	/** Called once when another program has been waited for a second. */
	onWait?: () => void;
	shouldStop?: () => boolean;
};

const pauseMs = 50;
const quietMs = 1000;

/** Waits until no other program ingests. Answers whether it is our turn then. */
export const takeTurn = async (
	lock: IngestLock,
	{patienceMs = Number.POSITIVE_INFINITY, onWait, shouldStop}: Patience,
): Promise<boolean> => {
	const startedAt = performance.now();
	for (let hasTold = false; !lock.take(); await sleep(pauseMs)) {
		const waited = performance.now() - startedAt;
		if (waited > patienceMs || shouldStop?.()) {
			return false;
		}

		if (!hasTold && waited > quietMs) {
			hasTold = true;
			onWait?.();
		}
	}

	return true;
};
