import type {TextProps} from 'ink';
import {createContext} from 'react';
import type {ShippedTheme} from '../app/menus.js';
import type {Span, Tone} from '../text/span.js';
import {colourBlindDark, colourBlindLight} from './colour-blind-palettes.js';
import {darkPalette, lightPalette, type Palette} from './palettes.js';

type Style = Pick<
	TextProps,
	'color' | 'backgroundColor' | 'bold' | 'dimColor' | 'italic' | 'underline' | 'inverse' | 'strikethrough'
>;

/** What tones look like. Panes ask `styleOf`; nothing else in the program names a colour. */
export type Theme = {
	tones: Partial<Record<Tone, Style>>;
	/** Background of the selected row where the pane has the focus, and elsewhere. */
	focused: Style;
	selected: Style;
	/** Stands before the selected row of the pane in focus; one cell. */
	marker: string;
	/** Bars at top and bottom. */
	bar: Style;
	border: Style;
	borderFocused: Style;
};

const ansiTones = (colours: readonly string[]): Theme['tones'] =>
	Object.fromEntries(colours.map((color, index) => [`ansi-${index}`, {color}]));

/** A theme of a palette: every tone in the colour that is for it. */
export const fromPalette = ({ansi, ...palette}: Palette): Theme => ({
	tones: {
		dim: {color: palette.dim},
		heading: {color: palette.accent, bold: true},
		accent: {color: palette.accent},
		user: {color: palette.user},
		assistant: {color: palette.assistant},
		reasoning: {color: palette.reasoning},
		tool: {color: palette.tool},
		success: {color: palette.success},
		warning: {color: palette.warning},
		error: {color: palette.error},
		added: {color: palette.added},
		removed: {color: palette.removed},
		'added-word': {color: palette.text, backgroundColor: palette.addedWord},
		'removed-word': {color: palette.text, backgroundColor: palette.removedWord},
		hunk: {color: palette.hunk},
		code: {color: palette.code},
		keyword: {color: palette.keyword},
		string: {color: palette.string},
		number: {color: palette.number},
		comment: {color: palette.dim, italic: true},
		link: {color: palette.link, underline: true},
		match: {color: palette.matchText, backgroundColor: palette.match},
		redacted: {color: palette.keyword, backgroundColor: palette.bar},
		...ansiTones(ansi),
	},
	focused: {backgroundColor: palette.focusedRow, color: palette.text},
	selected: {backgroundColor: palette.selectedRow, color: palette.text},
	marker: '▌',
	bar: {backgroundColor: palette.bar, color: palette.text},
	border: {color: palette.border},
	borderFocused: {color: palette.accent},
});

const dark = fromPalette(darkPalette);
const light = fromPalette(lightPalette);
const colourBlind = {dark: fromPalette(colourBlindDark), light: fromPalette(colourBlindLight)};

const sixteen = [
	'black',
	'red',
	'green',
	'yellow',
	'blue',
	'magenta',
	'cyan',
	'white',
	'gray',
	'redBright',
	'greenBright',
	'yellowBright',
	'blueBright',
	'magentaBright',
	'cyanBright',
	'whiteBright',
] as const;

/** The sixteen colours that people set up in their terminal: fits any background, promises nothing. */
const terminal: Theme = {
	tones: {
		dim: {dimColor: true},
		heading: {bold: true, color: 'blue'},
		accent: {color: 'blue'},
		user: {color: 'green'},
		reasoning: {dimColor: true},
		tool: {color: 'cyan'},
		success: {color: 'green'},
		warning: {color: 'yellow'},
		error: {color: 'red'},
		added: {color: 'green'},
		removed: {color: 'red'},
		'added-word': {color: 'green', bold: true, underline: true},
		'removed-word': {color: 'red', bold: true, underline: true},
		hunk: {color: 'magenta'},
		code: {color: 'yellow'},
		keyword: {color: 'magenta'},
		string: {color: 'green'},
		number: {color: 'yellow'},
		comment: {dimColor: true, italic: true},
		link: {color: 'blue', underline: true},
		match: {color: 'black', backgroundColor: 'yellow'},
		redacted: {color: 'magenta', inverse: true},
		...ansiTones(sixteen),
	},
	focused: {inverse: true},
	selected: {bold: true},
	marker: '>',
	bar: {},
	border: {dimColor: true},
	borderFocused: {color: 'blue'},
};

const highContrast: Theme = {
	...terminal,
	tones: {
		...ansiTones(sixteen),
		heading: {bold: true, underline: true},
		accent: {bold: true},
		user: {bold: true},
		success: {bold: true},
		warning: {bold: true, underline: true},
		error: {bold: true, inverse: true},
		added: {bold: true},
		removed: {underline: true},
		'added-word': {bold: true, inverse: true},
		'removed-word': {inverse: true},
		link: {underline: true},
		match: {inverse: true, bold: true},
		redacted: {inverse: true},
		keyword: {bold: true},
	},
	border: {},
	borderFocused: {bold: true},
};

/** No colour at all: attributes carry what they can. For `NO_COLOR`. */
const plain: Theme = {
	tones: {
		dim: {dimColor: true},
		heading: {bold: true},
		accent: {bold: true},
		user: {bold: true},
		reasoning: {italic: true},
		error: {bold: true},
		warning: {bold: true},
		added: {bold: true},
		removed: {dimColor: true},
		'added-word': {bold: true, underline: true},
		'removed-word': {underline: true},
		hunk: {underline: true},
		keyword: {bold: true},
		comment: {dimColor: true},
		link: {underline: true},
		match: {underline: true, bold: true},
		redacted: {inverse: true},
	},
	focused: {inverse: true},
	selected: {bold: true},
	marker: '>',
	bar: {},
	border: {dimColor: true},
	borderFocused: {bold: true},
};

type Background = 'dark' | 'light' | undefined;

const themes: Record<ShippedTheme, (background: Background) => Theme> = {
	auto: background => (background === undefined ? terminal : {dark, light}[background]),
	dark: () => dark,
	light: () => light,
	'high-contrast': () => highContrast,
	'colour-blind': background => colourBlind[background ?? 'dark'],
	terminal: () => terminal,
};

/** Themes whose looks depend on the terminal's background. */
export const asksBackground = (name: string): boolean => name === 'auto' || name === 'colour-blind';

export type ThemeEnvironment = {
	/** Whether `NO_COLOR` asks for none. */
	noColour: boolean;
	/** What the terminal says of its background; undefined when it does not. */
	background: Background;
	/** Themes of a person's own, by name. */
	own?: ReadonlyMap<string, Theme> | undefined;
};

export const themeOf = (name: string, {noColour, background, own}: ThemeEnvironment): Theme => {
	if (noColour) {
		return plain;
	}

	return own?.get(name) ?? (Object.hasOwn(themes, name) ? themes[name as ShippedTheme] : themes.auto)(background);
};

/** The style of a span: its tone's colours and its own attributes. */
export const styleOf = (theme: Theme, span: Span): Style => {
	const tone = span.tone ? theme.tones[span.tone] : undefined;
	return {
		...tone,
		...(span.bold ? {bold: true} : {}),
		...(span.italic ? {italic: true} : {}),
		...(span.underline ? {underline: true} : {}),
		...(span.strikethrough ? {strikethrough: true} : {}),
		...(span.inverse ? {inverse: true} : {}),
	};
};

export const ThemeContext = createContext<Theme>(terminal);
