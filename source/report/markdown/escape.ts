import {placeholderPattern} from '../../redact/placeholder.js';
import {plainText} from '../../text/sanitize.js';

const entities: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'};

/** Text for inside of an HTML element or a quoted attribute. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, character => entities[character] ?? '');

/**
One line of text that reads as itself in Markdown: no markup, no HTML, no links but bare addresses. Underlines inside of words
and our placeholders stay as they are.
*/
export const escapeInline = (text: string): string => {
	const line = plainText(text).replaceAll('\n', ' ');
	let escaped = '';
	let from = 0;
	for (const match of line.matchAll(placeholderPattern)) {
		escaped += escapePart(line.slice(from, match.index), from > 0);
		// Brackets in ours are no link only while none of these follows.
		escaped += match[0];
		from = match.index + match[0].length;
	}

	return atLineStart(escaped + escapePart(line.slice(from), from > 0));
};

const escapePart = (part: string, isBehindPlaceholder: boolean): string => {
	const escaped = part
		.replaceAll(/[\\`*[\]|~$]/g, '\\$&')
		.replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
		.replaceAll(/[&<>]/g, character => entities[character] ?? '');
	return isBehindPlaceholder ? escaped.replace(/^[(:]/, '\\$&') : escaped;
};

/** What makes a heading, a list, a rule or a table of a line stands at its beginning. */
const atLineStart = (line: string): string =>
	line
		.trim()
		.replace(/^[#+=:-]/, '\\$&')
		.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');

/** Text of a link: some readers undo escapes of brackets there before they look for links and images. */
export const linkText = (text: string): string =>
	escapeInline(text).replaceAll('\\[', '&#91;').replaceAll('\\]', '&#93;');

/** Code inside of a line. */
export const codeSpan = (text: string): string => {
	const line = plainText(text).replaceAll('\n', ' ');
	const ticks = '`'.repeat(longestRun(line) + 1);
	const pad = line.startsWith('`') || line.endsWith('`') || (line.startsWith(' ') && line.endsWith(' ')) ? ' ' : '';
	return line.trim() === '' ? '' : `${ticks}${pad}${line}${pad}${ticks}`;
};

/** Exact text between fences that are longer than any run of backticks in it. */
export const fenced = (text: string, language = ''): string => {
	const plain = plainText(text).replace(/\n+$/, '');
	const fence = '`'.repeat(Math.max(3, longestRun(plain) + 1));
	return `${fence}${language.replaceAll(/[^\w+#.-]/g, '')}\n${plain}\n${fence}`;
};

const longestRun = (text: string): number =>
	[...text.matchAll(/`+/g)].reduce((longest, [run]) => Math.max(longest, run.length), 0);

/** Every line behind a `> `, so that nothing in it can end what stands round it. */
export const quoted = (markdown: string): string =>
	markdown.replaceAll(/^(.?)/gm, (_, first: string) => (first === '' ? '>' : `> ${first}`));

/** A table; cells are escaped here. */
export const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
	[columns, columns.map(() => null), ...rows]
		.map(cells => `| ${cells.map(cell => (cell === null ? '---' : escapeInline(cell) || ' ')).join(' | ')} |`)
		.join('\n');
