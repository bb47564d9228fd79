import assert from 'node:assert/strict';
import test from 'node:test';
import {rowText, rowWidth} from '../../source/text/cells.js';
import {plainText} from '../../source/text/sanitize.js';
import {wrapRow} from '../../source/text/wrap-row.js';
import {processorTime} from '../helpers/processor-time.js';
import {hostileTexts} from './hostile.js';

const wrap = (text: string, width: number, hang?: number) => wrapRow([{text}], width, hang).map(rowText);

const cases: ReadonlyArray<readonly [name: string, text: string, width: number, expected: string[]]> = [
	['breaks between words', 'the quick brown fox', 10, ['the quick', 'brown fox']],
	['breaks long words', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
	['keeps indentation', '  one two three', 9, ['  one two', '  three']],
	['keeps an empty row', '', 10, ['']],
	['keeps a row of spaces', '   ', 10, ['   ']],
	['breaks between wide characters', '漢字漢字漢字', 5, ['漢字', '漢字', '漢字']],
	['keeps punctuation with its word', '漢字漢字。「漢字」', 8, ['漢字漢', '字。「漢', '字」']],
	['breaks at spaces in mixed text', 'naïve café ☂ rain', 8, ['naïve', 'café ☂', 'rain']],
	['keeps emoji whole', '👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 5, ['👩‍👩‍👧👩‍👩‍👧', '👩‍👩‍👧']],
];

for (const [name, text, width, expected] of cases) {
	test(`wrapping ${name}`, () => {
		assert.deepEqual(wrap(text, width), expected);
	});
}

test('styles follow their words', () => {
	assert.deepEqual(wrapRow([{text: 'one '}, {text: 'two three', bold: true}, {text: ' four'}], 8), [
		[{text: 'one '}, {text: 'two', bold: true}],
		[{text: 'three', bold: true}],
		[{text: 'four'}],
	]);
});

test('a hang indents continuation rows', () => {
	assert.deepEqual(wrap('one two three', 8, 2), ['one two', '  three']);
});

test('no row is too wide and no word is lost', () => {
	for (const text of hostileTexts.flatMap(hostile => plainText(hostile).split('\n'))) {
		for (let width = 4; width < 120; width += 3) {
			const half = Math.floor(text.length / 2);
			const rows = wrapRow([{text: text.slice(0, half)}, {text: text.slice(half), bold: true}], width);
			for (const row of rows) {
				assert.ok(rowWidth(row) <= width, `${width}: ${rowText(row)}`);
			}

			assert.equal(rows.map(rowText).join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
		}
	}
});

test('many spans in one endless line take linear time', () => {
	const row = Array.from({length: 200_000}, (_, index) => ({
		text: index % 7 === 0 ? '漢' : 'ab c',
		bold: index % 2 === 0,
	}));
	const started = processorTime();
	wrapRow(row, 80);
	assert.ok(processorTime() - started < 3000);
});
