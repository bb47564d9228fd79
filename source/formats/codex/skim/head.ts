import {bytesOf, digitsAt, isAt, wordAt, wordEnd} from './line-bytes.js';
import {stampAt, stampLength} from './stamp.js';

/** What stands before the fields of a payload, in the compact form that Codex writes. Indexes are the line's. */
export type LineHead = {
	/** Unix ms; null in the eras whose lines have no envelope. */
	at: number | null;
	ordinal: number | null;
	/** `response_item`, `event_msg`, …; `response_item` too where there is no envelope. */
	type: string;
	/** The payload's own `type` where that comes first, else empty. */
	kind: string;
	/** Of the payload's opening brace. */
	payloadAt: number;
	/** Behind `kind`, else behind the opening brace. */
	fieldsAt: number;
};

const stampStart = bytesOf('{"timestamp":"');
const stampClose = bytesOf('",');
const ordinalStart = bytesOf('"ordinal":');
const typeStart = bytesOf('"type":"');
const payloadStart = bytesOf('","payload":{');
const stampEnd = stampStart.length + stampLength;
const comma = 0x2c;

/** Digits that an ordinal has at most. */
const ordinalLength = 15;

/** The head of a line whose payload opens at an index, with the payload's `type` when that is its first field. */
const headAt = (line: Buffer, at: number | null, ordinal: number | null, type: string, payloadAt: number): LineHead => {
	const from = payloadAt + 1 + typeStart.length;
	const end = isAt(line, payloadAt + 1, typeStart) ? wordEnd(line, from) : -1;
	return end === -1
		? {at, ordinal, type, kind: '', payloadAt, fieldsAt: payloadAt + 1}
		: {at, ordinal, type, kind: wordAt(line, from, end), payloadAt, fieldsAt: end + 1};
};

/** Reads the beginning of a line; undefined for every form but the compact one. */
export const readHead = (line: Buffer): LineHead | undefined => {
	if (!isAt(line, 0, stampStart)) {
		return isAt(line, 1, typeStart) ? headAt(line, null, null, 'response_item', 0) : undefined;
	}

	const at = stampAt(line, stampStart.length);
	if (Number.isNaN(at) || !isAt(line, stampEnd, stampClose)) {
		return undefined;
	}

	let index = stampEnd + stampClose.length;
	let ordinal: number | null = null;
	if (isAt(line, index, ordinalStart)) {
		const from = index + ordinalStart.length;
		const end = line.subarray(from, from + ordinalLength + 1).indexOf(comma);
		ordinal = end > 0 ? digitsAt(line, from, end) : Number.NaN;
		index = from + end + 1;
	}

	const typeAt = index + typeStart.length;
	const end = isAt(line, index, typeStart) && !Number.isNaN(ordinal) ? wordEnd(line, typeAt) : -1;
	return end !== -1 && isAt(line, end, payloadStart)
		? headAt(line, at, ordinal, wordAt(line, typeAt, end), end + payloadStart.length - 1)
		: undefined;
};
