import meow from 'meow';
import {packageVersion} from '../files/package-root.js';
import {UserError} from '../model/problem.js';
import {checkArguments} from './check-arguments.js';
import {type CommandRow, commonFlags, type FlagRow} from './command-table.js';
import {commandHelp} from './help.js';

export type ParsedCommand = {
	/** Argument of the command, such as SESSION. */
	argument: string | undefined;
	/** Flags in camel case. */
	flags: Record<string, unknown>;
	/** Set when help was asked for. */
	help: string | undefined;
};

/** Reads the arguments of one command; mistakes are sentences with exit code 2. */
export const parseCommand = (row: CommandRow, args: readonly string[]): ParsedCommand => {
	const rows = [...row.flags, ...commonFlags];
	const {words, flags: given} = checkArguments(args, rows);
	const cli = meow({
		argv: [...args],
		importMeta: import.meta,
		pkg: {name: 'codex-tui', version: packageVersion()},
		description: false,
		autoHelp: false,
		autoVersion: false,
		flags: Object.fromEntries(rows.map(flag => [camelCase(flag.name), meowFlag(flag)])),
	});
	const help = given.has('help') ? commandHelp(row) : undefined;
	if (help === undefined) {
		checkWords(row, words);
	}

	return {argument: words[0], flags: cli.flags, help};
};

const checkWords = ({name, argument}: CommandRow, words: readonly string[]): void => {
	const most = argument === undefined ? 0 : 1;
	if (words.length > most) {
		const extra = words[most] ?? '';
		throw new UserError(`"${extra}" is one argument too many. See codex-tui ${name} --help.`);
	}

	if (words.length === 0 && argument !== undefined && !argument.startsWith('[')) {
		throw new UserError(`Which session? Write codex-tui ${name} ${argument}, for example codex-tui ${name} last.`);
	}
};

const meowFlag = ({short, value, isCount}: FlagRow) => ({
	type: value === undefined ? ('boolean' as const) : isCount ? ('number' as const) : ('string' as const),
	...(short === undefined ? {} : {shortFlag: short}),
});

const camelCase = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
