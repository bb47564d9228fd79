import {didYouMean} from '../../model/did-you-mean.js';
import {UserError} from '../../model/problem.js';
import {bashCompletions} from './bash.js';
import {type CompletionPlace, completionPlaces} from './completion-places.js';
import {fishCompletions} from './fish.js';
import {zshCompletions} from './zsh.js';

const shells: ReadonlyMap<string, (places: readonly CompletionPlace[]) => string> = new Map([
	['bash', bashCompletions],
	['zsh', zshCompletions],
	['fish', fishCompletions],
]);

/** The script that completes commands and flags in a shell. */
export const completionsFor = (shell: string): string => {
	const write = shells.get(shell);
	if (write === undefined) {
		const hint = didYouMean(shell, [...shells.keys()]) || ` There are ${[...shells.keys()].join(', ')}.`;
		throw new UserError(`No completions for "${shell}".${hint}`);
	}

	return write(completionPlaces());
};
