import fs from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import {UserError} from '../../model/problem.js';
import type {Redactor} from '../../redact/redactor.js';
import {SecretMemory} from '../../redact/secret-memory.js';
import {TextWindows} from '../../redact/text-windows.js';
import {counted, type FoundRow} from './find-in-session.js';

/** Everything that a redactor finds in the text of a file; `'binary'` for a file that holds none. */
export async function* findInFile(file: string, redactor: Redactor): AsyncGenerator<FoundRow | 'binary'> {
	const windows = new TextWindows();
	const memory = new SecretMemory();
	let line = 1;
	const pass = function* (isLast: boolean): Generator<FoundRow> {
		for (let window = windows.next(isLast); window !== undefined; window = windows.next(isLast)) {
			const {text, start, end} = window;
			const findings = redactor.scan(text, {memory}).filter(found => found.start >= start && found.start < end);
			let at = start;
			const lines = Map.groupBy(findings, found => {
				line += lineEnds(text, at, found.start);
				at = found.start;
				return line;
			});
			for (const [number, group] of lines) {
				yield* counted({sessionId: null, file, prompt: null, line: number, kind: 'file', field: null}, group);
			}

			line += lineEnds(text, at, end);
			windows.done(end);
		}
	};

	const decoder = new StringDecoder('utf8');
	try {
		for await (const chunk of fs.createReadStream(file) as AsyncIterable<Buffer>) {
			if (chunk.includes(0)) {
				yield 'binary';
				return;
			}

			windows.push(decoder.write(chunk));
			yield* pass(false);
		}
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		throw code === undefined || error instanceof UserError
			? error
			: new UserError(`${file} cannot be read (${code}). Name files and sessions only.`);
	}

	windows.push(decoder.end());
	yield* pass(true);
}

const lineEnds = (text: string, from: number, to: number): number => {
	let count = 0;
	for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
		count++;
	}

	return count;
};
