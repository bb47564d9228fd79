import {plainText} from '../../text/sanitize.js';
import type {Row, Span, Tone} from '../../text/span.js';
import {highlightToMarkup, knowsLanguage} from './highlighter.js';
import {headOf, type Page, wrapLines} from './page.js';

/** Highlighting takes about a millisecond per kilobyte, so only the beginning of long code gets colours. */
const highlightedLength = 16_000;

/** By the first word of a highlight.js class; what is missing here is drawn as plain code. */
const tones = new Map<string, Tone>([
	['keyword', 'keyword'],
	['built_in', 'keyword'],
	['literal', 'keyword'],
	['type', 'keyword'],
	['selector-tag', 'keyword'],
	['name', 'keyword'],
	['string', 'string'],
	['regexp', 'string'],
	['char', 'string'],
	['number', 'number'],
	['symbol', 'number'],
	['comment', 'comment'],
	['quote', 'comment'],
	['meta', 'comment'],
	['title', 'accent'],
	['section', 'heading'],
	['attr', 'accent'],
	['attribute', 'accent'],
	['property', 'accent'],
	['link', 'link'],
]);

const entities = new Map([
	['&lt;', '<'],
	['&gt;', '>'],
	['&quot;', '"'],
	['&#x27;', "'"],
	['&amp;', '&'],
]);

const decodeEntities = (markup: string): string =>
	markup.includes('&')
		? markup.replace(/&(?:lt|gt|quot|#x27|amp);/g, entity => entities.get(entity) ?? entity)
		: markup;

const token = /<span class="([^"]*)">|<\/span>|[^<]+/g;

const toneOfClass = (name: string): Tone | undefined => tones.get(name.replace(/^hljs-/, '').split(/[ .]/, 1)[0] ?? '');

/** Turns highlighter markup into lines of spans; an inner meaning wins over the one around it. */
const linesOfMarkup = (markup: string): Row[] => {
	const lines: Span[][] = [[]];
	const open: Array<Tone | undefined> = [];
	for (const [text, name] of markup.matchAll(token)) {
		if (name !== undefined) {
			open.push(toneOfClass(name) ?? open.at(-1));
		} else if (text === '</span>') {
			open.pop();
		} else {
			const tone = open.at(-1) ?? 'code';
			for (const [index, piece] of decodeEntities(text).split('\n').entries()) {
				if (index > 0) {
					lines.push([]);
				}

				if (piece !== '') {
					lines.at(-1)?.push({text: piece, tone});
				}
			}
		}
	}

	return lines;
};

const plainLines = (code: string): Row[] => code.split('\n').map(text => (text === '' ? [] : [{text, tone: 'code'}]));

/** Sanitised code as lines of spans, not yet wrapped. */
const codeLines = (code: string, language: string): Row[] => {
	const name = language.toLowerCase();
	if (!knowsLanguage(name)) {
		return plainLines(code);
	}

	if (code.length <= highlightedLength) {
		return linesOfMarkup(highlightToMarkup(code, name));
	}

	const end = code.lastIndexOf('\n', highlightedLength);
	return end < 0
		? plainLines(code)
		: [...linesOfMarkup(highlightToMarkup(code.slice(0, end), name)), ...plainLines(code.slice(end + 1))];
};

/** Code, highlighted where its language is known by name (`ts`, `python`, `sh`, …). */
export const codeRows = (code: string, language: string, page: Page): Row[] => {
	const {head, rest} = headOf(code, page);
	return wrapLines(codeLines(plainText(head.replace(/\n$/, '')), language), page, rest);
};
