const patienceMs = 10_000;
const pauseMs = 20;

const isBusy = (error: unknown): boolean => (error as {code?: string}).code?.startsWith('SQLITE_BUSY') === true;

/**
Does again what SQLite refuses because of another program, for ten seconds at most: for the few statements that do not
wait by themselves. Blocks this thread.
*/
export const patiently = <Answer>(attempt: () => Answer): Answer => {
	const clock = new Int32Array(new SharedArrayBuffer(4));
	for (const deadline = performance.now() + patienceMs; ; Atomics.wait(clock, 0, 0, pauseMs)) {
		try {
			return attempt();
		} catch (error) {
			if (!isBusy(error) || performance.now() > deadline) {
				throw error;
			}
		}
	}
};
