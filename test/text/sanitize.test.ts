import assert from 'node:assert/strict';
import test from 'node:test';
import {expandTabs, plainText} from '../../source/text/sanitize.js';
import {processorTime} from '../helpers/processor-time.js';
import {forbidden, hostileTexts} from './hostile.js';

const cases: ReadonlyArray<readonly [name: string, text: string, expected: string]> = [
	['keeps ordinary text', 'one\ntwo – “three” │ 漢字', 'one\ntwo – “three” │ 漢字'],
	['drops colours and movements', '\x1b[1;31mred\x1b[0m\x1b[2J\x1b[10;10H!', 'red!'],
	['drops 8-bit sequences', '\x9b31mred', 'red'],
	['drops titles and links, keeps what they frame', '\x1b]8;;http://a.example\x07text\x1b]8;;\x1b\\', 'text'],
	['drops device strings', 'a\x1bPq...\x1b\\b\x1b_G...\x1b\\c', 'abc'],
	['keeps what follows an unclosed sequence', '\x1b]0;title\nrest', '␛]0;title\nrest'],
	['marks a lone escape', 'a\x1b', 'a␛'],
	['does not build a sequence from the pieces of another', '\x1b\x1b[0m[31mx', '␛[31mx'],
	['reads every line end', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
	['expands tabs to the next stop', 'ab\tc\n\td', 'ab  c\n    d'],
	['marks controls', 'a\0b\x07c\x7f', 'a␀b␇c␡'],
	['marks direction overrides', 'a\u202eb', 'a⟨U+202E⟩b'],
	['marks zero-width characters', 'a\u200bb\ufeff', 'a⟨U+200B⟩b⟨U+FEFF⟩'],
	['counts long invisible runs', `a${'\u200b'.repeat(40)}`, 'a⟨U+200B⟩⟨39 more hidden⟩'],
	['counts smuggled tags', 'a\u{e0041}\u{e0042}\u{e0043}\u{e0044}', 'a⟨U+E0041⟩⟨3 more hidden⟩'],
	['replaces lone surrogates', 'a\ud800b', 'a\ufffdb'],
	['keeps joiners and selectors of emoji', '👩‍👩‍👧 ❤️ 1️⃣ 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👩‍👩‍👧 ❤️ 1️⃣ 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
	['keeps joiners of scripts that need them', 'می‌خواهم', 'می‌خواهم'],
	['marks selectors after letters', 'x\ufe0f', 'x⟨U+FE0F⟩'],
	['shortens stacks of marks', `e${'\u0301'.repeat(10)}`, `e${'\u0301'.repeat(8)}⟨2 more marks⟩`],
];

for (const [name, text, expected] of cases) {
	test(`plain text ${name}`, () => {
		assert.equal(plainText(text), expected);
	});
}

test('no hostile text leaves a forbidden character', () => {
	for (const text of hostileTexts) {
		const shown = plainText(text)
			.replaceAll('\n', '')
			.replaceAll(/\p{RGI_Emoji}/gv, '');
		assert.doesNotMatch(shown, forbidden, JSON.stringify(text));
	}
});

test('tab stops count from the given column', () => {
	assert.equal(expandTabs('\tx', 8, 6), '  x');
});

test('a megabyte of broken sequences takes linear time', () => {
	for (const unit of [
		'\x1b[',
		'\x1b]',
		'\x9b',
		'\x90',
		'\x1bP',
		'\x1b[1;',
		'\r',
		'\u202ea',
		'👩\u200d',
		'\u0301',
		'\t',
	]) {
		const started = processorTime();
		plainText(unit.repeat(1_000_000 / unit.length));
		assert.ok(processorTime() - started < 6000, JSON.stringify(unit));
	}

	const started = processorTime();
	plainText(`\x1b]${'a'.repeat(1_000_000)}\x1b[${'1;'.repeat(500_000)}`);
	assert.ok(processorTime() - started < 2000);
});
