import type {Json} from '../../json.js';
import type {LineHead} from './head.js';
import {bytesOf, isAt} from './line-bytes.js';

const openBrace = 0x7b;
const closeBrace = 0x7d;
const backslash = 0x5c;
const nul = 0x00;
const zero = 0x30;

/** Longer lines hold something that no release wrote. */
const longest = 4096;

/** Digits of a count at most. */
const countLength = 15;

const totalStart = bytesOf(',"info":{"total_token_usage":');
const lastStart = bytesOf(',"last_token_usage":');
const windowStart = bytesOf(',"model_context_window":');
const nothing = bytesOf('null');
const limitsStart = bytesOf('},"rate_limits":');
/** As every record begins. */
const recordStart = bytesOf('{"t');

const inputKey = bytesOf('{"input_tokens":');
const cachedKey = bytesOf(',"cached_input_tokens":');
const cacheWriteKey = bytesOf(',"cache_write_input_tokens":');
const outputKey = bytesOf(',"output_tokens":');
const reasoningKey = bytesOf(',"reasoning_output_tokens":');
const totalKey = bytesOf(',"total_tokens":');

/** Reads a line from left to right; where something else stands than is expected, it fails for good. */
class Cursor {
	hasFailed = false;

	constructor(
		private readonly line: Buffer,
		public at: number,
	) {}

	isAt(expected: Uint8Array): boolean {
		return isAt(this.line, this.at, expected);
	}

	skip(expected: Uint8Array): void {
		this.hasFailed ||= !isAt(this.line, this.at, expected);
		this.at += expected.length;
	}

	/** A number that stands behind a key. */
	count(key: Uint8Array): number {
		this.skip(key);
		const {line, at: from} = this;
		let value = 0;
		let end = from;
		for (; end < line.length; end++) {
			const digit = (line[end] as number) - zero;
			if (digit < 0 || digit > 9) {
				break;
			}

			value = value * 10 + digit;
		}

		this.at = end;
		this.hasFailed ||= end === from || end - from > countLength;
		return value;
	}

	countOrNull(key: Uint8Array): number | null {
		if (!isAt(this.line, this.at + key.length, nothing)) {
			return this.count(key);
		}

		this.skip(key);
		this.skip(nothing);
		return null;
	}

	usage(): Json {
		const usage = {
			input_tokens: this.count(inputKey),
			cached_input_tokens: this.count(cachedKey),
			cache_write_input_tokens: this.isAt(cacheWriteKey) ? this.count(cacheWriteKey) : 0,
			output_tokens: this.count(outputKey),
			reasoning_output_tokens: this.count(reasoningKey),
			total_tokens: this.count(totalKey),
		};
		this.hasFailed ||= this.line[this.at] !== closeBrace;
		this.at++;
		return usage;
	}
}

/** Bytes that decide whether something is closed: there are few among the many that do not. */
const deciding = new Uint8Array(256);
for (const byte of [openBrace, closeBrace, backslash, nul]) {
	deciding[byte] = 1;
}

/** Whether rate limits, from their brace or `null` on, end where payload and record do, and no other record begins in them. */
const isClosed = (line: Buffer, from: number): boolean => {
	const last = line.length - 1;
	let depth = 2;
	for (let index = from; index <= last; index++) {
		const byte = line[index] as number;
		if (deciding[byte] === 0) {
			continue;
		}

		if (byte === openBrace && !isAt(line, index, recordStart)) {
			depth++;
		} else if (byte === closeBrace && (depth > 1 || index === last)) {
			depth--;
		} else {
			return false;
		}
	}

	return depth === 0;
};

/** A `token_count` without its rate limits (format reference 14.1). */
export const skimTokenCount = (line: Buffer, head: LineHead): Json | undefined => {
	if (line.length > longest) {
		return undefined;
	}

	const cursor = new Cursor(line, head.fieldsAt);
	cursor.skip(totalStart);
	const total = cursor.usage();
	cursor.skip(lastStart);
	const last = cursor.usage();
	const window = cursor.countOrNull(windowStart);
	cursor.skip(limitsStart);
	const hasLimits = line[cursor.at] === openBrace || cursor.isAt(nothing);
	if (cursor.hasFailed || !hasLimits || !isClosed(line, cursor.at)) {
		return undefined;
	}

	return {type: head.kind, info: {total_token_usage: total, last_token_usage: last, model_context_window: window}};
};
