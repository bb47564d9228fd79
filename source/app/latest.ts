/** Work of which only the newest matters: asking again replaces what was asked before. */
export type Latest<Key> = {
	want: (key: Key) => void;
	/** Forgets what is wanted; work under way becomes stale. */
	stop: () => void;
};

/**
Runs `run` for the newest key, one at a time. The first request after a quiet time starts at once; requests
that follow within `quietMs` wait until they cease, so a held key costs one run and never a queue.
*/
export const latest = <Key>(quietMs: number, run: (key: Key, isStale: () => boolean) => Promise<void>): Latest<Key> => {
	let sequence = 0;
	let askedAt = Number.NEGATIVE_INFINITY;
	let timer: NodeJS.Timeout | undefined;
	let isRunning = false;
	let waiting: (() => void) | undefined;

	const start = async (key: Key, own: number): Promise<void> => {
		isRunning = true;
		try {
			await run(key, () => own !== sequence);
		} finally {
			isRunning = false;
			const next = waiting;
			waiting = undefined;
			next?.();
		}
	};

	const begin = (key: Key, own: number): void => {
		if (isRunning) {
			waiting = () => begin(key, own);
		} else {
			void start(key, own);
		}
	};

	return {
		want(key) {
			sequence++;
			const own = sequence;
			const isQuiet = performance.now() - askedAt >= quietMs;
			askedAt = performance.now();
			clearTimeout(timer);
			waiting = undefined;
			if (isQuiet && !isRunning) {
				begin(key, own);
			} else {
				timer = setTimeout(() => begin(key, own), quietMs);
			}
		},
		stop() {
			sequence++;
			waiting = undefined;
			clearTimeout(timer);
		},
	};
};

/** Lets keys and frames through between slices of longer work. */
export const breathe = async (): Promise<void> => new Promise(resolve => setImmediate(resolve));
