import type {LogLine} from '../../model/log-line.js';
import {isObject} from '../json.js';
import type {Piece} from './record.js';

/** Beginnings longer than this say nothing more about a record's kind, and cost time. */
const enough = 64 * 1024;

/**
The beginning of a record whose line is too long to hold, closed where it was cut: unfinished text ends
there, an unfinished key or number is left out. Gives the kind, the ids and the first of the text.
*/
export const closeJson = (source: string): string => {
	const closers: string[] = [];
	let isInText = false;
	let isEscaped = false;
	let isKey = false;
	// Everything before `safe` is sound once the open brackets at that point are closed.
	let safe = 0;
	let safeDepth = 0;
	let expectsKey = false;
	for (let index = 0; index < source.length; index++) {
		const character = source[index];
		if (isInText) {
			if (isEscaped) {
				isEscaped = false;
			} else if (character === '\\') {
				isEscaped = true;
			} else if (character === '"') {
				isInText = false;
				if (!isKey) {
					safe = index + 1;
					safeDepth = closers.length;
				}
			}

			continue;
		}

		switch (character) {
			case '"': {
				isInText = true;
				isKey = expectsKey && closers.at(-1) === '}';
				break;
			}

			case '{':
			case '[': {
				closers.push(character === '{' ? '}' : ']');
				expectsKey = character === '{';
				safe = index + 1;
				safeDepth = closers.length;
				break;
			}

			case '}':
			case ']': {
				closers.pop();
				safe = index + 1;
				safeDepth = closers.length;
				break;
			}

			case ':': {
				expectsKey = false;
				break;
			}

			case ',': {
				expectsKey = closers.at(-1) === '}';
				safe = index;
				safeDepth = closers.length;
				break;
			}

			default: {
				break;
			}
		}
	}

	if (isInText && !isKey) {
		const text = source.slice(0, source.length - (isEscaped ? 1 : 0));
		// An escape is one only behind an even number of backslashes.
		const cut = text.replace(/(?<=(?:^|[^\\])(?:\\\\)*)\\u[\da-fA-F]{0,3}$/, '');
		return `${cut}"${closers.toReversed().join('')}`;
	}

	return source.slice(0, safe) + closers.slice(0, safeDepth).toReversed().join('');
};

/** The record of an oversized line, from its beginning; a problem when that is no record. */
export const closeRecord = (line: LogLine): Piece => {
	const whole = {offset: 0, length: line.length};
	const isClosed = /\}\s*$/.test(line.tail?.toString('latin1') ?? '');
	try {
		const value: unknown = JSON.parse(closeJson(line.bytes.subarray(0, enough).toString('utf8')));
		if (isClosed && isObject(value)) {
			return {...whole, value};
		}
	} catch {
		// Falls through to the problem.
	}

	return {...whole, reason: isClosed ? 'not a JSON object' : 'JSON object cut short or damaged'};
};
