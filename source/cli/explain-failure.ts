import {UserError} from '../model/problem.js';
import {plainText} from '../text/sanitize.js';

/** What to print, and the exit code: a sentence for what a person can mend, a stack for a bug. */
export const explainFailure = (error: unknown): {words: string; exitCode: number} => {
	if (error instanceof UserError) {
		// A path or argument in the sentence may hold anything.
		return {words: plainText(error.message), exitCode: error.exitCode};
	}

	return {words: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 1};
};
