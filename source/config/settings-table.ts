/** How a setting is checked. */
export type SettingType =
	| {type: 'path'}
	| {type: 'switch'}
	| {type: 'whole number'; least: number; most: number}
	/** `orTable` are names that the person makes up: `theme` those of `[theme.NAME]`. */
	| {type: 'choice'; choices: readonly string[]; orTable?: 'theme'};

/** One setting. The checks, the example file and the tables in the documents all come from these rows. */
export type SettingRow = SettingType & {
	section: string;
	name: string;
	/** As a person would write it in the file; `<data>` stands for the platform's data folder. */
	default: string | number | boolean;
	/** Flags that set it, the strongest first. */
	flags: readonly string[];
	/** Environment variable that sets it. */
	env: string | null;
	doc: string;
};

export const settingRows = [
	{
		section: 'sessions',
		name: 'root',
		type: 'path',
		default: '~/.codex',
		flags: ['sessions', 'codex-home'],
		env: 'CODEX_HOME',
		doc: 'Where the session logs lie: a Codex home, or any folder or single file with logs. It is only read.',
	},
	{
		section: 'ingest',
		name: 'db_path',
		type: 'path',
		default: '<data>/codex-tui.db',
		flags: ['database'],
		env: 'CODEX_TUI_DATABASE',
		doc: 'The database. It and its folder are readable by you alone.',
	},
	{
		section: 'ingest',
		name: 'batch_size',
		type: 'whole number',
		least: 1,
		most: 1_000_000,
		default: 2000,
		flags: [],
		env: null,
		doc: 'Log lines that are handed to the database at once. More is a little faster and takes more memory.',
	},
	{
		section: 'outputs',
		name: 'reports_dir',
		type: 'path',
		default: '<data>/reports',
		flags: [],
		env: null,
		doc: 'Folder for reports.',
	},
	{
		section: 'ui',
		name: 'theme',
		type: 'choice',
		choices: ['auto', 'dark', 'light', 'high-contrast', 'colour-blind', 'terminal'],
		orTable: 'theme',
		default: 'auto',
		flags: [],
		env: null,
		doc: 'Colours: auto (as the terminal is), dark, light, high-contrast, colour-blind, terminal (its own 16 colours), or NAME of a [theme.NAME].',
	},
	{
		section: 'ui',
		name: 'mouse',
		type: 'switch',
		default: true,
		flags: [],
		env: null,
		doc: "The explorer takes the mouse: click, double click, wheel. The terminal's own selection of text then needs Shift.",
	},
	{
		section: 'ui',
		name: 'notify',
		type: 'choice',
		choices: ['off', 'bell', 'osc9'],
		default: 'off',
		flags: [],
		env: null,
		doc: 'Whether the end of a turn rings the bell, or has the terminal notify you (OSC 9).',
	},
	{
		section: 'ui',
		name: 'screen_reader',
		type: 'switch',
		default: false,
		flags: ['screen-reader'],
		env: 'INK_SCREEN_READER',
		doc: 'The explorer draws no panes; it prints what is selected line by line, for screen readers.',
	},
] as const satisfies readonly SettingRow[];

/** Default of `section.name` with the platform's data folder filled in. */
export const settingDefault = (id: SettingId, data = '<data>'): string => {
	const row = settingRows.find(({section, name}) => `${section}.${name}` === id);
	return String(row?.default).replace('<data>', data);
};

type Row = (typeof settingRows)[number];
type IdOf<R> = R extends Row ? `${R['section']}.${R['name']}` : never;
export type SettingId = IdOf<Row>;
