import assert from 'node:assert/strict';
import test from 'node:test';
import {shellSpans} from '../../source/text/shell-spans.js';
import type {Row} from '../../source/text/span.js';
import {processorTime} from '../helpers/processor-time.js';
import {forbidden, hostileTexts} from './hostile.js';

const textOf = (rows: readonly Row[]) => rows.map(row => row.map(span => span.text).join(''));

const cases: ReadonlyArray<readonly [name: string, output: string, expected: Row[]]> = [
	['plain lines stay as they are', 'a\n\nb', [[{text: 'a'}], [], [{text: 'b'}]]],
	['colours become tones', '\x1b[31mred\x1b[0m', [[{text: 'red', tone: 'ansi-1'}]]],
	['bright colours too', '\x1b[1;92mgo\x1b[22;39m on', [[{text: 'go', tone: 'ansi-10', bold: true}, {text: ' on'}]]],
	['256 colours fall to the nearest of 16', '\x1b[38;5;196mx', [[{text: 'x', tone: 'ansi-9'}]]],
	['true colour as well', '\x1b[38;2;0;0;230mx', [[{text: 'x', tone: 'ansi-4'}]]],
	[
		'true colour with colons',
		'\x1b[38:2::0:0:0mx\x1b[38:2::250:250:0my',
		[
			[
				{text: 'x', tone: 'ansi-0'},
				{text: 'y', tone: 'ansi-11'},
			],
		],
	],
	['a background is inverse', '\x1b[30;42m PASS \x1b[m', [[{text: ' PASS ', tone: 'ansi-2', inverse: true}]]],
	['concealed and blinking text is plain', '\x1b[8;5mx', [[{text: 'x'}]]],
	[
		'a colour lasts over line ends',
		'\x1b[33ma\nb\x1b[0m',
		[[{text: 'a', tone: 'ansi-3'}], [{text: 'b', tone: 'ansi-3'}]],
	],
	['curly underlines are underlines', '\x1b[4:3mx\x1b[4:0my', [[{text: 'x', underline: true}, {text: 'y'}]]],
	['a progress bar shows its last state', '10%\r50%\r100%\r\ndone', [[{text: '100%'}], [{text: 'done'}]]],
	['a return at the end replaces nothing', 'working\r', [[{text: 'working'}]]],
	['a return before a colour still replaces', 'old\r\x1b[32mnew', [[{text: 'new', tone: 'ansi-2'}]]],
	['backspaces overwrite', 'ab\b\bxy', [[{text: 'xy'}]]],
	['tabs go to stops of 8', 'a\tb', [[{text: 'a       b'}]]],
	['cursor movements disappear', '\x1b[2K\x1b[1Gspinner', [[{text: 'spinner'}]]],
];

for (const [name, output, expected] of cases) {
	test(`shell output: ${name}`, () => {
		assert.deepEqual(shellSpans(output), expected);
	});
}

test('no hostile output leaves a forbidden character', () => {
	for (const text of hostileTexts) {
		for (const line of textOf(shellSpans(text))) {
			assert.doesNotMatch(line.replaceAll(/\p{RGI_Emoji}/gv, ''), forbidden, JSON.stringify(text));
		}
	}
});

test('a megabyte of hostile output takes linear time', () => {
	for (const unit of ['\x1b[', '\x1b[31m', '\x1b[31mx', '\r', '\rx', '\b', 'a\b', '\x1b]', '\x1b[1;2;3;4;5;6;7m']) {
		const started = processorTime();
		shellSpans(unit.repeat(1_000_000 / unit.length));
		assert.ok(processorTime() - started < 6000, JSON.stringify(unit));
	}
});
