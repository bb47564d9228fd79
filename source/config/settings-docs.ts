import {type SettingRow, settingRows} from './settings-table.js';

const rows: readonly SettingRow[] = settingRows;

/** Text of `user/config.example.toml`: every setting with its default, switched off; `others` are sections that other rooms know. */
export const exampleConfig = (others: readonly string[]): string => {
	const sections = Map.groupBy(rows, row => row.section);
	const intro = [
		'# Settings of codex-tui. No file is needed: these are the defaults.',
		'# Copy to user/config.toml in a checkout, or to codex-tui/config.toml in your config folder,',
		'# and remove the "# " before a setting to change it. Relative paths start from the file\'s own folder.',
	];
	const blocks = [...sections].map(([section, members]) =>
		[
			`[${section}]`,
			...members.flatMap(row => [`# ${row.doc}`, ...overriddenBy(row), `# ${row.name} = ${tomlDefault(row)}`, '']),
		].join('\n'),
	);
	return `${[...intro, ''].join('\n')}\n${[...blocks, ...others].join('\n')}`.trimEnd().concat('\n');
};

/** The settings as a Markdown table. */
export const settingsTable = (): string =>
	[
		'| Section | Setting | Default | Flag | Environment | Meaning |',
		'| --- | --- | --- | --- | --- | --- |',
		...rows.map(row => {
			const flags = row.flags.map(flag => `\`--${flag}\``).join(', ');
			const env = row.env === null ? '' : `\`${row.env}\``;
			return `| \`[${row.section}]\` | \`${row.name}\` | \`${row.default}\` | ${flags} | ${env} | ${row.doc} |`;
		}),
	].join('\n');

const overriddenBy = (row: SettingRow): string[] => {
	const names = [...row.flags.map(flag => `--${flag}`), ...(row.env === null ? [] : [row.env])];
	return names.length === 0 ? [] : [`# Stronger: ${names.join(', ')}.`];
};

/** `<data>` is spelt out for Linux, whose place the comment names. */
const tomlDefault = (row: SettingRow): string =>
	typeof row.default === 'string'
		? JSON.stringify(row.default.replace('<data>', '~/.local/share/codex-tui'))
		: String(row.default);
