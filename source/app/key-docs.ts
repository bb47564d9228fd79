import {defaultKeys} from './key-bindings.js';
import {type KeyTableRow, keyTable} from './key-lookup.js';

/** The tables of the default keys as Markdown, group by group. */
export const keyTableMarkdown = (): string =>
	keyTable(defaultKeys)
		.map((row, index, rows) => {
			const isFirst = rows[index - 1]?.group !== row.group;
			return isFirst ? `${index === 0 ? '' : '\n'}## ${row.group}\n\n${heading}\n${line(row)}` : line(row);
		})
		.join('\n');

/** The keys that one cannot do without, as one Markdown table. */
export const basicKeysMarkdown = (): string =>
	[heading, ...keyTable(defaultKeys.filter(({isBasic}) => isBasic)).map(line)].join('\n');

const heading = '| Key | |\n| --- | --- |';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const line = ({keys, help}: KeyTableRow): string => {
	const words = keys.split(' ').map(key => `\`${cell(key)}\``);
	return `| ${words.join(' ')} | ${cell(help)} |`;
};

/** Section [keys] of the example config file: every command with its keys, switched off. */
export const exampleKeys = (): string => {
	const lines = defaultKeys.map(({command, keys, help}) => {
		const [first, ...others] = keys.map(key => JSON.stringify(key));
		const value = others.length === 0 ? first : `[${[first, ...others].join(', ')}]`;
		return `# ${command} = ${value} # ${help}`;
	});
	return `[keys]
# Keys of the explorer, by command: one key or a list. Keys are characters, such as "x" and "X", words, such as "enter",
# "pageup" and "space", or both together, such as "ctrl-x", "alt-x" and "shift-tab"; [] leaves a command of the panes without one.
${lines.join('\n')}
`;
};
