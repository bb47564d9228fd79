import {failureReason} from '../files/walk-folders.js';
import {Damaged} from '../model/problem.js';

/** Why a file could not be read, as a clause for people. */
export const reasonOf = (error: unknown): string => {
	if (error instanceof Damaged) {
		return 'damaged in the archive, see codex-tui doctor';
	}

	return (error as {code?: string}).code === 'ENOENT' ? 'gone before it could be read' : failureReason(error);
};

/** Whether an error is about one file, so that the others can still be read. */
export const isFileTrouble = (error: unknown): boolean => {
	const {code = ''} = error as {code?: string};
	const isOfSystem = /^(E[A-Z]+|ZSTD_|ERR_|Z_)/.test(code) && !code.startsWith('ERR_ASSERTION');
	return isOfSystem || error instanceof Damaged;
};
