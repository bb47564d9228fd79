import {UserError} from '../model/problem.js';

/** What to print, and the exit code: a sentence for what a person can mend, a stack for a bug. */
export const explainFailure = (error: unknown): {words: string; exitCode: number} => {
	if (error instanceof UserError) {
		return {words: error.message, exitCode: error.exitCode};
	}

	return {words: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 1};
};
