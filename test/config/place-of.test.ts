import assert from 'node:assert/strict';
import {test} from 'node:test';
import {placeOf} from '../../source/config/place-of.js';

const text = `# [keys]
[ui] # colours
theme = "sea"
[ keys ]
quit = "x"
  "help"="h"
[theme."deep sea"]
accent = '#fff' # = accent
[theme.sea]
accent = "red"
`;

for (const [name, line] of [
	['ui', 2],
	['keys.quit', 5],
	['keys.help', 6],
	['theme.deep sea', 7],
	['theme.deep sea.accent', 8],
	['theme.sea', 9],
	['theme.sea.accent', 10],
] as const) {
	test(`finds the line of ${name}`, () => {
		assert.equal(placeOf(text, '/x.toml', name), `line ${line} of /x.toml`);
	});
}

test('finds a setting that is written with its section', () => {
	assert.equal(placeOf('keys.quit = "x"', '/x.toml', 'keys.quit'), 'line 1 of /x.toml');
});

test('names the file where no line is found', () => {
	assert.equal(placeOf('keys = {quit = "x"}', '/x.toml', 'keys.quit'), '/x.toml');
});
