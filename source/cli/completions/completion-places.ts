import {type CommandRow, commandRows, commonFlags, explorerFlags, type FlagRow, versionFlag} from '../command-table.js';

export type CompletionWord = {word: string; doc: string};

/** What may be typed next, once these words were. */
export type CompletionPlace = {
	/** The command so far: nothing, `usage`, `redactions`, `redactions scan`. */
	path: string;
	words: readonly CompletionWord[];
	/** Names of files fit too. */
	takesFiles: boolean;
	flags: readonly FlagRow[];
};

/** Every place of a command line, from the table of commands. */
export const completionPlaces = (): CompletionPlace[] => {
	const groups = [...new Set(commandRows.flatMap(({name}) => (name.includes(' ') ? [firstWord(name)] : [])))];
	return [
		{
			path: '',
			words: [
				...commandRows.filter(({name}) => !name.includes(' ')).map(({name, summary}) => ({word: name, doc: summary})),
				...groups.map(group => ({
					word: group,
					doc: `${actionsOf(group)
						.map(({word}) => word)
						.join(', ')}`,
				})),
			],
			takesFiles: false,
			flags: [...commonFlags, ...explorerFlags, versionFlag],
		},
		...groups.map(group => ({path: group, words: actionsOf(group), takesFiles: false, flags: helpOnly})),
		...commandRows.map(row => ({
			path: row.name,
			words: argumentsOf(row),
			takesFiles: /SESSION|FILE/.test(row.argument ?? ''),
			flags: [...row.flags, ...commonFlags],
		})),
	];
};

/** How a flag is typed, the long form first. */
export const spellings = ({name, short}: FlagRow): string[] => [
	`--${name}`,
	...(short === undefined ? [] : [`-${short}`]),
];

/** Whether the value of a flag is the name of a file or folder. */
export const takesPath = ({value}: FlagRow): boolean => /^(?:FILE|FOLDER|PATH)$/.test(value ?? '');

const helpOnly = commonFlags.filter(({name}) => name === 'help');

const firstWord = (name: string): string => name.split(' ')[0] ?? '';

const actionsOf = (group: string): CompletionWord[] =>
	commandRows
		.filter(({name}) => name.startsWith(`${group} `))
		.map(({name, summary}) => ({word: name.slice(group.length + 1), doc: summary}));

const argumentsOf = ({argument, choices}: CommandRow): CompletionWord[] => [
	...(/SESSION/.test(argument ?? '') ? [{word: 'last', doc: 'The session that was active last'}] : []),
	...(choices ?? []).map(word => ({word, doc: word})),
];
