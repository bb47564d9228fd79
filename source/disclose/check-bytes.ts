import {StringDecoder} from 'node:string_decoder';
import type {Finding} from '../redact/finding.js';
import {TextWindows} from '../redact/text-windows.js';
import type {Scanner} from './second-scanner.js';
import {withoutMarkup} from './without-markup.js';

/** What the bytes of a finished file are looked through with. */
export type Inspection = {
	/** All rules, and every value that is known of what was shown, in any form. */
	scan: (text: string) => readonly Finding[];
	/** A scanner that shares nothing with the first one. */
	second: Scanner;
};

/** Where a finished file holds what must not leave, counted from 1, and which rule says so. */
export type LeakPlace = {line: number; rule: string};

/** What the second scanner is given at once, and how much of it once more with what follows, in UTF-16 units. */
const chunkLength = 100_000;
const overlap = 4_000;

/** More places than anybody reads. */
const mostPlaces = 1000;

/**
Looks through the bytes of a file as they are about to leave: in windows of bounded size, and each as it is and as a reader
sees it. Empty when there is nothing outside of placeholders. Throws what a scanner throws: then nothing is known.
*/
export const checkBytes = async (
	chunks: AsyncIterable<Uint8Array>,
	{scan, second}: Inspection,
	onRead: (bytes: number) => void = () => {},
): Promise<LeakPlace[]> => {
	const windows = new TextWindows();
	const decoder = new StringDecoder('utf8');
	const places = new Map<string, LeakPlace>();
	let line = 1;
	const found = (at: number, rule: string): void => {
		const place = {line: at, rule};
		if (places.size < mostPlaces) {
			places.set(`${at} ${rule}`, place);
		}
	};

	const pass = async (isLast: boolean): Promise<void> => {
		for (let window = windows.next(isLast); window !== undefined; window = windows.next(isLast)) {
			const {text, start, end} = window;
			const pieces = [text.slice(0, start), text.slice(start, end), text.slice(end)];
			const readable = pieces.map(withoutMarkup);
			for (const [before = '', piece = '', after = ''] of readable.join('') === text ? [pieces] : [pieces, readable]) {
				const whole = before + piece + after;
				const inPiece = scan(whole).filter(
					find => find.start >= before.length && find.start < before.length + piece.length,
				);
				for (const {start: at, ruleId} of inPiece) {
					found(line + lineEnds(whole, before.length, at), ruleId);
				}

				for await (const {start: at, rule} of inChunks(whole, before.length, before.length + piece.length, second)) {
					found(line + lineEnds(whole, before.length, at), `secretlint ${rule}`);
				}
			}

			line += lineEnds(text, start, end);
			windows.done(end);
		}
	};

	let bytes = 0;
	for await (const chunk of chunks) {
		windows.push(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
		bytes += chunk.byteLength;
		onRead(bytes);
		await pass(false);
	}

	windows.push(decoder.end());
	await pass(true);
	return [...places.values()].toSorted((a, b) => a.line - b.line);
};

/** What the second scanner finds between two places; each chunk begins a little before the one before ended. */
async function* inChunks(text: string, from: number, to: number, second: Scanner) {
	for (let start = Math.max(0, from - overlap); start < to; start += chunkLength - overlap) {
		const chunk = text.slice(start, Math.min(start + chunkLength, to + overlap));
		for (const find of await second(chunk)) {
			if (start + find.end > from && start + find.start < to) {
				yield {...find, start: Math.max(from, start + find.start)};
			}
		}
	}
}

const lineEnds = (text: string, from: number, to: number): number => {
	let count = 0;
	for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
		count++;
	}

	return count;
};
