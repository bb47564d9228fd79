import assert from 'node:assert/strict';
import {test} from 'node:test';
import {UserError} from '../../source/model/problem.js';
import {readThemes} from '../../source/panes/own-themes.js';
import {darkPalette, lightPalette} from '../../source/panes/palettes.js';
import {fromPalette, styleOf, type Theme, themeOf} from '../../source/panes/theme.js';

const read = (settings: Record<string, unknown>, name = 'sea'): ReadonlyMap<string, Theme> =>
	readThemes([
		{
			name,
			place: 'line 1 of /c.toml',
			settings: Object.entries(settings).map(([key, value], index) => ({
				name: key,
				value,
				place: `line ${index + 2} of /c.toml`,
			})),
		},
	]);

test('what a theme leaves out comes from its base', () => {
	assert.deepEqual(read({}).get('sea'), fromPalette(darkPalette));
	assert.deepEqual(
		read({base: 'light', accent: '#00F', focused_row: 'bright-blue', added: 'cyan'}).get('sea'),
		fromPalette({...lightPalette, accent: '#00f', focusedRow: 'blueBright', added: 'cyan'}),
	);
	const ansi = Array.from({length: 16}, (_, index) => `#0000${index.toString(16)}0`);
	assert.deepEqual(read({ansi}).get('sea')?.tones['ansi-15'], {color: '#0000f0'});
});

test('a theme is found by its name, and gives way to NO_COLOR', () => {
	const own = read({error: '#123456'});
	const error = {text: 'x', tone: 'error'} as const;
	const environment = {background: 'dark', own} as const;
	assert.equal(styleOf(themeOf('sea', {...environment, noColour: false}), error).color, '#123456');
	assert.equal(styleOf(themeOf('sea', {...environment, noColour: true}), error).color, undefined);
	assert.equal(themeOf('dark', {...environment, noColour: false}).tones.error?.color, darkPalette.error);
});

const mistakes: [settings: Record<string, unknown>, message: string | RegExp][] = [
	[{base: 'sepia'}, '"base" in section [theme.sea], line 2 of /c.toml, must be "dark" or "light". Correct it.'],
	[
		{acent: '#fff'},
		'"acent" in section [theme.sea], line 2 of /c.toml, is nothing that has a colour. Did you mean "accent"?',
	],
	[{window: '#fff'}, /is nothing that has a colour\. There are text, dim, accent, .*focused_row, .*ansi, base\.$/],
	[
		{base: 'dark', accent: '#ggg'},
		'"accent" in section [theme.sea], line 3 of /c.toml, must be a colour such as "#7aa2f7", "blue" or "bright-blue", not "#ggg".',
	],
	[{accent: 5}, /must be a colour such as .*, not 5\.$/],
	[{accent: 'constructor'}, /must be a colour/],
	[{ansi: ['red', 'green']}, /"ansi" .* must be a list of the sixteen colours of a terminal/],
	[{ansi: Array.from({length: 16}, () => 'purple')}, /"ansi" .* must be a list of the sixteen colours/],
];

for (const [settings, message] of mistakes) {
	test(`says what is wrong with ${JSON.stringify(settings)}`, () => {
		assert.throws(
			() => read(settings),
			error => {
				assert.ok(error instanceof UserError);
				assert[typeof message === 'string' ? 'equal' : 'match'](error.message, message as never);
				return true;
			},
		);
	});
}

test('says which names a theme cannot have', () => {
	assert.throws(
		() => read({}, 'dark'),
		new UserError(
			'[theme.dark], line 1 of /c.toml, has the name of a theme that comes with codex-tui. Choose another.',
		),
	);
	for (const name of ['', ' ', '\u{1B}[2J', 'x'.repeat(41)]) {
		assert.throws(() => read({}, name), /^UserError: \[theme\.NAME\], line 1 of \/c\.toml, needs a name/);
	}
});
