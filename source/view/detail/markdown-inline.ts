import type {Token, Tokens} from 'marked';
import {plainText} from '../../text/sanitize.js';
import type {Row, Span} from '../../text/span.js';

export type Style = Omit<Span, 'text'>;

/** Emphasis inside emphasis inside … ends here. */
const deepest = 12;

const isSafe = /^(?:https?|file|mailto):|^[^:]*$/i;

/** Adds text to the last line; a line break in it begins the next. */
const addText = (lines: Span[][], text: string, style: Style): void => {
	for (const [index, piece] of plainText(text).split('\n').entries()) {
		if (index > 0) {
			lines.push([]);
		}

		const shown = index > 0 ? piece.trimStart() : piece;
		if (shown !== '') {
			lines.at(-1)?.push({text: shown, ...style});
		}
	}
};

const addLink = (lines: Span[][], token: Tokens.Link, style: Style, depth: number): void => {
	const linkStyle: Style = isSafe.test(token.href) ? {...style, tone: 'link', underline: true} : style;
	addTokens(lines, token.tokens, linkStyle, depth);
	const target = token.href.replace(/^mailto:/, '');
	if (target !== '' && target !== token.text) {
		addText(lines, ` (${target.replaceAll('\n', '')})`, {...style, tone: 'dim'});
	}
};

const addTokens = (lines: Span[][], tokens: readonly Token[] | undefined, style: Style, depth: number): void => {
	for (const token of tokens ?? []) {
		if (depth > deepest) {
			addText(lines, token.raw, style);
			continue;
		}

		switch (token.type) {
			case 'strong': {
				addTokens(lines, token.tokens, {...style, bold: true}, depth + 1);
				break;
			}

			case 'em': {
				addTokens(lines, token.tokens, {...style, italic: true}, depth + 1);
				break;
			}

			case 'del': {
				addTokens(lines, token.tokens, {...style, strikethrough: true}, depth + 1);
				break;
			}

			case 'codespan': {
				addText(lines, token['text'] as string, {...style, tone: 'code'});
				break;
			}

			case 'link': {
				addLink(lines, token as Tokens.Link, style, depth + 1);
				break;
			}

			case 'image': {
				const image = token as Tokens.Image;
				addText(lines, `▣ ${image.text === '' ? 'image' : image.text}`, style);
				addText(lines, ` (${image.href})`, {...style, tone: 'dim'});
				break;
			}

			case 'br': {
				lines.push([]);
				break;
			}

			case 'escape': {
				addText(lines, token['text'] as string, style);
				break;
			}

			case 'text': {
				if (token.tokens) {
					addTokens(lines, token.tokens, style, depth + 1);
				} else {
					addText(lines, token['text'] as string, style);
				}

				break;
			}

			default: {
				addText(lines, token.raw, style);
			}
		}
	}
};

/**
Inline Markdown as lines of spans, not yet wrapped. Line breaks of the source stay: people and models
who press Enter in a terminal mean it. HTML is shown as it was written.
*/
export const inlineLines = (tokens: readonly Token[] | undefined, style: Style): Row[] => {
	const lines: Span[][] = [[]];
	addTokens(lines, tokens, style, 0);
	return lines;
};
