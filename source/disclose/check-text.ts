import {checkBytes, type LeakPlace} from './check-bytes.js';
import type {Disclosure} from './disclosure.js';
import type {Scanner} from './second-scanner.js';

/** Looks through a finished text of one thread as files are looked through; empty when it may leave. */
export type TextCheck = (text: string, thread: string) => Promise<LeakPlace[]>;

/** With what a disclosure knows by then, decisions about the thread included, and by a second scanner, which is loaded with the first text. */
export const createTextCheck = ({scan}: Pick<Disclosure, 'scan'>): TextCheck => {
	let loading: Promise<Scanner> | undefined;
	return async (text, thread) => {
		// Takes a moment, once.
		loading ??= import('./second-scanner.js').then(({loadSecondScanner}) => loadSecondScanner());
		const second = await loading;
		return checkBytes(oneChunk(text), {scan: piece => scan(piece, {thread}), second});
	};
};

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text);
}
