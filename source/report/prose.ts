import {plainText} from '../text/sanitize.js';

/** A stretch of a line. */
export type ProseSpan = {type: 'text' | 'code' | 'strong'; text: string};

/** What people and models write, taken apart as far as every document can tell it again safely. */
export type ProseBlock =
	| {type: 'code'; text: string; language: string}
	| {type: 'heading'; spans: readonly ProseSpan[]}
	/** `mark` is a number for numbered items, else `-`. */
	| {type: 'item'; depth: number; mark: string; spans: readonly ProseSpan[]}
	| {type: 'line'; spans: readonly ProseSpan[]}
	| {type: 'blank'};

const fence = /^ {0,8}(?<marks>`{3,}|~{3,})\s*(?<language>[\w+#.-]*)/;
const item = /^(?<indent> {0,12})(?:[-*+]|(?<number>\d{1,4})[.)]) +(?=\S)/;
const heading = /^ {0,3}#{1,6} +(?=\S)/;

/** Reads the Markdown that matters in a message: code, headings, lists, bold words. Everything else is plain lines. `clean` takes out what could steer a terminal. */
export const proseBlocks = (text: string, clean: (text: string) => string = plainText): ProseBlock[] => {
	const blocks: ProseBlock[] = [];
	const lines = clean(text).trimEnd().split('\n');
	for (let index = 0; index < lines.length; index++) {
		const line = lines[index] ?? '';
		const open = fence.exec(line)?.groups;
		if (open !== undefined) {
			const marks = open['marks'] ?? '```';
			const isEnd = (other: string): boolean => {
				const trimmed = other.trim();
				return trimmed.length >= marks.length && trimmed === (marks[0] ?? '`').repeat(trimmed.length);
			};
			const length = lines.slice(index + 1).findIndex(isEnd);
			const end = length < 0 ? lines.length : index + 1 + length;
			blocks.push({type: 'code', text: lines.slice(index + 1, end).join('\n'), language: open['language'] ?? ''});
			index = end;
			continue;
		}

		blocks.push(lineBlock(line));
	}

	return blocks;
};

const lineBlock = (line: string): ProseBlock => {
	if (line.trim() === '') {
		return {type: 'blank'};
	}

	const marked = item.exec(line);
	if (marked !== null) {
		const {indent = '', number} = marked.groups ?? {};
		return {
			type: 'item',
			depth: Math.min(3, Math.floor(indent.length / 2)),
			mark: number ?? '-',
			spans: spansOf(line.slice(marked[0].length)),
		};
	}

	const start = heading.exec(line);
	return start === null
		? {type: 'line', spans: spansOf(line)}
		: {type: 'heading', spans: spansOf(line.slice(start[0].length).replace(/ +#+ *$/, ''))};
};

const marks = /(?<ticks>`+)(?<code>[^`]+)\k<ticks>(?!`)|\*\*(?<strong>[^*\s](?:[^*]{0,300}[^*\s])?)\*\*/g;

/** Code and bold words of a line; what is not closed is text. */
export const spansOf = (line: string): ProseSpan[] => {
	const spans: ProseSpan[] = [];
	let from = 0;
	for (const match of line.matchAll(marks)) {
		const {code, strong} = match.groups ?? {};
		if (match.index > from) {
			spans.push({type: 'text', text: line.slice(from, match.index)});
		}

		spans.push(code === undefined ? {type: 'strong', text: strong ?? ''} : {type: 'code', text: code});
		from = match.index + match[0].length;
	}

	return from < line.length ? [...spans, {type: 'text', text: line.slice(from)}] : spans;
};
