import assert from 'node:assert/strict';
import test from 'node:test';
import {commands} from '../../source/app/commands.js';
import {type Binding, defaultKeys, keyBindings} from '../../source/app/key-bindings.js';
import {keyTableMarkdown} from '../../source/app/key-docs.js';
import {commandOf, hintsFor, keyTable, worksIn} from '../../source/app/key-lookup.js';
import {paneIds} from '../../source/view/layout.js';

const bindings: readonly Binding[] = keyBindings;

test('no key means two things in one place', () => {
	for (const scope of ['panes', 'typing', 'search', 'palette', 'entry', 'overlay', 'usage', 'menu'] as const) {
		for (const pane of paneIds) {
			const keys = bindings.filter(binding => worksIn(binding, scope, pane)).flatMap(binding => binding.keys);
			assert.deepEqual(
				keys.filter((key, index) => keys.indexOf(key) !== index),
				[],
				`${scope} in ${pane}`,
			);
		}
	}
});

test('every command is bound once and every binding has a command', () => {
	const bound = bindings.map(binding => binding.command);
	assert.deepEqual(bound.toSorted(), Object.keys(commands).toSorted());
});

test('letters are text while a filter is typed', () => {
	for (const letter of ['j', 'q', 'g', '/', '?', '[', 'z']) {
		assert.equal(commandOf(defaultKeys, letter, 'typing', 'sessions'), undefined);
	}
});

test('Ctrl+C quits from everywhere', () => {
	for (const scope of ['panes', 'typing', 'overlay', 'usage', 'menu'] as const) {
		assert.equal(commandOf(defaultKeys, 'ctrl-c', scope, 'detail'), 'quitAnywhere');
	}
});

test('a key works only in its panes', () => {
	assert.equal(commandOf(defaultKeys, 'S', 'panes', 'sessions'), 'sortMenu');
	assert.equal(commandOf(defaultKeys, 'S', 'panes', 'events'), undefined);
});

test('the search opens from every pane, and n and N go through what it found', () => {
	for (const pane of paneIds) {
		assert.equal(commandOf(defaultKeys, 's', 'panes', pane), 'search');
		assert.equal(commandOf(defaultKeys, 'ctrl-f', 'panes', pane), 'search');
		assert.equal(commandOf(defaultKeys, 'n', 'panes', pane), 'nextHit');
		assert.equal(commandOf(defaultKeys, 'N', 'panes', pane), 'previousHit');
	}

	assert.equal(commandOf(defaultKeys, 'n', 'search', 'sessions'), undefined, 'letters are text while a query is typed');
});

test('hints tell the keys that work in a pane', () => {
	const hints = (pane: (typeof paneIds)[number]): string[] =>
		hintsFor(defaultKeys, 'panes', pane).map(({hint}) => hint);
	assert.ok(hints('sessions').includes('sort'));
	assert.ok(!hints('sessions').includes('back'));
	assert.ok(hints('detail').includes('back'));
	assert.ok(!hints('detail').includes('open'));
});

test('the key table holds every binding, and as Markdown too', () => {
	assert.equal(keyTable(defaultKeys).length, bindings.length);
	const markdown = keyTableMarkdown();
	for (const {help} of bindings) {
		assert.ok(markdown.includes(help), help);
	}
});

test('where a line is typed, what closes it is reminded of last, and so longest', () => {
	assert.deepEqual(
		hintsFor(defaultKeys, 'search', 'sessions')
			.slice(-2)
			.map(({key}) => key),
		['Enter', 'Esc'],
	);
	assert.equal(hintsFor(defaultKeys, 'panes', 'sessions').at(-1)?.hint, 'quit');
});
