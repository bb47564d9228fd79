import type {ThemeEnvironment} from './theme.js';

/** Background by `COLORFGBG`, which several terminals set: its last number is one of the sixteen colours. */
export const backgroundOf = (colours: string | undefined): ThemeEnvironment['background'] => {
	const last = colours?.split(';').at(-1);
	if (last === undefined || !/^\d+$/.test(last)) {
		return undefined;
	}

	const index = Number(last);
	return index === 7 || index > 8 ? 'light' : 'dark';
};

/** What the terminal's surroundings say about colours. An empty `NO_COLOR` counts as none. */
export const themeEnvironment = (environment: NodeJS.ProcessEnv): ThemeEnvironment => ({
	noColour: (environment['NO_COLOR'] ?? '') !== '',
	background: backgroundOf(environment['COLORFGBG']),
});
