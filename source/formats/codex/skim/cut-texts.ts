import {latin1, utf8} from '../../bytes.js';
import {isObject, type Json, parseJson} from '../../json.js';

const quote = 0x22;
const backslash = 0x5c;
const nul = 0x00;

/** Texts shorter than this cost less to parse than to leave out. */
const worthCutting = 256;

/** How records begin, with and without envelope; inside a text the quotes would be escaped. */
const recordStart = Buffer.from('{"timestamp":"');
const bareStart = Buffer.from('{"type":"');

/** Index of the quote that closes the text whose content begins at `from`; -1 where nothing closes it. */
export const textEnd = (line: Buffer, from: number): number => {
	for (let end = line.indexOf(quote, from); end !== -1; end = line.indexOf(quote, end + 1)) {
		let slashes = 0;
		while (line[end - 1 - slashes] === backslash) {
			slashes++;
		}

		if (slashes % 2 === 0) {
			return end;
		}
	}

	return -1;
};

/**
Whether bytes that nobody parses may hide damage: another record after a torn one, or a hole. `isBare` is for lines
without envelope.
*/
export const maybeDamaged = (line: Buffer, isBare = false): boolean => {
	const start = isBare ? bareStart : recordStart;
	return line.indexOf(start, start.length) !== -1 || line.indexOf(nul) !== -1;
};

const parsed = (source: string): Json | undefined => {
	const value = parseJson(source);
	return isObject(value) ? value : undefined;
};

export const parseWhole = (line: Buffer): Json | undefined => parsed(utf8(line));

/** A line's record, parsed without the content of these texts. Keys look like `"stdout":"`, in the order of the line. */
export const parseWithout = (line: Buffer, keys: readonly Buffer[]): Json | undefined => {
	let source = '';
	let from = 0;
	for (const key of keys) {
		const at = line.indexOf(key, from);
		const start = at + key.length;
		const end = at === -1 ? -1 : textEnd(line, start);
		if (end - start >= worthCutting) {
			source += utf8(line, from, start);
			from = end;
		}
	}

	return from > 0 && line.indexOf(nul) !== -1 ? undefined : parsed(source + utf8(line, from));
};

/** How a line ends whose payload holds a list and behind that only plain fields. */
const listEnd = /\](?:,"\w+":(?:"[^"\\]*"|\d+|null))*\}\}$/;
const listEndLength = 600;

/** A line's record up to a list in its payload, with which it ends; undefined where it does not. */
export const parseBefore = (line: Buffer, list: Buffer): Json | undefined => {
	const at = line.indexOf(list);
	const isClosed = listEnd.test(latin1(line, Math.max(0, line.length - listEndLength), line.length));
	return at === -1 || !isClosed || maybeDamaged(line) ? undefined : parsed(`${utf8(line, 0, at)}}}`);
};

const imageStart = Buffer.from('"data:image/');

/** The beginning of a picture, which tells what it is. */
const keptOfImage = 128;

/** A line's record, parsed without the content of the pictures in it; undefined where it holds none. */
export const parseWithoutImages = (line: Buffer): Json | undefined => {
	let source = '';
	let from = 0;
	for (let at = line.indexOf(imageStart); at !== -1; at = line.indexOf(imageStart, from)) {
		const end = line.indexOf(quote, at + 1);
		if (end === -1 || line[at - 1] === backslash || line[end - 1] === backslash) {
			return undefined;
		}

		source += utf8(line, from, Math.min(at + keptOfImage, end));
		from = end;
	}

	return from === 0 || line.indexOf(nul) !== -1 ? undefined : parsed(source + utf8(line, from));
};
