import {hiddenCharacter, markHidden} from './hidden-characters.js';

const nothingToDo = /^[\n\x20-\x7e]*$/;

/**
A whole control sequence: CSI; OSC up to BEL or ST; DCS, SOS, PM and APC up to ST; any other escape.
Payloads stop at the next escape, so matching stays linear, and one that is never closed is no match:
its introducer becomes a visible mark and the text behind it stays readable.
*/
const sequence = new RegExp(
	[
		String.raw`(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]`,
		String.raw`(?:\x1b\]|\x9d)[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)`,
		String.raw`(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x80-\x9f]*(?:\x1b\\|\x9c)`,
		String.raw`\x1b[\x20-\x2f]+[\x30-\x7e]`,
		String.raw`\x1b[\x30-\x4f\x51-\x57\x59\x5a\x5c\x60-\x7e]`,
	].join('|'),
	'g',
);

const introducer = /[\x1b\x80-\x9f]/;

/** Text without control sequences; every other control character is still there. */
export const stripSequences = (text: string): string => (introducer.test(text) ? text.replace(sequence, '') : text);

/** Splits text into what is shown and whole control sequences: even places hold text, odd places a sequence. */
export const splitSequences = (text: string): string[] => {
	const parts: string[] = [];
	let start = 0;
	for (const match of text.matchAll(sequence)) {
		parts.push(text.slice(start, match.index), match[0]);
		start = match.index + match[0].length;
	}

	parts.push(text.slice(start));
	return parts;
};

const wellFormed = (text: string): string => (text.isWellFormed() ? text : text.toWellFormed());

/** Makes one run of text showable: no sequence, line break or tab may be left in it when this is called. */
export const visible = (text: string): string => (hiddenCharacter.test(text) ? markHidden(text) : text);

/** Tab stops every `size` columns; columns are counted in characters, as the tools that align by tabs do. */
export const expandTabs = (text: string, size: number, column = 0): string => {
	if (!text.includes('\t')) {
		return text;
	}

	let position = column;
	const pieces = text.split('\t');
	const last = pieces.pop() ?? '';
	let result = '';
	for (const piece of pieces) {
		position += piece.length;
		const stop = size - (position % size);
		result += piece + ' '.repeat(stop);
		position += stop;
	}

	return result + last;
};

/**
The door for every text of a log that is shown as prose, code or a title: what comes out holds no control
character but `\n`, no direction override and nothing invisible. A carriage return is a line break, since
prompts of early releases use it so.
*/
export const plainText = (text: string, tabSize = 4): string => {
	if (nothingToDo.test(text)) {
		return text;
	}

	const lines = stripSequences(wellFormed(text)).replace(/\r\n?|[\u2028\u2029]/g, '\n');
	const spaced = lines.includes('\t')
		? lines
				.split('\n')
				.map(line => expandTabs(line, tabSize))
				.join('\n')
		: lines;
	return visible(spaced);
};
