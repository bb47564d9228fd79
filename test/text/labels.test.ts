import assert from 'node:assert/strict';
import test from 'node:test';
import {
	bytesLabel,
	clockLabel,
	countLabel,
	dateLabel,
	dateTimeLabel,
	durationLabel,
	exactCountLabel,
	percentLabel,
	summaryLine,
} from '../../source/text/labels.js';

const now = new Date('2026-03-05T01:00:00Z');

test('dates are short, local and relative to now', () => {
	assert.equal(dateLabel('2026-03-05T00:59:00Z', now, 'UTC'), 'today 00:59');
	assert.equal(dateLabel('2026-03-04T19:48:00Z', now, 'UTC'), 'Mar 4 19:48');
	assert.equal(dateLabel('2026-03-05T00:59:00Z', now, 'America/New_York'), 'today 19:59');
	assert.equal(dateLabel('2026-03-05T00:59:00Z', now, 'Asia/Tokyo'), 'today 09:59');
	assert.equal(dateLabel('2025-11-07T12:00:00Z', now, 'UTC'), '2025-11-07');
	assert.equal(dateLabel('2025-12-31T23:30:00Z', now, 'Asia/Tokyo'), 'Jan 1 08:30');
	assert.equal(dateLabel(null, now), '');
	assert.equal(dateLabel('yesterday', now), '');
	assert.match(dateLabel(now.toISOString(), now), /^today \d\d:\d\d$/);
});

test('clock and full times', () => {
	assert.equal(clockLabel('2026-03-04T19:48:07.900Z', 'UTC'), '19:48:07');
	assert.equal(dateTimeLabel('2026-03-04T00:00:00Z', 'UTC'), '2026-03-04 00:00:00');
	assert.equal(clockLabel(null), '');
});

const table = <T>(name: string, label: (value: T) => string, rows: ReadonlyArray<readonly [T, string]>) => {
	test(name, () => {
		for (const [value, expected] of rows) {
			assert.equal(label(value), expected);
		}
	});
};

table('durations', durationLabel, [
	[0, '0ms'],
	[180, '180ms'],
	[999.6, '1.0s'],
	[2345, '2.3s'],
	[59_960, '1m 00s'],
	[250_000, '4m 10s'],
	[3_599_900, '1h 00m'],
	[3_720_000, '1h 02m'],
	[100 * 3_600_000, '4d 04h'],
	[null, ''],
	[Number.NaN, ''],
	[-5, ''],
]);

table('counts', countLabel, [
	[0, '0'],
	[950, '950'],
	[999, '999'],
	[1000, '1k'],
	[12_449, '12.4k'],
	[999_499, '999k'],
	[999_600, '1M'],
	[1_300_000, '1.3M'],
	[2_100_000_000, '2.1G'],
	[-12_400, '-12.4k'],
]);

table('exact counts', exactCountLabel, [
	[0, '0'],
	[38_112, '38,112'],
	[1_234_567, '1,234,567'],
	[-1234, '-1,234'],
]);

table('sizes', bytesLabel, [
	[640, '640 B'],
	[312_000, '312 kB'],
	[2_500_000, '2.5 MB'],
	[999_900, '1 MB'],
	[4_000_000_000, '4 GB'],
]);

test('shares', () => {
	assert.equal(percentLabel(50, 400), '13%');
	assert.equal(percentLabel(1, 4000), '<1%');
	assert.equal(percentLabel(0, 400), '0%');
	assert.equal(percentLabel(5, null), '');
	assert.equal(percentLabel(5, 0), '');
});

test('summaries are the first line that says something', () => {
	assert.equal(summaryLine('\n\n  Fix   the\tcart \nand more'), 'Fix the cart');
	assert.equal(summaryLine('one\rtwo'), 'one');
	assert.equal(summaryLine('\x1b[31mred\x1b[0m \u202eevil'), 'red ⟨U+202E⟩evil');
	assert.equal(summaryLine('abcdef', 4), 'abc…');
	assert.equal(summaryLine(''), '');
	assert.equal(summaryLine('x'.repeat(3_000_000), 10), 'xxxxxxxxx…');
});
