import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bindKeys, keyboardOnly} from '../../source/app/bind-keys.js';
import {defaultKeys, type KeyMap} from '../../source/app/key-bindings.js';
import {commandOf, hintsFor, keyOf, keyTable} from '../../source/app/key-lookup.js';
import {paletteEntries} from '../../source/app/palette.js';
import {UserError} from '../../source/model/problem.js';
import {driveExplorer} from '../helpers/drive-explorer.js';

const bind = (changes: Record<string, unknown>): KeyMap =>
	bindKeys(
		Object.entries(changes).map(([name, value], index) => ({name, value, place: `line ${index + 2} of /c.toml`})),
	);

test('nothing changed gives the defaults', () => {
	assert.deepEqual(bind({}), defaultKeys);
});

test('a key of a person takes the place of the default', () => {
	const keys = bind({quit: 'Q', down: ['J', 'Ctrl-N', 'PgDn', 'down'], pageDown: 'alt-j', filter: []});
	assert.equal(commandOf(keys, 'Q', 'panes', 'events'), 'quit');
	assert.equal(commandOf(keys, 'q', 'panes', 'events'), undefined);
	for (const key of ['J', 'ctrl-n', 'pagedown', 'down']) {
		assert.equal(commandOf(keys, key, 'panes', 'sessions'), 'down');
	}

	assert.equal(commandOf(keys, 'alt-j', 'panes', 'sessions'), 'pageDown');
	assert.equal(commandOf(keys, '/', 'panes', 'sessions'), undefined);
});

test('two commands may change their keys with each other', () => {
	const keys = bind({quit: 'b', toggleBookmark: 'q'});
	assert.equal(commandOf(keys, 'b', 'panes', 'events'), 'quit');
	assert.equal(commandOf(keys, 'q', 'panes', 'events'), 'toggleBookmark');
});

test('the same key may do different things in different places', () => {
	const keys = bind({toggleMark: 'Q', toggleBookmark: 'Q'});
	assert.equal(commandOf(keys, 'Q', 'panes', 'sessions'), 'toggleMark');
	assert.equal(commandOf(keys, 'Q', 'panes', 'detail'), 'toggleBookmark');
});

test('help, status line and list of commands tell the keys in force', () => {
	const keys = bind({quit: 'Q', previousPrompt: 'alt-p', toggleTechnical: [], help: ['ctrl-g', 'H']});
	assert.equal(keyTable(keys).find(({command}) => command === 'help')?.keys, 'Ctrl-G H');
	const hints = hintsFor(keys, 'panes', 'events', 3);
	assert.deepEqual(
		hints.filter(({hint}) => ['prompt', 'help', 'quit', 'technical'].includes(hint)).map(({key}) => key),
		['alt-p ]', 'Ctrl-G', 'Q'],
	);
	assert.equal(keyOf(keys, 'toggleTechnical'), ': toggleTechnical', 'what has no key is found by its name');
	assert.equal(paletteEntries(keys, 'quit', 'sessions')[0]?.keys, 'Q');
});

test('without a mouse nothing is said of it, and all else stays', () => {
	const keys = keyboardOnly(defaultKeys);
	assert.ok(keyTable(defaultKeys).some(row => row.keys.includes('Double-click')));
	assert.ok(!keyTable(keys).some(row => row.keys.includes('Double-click')));
	assert.ok(keys.every(binding => binding.keys.length > 0));
});

const mistakes: [changes: Record<string, unknown>, message: string | RegExp][] = [
	[{qiut: 'Q'}, 'Unknown command "qiut" in section [keys], line 2 of /c.toml. Did you mean "quit"?'],
	[
		{fly: 'Q'},
		'Unknown command "fly" in section [keys], line 2 of /c.toml. user/config.example.toml lists those that there are.',
	],
	[
		{quit: 5},
		'"quit" in section [keys], line 2 of /c.toml, must be a key or a list of keys, such as "x" or ["x", "ctrl-x"].',
	],
	[
		{help: '?', quit: ['Q', '']},
		'"quit" in section [keys], line 3 of /c.toml, must be a key or a list of keys, such as "x" or ["x", "ctrl-x"].',
	],
	[
		{quit: 'pagedwn'},
		/^"quit" in section \[keys\], line 2 of \/c\.toml, names "pagedwn", which is no key\. Did you mean "pagedown"\?$/,
	],
	[{quit: 'hyper-x'}, /names "hyper-x", which is no key\. Keys are characters, ctrl-a, alt-a, up, down, /],
	[
		{quit: 'ctrl-i'},
		'"quit" in section [keys], line 2 of /c.toml, names ctrl-i, which terminals do not tell from Tab. Write "tab".',
	],
	[
		{keepFilter: 'Q'},
		'"keepFilter" in section [keys], line 2 of /c.toml, cannot have the key "Q", which is typed as text there. Take one such as "ctrl-x".',
	],
	[{quitAnywhere: 'q'}, /cannot have the key "q", which is typed as text there/],
	[
		{closeSearch: []},
		'"closeSearch" in section [keys], line 2 of /c.toml, needs a key, as nothing else does what it does. Give it one.',
	],
	[
		{quit: ['Q', 't']},
		'"quit" in section [keys], line 2 of /c.toml, has the key "t", which "editTags" has too. Give one of them another.',
	],
	[
		{help: 'Q', quit: 'Q'},
		'"help" in section [keys], line 2 of /c.toml, has the key "Q", which "quit" has too. Give one of them another.',
	],
	[{quitAnywhere: 'ctrl-t'}, /has the key "ctrl-t", which "toggleInsideWords" has too/],
];

for (const [changes, message] of mistakes) {
	test(`says what is wrong with ${JSON.stringify(changes)}`, () => {
		assert.throws(
			() => bind(changes),
			error => {
				assert.ok(error instanceof UserError);
				assert[typeof message === 'string' ? 'equal' : 'match'](error.message, message as never);
				return true;
			},
		);
	});
}

test('the explorer does what the keys in force say, and says so', async () => {
	const {press, status, explorer, hasQuit} = await driveExplorer({keys: bind({quit: 'Q', down: 'ctrl-n'})});
	assert.match(status().trimEnd(), /Q quit$/);
	await press('ctrl-n');
	assert.equal(explorer.state().lists.sessions.cursor, 1);
	await press('h');
	assert.match(status(), /Press Q to quit\./);
	await press('q');
	assert.equal(hasQuit(), false);
	await press('Q');
	assert.equal(hasQuit(), true);
});
