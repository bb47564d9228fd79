import assert from 'node:assert/strict';
import {test} from 'node:test';
import {dayNamed} from '../../source/usage/day-words.js';
import {addDays, dayOf, monthOf, placeOf, weekOf} from '../../source/usage/days.js';

const moments: [at: string, timeZone: string, day: string][] = [
	['2026-11-22T23:30:00Z', 'UTC', '2026-11-22'],
	['2026-11-22T23:30:00Z', 'Europe/Berlin', '2026-11-23'],
	// Clocks go forward in the night of March 29 and back in that of October 25.
	['2026-03-28T22:59:59Z', 'Europe/Berlin', '2026-03-28'],
	['2026-03-28T23:00:00Z', 'Europe/Berlin', '2026-03-29'],
	['2026-03-29T21:59:59Z', 'Europe/Berlin', '2026-03-29'],
	['2026-03-29T22:00:00Z', 'Europe/Berlin', '2026-03-30'],
	['2026-10-24T22:00:00Z', 'Europe/Berlin', '2026-10-25'],
	['2026-10-25T22:59:59Z', 'Europe/Berlin', '2026-10-25'],
	['2026-10-25T23:00:00Z', 'Europe/Berlin', '2026-10-26'],
	['2026-11-22T18:14:59Z', 'Asia/Kathmandu', '2026-11-22'],
	['2026-11-22T18:15:00Z', 'Asia/Kathmandu', '2026-11-23'],
	['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01-01'],
	['2027-01-01T11:59:00Z', 'Etc/GMT+12', '2026-12-31'],
];

for (const [at, timeZone, day] of moments) {
	test(`${at} is ${day} in ${timeZone}`, () => {
		assert.equal(dayOf(Date.parse(at), timeZone), day);
	});
}

test('without a time zone days are those of this computer', () => {
	const {timeZone} = new Intl.DateTimeFormat().resolvedOptions();
	for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 5_400_000) {
		assert.equal(dayOf(ms), dayOf(ms, timeZone));
	}
});

const calendar: [day: string, week: string, month: string][] = [
	['2026-11-22', '2026-W47', '2026-11'],
	['2026-11-23', '2026-W48', '2026-11'],
	['2026-11-30', '2026-W49', '2026-11'],
	['2026-12-01', '2026-W49', '2026-12'],
	// Years begin in the week that has their first Thursday.
	['2026-12-31', '2026-W53', '2026-12'],
	['2027-01-03', '2026-W53', '2027-01'],
	['2027-01-04', '2027-W01', '2027-01'],
	['2024-12-30', '2025-W01', '2024-12'],
	['2021-01-01', '2020-W53', '2021-01'],
	['2024-02-29', '2024-W09', '2024-02'],
];

for (const [day, week, month] of calendar) {
	test(`${day} lies in ${week} and ${month}`, () => {
		assert.equal(weekOf(day), week);
		assert.equal(monthOf(day), month);
	});
}

test('days are counted over months, leap days and changes of the clock', () => {
	assert.equal(addDays('2026-03-01', -1), '2026-02-28');
	assert.equal(addDays('2024-02-28', 1), '2024-02-29');
	assert.equal(addDays('2026-03-29', 1), '2026-03-30');
	assert.equal(addDays('2026-12-31', 1), '2027-01-01');
	for (const none of ['2026-02-30', '2026-13-01', '2026-1-1', '20260101', 'today', '']) {
		assert.equal(placeOf(none), undefined, none);
	}
});

const words: [words: string, day: string][] = [
	['2026-02-28', '2026-02-28'],
	['today', '2026-11-22'],
	['Yesterday', '2026-11-21'],
	['0d', '2026-11-22'],
	['7d', '2026-11-15'],
	['4w', '2026-10-25'],
];

for (const [name, day] of words) {
	test(`"${name}" is ${day}`, () => {
		assert.equal(dayNamed(name, '2026-11-22', '--since'), day);
	});
}

for (const name of ['tomorrow', '2026-02-30', '7', 'd', '-7d', '7m', '2026-11', '']) {
	test(`"${name}" is no day`, () => {
		assert.throws(
			() => dayNamed(name, '2026-11-22', '--until'),
			new RegExp(`^UserError: The flag --until needs a day such as .*, not "${name}"\\.$`),
		);
	});
}
