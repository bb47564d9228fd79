import {bytesOf, digitsAt, isAt} from './line-bytes.js';

/** Midnight of the day that was read last: the lines of a log follow each other. */
let lastDay = bytesOf('');
let lastMidnight = Number.NaN;

/** Of `2026-11-22T18:05:09.123Z`, the form that every release writes. */
export const stampLength = 24;

const dayLength = 10;

const midnightAt = (line: Buffer, from: number): number => {
	if (lastDay.length === 0 || !isAt(line, from, lastDay)) {
		lastDay = new Uint8Array(line.subarray(from, from + dayLength));
		const day = Buffer.from(lastDay).toString('latin1');
		lastMidnight = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : Number.NaN;
	}

	return lastMidnight;
};

const colon = 0x3a;

/** Unix ms of the stamp at an index; NaN for any other form, which `Date.parse` may know. */
export const stampAt = (line: Buffer, from: number): number => {
	if (
		line.length < from + stampLength ||
		line[from + 10] !== 0x54 ||
		line[from + 13] !== colon ||
		line[from + 16] !== colon ||
		line[from + 19] !== 0x2e ||
		line[from + 23] !== 0x5a
	) {
		return Number.NaN;
	}

	const hour = digitsAt(line, from + 11, 2);
	const minute = digitsAt(line, from + 14, 2);
	const second = digitsAt(line, from + 17, 2);
	return hour < 24 && minute < 60 && second < 60
		? midnightAt(line, from) + ((hour * 60 + minute) * 60 + second) * 1000 + digitsAt(line, from + 20, 3)
		: Number.NaN;
};
