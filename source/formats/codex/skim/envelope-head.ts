/** What stands before the payload of a line as Codex writes it, and where the payload's fields begin. */
export type EnvelopeHead = {
	/** Unix ms. */
	at: number | null;
	ordinal: number | null;
	/** `response_item`, `event_msg`, …; empty in the eras whose lines have no envelope. */
	type: string;
	/** `type` of the payload where it is the first field, else empty. */
	kind: string;
	/** Index in the line of the payload's opening brace. */
	payloadAt: number;
	/** Index behind `kind`, or behind the opening brace. */
	fieldsAt: number;
};

const quote = 0x22;
const timeAt = 14;
const timeLength = 24;

/** Unix ms of midnight of the day that was asked for last: lines of one day follow each other. */
let lastDay = '';
let lastMidnight = Number.NaN;

const digits = (text: string, from: number, count: number): number => {
	let value = 0;
	for (let index = from; index < from + count; index++) {
		const digit = text.charCodeAt(index) - 48;
		if (digit < 0 || digit > 9) {
			return Number.NaN;
		}

		value = value * 10 + digit;
	}

	return value;
};

/** Unix ms of `2026-11-22T18:05:09.123Z`; NaN for any other form, which is left to `Date.parse`. */
export const stampTime = (text: string, from: number): number => {
	if (text[from + 10] !== 'T' || text[from + 19] !== '.' || text[from + 23] !== 'Z') {
		return Number.NaN;
	}

	if (!text.startsWith(lastDay, from) || lastDay === '') {
		lastDay = text.slice(from, from + 10);
		lastMidnight = /^\d{4}-\d\d-\d\d$/.test(lastDay) ? Date.parse(lastDay) : Number.NaN;
	}

	const hours = digits(text, from + 11, 2);
	const minutes = digits(text, from + 14, 2);
	const seconds = digits(text, from + 17, 2);
	const isTime = hours < 24 && minutes < 60 && seconds < 60 && text[from + 13] === ':' && text[from + 16] === ':';
	return isTime
		? lastMidnight + ((hours * 60 + minutes) * 60 + seconds) * 1000 + digits(text, from + 20, 3)
		: Number.NaN;
};

/** The word in quotes at `from`; empty where there is none, or one that needs a closer look. */
const wordAt = (head: string, from: number): string => {
	const end = head.charCodeAt(from) === quote ? head.indexOf('"', from + 1) : -1;
	const word = end === -1 ? '' : head.slice(from + 1, end);
	return word.includes('\\') ? '' : word;
};

const payloadStart = '","payload":{';
const kindStart = '"type":"';

/**
Reads the head of a line in the compact form that Codex writes; undefined for any other form. `head` is the
beginning of the line as Latin-1, so that its indexes are the line's.
*/
export const readHead = (head: string): EnvelopeHead | undefined => {
	if (!head.startsWith('{"timestamp":"')) {
		const kind = head.startsWith('{"type":"') ? wordAt(head, 8) : '';
		return kind === ''
			? undefined
			: {at: null, ordinal: null, type: '', kind, payloadAt: 0, fieldsAt: 8 + kind.length + 2};
	}

	const at = stampTime(head, timeAt);
	let index = timeAt + timeLength + 2;
	let ordinal: number | null = null;
	if (head.startsWith('"ordinal":', index)) {
		const end = head.indexOf(',', index);
		ordinal = end === -1 || end - index > 22 ? Number.NaN : digits(head, index + 10, end - index - 10);
		index = end + 1;
	}

	if (
		Number.isNaN(at) ||
		Number.isNaN(ordinal) ||
		!head.startsWith('","', timeAt + timeLength - 0 - 0) ||
		!head.startsWith(kindStart, index)
	) {
		return undefined;
	}

	const typeAt = index + kindStart.length;
	const end = head.indexOf('"', typeAt);
	if (end === -1 || !head.startsWith(payloadStart, end)) {
		return undefined;
	}

	const payloadAt = end + payloadStart.length - 1;
	const kind = head.startsWith(kindStart, payloadAt + 1) ? wordAt(head, payloadAt + kindStart.length) : '';
	const fieldsAt = kind === '' ? payloadAt + 1 : payloadAt + 1 + kindStart.length + kind.length + 2;
	return {at, ordinal, type: head.slice(typeAt, end), kind, payloadAt, fieldsAt};
};
