import {latin1} from '../../bytes.js';
import type {Json} from '../../json.js';
import {maybeDamaged} from './cut-texts.js';
import type {LineHead} from './head.js';

const counts = String.raw`\{"input_tokens":(\d{1,15}),"cached_input_tokens":(\d{1,15}),(?:"cache_write_input_tokens":(\d{1,15}),)?"output_tokens":(\d{1,15}),"reasoning_output_tokens":(\d{1,15}),"total_tokens":(\d{1,15})\}`;

const info = new RegExp(
	`,"info":\\{"total_token_usage":${counts},"last_token_usage":${counts},"model_context_window":(?:(\\d{1,15})|null)\\},"rate_limits":(?:null|\\{)`,
	'y',
);

const openBrace = 0x7b;
const closeBrace = 0x7d;
const backslash = 0x5c;

/** Longer lines hold something that no release wrote. */
const longest = 4096;

const usage = (match: RegExpExecArray, from: number): Json => ({
	input_tokens: Number(match[from]),
	cached_input_tokens: Number(match[from + 1]),
	cache_write_input_tokens: Number(match[from + 2] ?? 0),
	output_tokens: Number(match[from + 3]),
	reasoning_output_tokens: Number(match[from + 4]),
	total_tokens: Number(match[from + 5]),
});

/** Whether rate limits, from their brace on or from before it, end where payload and record do. */
const isClosed = (rest: string): boolean => {
	let depth = 2;
	for (let index = 0; index < rest.length; index++) {
		const code = rest.charCodeAt(index);
		depth += code === openBrace ? 1 : code === closeBrace ? -1 : 0;
		if (code === backslash || (depth === 0) !== (index === rest.length - 1)) {
			return false;
		}
	}

	return depth === 0;
};

/** A `token_count` without its rate limits (format reference 14.1). */
export const skimTokenCount = (line: Buffer, beginning: string, head: LineHead): Json | undefined => {
	info.lastIndex = head.fieldsAt;
	const match = line.length > longest ? null : info.exec(beginning);
	if (match === null || maybeDamaged(line) || !isClosed(latin1(line, info.lastIndex - 1, line.length))) {
		return undefined;
	}

	return {
		type: head.kind,
		info: {
			total_token_usage: usage(match, 1),
			last_token_usage: usage(match, 7),
			model_context_window: match[13] === undefined ? null : Number(match[13]),
		},
	};
};
