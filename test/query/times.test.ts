import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {mayBecomeTime, timeLabel, timeRange} from '../../source/query/times.js';
import {clock} from './show.js';

const range = (words: string, timeZone = 'Europe/Berlin', now = clock.now): string | undefined => {
	const found = timeRange(words, {now, timeZone});
	return found && `${iso(found.start)} ${iso(found.end)}`;
};

const iso = (ms: number): string => new Date(ms).toISOString().replace(/(?::00)?\.000Z$/, '');

/** Now is Sunday, 22 November 2026, 12:00 in Berlin, an hour ahead of UTC. */
const times: [words: string, range: string][] = [
	['2026', '2025-12-31T23:00 2026-12-31T23:00'],
	['2026-11', '2026-10-31T23:00 2026-11-30T23:00'],
	['2026-12', '2026-11-30T23:00 2026-12-31T23:00'],
	['2026-11-22', '2026-11-21T23:00 2026-11-22T23:00'],
	['2026-11-22T10', '2026-11-22T09:00 2026-11-22T10:00'],
	['2026-11-22T10:30', '2026-11-22T09:30 2026-11-22T09:31'],
	['2026-11-22 10:30', '2026-11-22T09:30 2026-11-22T09:31'],
	['2026-11-22T10:30:15', '2026-11-22T09:30:15 2026-11-22T09:30:16'],
	['2026-11-22T10:30Z', '2026-11-22T10:30 2026-11-22T10:31'],
	['2026-11-22T10:30:15.123Z', '2026-11-22T10:30:15 2026-11-22T10:30:16'],
	['2024-02-29', '2024-02-28T23:00 2024-02-29T23:00'],
	['today', '2026-11-21T23:00 2026-11-22T23:00'],
	['Yesterday', '2026-11-20T23:00 2026-11-21T23:00'],
	['sunday', '2026-11-21T23:00 2026-11-22T23:00'],
	['monday', '2026-11-15T23:00 2026-11-16T23:00'],
	['sat', '2026-11-20T23:00 2026-11-21T23:00'],
	['0d', '2026-11-21T23:00 2026-11-22T23:00'],
	['7d', '2026-11-14T23:00 2026-11-15T23:00'],
	['2w', '2026-11-07T23:00 2026-11-08T23:00'],
	['12h', '2026-11-21T23:00 2026-11-22T00:00'],
	['1mo', '2026-10-21T22:00 2026-10-22T22:00'],
	['3MO', '2026-08-21T22:00 2026-08-22T22:00'],
	['1y', '2025-11-21T23:00 2025-11-22T23:00'],
	['9999y', '1969-12-31T23:00 1970-01-01T23:00'],
	// Clocks go forward on 29 March and back on 25 October.
	['2026-03-29', '2026-03-28T23:00 2026-03-29T22:00'],
	['2026-10-25', '2026-10-24T22:00 2026-10-25T23:00'],
	['2026-03', '2026-02-28T23:00 2026-03-31T22:00'],
	['2026-03-29T02:30', '2026-03-29T01:30 2026-03-29T01:31'],
	['2026-10-25T02:30', '2026-10-25T00:30 2026-10-25T00:31'],
	['2026-10-25T03:00', '2026-10-25T02:00 2026-10-25T02:01'],
];

for (const [words, expected] of times) {
	test(`${words} is ${expected} in UTC`, () => {
		assert.equal(range(words), expected);
	});
}

const elsewhere: [words: string, timeZone: string, range: string][] = [
	['2026-11-22', 'UTC', '2026-11-22T00:00 2026-11-23T00:00'],
	['2026-11-22', 'Asia/Kathmandu', '2026-11-21T18:15 2026-11-22T18:15'],
	['2026-11-22', 'Pacific/Kiritimati', '2026-11-21T10:00 2026-11-22T10:00'],
	['today', 'Pacific/Kiritimati', '2026-11-22T10:00 2026-11-23T10:00'],
	['2026-11-22', 'Etc/GMT+12', '2026-11-22T12:00 2026-11-23T12:00'],
	// The day begins at one o'clock, and one that a country left out has no time at all.
	['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00 2018-11-05T02:00'],
	['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00 2011-12-30T10:00'],
];

for (const [words, timeZone, expected] of elsewhere) {
	test(`${words} in ${timeZone} is ${expected} in UTC`, () => {
		assert.equal(range(words, timeZone), expected);
	});
}

test('days where the clock is turned have 23 or 25 hours', () => {
	const hours = (day: string): number => {
		const {start, end} = timeRange(day, clock) as {start: number; end: number};
		return (end - start) / 3_600_000;
	};

	assert.deepEqual(['2026-03-28', '2026-03-29', '2026-10-25'].map(hours), [24, 23, 25]);
});

test('a month before its last day is the last day of a shorter month', () => {
	const now = new Date('2026-03-31T12:00:00Z');
	assert.equal(range('1mo', 'UTC', now), '2026-02-28T00:00 2026-03-01T00:00');
	assert.equal(range('13mo', 'UTC', now), '2025-02-28T00:00 2025-03-01T00:00');
	assert.equal(range('2y', 'UTC', new Date('2026-02-28T00:00:00Z')), '2024-02-28T00:00 2024-02-29T00:00');
});

const noTimes = [
	'',
	'soon',
	'tomorrow',
	'7',
	'-7d',
	'7x',
	'12345d',
	'26',
	'20261',
	'1969',
	'2026-13',
	'2026-00',
	'2026-2',
];
for (const words of [...noTimes, '2026-02-30', '2026-11-22T24:00', '2026-11-22T10:60', '2026-11-22T', '22.11.2026']) {
	test(`"${words}" is no time`, () => {
		assert.equal(timeRange(words, clock), undefined);
	});
}

test('without a time zone days are those of this computer', () => {
	const {timeZone} = new Intl.DateTimeFormat().resolvedOptions();
	for (let day = 0; day < 366; day++) {
		const words = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
		assert.deepEqual(timeRange(words, {now: clock.now}), timeRange(words, {now: clock.now, timeZone}));
	}
});

test('days follow each other without a gap, in any time zone', () => {
	const zones = fc.constantFrom(
		'UTC',
		'Europe/Berlin',
		'America/Sao_Paulo',
		'Australia/Lord_Howe',
		'Asia/Tehran',
		'Pacific/Apia',
	);
	const days = fc.integer({min: 0, max: 60 * 365});
	fc.assert(
		fc.property(zones, days, (timeZone, day) => {
			const [one, next] = [day, day + 1].map(count =>
				timeRange(new Date(Date.UTC(1970, 0, 2 + count)).toISOString().slice(0, 10), {now: clock.now, timeZone}),
			);
			assert.ok(one && next);
			assert.equal(one.end, next.start);
			assert.ok(one.end >= one.start);
		}),
	);
});

test('every beginning of a time may become one', () => {
	for (const [words] of times) {
		for (let length = 0; length < words.length; length++) {
			const beginning = words.slice(0, length);
			const isTime = timeRange(beginning, clock) !== undefined;
			assert.ok(isTime || mayBecomeTime(beginning), beginning);
		}
	}

	for (const words of ['soon', '2026x', '7x', '2026-2', '2026-11-5', 'todax']) {
		assert.equal(mayBecomeTime(words), false, words);
	}
});

const labels: [words: string, label: string][] = [
	['2025', '2025'],
	['2026-11', 'Nov 2026'],
	['2026-11-02', '2 Nov'],
	['2025-11-22', '22 Nov 2025'],
	['2026-11-22T10:30', '22 Nov 10:30'],
	['2026-11-22T10:30Z', '22 Nov 11:30'],
	['2026-11-22T10:30:15', '22 Nov 10:30:15'],
	['yesterday', '21 Nov'],
	['12h', '22 Nov 00:00'],
	['1y', '22 Nov 2025'],
	['soon', 'soon'],
];

for (const [words, label] of labels) {
	test(`${words} is shown as ${label}`, () => {
		assert.equal(timeLabel(words, clock), label);
	});
}
