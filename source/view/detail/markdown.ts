import {Lexer, type Token, type Tokens} from 'marked';
import {plainText} from '../../text/sanitize.js';
import type {Row} from '../../text/span.js';
import {wrapRow} from '../../text/wrap-row.js';
import {codeRows} from './code.js';
import {inlineLines} from './markdown-inline.js';
import {tableRows} from './markdown-table.js';
import {below, drawBeside, moreRow, type Page, textRows} from './page.js';
import {shellOutputRows} from './shell-output.js';

/** Longer texts and lines are pasted logs rather than prose, and some of them take a Markdown lexer minutes. */
const longestLexed = 60_000;
const longestLine = /[^\n]{8000}/;

/** Quotes and lists nested deeper are drawn as they were written. */
const deepest = 12;

const headingRows = (token: Tokens.Heading, page: Page): Row[] =>
	inlineLines(token.tokens, {tone: 'heading', bold: true, underline: token.depth === 1}).flatMap(line =>
		wrapRow(line, page.width),
	);

const markerOf = (list: Tokens.List, item: Tokens.ListItem, index: number): string => {
	const first = typeof list.start === 'number' ? list.start : 1;
	const last = first + list.items.length - 1;
	const bullet = list.ordered ? `${String(first + index).padStart(String(last).length)}. ` : '• ';
	return item.task ? `${list.ordered ? bullet : ''}[${item.checked ? 'x' : ' '}] ` : bullet;
};

const listRows = (list: Tokens.List, page: Page, depth: number): Row[] => {
	const rows: Row[] = [];
	for (const [index, item] of list.items.entries()) {
		if (rows.length >= page.maxRows) {
			break;
		}

		if (index > 0 && list.loose) {
			rows.push([]);
		}

		const marker = markerOf(list, item, index);
		const tokens = item.tokens.filter(token => token.type !== 'checkbox');
		rows.push(
			...drawBeside(
				[{text: marker, tone: item.checked ? 'success' : 'accent'}],
				[{text: ' '.repeat(marker.length)}],
				below(page, rows),
				inner => orBlank(blockRows(tokens, inner, depth + 1)),
			),
		);
	}

	return rows;
};

const orBlank = (rows: Row[]): Row[] => (rows.length === 0 ? [[]] : rows);

const fenceRows = (token: Tokens.Code, page: Page): Row[] => {
	const language = /^[\w+#.-]+/.exec(token.lang ?? '')?.[0] ?? '';
	return drawBeside([{text: '  '}], [{text: '  '}], page, inner =>
		/^(?:diff|patch)$/i.test(language) ? shellOutputRows(token.text, inner) : codeRows(token.text, language, inner),
	);
};

const tokenRows = (token: Token, page: Page, depth: number): Row[] => {
	switch (token.type) {
		case 'heading': {
			return headingRows(token as Tokens.Heading, page);
		}

		case 'paragraph':
		case 'text': {
			const lines = inlineLines(token.tokens ?? [token], {});
			return lines.flatMap(line => wrapRow(line, page.width));
		}

		case 'code': {
			return fenceRows(token as Tokens.Code, page);
		}

		case 'list': {
			return listRows(token as Tokens.List, page, depth);
		}

		case 'blockquote': {
			const bar: Row = [{text: '│ ', tone: 'dim'}];
			return drawBeside(bar, bar, page, inner => blockRows(token.tokens ?? [], inner, depth + 1));
		}

		case 'table': {
			return tableRows(token as Tokens.Table, page);
		}

		case 'hr': {
			return [[{text: '─'.repeat(Math.min(page.width, 40)), tone: 'dim'}]];
		}

		default: {
			return textRows(token.raw.replace(/\n+$/, ''), page);
		}
	}
};

/** Headings and tables always stand apart; other blocks keep the spacing of the source. */
const standsApart = (token: Token): boolean => token.type === 'heading' || token.type === 'table';

const blockRows = (tokens: readonly Token[], page: Page, depth: number): Row[] => {
	const rows: Row[] = [];
	let isApart = false;
	for (const token of tokens) {
		if (token.type === 'space' || token.type === 'def') {
			isApart = true;
			continue;
		}

		if (rows.length >= page.maxRows) {
			break;
		}

		if (rows.length > 0 && (isApart || standsApart(token))) {
			rows.push([]);
		}

		const left = below(page, rows);
		rows.push(...(depth > deepest ? textRows(token.raw, left) : tokenRows(token, left, depth)));
		isApart = standsApart(token) || token.raw.endsWith('\n\n');
	}

	return rows;
};

const lex = (text: string): Token[] | undefined => {
	try {
		return new Lexer({gfm: true}).lex(text);
	} catch {
		return undefined;
	}
};

/** Markdown as rows: headings, lists, quotes, tables and code blocks in the page's width. */
export const markdownRows = (markdown: string, page: Page): Row[] => {
	const tokens = markdown.length > longestLexed || longestLine.test(markdown) ? undefined : lex(plainText(markdown));
	if (!tokens) {
		return textRows(markdown, page);
	}

	const rows = blockRows(tokens, page, 0);
	return rows.length > page.maxRows ? [...rows.slice(0, page.maxRows), moreRow(rows.length - page.maxRows)] : rows;
};
