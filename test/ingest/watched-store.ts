import type {IngestStore} from '../../source/store/ingest-store.js';

export type Watch = {
	/** Called before each call that writes, with its name; may throw. */
	onCall: (method: keyof IngestStore) => void;
	/** Commits after every batch, as an ingest of very large files does after 64 MB. */
	commitsEachBatch?: boolean;
};

const writes = new Set<string | symbol>([
	'enterFiles',
	'moveFile',
	'restartFile',
	'writeProgress',
	'nameThreads',
	'findCopies',
	'commit',
	'archiveEnd',
	'archive',
]);

/** A store whose writes can be counted and interrupted. */
export const watched = (store: IngestStore, {onCall, commitsEachBatch = false}: Watch): IngestStore =>
	new Proxy(store, {
		get(target, method: keyof IngestStore) {
			const original = target[method] as (...input: unknown[]) => Promise<unknown>;
			if (!writes.has(method)) {
				return original;
			}

			return async (...input: unknown[]) => {
				onCall(method);
				const answer = await original.apply(target, input);
				if (commitsEachBatch && method === 'writeProgress') {
					onCall('commit');
					await target.commit();
				}

				return answer;
			};
		},
	});
