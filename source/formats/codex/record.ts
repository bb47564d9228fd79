import {utf8} from '../bytes.js';
import {isObject, type Json} from '../json.js';

/** A piece of a line: a JSON object, or bytes that are none. Offsets count from the start of the line. */
export type Piece = {offset: number; length: number; value: Json} | {offset: number; length: number; reason: string};

const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const tab = 0x09;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const isBlank = (byte: number | undefined): boolean =>
	byte === space || byte === tab || byte === carriageReturn || byte === newline;

/** How a record can begin when it was glued to what stood before: see format reference 1.7. */
const envelopeStart = '{"timestamp":';
const bareStarts = [
	'{"type":"message"',
	'{"type":"function_call',
	'{"type":"custom_tool_call',
	'{"type":"local_shell_call"',
	'{"type":"web_search_call"',
	'{"type":"reasoning"',
	'{"record_type":',
];

const nextStart = (bytes: Buffer, from: number, starts: readonly string[]): number => {
	const found = starts.map(start => bytes.indexOf(start, from, 'latin1')).filter(index => index !== -1);
	return found.length === 0 ? -1 : Math.min(...found);
};

/** End (exclusive) of the object that begins at `from`, or -1 when it does not close. */
export const objectEnd = (bytes: Buffer, from: number): number => {
	let depth = 0;
	let isInText = false;
	for (let index = from; index < bytes.length; index++) {
		const byte = bytes[index];
		if (isInText) {
			if (byte === backslash) {
				index++;
			} else if (byte === quote) {
				isInText = false;
			}
		} else if (byte === quote) {
			isInText = true;
		} else if (byte === openBrace) {
			depth++;
		} else if (byte === closeBrace && --depth === 0) {
			return index + 1;
		}
	}

	return -1;
};

const parseObject = (bytes: Buffer): Json | undefined => {
	try {
		const value: unknown = JSON.parse(utf8(bytes));
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
};

const reasonFor = (bytes: Buffer): string => {
	if (bytes.every(byte => byte === 0)) {
		return 'NUL bytes';
	}

	return bytes[0] === openBrace ? 'JSON object cut short or damaged' : 'not a JSON object';
};

/** Pieces of a line that does not parse as a whole: sound records are saved, the rest is named. */
const splitDamaged = (bytes: Buffer): Piece[] => {
	const starts = bytes.includes(envelopeStart, 0, 'latin1') ? [envelopeStart] : bareStarts;
	const pieces: Piece[] = [];
	// Each failed attempt may scan to the end of the line: bounded, so that no line takes quadratic time.
	let budget = 16 * bytes.length + 1_000_000;
	let badFrom = 0;
	let at = 0;
	const endBad = (end: number): void => {
		if (end > badFrom) {
			const bad = bytes.subarray(badFrom, end);
			if (!bad.every(byte => isBlank(byte))) {
				pieces.push({offset: badFrom, length: end - badFrom, reason: reasonFor(bad)});
			}
		}
	};

	while (at !== -1 && at < bytes.length && budget > 0) {
		const end = bytes[at] === openBrace ? objectEnd(bytes, at) : -1;
		const value = end === -1 ? undefined : parseObject(bytes.subarray(at, end));
		if (value === undefined) {
			budget -= (end === -1 ? bytes.length : end) - at;
			at = nextStart(bytes, at + 1, starts);
		} else {
			endBad(at);
			pieces.push({offset: at, length: end - at, value});
			badFrom = end;
			at = end < bytes.length && bytes[end] === openBrace ? end : nextStart(bytes, end, starts);
		}
	}

	endBad(bytes.length);
	return pieces;
};

/**
The records of one line. One, nearly always; more when records were glued together, none when the
line is blank. A byte order mark and a carriage return at the end are no part of any record.
*/
export const piecesOf = (bytes: Buffer): Piece[] => {
	let start = 0;
	let end = bytes.length;
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
		start = 3;
	}

	while (end > start && isBlank(bytes[end - 1])) {
		end--;
	}

	while (start < end && isBlank(bytes[start])) {
		start++;
	}

	if (start === end) {
		return [];
	}

	const line = bytes.subarray(start, end);
	const value = line[0] === openBrace ? parseObject(line) : undefined;
	if (value !== undefined) {
		return [{offset: start, length: line.length, value}];
	}

	return splitDamaged(line).map(piece => ({...piece, offset: piece.offset + start}));
};
