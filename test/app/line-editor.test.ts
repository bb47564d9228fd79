import assert from 'node:assert/strict';
import test from 'node:test';
import {editLine, emptyLine, type Line, type LineEdit, lineText, maxLineLength} from '../../source/app/line-editor.js';

/** Applies edits to `before|after`, the bar being the caret. */
const edits = (name: string, from: string, list: LineEdit[], to: string): void => {
	test(name, () => {
		const [before = '', after = ''] = from.split('|');
		const line = list.reduce<Line>(editLine, {before, after});
		assert.equal(`${line.before}|${line.after}`, to);
	});
};

edits('text goes in at the caret', 'ab|cd', [{edit: 'insert', text: 'x'}], 'abx|cd');
edits('backspace takes the character before the caret', 'ab|cd', [{edit: 'delete-before'}], 'a|cd');
edits('delete takes the one after it', 'ab|cd', [{edit: 'delete-after'}], 'ab|d');
edits('a family is one character', 'a👩‍👩‍👧‍👦|', [{edit: 'delete-before'}], 'a|');
edits('a flag is passed in one step', '🇩🇪|', [{edit: 'left'}], '|🇩🇪');
edits('a letter with its accent is passed in one step', '|é!', [{edit: 'right'}], 'é|!');
edits('a word goes with the blanks after it', 'fix the parser  |now', [{edit: 'delete-word'}], 'fix the |now');
edits('everything before the caret goes', 'fix the|m', [{edit: 'delete-to-start'}], '|m');
edits('the caret goes to both ends', 'ab|cd', [{edit: 'start'}, {edit: 'insert', text: '<'}, {edit: 'end'}], '<abcd|');
edits('the ends hold the caret', '|', [{edit: 'left'}, {edit: 'right'}, {edit: 'delete-before'}], '|');
edits('a paste becomes one line', '|', [{edit: 'insert', text: 'two\r\nlines\tand a tab'}], 'two lines and a tab|');

test('control characters do not get into a line', () => {
	const line = editLine(emptyLine, {edit: 'insert', text: 'a\u{1B}[31mb\u{7}'});
	assert.doesNotMatch(lineText(line), /\p{Cc}/u);
});

test('a huge paste is cut at the limit, never inside a character', () => {
	const line = editLine(emptyLine, {edit: 'insert', text: '🎉'.repeat(1000)});
	assert.ok(lineText(line).length <= maxLineLength);
	assert.match(lineText(line), /^(?:🎉)+$/u);
});
