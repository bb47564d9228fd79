/**
Time as a clock on the wall shows it, as the Unix ms at which a clock in UTC shows the same: days, months and
weekdays can be counted on it without a time zone.
*/
export type WallTime = number;

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
	let formatter = formatters.get(timeZone);
	if (formatter === undefined) {
		formatter = new Intl.DateTimeFormat('en-US', {
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
			hourCycle: 'h23',
			timeZone,
		});
		formatters.set(timeZone, formatter);
	}

	return formatter;
};

/** What the clock shows at a moment, to the second, on this computer or in `timeZone`. */
export const wallTimeOf = (ms: number, timeZone?: string): WallTime => {
	if (timeZone === undefined) {
		const date = new Date(ms);
		return Date.UTC(
			date.getFullYear(),
			date.getMonth(),
			date.getDate(),
			date.getHours(),
			date.getMinutes(),
			date.getSeconds(),
		);
	}

	const parts: Record<string, number> = {};
	for (const {type, value} of formatterOf(timeZone).formatToParts(ms)) {
		parts[type] = Number(value);
	}

	const {year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0} = parts;
	return Date.UTC(year, month - 1, day, hour, minute, second);
};

const dayMs = 86_400_000;

/** The moment at which the clock shows that: the first one where it does so twice, the next one where it never does. */
export const momentOf = (wall: WallTime, timeZone?: string): number => {
	// A change of the clock within a day of the moment has one offset before and one behind it.
	const [early, late] = [-dayMs, dayMs]
		.map(step => wall - (wallTimeOf(wall + step, timeZone) - (wall + step)))
		.sort((a, b) => a - b) as [number, number];
	return wallTimeOf(early, timeZone) === wall ? early : late;
};
