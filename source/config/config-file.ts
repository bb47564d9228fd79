import fs from 'node:fs';
import path from 'node:path';
import {TomlDate} from 'smol-toml';
import {didYouMean} from '../model/did-you-mean.js';
import type {OwnSetting, OwnTable} from '../model/own-setting.js';
import {UserError} from '../model/problem.js';
import {parseToml} from './parse-toml.js';
import {placeOf} from './place-of.js';
import {type SettingRow, settingRows} from './settings-table.js';

/** What a config file says. */
export type Config = {
	/** Checked, by `section.name`. */
	values: ReadonlyMap<string, string | number | boolean>;
	/** Section [keys], to be checked by who knows commands and keys. */
	keys: readonly OwnSetting[];
	/** Sections [theme.NAME], to be checked by who knows what has a colour. */
	themes: readonly OwnTable[];
};

export const emptyConfig: Config = {values: new Map(), keys: [], themes: []};

const rows: readonly SettingRow[] = settingRows;

/** What stands there has names that other rooms know. */
const ownSections = ['keys', 'theme'];
const sections = [...new Set([...rows.map(row => row.section), ...ownSections])];

/** Reads a config file; undefined when there is none. */
export const readConfigFile = (file: string): Config | undefined => {
	try {
		return parseConfig(fs.readFileSync(file, 'utf8'), file);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return undefined;
		}

		if (code === undefined) {
			throw error;
		}

		throw new UserError(
			`The config file ${file} cannot be read (${code}). Mend it, or name another with --config FILE.`,
		);
	}
};

/** Checks every setting of a config file; the first mistake becomes a sentence. */
export const parseConfig = (text: string, file: string): Config => {
	const tables = Object.entries(parseToml(text, file, 'user/config.example.toml shows every setting')).map(
		([section, content]) => [section, requireTable(requireKnown(section, file), content, file)] as const,
	);
	const own = (name: string): Record<string, unknown> => tables.find(([section]) => section === name)?.[1] ?? {};
	const keys = ownSettings('keys', own('keys'), text, file);
	const themes = Object.entries(own('theme')).map(
		([name, content]): OwnTable => ({
			name,
			place: placeOf(text, file, `theme.${name}`),
			settings: ownSettings(`theme.${name}`, requireTable(`theme.${name}`, content, file), text, file),
		}),
	);
	const names = themes.map(({name}) => name);
	const values = tables
		.filter(([section]) => !ownSections.includes(section))
		.flatMap(([section, content]) =>
			Object.entries(content).map(
				([name, value]) => [`${section}.${name}`, checkSetting(section, name, value, file, names)] as const,
			),
		);
	return {values: new Map(values), keys, themes};
};

const requireKnown = (section: string, file: string): string => {
	if (!sections.includes(section)) {
		const hint = didYouMean(section, sections, name => `[${name}]`);
		const rest = hint || ` Known sections are ${sections.map(name => `[${name}]`).join(', ')}.`;
		throw new UserError(`Unknown section [${section}] in ${file}.${rest}`);
	}

	return section;
};

const requireTable = (section: string, content: unknown, file: string): Record<string, unknown> => {
	if (typeof content !== 'object' || content === null || Array.isArray(content) || content instanceof TomlDate) {
		throw new UserError(`"${section}" in ${file} must be a section. Write [${section}] on a line of its own.`);
	}

	return content as Record<string, unknown>;
};

const ownSettings = (section: string, content: Record<string, unknown>, text: string, file: string): OwnSetting[] =>
	Object.entries(content).map(([name, value]) => ({name, value, place: placeOf(text, file, `${section}.${name}`)}));

const checkSetting = (
	section: string,
	name: string,
	value: unknown,
	file: string,
	themes: readonly string[],
): string | number | boolean => {
	const siblings = rows.filter(row => row.section === section);
	const row = siblings.find(sibling => sibling.name === name);
	if (row === undefined) {
		const known = siblings.map(sibling => sibling.name);
		const hint = didYouMean(name, known) || ` Known settings there are ${known.join(', ')}.`;
		throw new UserError(`Unknown setting "${name}" in section [${section}] of ${file}.${hint}`);
	}

	const checked = typeof value === 'bigint' ? Number(value) : value;
	const expected = mismatch(row, checked, themes);
	if (expected !== undefined) {
		const shown = JSON.stringify(checked) ?? String(checked);
		throw new UserError(
			`"${name}" in section [${section}] of ${file} must be ${expected}, not ${shown}. Correct it or remove the line.`,
		);
	}

	if (row.type === 'path') {
		return fromFileFolder(checked as string, file);
	}

	return checked as string | number | boolean;
};

/** What the value should have been; undefined when it is fine. */
const mismatch = (row: SettingRow, value: unknown, themes: readonly string[]): string | undefined => {
	switch (row.type) {
		case 'path':
			return typeof value === 'string' && value.trim() !== '' ? undefined : 'a path in quotes';
		case 'switch':
			return typeof value === 'boolean' ? undefined : 'true or false';
		case 'whole number': {
			const isFine = Number.isInteger(value) && Number(value) >= row.least && Number(value) <= row.most;
			return isFine ? undefined : `a whole number from ${row.least} to ${row.most}`;
		}

		case 'choice': {
			const choices = [...row.choices, ...(row.orTable ? themes : [])];
			return choices.includes(value as string)
				? undefined
				: `one of ${choices.map(choice => `"${choice}"`).join(', ')}`;
		}
	}
};

/** Relative paths in a config file start from the folder that the file is in. */
const fromFileFolder = (value: string, file: string): string =>
	value === '~' || /^~[/\\]/.test(value) ? value : path.resolve(path.dirname(file), value);
