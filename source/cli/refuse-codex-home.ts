import path from 'node:path';
import type {RolloutSource} from '../files/find-rollouts.js';
import {UserError} from '../model/problem.js';

/** Codex owns its home: no command writes a file there, whoever asks. */
export const refuseCodexHome = (file: string, source: RolloutSource): void => {
	if ('home' in source && file.startsWith(source.home + path.sep)) {
		throw new UserError(`${file} lies in the Codex home, where codex-tui never writes. Choose another place.`);
	}
};
