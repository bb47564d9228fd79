import {plainText} from '../../text/sanitize.js';
import type {Row, Span, Tone} from '../../text/span.js';
import {wrapRow} from '../../text/wrap-row.js';
import {drawBeside, moreRow, oneLine, type Page} from './page.js';
import type {DiffLine, FileDiff, Hunk} from './parse-diff.js';
import {markWords} from './word-marks.js';

const signs: Record<DiffLine['kind'], {sign: string; tone: Tone}> = {
	context: {sign: ' ', tone: 'normal'},
	added: {sign: '+', tone: 'added'},
	removed: {sign: '−', tone: 'removed'},
	note: {sign: ' ', tone: 'dim'},
};

const changeWords: Record<FileDiff['change'], string> = {
	add: 'Add',
	update: 'Update',
	delete: 'Delete',
	move: 'Move',
};

const count = (file: FileDiff, kind: DiffLine['kind']): number =>
	file.hunks.reduce((sum, hunk) => sum + hunk.lines.filter(line => line.kind === kind).length, 0);

const fileHeader = (file: FileDiff, page: Page): Row[] => {
	const added = count(file, 'added');
	const removed = count(file, 'removed');
	const spans: Span[] = [
		{text: changeWords[file.change], tone: 'heading', bold: true},
		{text: ` ${oneLine(file.path)}`, bold: true},
	];
	if (file.movedTo !== null) {
		spans.push({text: ` → ${oneLine(file.movedTo)}`, bold: true});
	}

	if (added > 0) {
		spans.push({text: ` +${added}`, tone: 'added'});
	}

	if (removed > 0) {
		spans.push({text: ` −${removed}`, tone: 'removed'});
	}

	return wrapRow(spans, page.width, 2);
};

/** Sanitised, so that the words compared are the words shown. */
const cleaned = (line: DiffLine): DiffLine => ({...line, text: plainText(line.text).replaceAll('\n', ' ')});

const lineRows = (line: DiffLine, marked: Span[] | undefined, digits: number, page: Page): Row[] => {
	const {sign, tone} = signs[line.kind];
	const number: Span[] = digits === 0 ? [] : [{text: `${String(line.line ?? '').padStart(digits)} `, tone: 'dim'}];
	const gutter = (digits === 0 ? 0 : digits + 1) + 2;
	const style = tone === 'normal' ? {} : {tone};
	const content: Span[] = marked ?? (line.text === '' ? [] : [{text: line.text, ...style}]);
	return drawBeside([...number, {text: `${sign} `, ...style}], [{text: ' '.repeat(gutter)}], page, inner =>
		wrapRow(content, inner.width),
	);
};

const highestLine = (file: FileDiff): number =>
	file.hunks.reduce((high, hunk) => hunk.lines.reduce((most, {line}) => Math.max(most, line ?? 0), high), 0);

const hunkTitle = (hunk: Hunk): string => (hunk.title === '' ? '⋯' : `⋯ ${oneLine(hunk.title)}`);

/** The diff of one file: header, hunks, gutter with line numbers where the diff has them, changed words tinted. */
export const fileDiffRows = (file: FileDiff, page: Page): Row[] => {
	const rows = fileHeader(file, page);
	rows.push(...file.notes.flatMap(note => wrapRow([{text: oneLine(note), tone: 'dim'}], page.width)));
	const highest = highestLine(file);
	const digits = highest === 0 ? 0 : String(highest).length;
	let left = file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
	for (const [index, hunk] of file.hunks.entries()) {
		if (rows.length >= page.maxRows) {
			break;
		}

		if (index > 0 || hunk.title !== '') {
			rows.push(...wrapRow([{text: hunkTitle(hunk), tone: 'hunk'}], page.width, 2));
		}

		const lines = hunk.lines.slice(0, page.maxRows).map(cleaned);
		const marks = markWords(lines, 200);
		for (const line of lines) {
			if (rows.length >= page.maxRows) {
				break;
			}

			rows.push(...lineRows(line, marks.get(line), digits, page));
			left--;
		}
	}

	if (left > 0) {
		rows.push(moreRow(left));
	}

	return rows;
};

/** Several files with a blank row between them. */
export const diffRows = (files: readonly FileDiff[], page: Page): Row[] => {
	const rows: Row[] = [];
	for (const [index, file] of files.entries()) {
		if (rows.length >= page.maxRows) {
			rows.push([{text: `… ${files.length - index} more files`, tone: 'dim'}]);
			break;
		}

		if (index > 0) {
			rows.push([]);
		}

		rows.push(...fileDiffRows(file, {...page, maxRows: page.maxRows - rows.length}));
	}

	return rows;
};
