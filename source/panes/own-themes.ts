import {shippedThemes} from '../app/menus.js';
import {didYouMean} from '../model/did-you-mean.js';
import type {OwnSetting, OwnTable} from '../model/own-setting.js';
import {UserError} from '../model/problem.js';
import {type ColourRole, colourRoles, darkPalette, lightPalette, type Palette} from './palettes.js';
import {fromPalette, type Theme} from './theme.js';

/** The themes of a config file by name; the first mistake throws a `UserError` that names its line. */
export const readThemes = (tables: readonly OwnTable[]): ReadonlyMap<string, Theme> =>
	new Map(tables.map(table => [nameOf(table), fromPalette(paletteOf(table))]));

/** `focusedRow` as it is written in the file: `focused_row`. */
export const settingName = (role: ColourRole): string =>
	role.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

const bases: ReadonlyMap<unknown, Palette> = new Map([
	['dark', darkPalette],
	['light', lightPalette],
]);

const roles: ReadonlyMap<string, ColourRole> = new Map(colourRoles.map(role => [settingName(role), role]));

/** The sixteen that terminals have names for, as people write them, and as Ink does. */
const named: ReadonlyMap<string, string> = new Map(
	['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'].flatMap(name => [
		[name, name],
		[`bright-${name}`, `${name}Bright`],
	]),
);

const nameOf = ({name, place}: OwnTable): string => {
	if (!/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u.test(name)) {
		throw new UserError(`[theme.NAME], ${place}, needs a name of at most 40 letters, digits, blanks, - and _.`);
	}

	if (shippedThemes.some(shipped => shipped === name)) {
		throw new UserError(
			`[theme.${name}], ${place}, has the name of a theme that comes with codex-tui. Choose another.`,
		);
	}

	return name;
};

const paletteOf = ({name, settings}: OwnTable): Palette => {
	const base = settings.find(setting => setting.name === 'base');
	const start = base ? bases.get(base.value) : darkPalette;
	if (base && start === undefined) {
		throw new UserError(`"base" in section [theme.${name}], ${base.place}, must be "dark" or "light". Correct it.`);
	}

	return {
		...(start ?? darkPalette),
		...Object.fromEntries(settings.filter(setting => setting !== base).map(setting => colourOf(setting, name))),
	};
};

const colourOf = (setting: OwnSetting, theme: string): [role: string, colour: string | string[]] => {
	const what = `"${setting.name}" in section [theme.${theme}], ${setting.place},`;
	if (setting.name === 'ansi') {
		const colours = Array.isArray(setting.value) ? setting.value.map(value => readColour(value)) : [];
		if (colours.length !== 16 || colours.includes(undefined)) {
			throw new UserError(`${what} must be a list of the sixteen colours of a terminal, such as "#7aa2f7" or "blue".`);
		}

		return ['ansi', colours.filter(colour => colour !== undefined)];
	}

	const role = roles.get(setting.name);
	if (role === undefined) {
		const known = [...roles.keys(), 'ansi', 'base'];
		const hint = didYouMean(setting.name, known) || ` There are ${known.join(', ')}.`;
		throw new UserError(`${what} is nothing that has a colour.${hint}`);
	}

	const colour = readColour(setting.value);
	if (colour === undefined) {
		const shown = JSON.stringify(setting.value) ?? String(setting.value);
		throw new UserError(`${what} must be a colour such as "#7aa2f7", "blue" or "bright-blue", not ${shown}.`);
	}

	return [role, colour];
};

/** A colour as Ink takes it; undefined for what is none. */
const readColour = (value: unknown): string | undefined => {
	const text = typeof value === 'string' ? value.toLowerCase() : '';
	return /^#(?:[\da-f]{3}|[\da-f]{6})$/.test(text) ? text : named.get(text);
};

/** A theme for the example config file: every role in its colour of the dark theme, switched off. */
export const exampleTheme = (): string => {
	const colours = colourRoles.map(role => `# ${settingName(role)} = "${darkPalette[role]}"`);
	const ansi = darkPalette.ansi.map(colour => `"${colour}"`).join(', ');
	return `# A theme of your own, as many as you like; T lists them, and theme = "sea" in [ui] makes it the first. Each colour is
# #rrggbb or one of the terminal's own: black, red, green, yellow, blue, magenta, cyan, white, bright-black to bright-white.
# What is left out comes from the base: dark or light.
# [theme.sea]
# base = "dark"
${colours.join('\n')}
# The sixteen colours of shell output.
# ansi = [${ansi}]
`;
};
