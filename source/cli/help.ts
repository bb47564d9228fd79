import {type CommandRow, commandRows, commonFlags, explorerFlags, type FlagRow, versionFlag} from './command-table.js';

/** Help of the program as a whole. */
export const programHelp = (): string => `Read, search and count the sessions that OpenAI's Codex CLI leaves on disk.

Usage
  codex-tui                      Open the explorer
  codex-tui COMMAND [flags]

Commands
${columns(commandRows.map(row => [commandTitle(row), row.summary]))}

Flags
${flagLines([...commonFlags, ...explorerFlags, versionFlag])}

"codex-tui COMMAND --help" tells more about a command.
`;

export const commandHelp = (row: CommandRow): string =>
	[
		`${row.summary}.`,
		'',
		'Usage',
		`  codex-tui ${commandTitle(row)} [flags]`,
		...(row.details ? ['', row.details] : []),
		'',
		'Flags',
		flagLines([...row.flags, ...commonFlags]),
		'',
	].join('\n');

/** Help of a command that has actions. */
export const actionsHelp = (name: string): string => {
	const actions = commandRows.filter(row => row.name.startsWith(`${name} `));
	return `Usage
${columns(actions.map(row => [`codex-tui ${commandTitle(row)}`, row.summary]))}

"codex-tui ${name} ACTION --help" tells more about an action.
`;
};

/** The commands as a Markdown table. */
export const commandTable = (): string =>
	[
		'| Command | What it does |',
		'| --- | --- |',
		...commandRows.map(row => `| ${commandCell(row)} | ${row.summary} |`),
	].join('\n');

/** The flags of every command as a Markdown table. */
export const flagTable = (): string => {
	const all = 'every command';
	const rows = [
		...commandRows.flatMap(row => row.flags.map(flag => [commandCell(row), flag] as const)),
		...commonFlags.map(flag => [all, flag] as const),
	];
	return [
		'| Command | Flag | Meaning |',
		'| --- | --- | --- |',
		...rows.map(([command, flag], index) => {
			const isFirst = rows[index - 1]?.[0] !== command;
			return `| ${isFirst ? command : ''} | \`${flagTitle(flag)}\` | ${escaped(flag.doc)} |`;
		}),
	].join('\n');
};

const escaped = (text: string): string => text.replaceAll('|', '\\|');

const commandCell = (row: CommandRow): string => `\`${escaped(`codex-tui ${commandTitle(row)}`)}\``;

const commandTitle = ({name, argument, rest}: CommandRow): string => [name, argument, rest].filter(Boolean).join(' ');

const flagTitle = ({name, short, value}: FlagRow): string =>
	`${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;

const flagLines = (flags: readonly FlagRow[]): string => columns(flags.map(flag => [flagTitle(flag), flag.doc]));

const columns = (rows: readonly [string, string][]): string => {
	const width = Math.max(...rows.map(([left]) => left.length)) + 3;
	return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
};
