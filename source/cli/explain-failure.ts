import {UserError} from '../model/problem.js';
import {plainText} from '../text/sanitize.js';
import {redactWords} from './redact-words.js';

/** What to print, and the exit code: a sentence for what a person can mend, a stack for a bug. Neither tells a secret that it quotes. */
export const explainFailure = async (error: unknown): Promise<{words: string; exitCode: number}> => {
	const isMistake = error instanceof UserError;
	const words = isMistake ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
	// A path or argument in the sentence may hold anything.
	return {words: plainText(await redactWords(words)), exitCode: isMistake ? error.exitCode : 1};
};
