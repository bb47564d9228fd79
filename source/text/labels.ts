import {cutToWidth} from './cells.js';
import {plainText} from './sanitize.js';

const formatters = new Map<string, Intl.DateTimeFormat>();

type LocalTime = {year: string; month: string; day: string; hour: string; minute: string; second: string};

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Formatters are slow to make and keep the zone of the process they were made in. */
const formatterOf = (timeZone: string | undefined): Intl.DateTimeFormat => {
	const key = timeZone ?? '';
	let formatter = formatters.get(key);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat('en-US', {
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
			hourCycle: 'h23',
			...(timeZone === undefined ? {} : {timeZone}),
		});
		formatters.set(key, formatter);
	}

	return formatter;
};

const localTime = (date: Date, timeZone: string | undefined): LocalTime => {
	const parts: Record<string, string> = {};
	for (const {type, value} of formatterOf(timeZone).formatToParts(date)) {
		parts[type] = value;
	}

	return parts as LocalTime;
};

const parseTime = (at: string | null): Date | undefined => {
	const date = at === null ? undefined : new Date(at);
	return date && Number.isFinite(date.getTime()) ? date : undefined;
};

/**
A moment as a list shows it: `today 14:03`, `Mar 4 19:48` within the year, else `2025-11-07`.
Local time, or that of `timeZone`; empty when the log tells no time.
*/
export const dateLabel = (at: string | null, now: Date, timeZone?: string): string => {
	const date = parseTime(at);
	if (!date) {
		return '';
	}

	const then = localTime(date, timeZone);
	const today = localTime(now, timeZone);
	const clock = `${then.hour}:${then.minute}`;
	if (then.year !== today.year) {
		return `${then.year}-${then.month}-${then.day}`;
	}

	return then.month === today.month && then.day === today.day
		? `today ${clock}`
		: `${monthNames[Number(then.month) - 1]} ${Number(then.day)} ${clock}`;
};

/** `14:03:07`. */
export const clockLabel = (at: string | null, timeZone?: string): string => {
	const date = parseTime(at);
	if (!date) {
		return '';
	}

	const {hour, minute, second} = localTime(date, timeZone);
	return `${hour}:${minute}:${second}`;
};

/** `2026-03-04 19:48:07`. */
export const dateTimeLabel = (at: string | null, timeZone?: string): string => {
	const date = parseTime(at);
	if (!date) {
		return '';
	}

	const {year, month, day} = localTime(date, timeZone);
	return `${year}-${month}-${day} ${clockLabel(at, timeZone)}`;
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `180ms`, `2.3s`, `4m 10s`, `1h 02m`, `3d 04h`. */
export const durationLabel = (ms: number | null): string => {
	if (ms === null || !Number.isFinite(ms) || ms < 0) {
		return '';
	}

	if (ms < 999.5) {
		return `${Math.round(ms)}ms`;
	}

	if (ms < 59_950) {
		return `${(ms / 1000).toFixed(1)}s`;
	}

	const seconds = Math.round(ms / 1000);
	if (seconds < 3600) {
		return `${Math.floor(seconds / 60)}m ${twoDigits(seconds % 60)}s`;
	}

	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	return hours < 24 ? `${hours}h ${twoDigits(minutes % 60)}m` : `${Math.floor(hours / 24)}d ${twoDigits(hours % 24)}h`;
};

/** Three significant digits at most: 12.4, 124, but 1.0 becomes 1. */
const scaled = (value: number): string => {
	const text = value < 99.95 ? value.toFixed(1) : String(Math.round(value));
	return text.endsWith('.0') ? text.slice(0, -2) : text;
};

/** `950`, `12.4k`, `1.3M`, `2.1G`. */
export const countLabel = (count: number): string => {
	if (Math.abs(count) < 1000) {
		return String(count);
	}

	const sign = count < 0 ? '-' : '';
	const size = Math.abs(count);
	for (const [unit, factor] of [
		['k', 1e3],
		['M', 1e6],
	] as const) {
		if (size / factor < 999.5) {
			return `${sign}${scaled(size / factor)}${unit}`;
		}
	}

	return `${sign}${scaled(size / 1e9)}G`;
};

/** Every digit, in groups of three: `38,112`. */
export const exactCountLabel = (count: number): string => {
	const [whole = '', fraction] = String(count).split('.');
	const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
	return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};

/** `640 B`, `312 kB`, `2.5 MB`: decimal units, as file managers count. */
export const bytesLabel = (bytes: number): string => {
	for (const [unit, factor] of [
		['B', 1],
		['kB', 1e3],
		['MB', 1e6],
	] as const) {
		if (bytes / factor < 999.5) {
			return `${scaled(bytes / factor)} ${unit}`;
		}
	}

	return `${scaled(bytes / 1e9)} GB`;
};

/** `12%`, `<1%`; empty without a whole. */
export const percentLabel = (part: number, whole: number | null): string => {
	if (whole === null || whole <= 0) {
		return '';
	}

	const percent = (part / whole) * 100;
	return percent > 0 && percent < 1 ? '<1%' : `${Math.round(percent)}%`;
};

/** First line that says something, its spaces collapsed, cut to `width` cells. */
export const summaryLine = (text: string, width = 200): string => {
	const line = /\S[^\r\n\u2028\u2029]*/.exec(text.length > 100_000 ? text.slice(0, 100_000) : text)?.[0] ?? '';
	const start = line.length > width * 20 ? line.slice(0, width * 20) : line;
	return cutToWidth(plainText(start).replace(/\s+/g, ' ').trim(), width);
};
