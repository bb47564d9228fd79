import {rowWidth} from '../../text/cells.js';
import {exactCountLabel} from '../../text/labels.js';
import {plainText} from '../../text/sanitize.js';
import type {Row, Span, Tone} from '../../text/span.js';
import {prefixRows, wrapRow} from '../../text/wrap-row.js';

/** What every part of a detail view draws into: so many cells wide, at most so many rows. */
export type Page = {width: number; maxRows: number};

/** Narrower than this, nested blocks no longer move to the right. */
const narrowest = 14;

/** Draws beside a prefix, such as a bullet; on a page too narrow for both, the prefix is left out. */
export const drawBeside = (first: Row, rest: Row, page: Page, draw: (page: Page) => Row[]): Row[] => {
	const width = page.width - rowWidth(first);
	if (width < narrowest) {
		return draw(page);
	}

	return prefixRows(draw({...page, width}), first, rest);
};

/** The page that is left below rows already drawn; a few rows always remain for the note that more follows. */
export const below = (page: Page, rows: readonly Row[]): Page => ({
	...page,
	maxRows: Math.max(page.maxRows - rows.length, 1),
});

const countLines = (text: string, start: number): number => {
	let count = 0;
	for (let index = start; index >= 0 && index < text.length; count++) {
		const end = text.indexOf('\n', index);
		index = end < 0 ? -1 : end + 1;
	}

	return count;
};

/** As much of a text as can fill the page, and how many lines are left over. */
export const headOf = (text: string, {width, maxRows}: Page): {head: string; rest: number} => {
	let end = 0;
	for (let line = 0; line < maxRows && end >= 0; line++) {
		const next = text.indexOf('\n', end);
		end = next < 0 ? -1 : next + 1;
	}

	const wanted = end < 0 ? text.length : end - 1;
	const affordable = maxRows * width * 2;
	const cut = Math.min(wanted, affordable);
	return cut >= text.length ? {head: text, rest: 0} : {head: text.slice(0, cut), rest: countLines(text, cut + 1)};
};

export const moreRow = (lines: number): Row => [
	{text: lines === 1 ? '… 1 more line' : `… ${exactCountLabel(lines)} more lines`, tone: 'dim'},
];

/** Wraps lines until the page is full, then says how many are left, `rest` included. */
export const wrapLines = (lines: readonly Row[], page: Page, rest = 0, hang?: number): Row[] => {
	const rows: Row[] = [];
	for (const [index, line] of lines.entries()) {
		if (rows.length >= page.maxRows) {
			rows.push(moreRow(lines.length - index + rest));
			return rows;
		}

		const wrapped = wrapRow(line, page.width, hang);
		if (wrapped.length === 1) {
			rows.push(wrapped[0] ?? []);
		} else {
			rows.push(...wrapped.slice(0, page.maxRows - rows.length));
		}
	}

	if (rest > 0) {
		rows.push(moreRow(rest));
	}

	return rows;
};

export const styledRow = (text: string, style: Omit<Span, 'text'>): Row => (text === '' ? [] : [{text, ...style}]);

/** Text as it is, in one tone. */
export const textRows = (text: string, page: Page, tone: Tone = 'normal'): Row[] => {
	const {head, rest} = headOf(text, page);
	const lines = plainText(head.replace(/\n$/, '')).split('\n');
	return wrapLines(
		lines.map(line => styledRow(line, tone === 'normal' ? {} : {tone})),
		page,
		rest,
	);
};

/** Title of a detail view: what it is in bold, then facts that may be missing. */
export const headerRows = (title: string, tone: Tone, facts: ReadonlyArray<string | null>, page: Page): Row[] => {
	const known = facts.filter(fact => fact !== null && fact !== '').map(fact => ` · ${oneLine(fact ?? '')}`);
	return wrapRow(
		[{text: oneLine(title), tone, bold: true}, ...known.map(text => ({text, tone: 'dim' as const}))],
		page.width,
	);
};

/** Sanitised text that must stay on its row, such as a name. */
export const oneLine = (text: string): string =>
	plainText(text.length > 4000 ? `${text.slice(0, 4000)}…` : text).replaceAll('\n', ' ');

/** `label  value` pairs in two columns; pairs without a value are left out. */
export const factRows = (facts: ReadonlyArray<readonly [label: string, value: string | null]>, page: Page): Row[] => {
	const known = facts.filter(([, value]) => value !== null && value !== '');
	const column = Math.max(0, ...known.map(([label]) => label.length)) + 2;
	return known.flatMap(([label, value]) =>
		wrapRow([{text: label.padEnd(column), tone: 'dim'}, {text: oneLine(value ?? '')}], page.width, column),
	);
};
