import {plainText} from '../../text/sanitize.js';
import type {Row, Span} from '../../text/span.js';
import {type Page, textRows, wrapLines} from './page.js';

/** Longer text is shown as it stands: nobody reads it, and laying it out would cost seconds. */
const longestLaidOut = 2_000_000;

export const isJson = (text: string): boolean => {
	if (text.length > longestLaidOut || !/^\s*[[{]/.test(text)) {
		return false;
	}

	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
};

const stringEnd = (text: string, start: number): number => {
	let end = text.indexOf('"', start + 1);
	while (end > 0) {
		let slashes = end;
		while (text[slashes - 1] === '\\') {
			slashes--;
		}

		if ((end - slashes) % 2 === 0) {
			return end + 1;
		}

		end = text.indexOf('"', end + 1);
	}

	return text.length;
};

const space = /\s/;
const scalar = /[^\s,\]}]*/y;

/** Reads tokens; numbers keep their digits, which parsing and writing again would round. */
function* tokens(text: string): Generator<string> {
	let index = 0;
	while (index < text.length) {
		const character = text[index] ?? '';
		let end = index + 1;
		if (character === '"') {
			end = stringEnd(text, index);
		} else if (!/[{}[\]:,]/.test(character)) {
			scalar.lastIndex = index;
			end = index + Math.max(1, scalar.exec(text)?.[0].length ?? 1);
		}

		if (!space.test(character)) {
			yield text.slice(index, end);
		}

		index = end;
	}
}

const scalarSpan = (token: string): Span => {
	if (token.startsWith('"')) {
		return {text: token, tone: 'string'};
	}

	return {text: token, tone: /^[-\d]/.test(token) ? 'number' : 'keyword'};
};

const punctuation = (text: string): Span => ({text, tone: 'dim'});

/** Lays valid JSON out over lines, until enough of them are there. */
const jsonLines = (text: string, page: Page): {lines: Row[]; isCut: boolean} => {
	const lines: Row[] = [];
	let line: Span[] = [];
	let depth = 0;
	let isOpened = false;
	const breakLine = () => {
		lines.push(line);
		const indent = Math.min(depth * 2, Math.floor(page.width / 2));
		line = indent > 0 ? [{text: ' '.repeat(indent)}] : [];
	};

	for (const token of tokens(text)) {
		if (lines.length > page.maxRows) {
			return {lines, isCut: true};
		}

		if (token === '}' || token === ']') {
			depth--;
			if (!isOpened) {
				breakLine();
			}

			line.push(punctuation(token));
			isOpened = false;
			continue;
		}

		if (isOpened) {
			breakLine();
			isOpened = false;
		}

		if (token === '{' || token === '[') {
			line.push(punctuation(token));
			depth++;
			isOpened = true;
		} else if (token === ',') {
			line.push(punctuation(token));
			breakLine();
		} else if (token === ':') {
			const key = line.pop();
			line.push({text: key?.text ?? '', tone: 'accent'}, punctuation(': '));
		} else {
			line.push(scalarSpan(plainText(token).replaceAll('\n', ' ')));
		}
	}

	lines.push(line);
	return {lines, isCut: false};
};

/** JSON laid out with one value per row; text that is not JSON as it stands. */
export const jsonRows = (text: string, page: Page): Row[] => {
	if (!isJson(text)) {
		return textRows(text, page, 'code');
	}

	const {lines, isCut} = jsonLines(text, page);
	const rows = wrapLines(lines, page);
	if (isCut && rows.length <= page.maxRows) {
		rows.push([{text: '… more', tone: 'dim'}]);
	}

	return rows;
};
