import type {LogLine} from '../../model/log-line.js';
import {objectEnd} from './record.js';

const newline = 0x0a;
const openBrace = 0x7b;

/** Counts line numbers while going forward through a document. */
const lineCounter = (document: Buffer): ((offset: number) => number) => {
	let line = 1;
	let at = 0;
	return offset => {
		for (let next = document.indexOf(newline, at); next !== -1 && next < offset; next = document.indexOf(newline, at)) {
			line++;
			at = next + 1;
		}

		return line;
	};
};

/**
The parts of an era A document (reference 9) as if each stood on a line of its own: first `session`,
then every item. Works on a document cut short too: what is whole is read, the rest is one last line
that will not parse. Undefined when this is no such document.
*/
export const splitDocument = (document: Buffer): LogLine[] | undefined => {
	const session = /^(?:\xef\xbb\xbf)?\s*\{\s*"session"\s*:\s*(?=\{)/.exec(
		document.subarray(0, 1000).toString('latin1'),
	);
	if (session === null) {
		return undefined;
	}

	const lineAt = lineCounter(document);
	const lines: LogLine[] = [];
	const push = (from: number, to: number): void => {
		lines.push({line: lineAt(from), offset: from, length: to - from, bytes: document.subarray(from, to)});
	};

	let at = session[0].length;
	while (at !== -1 && at < document.length) {
		const end = objectEnd(document, at);
		if (end === -1) {
			push(at, document.length);
			break;
		}

		push(at, end);
		at = nextObject(document, end);
		if (at === -1 && !isEnd(document, end)) {
			push(end, document.length);
		}
	}

	return lines;
};

/** Whether only the closing brackets are left. */
const isEnd = (document: Buffer, from: number): boolean =>
	/^[\s\]},:"[a-zA-Z]*$/.test(document.subarray(from, from + 200).toString('latin1')) && document.length - from <= 200;

/** Start of the next object of the list; the list's own brackets and names stand between. */
const nextObject = (document: Buffer, from: number): number => {
	const next = document.indexOf(openBrace, from);
	const between = next === -1 ? '' : document.subarray(from, next).toString('latin1');
	return /^[\s,:"[\]a-zA-Z]*$/.test(between) ? next : -1;
};
