/** A calendar day as `2026-11-22`: plain words, so that weeks and months need no time zone. */
export type Day = string;

const dayMs = 86_400_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
	let formatter = formatters.get(timeZone);
	if (formatter === undefined) {
		formatter = new Intl.DateTimeFormat('en-CA', {year: 'numeric', month: '2-digit', day: '2-digit', timeZone});
		formatters.set(timeZone, formatter);
	}

	return formatter;
};

const padded = (value: number, length: number): string => String(value).padStart(length, '0');

/** The calendar day of a moment, on this computer's clock or on that of `timeZone`. */
export const dayOf = (ms: number, timeZone?: string): Day => {
	if (timeZone !== undefined) {
		return formatterOf(timeZone).format(ms);
	}

	const date = new Date(ms);
	return `${padded(date.getFullYear(), 4)}-${padded(date.getMonth() + 1, 2)}-${padded(date.getDate(), 2)}`;
};

/** Midnight UTC of that day, as the day's place in the calendar; undefined when there is no such day. */
export const placeOf = (day: string): number | undefined => {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) {
		return undefined;
	}

	const ms = Date.parse(`${day}T00:00:00.000Z`);
	return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day ? undefined : ms;
};

export const addDays = (day: Day, days: number): Day =>
	new Date((placeOf(day) ?? 0) + days * dayMs).toISOString().slice(0, 10);

/** `2026-11`. */
export const monthOf = (day: Day): string => day.slice(0, 7);

/** ISO week, `2026-W47`: it begins on Monday and belongs to the year that its Thursday is in. */
export const weekOf = (day: Day): string => {
	const weekday = (new Date(placeOf(day) ?? 0).getUTCDay() + 6) % 7;
	const thursday = addDays(day, 3 - weekday);
	const year = thursday.slice(0, 4);
	const dayOfYear = ((placeOf(thursday) ?? 0) - Date.UTC(Number(year), 0, 1)) / dayMs;
	return `${year}-W${padded(Math.floor(dayOfYear / 7) + 1, 2)}`;
};
