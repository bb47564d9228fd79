import type {Clock, TimeRange} from './query.js';
import {momentOf, type WallTime, wallTimeOf} from './wall-clock.js';

/** A stretch of time that has a name: a year, a day, a minute. */
type Unit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

type NamedTime = {unit: Unit; start: WallTime} | {unit: 'hour'; moment: number} | {unit: Unit; utc: WallTime};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
The range that `2026`, `2026-11`, `2026-11-22`, `2026-11-22T10:30`, `today`, `yesterday`, `monday` (the last one, or
today), `12h`, `7d`, `2w`, `3mo` or `1y` (so long ago, at most until 1970) means, in local time; undefined for anything else. What is counted in
hours begins at that very moment and takes an hour; what is counted in days or more is a day.
*/
export const timeRange = (words: string, clock: Clock): TimeRange | undefined => {
	const time = namedTime(words, clock);
	if (time === undefined) {
		return undefined;
	}

	if ('moment' in time) {
		return {start: time.moment, end: time.moment + hourMs};
	}

	if ('utc' in time) {
		return {start: time.utc, end: after(time.utc, time.unit)};
	}

	const start = momentOf(time.start, clock.timeZone);
	// Within a day the clock may be turned: an hour is an hour.
	return time.unit === 'year' || time.unit === 'month' || time.unit === 'day'
		? {start, end: momentOf(after(time.start, time.unit), clock.timeZone)}
		: {start, end: after(start, time.unit)};
};

/** The same for people, with no more than they need: `2025`, `Nov 2026`, `22 Nov`, `22 Nov 10:30`. */
export const timeLabel = (words: string, clock: Clock): string => {
	const time = namedTime(words, clock);
	const range = timeRange(words, clock);
	if (time === undefined || range === undefined) {
		return words;
	}

	const [date = '', hours = ''] = new Date(wallTimeOf(range.start, clock.timeZone)).toISOString().split('T');
	const [year = '', month = '', day = ''] = date.split('-');
	const monthName = monthNames[Number(month) - 1] ?? '';
	const isThisYear = Number(year) === new Date(wallTimeOf(clock.now.getTime(), clock.timeZone)).getUTCFullYear();
	const parts = {
		year: [year],
		month: [monthName, year],
		day: [Number(day), monthName, isThisYear ? '' : year],
		hour: [Number(day), monthName, isThisYear ? '' : year, hours.slice(0, 5)],
		minute: [Number(day), monthName, isThisYear ? '' : year, hours.slice(0, 5)],
		second: [Number(day), monthName, isThisYear ? '' : year, hours.slice(0, 8)],
	};
	return parts[time.unit].filter(part => part !== '').join(' ');
};

const beginnings = [
	/^\d{1,4}$/,
	/^\d{4}-(?:[01]?|[01]\d-?|[01]\d-[0-3]\d?)$/,
	/^\d{4}-[01]\d-[0-3]\d[t ](?:[0-2]?\d?|[0-2]\d:?|[0-2]\d:[0-5]|[0-2]\d:[0-5]\d:[0-5]?|[0-2]\d:[0-5]\d:[0-5]\d\.)$/,
	/^\d{1,4}m$/,
];

/** Whether more letters could still make a time of it: `2026-1`, `yes`, `3m`. */
export const mayBecomeTime = (words: string): boolean => {
	const typed = words.toLowerCase();
	return (
		typed === '' ||
		['today', 'yesterday', ...weekdays].some(name => name.startsWith(typed)) ||
		beginnings.some(beginning => beginning.test(typed))
	);
};

const namedTime = (words: string, {now, timeZone}: Clock): NamedTime | undefined => {
	const name = words.trim().toLowerCase();
	return writtenTime(name) ?? timeAgo(name, now.getTime(), timeZone) ?? namedDay(name, now.getTime(), timeZone);
};

const written =
	/^(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:[t ](?<hour>\d\d)(?::(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d+)?)?)?(?<utc>z)?)?)?)?$/;

const writtenTime = (name: string): NamedTime | undefined => {
	const groups = written.exec(name)?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const {year, month, day, hour, minute, second, utc} = groups;
	const fields = [year, month ?? '01', day ?? '01', hour ?? '00', minute ?? '00', second ?? '00'].map(Number);
	const [y = 0, mo = 1, ...rest] = fields;
	const start = Date.UTC(y, mo - 1, ...rest);
	const shown = new Date(start).toISOString().slice(0, 19).split(/[-T:]/).map(Number);
	if (y < 1970 || shown.some((value, index) => value !== fields[index])) {
		return undefined;
	}

	const unit = second ? 'second' : minute ? 'minute' : hour ? 'hour' : day ? 'day' : month ? 'month' : 'year';
	return utc === undefined ? {unit, start} : {unit, utc: start};
};

const timeAgo = (name: string, now: number, timeZone: string | undefined): NamedTime | undefined => {
	const groups = /^(?<count>\d{1,4})(?<unit>h|d|w|mo|y)$/.exec(name)?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const count = Number(groups['count']);
	const today = startOfDay(wallTimeOf(now, timeZone));
	const day = (start: WallTime): NamedTime => ({unit: 'day', start: Math.max(0, start)});
	switch (groups['unit']) {
		case 'h':
			return {unit: 'hour', moment: now - count * hourMs};
		case 'd':
			return day(today - count * dayMs);
		case 'w':
			return day(today - count * 7 * dayMs);
		case 'mo':
			return day(monthsBefore(today, count));
		default:
			return day(monthsBefore(today, count * 12));
	}
};

const namedDay = (name: string, now: number, timeZone: string | undefined): NamedTime | undefined => {
	const today = startOfDay(wallTimeOf(now, timeZone));
	if (name === 'today' || name === 'yesterday') {
		return {unit: 'day', start: name === 'today' ? today : today - dayMs};
	}

	const weekday = weekdays.findIndex(day => day === name || day.slice(0, 3) === name);
	return weekday === -1
		? undefined
		: {unit: 'day', start: today - ((new Date(today).getUTCDay() - weekday + 7) % 7) * dayMs};
};

const startOfDay = (wall: WallTime): WallTime => Math.floor(wall / dayMs) * dayMs;

/** The same day of an earlier month, or that month's last. */
const monthsBefore = (day: WallTime, count: number): WallTime => {
	const date = new Date(day);
	const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - count);
	return Math.min(first + (date.getUTCDate() - 1) * dayMs, after(first, 'month') - dayMs);
};

const unitMs = {day: dayMs, hour: hourMs, minute: 60_000, second: 1000};

const after = (start: number, unit: Unit): number => {
	if (unit !== 'year' && unit !== 'month') {
		return start + unitMs[unit];
	}

	const date = new Date(start);
	return Date.UTC(date.getUTCFullYear() + (unit === 'year' ? 1 : 0), date.getUTCMonth() + (unit === 'month' ? 1 : 0));
};
