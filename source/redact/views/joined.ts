import {type Mark, replacedView, type View} from './view.js';

/** Least token characters in front of a line end for it to lie inside a value. */
const before = 16;

const isToken = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=.~-') {
	isToken[character.charCodeAt(0)] = 1;
}

const tokensBefore = (text: string, end: number, most: number): number => {
	let count = 0;
	while (count < most && isToken[text.charCodeAt(end - 1 - count)] === 1) {
		count++;
	}

	return count;
};

/** `'abc' + 'def'`, also over a line end: a literal that goes on. */
const literals = /(["'`])[ \t]*(?:[+.&][ \t]*\\?(?:\r?\n[ \t]*)?|\\?\r?\n[ \t]*[+.&]?[ \t]*)\1(?=[\w+/=.~-]{3})/g;

const indentation = /[ \t>|+]*(?=[\w+/=.~-]{4})/y;

/** The next line end inside a value, or a line that is continued with a backslash or caret. */
const nextBreak = (text: string, from: number): Mark | undefined => {
	for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1)) {
		const lineEnd = text.charCodeAt(at - 1) === 13 ? at - 1 : at;
		const last = text[lineEnd - 1];
		const isContinued = last === '\\' || last === '^';
		const end = isContinued ? lineEnd - 1 : lineEnd;
		if (end < from || (!isContinued && isToken[text.charCodeAt(end - 1)] !== 1)) {
			continue;
		}

		indentation.lastIndex = at + 1;
		const isInside = tokensBefore(text, end, before) >= before;
		if ((isInside || (isContinued && tokensBefore(text, end, 4) === 0)) && indentation.test(text)) {
			return {start: end, end: indentation.lastIndex, text: ''};
		}
	}

	return undefined;
};

/**
Values that were broken over lines or literals put together: a line end inside a long run of token characters, a line
continued with a backslash, `'abc' + 'def'`. Only what reaches over a break is worth reporting from it.
*/
export const withoutBreaks = (view: View): View | undefined => {
	const {text} = view;
	let line = nextBreak(text, 0);
	literals.lastIndex = 0;
	const nextLiteral = (from: number): Mark | undefined => {
		literals.lastIndex = from;
		const match = literals.exec(text);
		return match !== null && tokensBefore(text, match.index, 3) === 3
			? {start: match.index, end: match.index + match[0].length, text: ''}
			: match === null
				? undefined
				: nextLiteral(match.index + 1);
	};

	let literal = nextLiteral(0);
	return replacedView(view, from => {
		line = line !== undefined && line.start < from ? nextBreak(text, from) : line;
		literal = literal !== undefined && literal.start < from ? nextLiteral(from) : literal;
		return line !== undefined && (literal === undefined || line.start <= literal.start) ? line : literal;
	});
};
