import {checkArguments} from './check-arguments.js';
import {commonFlags, versionFlag} from './command-table.js';

/**
Whether these arguments ask for the explorer and nothing is wrong with them. Everything else (a command,
help, a mistake) is for `main`. Kept small, since it runs before the first byte on the screen.
*/
export const asksForExplorer = (args: readonly string[]): boolean => {
	try {
		const {words, flags} = checkArguments(args, [...commonFlags, versionFlag]);
		return words.length === 0 && !flags.has('help') && !flags.has('version');
	} catch {
		return false;
	}
};
