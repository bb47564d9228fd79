import assert from 'node:assert/strict';
import {test} from 'node:test';
import {emptyConfig, parseConfig} from '../../source/config/config-file.js';
import {UserError} from '../../source/model/problem.js';

const file = '/somewhere/config.toml';

test('values are checked and relative paths start from the file', () => {
	const text = '\uFEFF[sessions]\nroot = "logs"\n[ingest]\ndb_path = "~/x.db"\nbatch_size = 32\n[ui]\ntheme = "dark"\n';
	assert.deepEqual(
		[...parseConfig(text, file).values],
		[
			['sessions.root', '/somewhere/logs'],
			['ingest.db_path', '~/x.db'],
			['ingest.batch_size', 32],
			['ui.theme', 'dark'],
		],
	);
	assert.deepEqual(parseConfig('', file), emptyConfig);
});

const mistakes: [text: string, message: string][] = [
	['[sesions]', 'Unknown section [sesions] in /somewhere/config.toml. Did you mean [sessions]?'],
	[
		'[colours]',
		'Unknown section [colours] in /somewhere/config.toml. Known sections are [sessions], [ingest], [outputs], [ui], [keys], [theme].',
	],
	['ui = "dark"', '"ui" in /somewhere/config.toml must be a section. Write [ui] on a line of its own.'],
	['[ui]\ntheem = "dark"', 'Unknown setting "theem" in section [ui] of /somewhere/config.toml. Did you mean "theme"?'],
	[
		'[ui]\nfont = 1',
		'Unknown setting "font" in section [ui] of /somewhere/config.toml. Known settings there are theme, mouse, notify, screen_reader.',
	],
	[
		'[ui]\ntheme = "blue"',
		'"theme" in section [ui] of /somewhere/config.toml must be one of "auto", "dark", "light", "high-contrast", "colour-blind", "terminal", not "blue". Correct it or remove the line.',
	],
	[
		'[ui]\ntheme = "see"\n[theme.sea]',
		'"theme" in section [ui] of /somewhere/config.toml must be one of "auto", "dark", "light", "high-contrast", "colour-blind", "terminal", "sea", not "see". Correct it or remove the line.',
	],
	[
		'[ui]\nmouse = "no"',
		'"mouse" in section [ui] of /somewhere/config.toml must be true or false, not "no". Correct it or remove the line.',
	],
	[
		'[theme]\nsea = "blue"',
		'"theme.sea" in /somewhere/config.toml must be a section. Write [theme.sea] on a line of its own.',
	],
	[
		'[ingest]\nbatch_size = "many"',
		'"batch_size" in section [ingest] of /somewhere/config.toml must be a whole number from 1 to 1000000, not "many". Correct it or remove the line.',
	],
	[
		'[ingest]\nbatch_size = 0.5',
		'"batch_size" in section [ingest] of /somewhere/config.toml must be a whole number from 1 to 1000000, not 0.5. Correct it or remove the line.',
	],
	[
		'[sessions]\nroot = ""',
		'"root" in section [sessions] of /somewhere/config.toml must be a path in quotes, not "". Correct it or remove the line.',
	],
];

for (const [text, message] of mistakes) {
	test(`says what is wrong with ${JSON.stringify(text)}`, () => {
		assert.throws(() => parseConfig(text, file), new UserError(message));
	});
}

test('says where a file is not TOML', () => {
	assert.throws(
		() => parseConfig('[ui]\ntheme = dark\n', file),
		/^UserError: Line 2 of .*config\.toml is not valid TOML \(/,
	);
});

test('keys and themes are handed on with their places', () => {
	const {keys, themes, values} = parseConfig(
		'[ui]\ntheme = "deep sea"\n[keys]\nquit = ["x"]\n[theme."deep sea"]\nbase = "light"\n[theme.plain]\n',
		file,
	);
	assert.deepEqual(keys, [{name: 'quit', value: ['x'], place: `line 4 of ${file}`}]);
	assert.deepEqual(themes, [
		{
			name: 'deep sea',
			place: `line 5 of ${file}`,
			settings: [{name: 'base', value: 'light', place: `line 6 of ${file}`}],
		},
		{name: 'plain', place: `line 7 of ${file}`, settings: []},
	]);
	assert.deepEqual([...values], [['ui.theme', 'deep sea']]);
});
