import {latin1} from '../../bytes.js';
import type {Json} from '../../json.js';
import {headerWords, mcpStart, plainLength} from '../tool-result.js';
import {maybeDamaged} from './cut-texts.js';
import type {LineHead} from './head.js';

const fields =
	/(?:,"id":"[^"\\]{0,100}")?,"call_id":"([^"\\]{1,200})","output":(\[\{"type":"(?:input_text|output_text|text)","text":)?"/y;

const isHeader = new RegExp(headerWords, 'y');

/** How a header ends, and a line break, as they are written in JSON. */
const headerEnd = String.raw`\nOutput:\n`;
const lineBreak = String.raw`\n`;

/** Outputs of 2025 are JSON in a text, whose end tells the exit code. */
const jsonStart = String.raw`{\"output\":`;
const jsonEnd = /,\\"metadata\\":(\{[^{}]{0,200}\})\}"\}\}?$/;

/** Enough of a line for its head, the ids and a header. */
const headLength = 640;

/** The end of a line, in which nothing may follow the output. */
const tailLength = 200;

/** Results whose end tells whether they are errors. */
const mcpJsonStart = JSON.stringify(mcpStart).slice(1, -1);

/** What tells how the call went, of an output whose text begins at `from`; undefined where that is not clear. */
const tellingPart = (beginning: string, from: number): string | undefined => {
	isHeader.lastIndex = from;
	if (isHeader.test(beginning)) {
		const end = beginning.indexOf(headerEnd, from);
		const header = end === -1 ? '"' : beginning.slice(from, end + headerEnd.length).replaceAll(lineBreak, '\n');
		return header.includes('"') || header.includes('\\') ? undefined : header;
	}

	if (beginning.startsWith(mcpJsonStart, from)) {
		return undefined;
	}

	const text = beginning.slice(from, from + plainLength);
	const end = text.search(/["\\]/);
	return end === -1 ? text : text.slice(0, end);
};

/**
A tool output, of which rows need only what tells how the call went: `output` is that part of it. Undefined where more
of it has to be read.
*/
export const skimOutput = (line: Buffer, head: LineHead): Json | undefined => {
	const beginning = latin1(line, 0, Math.min(headLength, line.length));
	fields.lastIndex = head.fieldsAt;
	const match = fields.exec(beginning);
	if (match === null || maybeDamaged(line, head.at === null)) {
		return undefined;
	}

	const [{length}, callId = '', part] = match;
	const from = head.fieldsAt + length;
	const tail = latin1(line, Math.max(from, line.length - tailLength), line.length);
	const closing = head.at === null ? '}' : '}}';
	const isJson = beginning.startsWith(jsonStart, from);
	const record = {type: head.kind, call_id: callId};
	if (part !== undefined) {
		const text = isJson || !tail.endsWith(`"}]${closing}`) ? undefined : tellingPart(beginning, from);
		return text === undefined ? undefined : {...record, output: [{type: 'input_text', text}]};
	}

	// Between texts stands `","`, which cannot stand inside one.
	if (!tail.endsWith(`"${closing}`) || tail.includes('","')) {
		return undefined;
	}

	if (isJson) {
		const metadata = jsonEnd.exec(tail)?.[1]?.replaceAll('\\"', '"');
		return metadata === undefined ? undefined : {...record, output: `{"output":"","metadata":${metadata}}`};
	}

	const text = tellingPart(beginning, from);
	return text === undefined ? undefined : {...record, output: text};
};
