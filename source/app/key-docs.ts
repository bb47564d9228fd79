import {defaultKeys} from './key-bindings.js';
import {keyTable} from './key-lookup.js';

/** The table of the default keys as Markdown, for the README. */
export const keyTableMarkdown = (): string => {
	const cell = (text: string): string => text.replaceAll('|', '\\|');
	return keyTable(defaultKeys)
		.map((row, index, rows) => {
			const keys = row.keys
				.split(' ')
				.map(key => `\`${cell(key)}\``)
				.join(' ');
			const line = `| ${keys} | ${cell(row.help)} |`;
			const isFirst = rows[index - 1]?.group !== row.group;
			const heading = `**${row.group}**\n\n| Key | |\n| --- | --- |\n`;
			return isFirst ? `${index === 0 ? '' : '\n'}${heading}${line}` : line;
		})
		.join('\n');
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
