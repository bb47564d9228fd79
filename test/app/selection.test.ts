import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	moveSelection,
	type Selection,
	selectedText,
	startSelection,
	withSelection,
	wordsOf,
} from '../../source/app/selection.js';
import {rowText} from '../../source/text/cells.js';
import type {Row} from '../../source/text/span.js';

const rows: Row[] = [
	[{text: 'User at ten'}],
	[],
	[{text: 'Turn the '}, {text: 'lamp slower', tone: 'code'}, {text: ' please'}],
	[{text: '灯台 and 🗼 fog'}],
];
const words = wordsOf(rows);

const start = (match?: number): Selection => {
	const selection = startSelection(7, rows, 0, match);
	assert.ok(selection);
	return selection;
};

const after = (selection: Selection, ...moves: Parameters<typeof moveSelection>[1][]): Selection =>
	moves.reduce((moved, move) => moveSelection(moved, move, words), selection);

const textOf = (selection: Selection): string => selectedText(selection, words);

test('a selection starts at the first word on screen, the row that names the event left out', () => {
	assert.equal(textOf(start()), 'Turn');
	assert.equal(startSelection(7, rows.slice(0, 1), 0, undefined), undefined);
});

test('a selection starts at the match at hand', () => {
	const marked: Row[] = [[{text: 'User'}], [{text: 'the '}, {text: 'lamp slow', tone: 'match'}, {text: 'er now'}]];
	const selection = startSelection(7, marked, 0, 1);
	assert.ok(selection);
	assert.equal(selectedText(selection, wordsOf(marked)), 'lamp slower');
});

test('moves go word by word and line by line, and stop at both ends', () => {
	assert.equal(textOf(after(start(), {by: 1, unit: 'word'})), 'the');
	assert.equal(textOf(after(start(), {by: -1, unit: 'word'})), 'Turn');
	assert.equal(textOf(after(start(), {by: 1, unit: 'line'})), '灯台');
	assert.equal(textOf(after(start(), {by: 1, unit: 'line'}, {by: 1, unit: 'line'})), '灯台');
	assert.equal(textOf(after(start(), {by: 1, unit: 'line'}, {by: -1, unit: 'line'})), 'Turn');
});

test('a kept end makes the selection longer in both directions', () => {
	const kept = after(start(), {by: 1, unit: 'word'}, {to: 'extend'});
	assert.equal(textOf(after(kept, {by: 1, unit: 'word'}, {by: 1, unit: 'word'})), 'the lamp slower');
	assert.equal(textOf(after(kept, {by: -1, unit: 'word'})), 'Turn the');
	assert.equal(textOf(after(kept, {to: 'line'})), 'Turn the lamp slower please');
});

test('what is selected is inverted, cell for cell', () => {
	const selection = after(start(), {by: 1, unit: 'word'}, {to: 'extend'}, {by: 1, unit: 'word'});
	const drawn = withSelection(rows, 0, selection, words);
	assert.deepEqual(drawn.map(rowText), rows.map(rowText));
	assert.equal(
		drawn
			.flat()
			.filter(({inverse}) => inverse)
			.map(({text}) => text)
			.join(''),
		'the lamp',
	);
	const whole = withSelection(rows, 0, after(start(), {to: 'event'}), words);
	assert.ok(whole.slice(1).every(row => row.every(({inverse}) => inverse)));
	assert.ok(whole[0]?.every(({inverse}) => !inverse));
});
