import {packageVersion} from '../files/package-root.js';
import {UserError} from '../model/problem.js';
import {checkArguments} from './check-arguments.js';
import {type CommandRow, commonFlags, type FlagRow} from './command-table.js';

export type ParsedCommand = {
	/** Argument of the command, such as SESSION. */
	argument: string | undefined;
	/** What follows it. */
	rest: string[];
	/** Flags in camel case. */
	flags: Record<string, unknown>;
	/** Set when help was asked for. */
	help: string | undefined;
};

/** Reads the arguments of one command; mistakes are sentences with exit code 2. */
export const parseCommand = async (row: CommandRow, args: readonly string[]): Promise<ParsedCommand> => {
	const rows = [...row.flags, ...commonFlags];
	const {words, flags: given} = checkArguments(args, rows, {takesMinus: row.takesMinus === true});
	const help = given.has('help') ? await helpFor(row) : undefined;
	if (help === undefined) {
		checkWords(row, words);
	}

	const flags = rows.map(flag => [camelCase(flag.name), flagValue(flag, given.get(flag.name))] as const);
	const argument = row.takesWords ? words.join(' ') || undefined : words[0];
	return {argument, rest: words.slice(1), flags: Object.fromEntries(flags), help};
};

/** Loading meow takes as long as starting Node, so that is left to those who ask for help. */
const helpFor = async (row: CommandRow): Promise<string> => {
	const [{default: meow}, {commandHelp}] = await Promise.all([import('meow'), import('./help.js')]);
	const {help} = meow(commandHelp(row), {
		argv: [],
		importMeta: import.meta,
		pkg: {name: 'codex-tui', version: packageVersion()},
		description: false,
		helpIndent: 0,
	});
	return `${help.trim()}\n`;
};

const flagValue = (
	{value, isCount}: FlagRow,
	given: string | true | string[] | undefined,
): string | string[] | number | boolean | undefined => {
	if (value === undefined) {
		return given === true;
	}

	return typeof given === 'string' && isCount ? Number(given) : given;
};

const checkWords = ({name, argument, rest, takesWords}: CommandRow, words: readonly string[]): void => {
	const most = rest === undefined && !takesWords ? Number(argument !== undefined) : Number.POSITIVE_INFINITY;
	if (words.length > most) {
		const extra = words[most] ?? '';
		throw new UserError(`"${extra}" is one argument too many. See codex-tui ${name} --help.`);
	}

	if (words.length === 0 && argument !== undefined && !argument.startsWith('[')) {
		const example = argument === 'SESSION' ? `, for example codex-tui ${name} last` : '';
		throw new UserError(`Which ${argument.toLowerCase()}? Write codex-tui ${name} ${argument}${example}.`);
	}
};

const camelCase = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
