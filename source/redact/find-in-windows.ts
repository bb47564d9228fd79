import type {Match} from './finding.js';
import type {Redactor, ScanOptions} from './redactor.js';
import {TextWindows} from './text-windows.js';

/** Characters up to which a text is looked through as a whole. */
const longestWhole = 1024 * 1024;

/** What is found in a text of any length, with the values; of a long one, a stretch at a time is looked at. */
export function* findInWindows(
	redactor: Pick<Redactor, 'find'>,
	text: string,
	options: ScanOptions,
	whole = longestWhole,
): Generator<Match, void> {
	if (text.length <= whole) {
		yield* redactor.find(text, options);
		return;
	}

	const windows = new TextWindows();
	/** Where the next window's piece begins in the text. */
	let at = 0;
	for (let from = 0; from < text.length; from += whole) {
		windows.push(text.slice(from, from + whole));
		const isLast = from + whole >= text.length;
		for (let window = windows.next(isLast); window !== undefined; window = windows.next(isLast)) {
			const {start, end} = window;
			const shift = at - start;
			const matches = redactor.find(window.text, options).filter(match => match.start >= start && match.start < end);
			for (const match of matches) {
				yield {...match, start: match.start + shift, end: match.end + shift};
			}

			const next = Math.max(end, matches.at(-1)?.end ?? 0);
			at += next - start;
			windows.done(next);
		}
	}
}
