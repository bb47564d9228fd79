import process from 'node:process';

/** While something works that must tidy up after itself: Ctrl-C asks it to stop instead of ending the program at once. */
export const whileStoppable = async <Answer>(work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> => {
	const controller = new AbortController();
	const stop = (): void => controller.abort();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	try {
		return await work(controller.signal);
	} finally {
		process.removeListener('SIGINT', stop);
		process.removeListener('SIGTERM', stop);
	}
};
