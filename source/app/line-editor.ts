import {lazy} from '../text/lazy.js';
import {plainText} from '../text/sanitize.js';

/** One line of typed text, split at the caret. */
export type Line = {before: string; after: string};

export type LineEdit =
	| {edit: 'insert'; text: string}
	| {edit: 'delete-before' | 'delete-after' | 'delete-word' | 'delete-to-start'}
	| {edit: 'left' | 'right' | 'start' | 'end'};

export const emptyLine: Line = {before: '', after: ''};

export const lineText = (line: Line): string => line.before + line.after;

/** Longest text a line takes, in UTF-16 units; what a paste adds beyond it is dropped. */
export const maxLineLength = 200;

const segmenter = lazy(() => new Intl.Segmenter());

/** A character is what a person sees as one: an emoji with its modifiers is deleted at once. */
const characters = (text: string): string[] => Array.from(segmenter().segment(text), part => part.segment);

/** Pasted text may hold line breaks and anything else; a line holds neither those nor control characters. */
const oneLine = (text: string): string => plainText(text.replaceAll(/[\r\n\t]+/g, ' '));

const insert = (line: Line, text: string): Line => {
	const room = maxLineLength - lineText(line).length;
	const added = characters(oneLine(text.slice(0, maxLineLength)));
	let before = line.before;
	for (const character of added) {
		if (before.length + character.length > line.before.length + room) {
			break;
		}

		before += character;
	}

	return {before, after: line.after};
};

const move = (from: string, count: number): [string, string] => {
	const all = characters(from);
	return [all.slice(0, count < 0 ? all.length + count : count).join(''), all.slice(count).join('')];
};

export const editLine = (line: Line, edit: LineEdit): Line => {
	switch (edit.edit) {
		case 'insert':
			return insert(line, edit.text);
		case 'delete-before':
			return {...line, before: move(line.before, -1)[0]};
		case 'delete-after':
			return {...line, after: move(line.after, 1)[1]};
		case 'delete-word':
			return {...line, before: line.before.replace(/\S*\s*$/, '')};
		case 'delete-to-start':
			return {...line, before: ''};
		case 'left': {
			const [rest, last] = move(line.before, -1);
			return {before: rest, after: last + line.after};
		}

		case 'right': {
			const [first, rest] = move(line.after, 1);
			return {before: line.before + first, after: rest};
		}

		case 'start':
			return {before: '', after: lineText(line)};
		case 'end':
			return {before: lineText(line), after: ''};
	}
};
