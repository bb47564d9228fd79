import assert from 'node:assert/strict';
import test from 'node:test';
import stringWidth from 'string-width';
import {cellsOfUnit} from '../../source/text/cell-table.js';
import {cutToWidth, padToWidth, rowWidth, splitClusters, textWidth} from '../../source/text/cells.js';
import {plainText} from '../../source/text/sanitize.js';
import {hostileTexts} from './hostile.js';

test('the table of common characters agrees with string-width', () => {
	const segmenter = new Intl.Segmenter();
	for (let unit = 0; unit < 0x1_00_00; unit++) {
		const cells = cellsOfUnit(unit);
		if (cells > 0) {
			const character = String.fromCharCode(unit);
			assert.equal(stringWidth(character), cells, `U+${unit.toString(16)}`);
			assert.equal([...segmenter.segment(`a${character}漢${character}${character}│`)].length, 6);
		}
	}
});

test('widths agree with string-width', () => {
	for (const text of hostileTexts.flatMap(hostile => plainText(hostile).split('\n'))) {
		assert.equal(textWidth(text), stringWidth(text), text);
	}
});

test('clusters cover the text in order', () => {
	for (const text of hostileTexts.map(hostile => plainText(hostile))) {
		let end = 0;
		for (const cluster of splitClusters(text)) {
			assert.equal(cluster.start, end);
			end = cluster.end;
		}

		assert.equal(end, text.length);
	}
});

test('cuts never split a character and say that they cut', () => {
	assert.equal(cutToWidth('漢字漢字', 6), '漢字…');
	assert.equal(cutToWidth('漢字漢字', 8), '漢字漢字');
	assert.equal(cutToWidth('👩‍👩‍👧👩‍👩‍👧', 3), '👩‍👩‍👧…');
	assert.equal(cutToWidth('abc', 0), '');
	assert.deepEqual(cutToWidth([{text: 'ab', bold: true}, {text: 'cd'}], 3), [{text: 'ab…', bold: true}]);
	assert.deepEqual(cutToWidth([{text: 'ab'}], 1), [{text: '…'}]);
});

test('cuts and padding give the exact width', () => {
	for (const text of hostileTexts.map(hostile => plainText(hostile).replaceAll('\n', ' '))) {
		for (const width of [0, 1, 2, 3, 7, 20, 80]) {
			assert.equal(stringWidth(padToWidth(text, width)), width);
			assert.equal(rowWidth(padToWidth([{text}, {text: 'tail'}], width)), width);
		}
	}

	assert.equal(padToWidth('7', 3, 'right'), '  7');
});
