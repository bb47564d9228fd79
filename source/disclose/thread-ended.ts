/** That a thread is no more, by what kind of failure: its message and stack may quote what the thread was working on. */
export const threadEnded = (what: string, error: unknown): Error => {
	const {code, name} = error instanceof Error ? (error as NodeJS.ErrnoException) : {code: undefined, name: 'Error'};
	return new Error(`${what} ended (${code ?? name}).`);
};
