import {checkArguments} from './check-arguments.js';
import {commonFlags, explorerFlags, versionFlag} from './command-table.js';

/**
Whether these arguments ask for the explorer and nothing is wrong with them. Everything else (a command,
help, a mistake) is for `main`. Kept small, since it runs before the first byte on the screen.
*/
export const asksForExplorer = (args: readonly string[]): boolean => {
	try {
		const {words, flags} = checkArguments(args, [...commonFlags, ...explorerFlags, versionFlag]);
		return words.length === 0 && !flags.has('help') && !flags.has('version');
	} catch {
		return false;
	}
};

type Surroundings = {
	stdin: {isTTY?: boolean};
	stdout: {isTTY?: boolean};
	env: Readonly<Record<string, string | undefined>>;
};

/**
Whether there is a terminal at both ends, and one that does more than print: `TERM=dumb` says that it does not. The input
comes last: Node loads its streams when that is looked at first, which takes a fifth of its start.
*/
export const canDraw = ({stdin, stdout, env}: Surroundings): boolean =>
	env['TERM'] !== 'dumb' && stdout.isTTY === true && stdin.isTTY === true;
