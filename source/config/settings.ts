import fs from 'node:fs';
import path from 'node:path';
import type {RolloutSource} from '../files/find-rollouts.js';
import type {OwnSetting, OwnTable} from '../model/own-setting.js';
import {UserError} from '../model/problem.js';
import {type Config, emptyConfig, readConfigFile} from './config-file.js';
import {absolutePath, type Folders, platformFolders, shortPath, statOf} from './folders.js';
import {type SettingId, settingDefault} from './settings-table.js';
import {requireReportsFolder} from './writable-folders.js';

/** Flags that every command takes. */
export type CommonFlags = {
	codexHome?: string | undefined;
	sessions?: string | undefined;
	database?: string | undefined;
	config?: string | undefined;
	/** Taken by the explorer only. */
	screenReader?: boolean | undefined;
};

/** What flags, environment, config file and defaults come to. All paths are absolute. */
export type Settings = {
	/** Where logs are looked for. */
	source: RolloutSource;
	/** Who named the source, for messages: a flag, a variable, a file; null for the default. */
	sourceFrom: string | null;
	/** Codex home that thread names come from; null when logs were given that belong to none. */
	codexHome: string | null;
	/** Folder of Codex's own databases where it is another than its home (`CODEX_SQLITE_HOME`). */
	codexSqliteHome: string | null;
	databasePath: string;
	/** Whether the database lies where it does by default, in a folder of its own. */
	isDefaultDatabase: boolean;
	/** Log lines handed to the database at once. */
	batchSize: number;
	reportsDir: string;
	/** The name of a theme that there is. */
	theme: string;
	/** Whether the explorer takes the mouse. */
	mouse: boolean;
	/** Whether the explorer prints lines for a screen reader instead of drawing. */
	screenReader: boolean;
	/** The person's keys for the explorer, not yet checked. */
	keys: readonly OwnSetting[];
	/** The person's themes, their colours not yet checked. */
	themes: readonly OwnTable[];
	/** How the end of a turn is told. */
	notify: 'off' | 'bell' | 'osc9';
	/** Config file in use. */
	configFile: string | null;
};

/** Flags win over the environment, the environment over the config file, the file over defaults. */
export const resolveSettings = (
	flags: CommonFlags,
	env: Readonly<Record<string, string | undefined>> = process.env,
	folders: Folders = platformFolders(),
): Settings => {
	const {file, config} = findConfig(flags, folders);
	const {values} = config;
	const absolute = (value: string): string => absolutePath(value, folders);
	const setting = (id: SettingId): string => String(values.get(id) ?? settingDefault(id, folders.data));
	const database = flags.database ?? (env['CODEX_TUI_DATABASE'] || undefined);
	const source = resolveSource(flags, env, {values, file}, absolute);
	// The variable speaks of the home that Codex itself uses, not of one that was given here.
	const isOwnHome = source.sourceFrom === null || source.sourceFrom === 'CODEX_HOME';
	const sqliteHome = isOwnHome ? env['CODEX_SQLITE_HOME'] || null : null;
	const settings: Settings = {
		...source,
		codexSqliteHome: sqliteHome === null ? null : absolute(sqliteHome),
		databasePath: absolute(database ?? setting('ingest.db_path')),
		isDefaultDatabase: database === undefined && !values.has('ingest.db_path'),
		batchSize: Number(setting('ingest.batch_size')),
		reportsDir: absolute(setting('outputs.reports_dir')),
		theme: setting('ui.theme'),
		mouse: setting('ui.mouse') === 'true',
		screenReader: flags.screenReader === true || (env['INK_SCREEN_READER'] || setting('ui.screen_reader')) === 'true',
		keys: config.keys,
		themes: config.themes,
		notify: setting('ui.notify') as Settings['notify'],
		configFile: file,
	};
	if (values.has('outputs.reports_dir')) {
		requireReportsFolder(settings);
	}

	return settings;
};

/** The first config file there is: the one asked for, a checkout's own, the person's. */
const findConfig = (flags: CommonFlags, folders: Folders): {file: string | null; config: Config} => {
	if (flags.config !== undefined) {
		const file = absolutePath(flags.config, folders);
		const config = readConfigFile(file);
		if (config === undefined) {
			throw new UserError(`No config file at ${file}. Correct the path after --config, or leave the flag out.`);
		}

		return {file, config};
	}

	for (const folder of [folders.checkoutUser, folders.config]) {
		const file = folder && path.join(folder, 'config.toml');
		const config = file ? readConfigFile(file) : undefined;
		if (file && config) {
			return {file, config};
		}
	}

	return {file: null, config: emptyConfig};
};

const resolveSource = (
	flags: CommonFlags,
	env: Readonly<Record<string, string | undefined>>,
	config: {file: string | null; values: Config['values']},
	absolute: (value: string) => string,
): Pick<Settings, 'source' | 'sourceFrom' | 'codexHome'> => {
	const homeFlag = flags.codexHome === undefined ? undefined : absolute(flags.codexHome);
	if (flags.sessions !== undefined) {
		return anySource(absolute(flags.sessions), '--sessions', homeFlag);
	}

	if (homeFlag !== undefined) {
		return {source: {home: homeFlag}, sourceFrom: '--codex-home', codexHome: homeFlag};
	}

	if (env['CODEX_HOME']) {
		const home = absolute(env['CODEX_HOME']);
		return {source: {home}, sourceFrom: 'CODEX_HOME', codexHome: home};
	}

	const root = absolute(String(config.values.get('sessions.root') ?? settingDefault('sessions.root')));
	return config.values.has('sessions.root')
		? anySource(root, `root in ${config.file}`)
		: {source: {home: root}, sourceFrom: null, codexHome: root};
};

/** A Codex home is taken as such; anything else is searched whole. */
const anySource = (given: string, sourceFrom: string, homeFlag?: string) => {
	const isHome = homeMarks.some(name => fs.existsSync(path.join(given, name)));
	return isHome
		? {source: {home: given}, sourceFrom, codexHome: homeFlag ?? given}
		: {source: {path: given}, sourceFrom, codexHome: homeFlag ?? homeAbove(given)};
};

const homeMarks = ['sessions', 'archived_sessions', 'session_index.jsonl', 'history.jsonl'];

/** The folder that holds the `sessions` or `archived_sessions` that a path leads through. */
const homeAbove = (given: string): string | null => {
	const parts = given.split(path.sep);
	const at = parts.findLastIndex(part => part === 'sessions' || part === 'archived_sessions');
	return at > 0 ? parts.slice(0, at).join(path.sep) || path.sep : null;
};

/** Says what is wrong when there is nothing at the place where logs should be. */
export const requireSource = ({source, sourceFrom}: Pick<Settings, 'source' | 'sourceFrom'>): void => {
	const place = 'home' in source ? source.home : source.path;
	const stat = statOf(place);
	const otherwise = 'Point to another with --codex-home FOLDER or --sessions PATH.';
	if (stat === undefined) {
		throw new UserError(
			sourceFrom === null
				? `There is no Codex home at ${shortPath(place)} yet. Run Codex once, or point to another with --codex-home FOLDER or --sessions PATH.`
				: `There is nothing at ${place} (from ${sourceFrom}). ${otherwise}`,
		);
	}

	if ('home' in source && !stat.isDirectory()) {
		throw new UserError(`${place} (from ${sourceFrom ?? 'the default'}) is not a folder. ${otherwise}`);
	}
};
