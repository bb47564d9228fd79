/** Midnight of the day that was read last: the lines of a log follow each other. */
let lastDay = '';
let lastMidnight = Number.NaN;

/** Of `2026-11-22T18:05:09.123Z`, the form that every release writes. */
export const stampLength = 24;

/** A whole number written with `count` digits; NaN where there are other characters. */
export const digitsAt = (text: string, from: number, count: number): number => {
	let value = 0;
	for (let index = from; index < from + count; index++) {
		const digit = text.charCodeAt(index) - 48;
		if (!(digit >= 0 && digit <= 9)) {
			return Number.NaN;
		}

		value = value * 10 + digit;
	}

	return value;
};

const midnightAt = (text: string, from: number): number => {
	if (lastDay === '' || !text.startsWith(lastDay, from)) {
		lastDay = text.slice(from, from + 10);
		lastMidnight = /^\d{4}-\d\d-\d\d$/.test(lastDay) ? Date.parse(lastDay) : Number.NaN;
	}

	return lastMidnight;
};

/** Unix ms of the stamp at an index; NaN for any other form, which `Date.parse` may know. */
export const stampAt = (text: string, from: number): number => {
	const hour = digitsAt(text, from + 11, 2);
	const minute = digitsAt(text, from + 14, 2);
	const second = digitsAt(text, from + 17, 2);
	const isTime =
		text[from + 10] === 'T' &&
		text[from + 13] === ':' &&
		text[from + 16] === ':' &&
		text[from + 19] === '.' &&
		text[from + 23] === 'Z' &&
		hour < 24 &&
		minute < 60 &&
		second < 60;
	return isTime
		? midnightAt(text, from) + ((hour * 60 + minute) * 60 + second) * 1000 + digitsAt(text, from + 20, 3)
		: Number.NaN;
};
