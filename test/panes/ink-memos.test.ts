import assert from 'node:assert/strict';
import test from 'node:test';
import {fileURLToPath} from 'node:url';
import * as original from '@alcalzone/ansi-tokenize';
import headless from '@xterm/headless';
import fc from 'fast-check';
import stringWidth from 'string-width';
import InkOutput from '../../node_modules/ink/build/output.js';
import inkSanitizeAnsi from '../../node_modules/ink/build/sanitize-ansi.js';
import {styledCharsFromTokens, styledCharsToString, tokenize} from '../../source/panes/ink/ansi-tokenize.js';
import {memoByText} from '../../source/panes/ink/memo.js';
import Output from '../../source/panes/ink/output.js';
import sanitizeAnsi from '../../source/panes/ink/sanitize-ansi.js';
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

test('texts are cleaned as Ink cleans them', () => {
	fc.assert(
		fc.property(texts, text => {
			assert.equal(sanitizeAnsi(text), inkSanitizeAnsi(text));
			assert.equal(sanitizeAnsi(text), inkSanitizeAnsi(text));
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

/** What a terminal shows of lines: each cell with its colours and attributes. */
const cellsOf = async (lines: readonly string[]): Promise<string[]> => {
	const terminal = new headless.Terminal({cols: 400, rows: lines.length, allowProposedApi: true, scrollback: 0});
	await new Promise<void>(resolve => terminal.write(lines.join('\r\n'), resolve));
	const cells = lines.map((_, y) => {
		const line = terminal.buffer.active.getLine(y);
		return Array.from({length: 400}, (_, x) => {
			const cell = line?.getCell(x);
			return [
				cell?.getChars(),
				cell?.getFgColor(),
				cell?.getBgColor(),
				cell?.isBold(),
				cell?.isDim(),
				cell?.isItalic(),
				cell?.isUnderline(),
				cell?.isInverse(),
				cell?.isStrikethrough(),
			].join();
		}).join(' ');
	});
	terminal.dispose();
	return cells;
};

test('frames look the same, cell by cell, with the drop-ins and without', async () => {
	const entry = fileURLToPath(new URL('../helpers/print-frames.tsx', import.meta.url));
	const printed = await Promise.all([bundleFrames(entry, false), bundleFrames(entry, true)]);
	const [stock = [], ours = []] = printed.map(text => text.split('\n'));
	assert.ok(stock.length > 100);
	assert.equal(ours.length, stock.length);
	assert.deepEqual(await cellsOf(ours), await cellsOf(stock));
});

const styles = ['', '\u{1B}[31m', '\u{1B}[1;38;2;1;2;3m', '\u{1B}[7m'];
const words = fc.constantFrom('plain', '│', '深色主题', '👩‍👩‍👧‍👦', 'é ä̈', 'two\nlines', ' ', '');
const writes = fc.array(
	fc.record({
		x: fc.integer({min: 0, max: 36}),
		y: fc.integer({min: -1, max: 4}),
		text: fc.tuple(fc.constantFrom(...styles), words).map(([style, word]) => `${style}${word}\u{1B}[0m`),
		clip: fc.option(fc.record({x1: fc.nat(20), x2: fc.nat(40), y1: fc.nat(2), y2: fc.nat(4)}), {freq: 12}),
		isUnderlined: fc.boolean(),
	}),
	{maxLength: 8},
);

const underline = (line: string): string => `\u{1B}[4m${line}\u{1B}[24m`;

test('texts stand where Ink puts them, beside, over and beyond each other', async () => {
	await fc.assert(
		fc.asyncProperty(writes, async list => {
			const size = {width: 40, height: 4};
			const [ours, stock] = [new Output(size), new InkOutput(size)];
			for (const {x, y, text, clip, isUnderlined} of list) {
				for (const output of [ours, stock]) {
					if (clip) {
						output.clip(clip);
					}

					output.write(x, y, text, {transformers: isUnderlined ? [underline] : []});
					if (clip) {
						output.unclip();
					}
				}
			}

			assert.equal(ours.get().height, stock.get().height);
			assert.deepEqual(await cellsOf(ours.get().output.split('\n')), await cellsOf(stock.get().output.split('\n')));
		}),
		{numRuns: 300},
	);
});
