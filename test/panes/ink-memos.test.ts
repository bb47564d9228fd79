import assert from 'node:assert/strict';
import test from 'node:test';
import {fileURLToPath} from 'node:url';
import * as original from '@alcalzone/ansi-tokenize';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {styledCharsFromTokens, styledCharsToString, tokenize} from '../../source/panes/ink/ansi-tokenize.js';
import {memoByText} from '../../source/panes/ink/memo.js';
import {PatientSegmenter} from '../../source/panes/ink/segmenter.js';
import cachedWidth from '../../source/panes/ink/string-width.js';
import {bundleFrames} from '../helpers/bundle-frames.js';
import {hostileTexts} from '../helpers/sample-sessions.js';

const pieces = [
	...hostileTexts,
	'plain',
	'│ ─ ▌ … · •',
	'深色主题',
	'👩‍👩‍👧‍👦🇩🇪✅',
	'é ä̈',
	'\u{1B}[31mred\u{1B}[39m',
	'\u{1B}[1;38;2;1;2;3mbold\u{1B}[0m',
	'\u{1B}[7m',
	'\n',
];
const texts = fc.oneof(
	fc.array(fc.constantFrom(...pieces)).map(list => list.join('')),
	fc.string({unit: 'grapheme'}),
);

test('widths are those of string-width', () => {
	fc.assert(
		fc.property(texts, text => {
			assert.equal(cachedWidth(text), stringWidth(text));
			assert.equal(cachedWidth(text), stringWidth(text));
		}),
	);
});

test('styled characters are those of ansi-tokenize', () => {
	fc.assert(
		fc.property(texts, text => {
			const expected = original.styledCharsFromTokens(original.tokenize(text));
			const characters = styledCharsFromTokens(tokenize(text));
			assert.deepEqual(characters, expected);
			assert.equal(styledCharsToString(characters), original.styledCharsToString(expected));
		}),
	);
});

test('graphemes are those of Intl.Segmenter', () => {
	const patient = new PatientSegmenter();
	const original = new Intl.Segmenter();
	fc.assert(
		fc.property(texts, text => {
			assert.deepEqual([...patient.segment(text)], [...original.segment(text)]);
			for (let index = -1; index <= text.length; index++) {
				assert.deepEqual(patient.segment(text).containing(index), original.segment(text).containing(index));
			}
		}),
	);
});

test('a memo holds no more characters than it may', () => {
	let made = 0;
	const length = memoByText(10, text => {
		made++;
		return text.length;
	});
	for (const text of ['aaaa', 'bbbb', 'aaaa', 'cccc', 'aaaa']) {
		assert.equal(length(text), 4);
	}

	assert.equal(made, 4);
});

test('frames are the same, byte for byte, with the memos and without', async () => {
	const entry = fileURLToPath(new URL('../helpers/print-frames.tsx', import.meta.url));
	const [stock, memoised] = await Promise.all([bundleFrames(entry, false), bundleFrames(entry, true)]);
	assert.ok(stock.length > 10_000);
	assert.equal(memoised, stock);
});
