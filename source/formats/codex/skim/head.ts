import {digitsAt, stampAt, stampLength} from './stamp.js';

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

const stampStart = '{"timestamp":"';
const ordinalStart = '"ordinal":';
const typeStart = '"type":"';
const payloadStart = '","payload":{';
const stampEnd = stampStart.length + stampLength;

/** The payload's `type`, when it is its first field. */
const kindAt = (head: string, payloadAt: number): string => {
	const from = payloadAt + 1 + typeStart.length;
	const end = head.startsWith(typeStart, payloadAt + 1) ? head.indexOf('"', from) : -1;
	return end === -1 ? '' : head.slice(from, end);
};

const headAt = (head: string, known: Pick<LineHead, 'at' | 'ordinal' | 'type' | 'payloadAt'>): LineHead => {
	const {payloadAt} = known;
	const kind = kindAt(head, payloadAt);
	return {...known, kind, fieldsAt: payloadAt + 1 + (kind === '' ? 0 : typeStart.length + kind.length + 1)};
};

/** Reads the beginning of a line, given as Latin-1; undefined for every form but the compact one. */
export const readHead = (head: string): LineHead | undefined => {
	if (!head.startsWith(stampStart)) {
		return head.startsWith(typeStart, 1)
			? headAt(head, {at: null, ordinal: null, type: 'response_item', payloadAt: 0})
			: undefined;
	}

	let index = stampEnd + 2;
	let ordinal: number | null = null;
	if (head.startsWith(ordinalStart, index)) {
		const end = head.indexOf(',', index);
		const from = index + ordinalStart.length;
		ordinal = end > from && end - from < 16 ? digitsAt(head, from, end - from) : Number.NaN;
		index = end + 1;
	}

	const at = stampAt(head, stampStart.length);
	const typeAt = index + typeStart.length;
	const end = head.indexOf('"', typeAt);
	const isCompact =
		head.startsWith('",', stampEnd) &&
		head.startsWith(typeStart, index) &&
		end !== -1 &&
		head.startsWith(payloadStart, end);
	return isCompact && !Number.isNaN(at) && !Number.isNaN(ordinal)
		? headAt(head, {at, ordinal, type: head.slice(typeAt, end), payloadAt: end + payloadStart.length - 1})
		: undefined;
};
