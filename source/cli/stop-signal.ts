import process from 'node:process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** While something works that must tidy up after itself: Ctrl-C, or a terminal that goes, asks it to stop instead of ending the program at once. */
export const whileStoppable = async <Answer>(work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> => {
	const controller = new AbortController();
	const stop = (): void => controller.abort();
	for (const signal of signals) {
		process.once(signal, stop);
	}

	try {
		return await work(controller.signal);
	} finally {
		for (const signal of signals) {
			process.removeListener(signal, stop);
		}
	}
};
