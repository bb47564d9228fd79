import stringWidth from 'string-width';
import {cellsOfUnit} from './cell-table.js';
import {lazy} from './lazy.js';
import type {Row, Span} from './span.js';

const segmenter = lazy(() => new Intl.Segmenter());

/** Widths of short texts that needed string-width; emptied when full. */
const remembered = new Map<string, number>();
const rememberedLimit = 5000;
const rememberedLength = 64;

const measure = (text: string): number => {
	if (text.length > rememberedLength) {
		return stringWidth(text);
	}

	let width = remembered.get(text);
	if (width === undefined) {
		width = stringWidth(text);
		if (remembered.size >= rememberedLimit) {
			remembered.clear();
		}

		remembered.set(text, width);
	}

	return width;
};

const sumCells = (clusters: readonly Cluster[]): number => clusters.reduce((sum, {cells}) => sum + cells, 0);

/** Cells that sanitised text takes on screen. */
export const textWidth = (text: string): number => {
	let width = 0;
	for (let index = 0; index < text.length; index++) {
		const cells = cellsOfUnit(text.charCodeAt(index));
		if (cells === 0) {
			return text.length > rememberedLength ? sumCells(graphemes(text)) : measure(text);
		}

		width += cells;
	}

	return width;
};

/** What a terminal keeps together, with its place in the text. */
export type Cluster = {start: number; end: number; cells: number};

/** Graphemes with their widths. Only stretches that hold an uncommon character are segmented. */
const graphemes = (text: string): Cluster[] => {
	const clusters: Cluster[] = [];
	let index = 0;
	while (index < text.length) {
		const cells = cellsOfUnit(text.charCodeAt(index));
		const next = index + 1;
		if (cells > 0 && (next >= text.length || cellsOfUnit(text.charCodeAt(next)) > 0)) {
			clusters.push({start: index, end: next, cells});
			index = next;
			continue;
		}

		let end = next;
		while (end < text.length && !(cellsOfUnit(text.charCodeAt(end - 1)) > 0 && cellsOfUnit(text.charCodeAt(end)) > 0)) {
			end++;
		}

		for (const {segment, index: offset} of segmenter().segment(text.slice(index, end))) {
			const start = index + offset;
			clusters.push({start, end: start + segment.length, cells: measure(segment)});
		}

		index = end;
	}

	return clusters;
};

/** No emoji or letter is wider; longer ones are stacks made to break screens, and are taken apart. */
const widestCluster = 4;

const takeApart = (text: string, {start, end}: Cluster): Cluster[] => {
	let position = start;
	return Array.from(text.slice(start, end), character => {
		const from = position;
		position += character.length;
		return {start: from, end: position, cells: measure(character)};
	});
};

/** The pieces between which a row may be cut; none takes more than 4 cells. */
export const splitClusters = (text: string): Cluster[] => {
	const clusters = graphemes(text);
	return clusters.some(({cells}) => cells > widestCluster)
		? clusters.flatMap(cluster => (cluster.cells > widestCluster ? takeApart(text, cluster) : [cluster]))
		: clusters;
};

export const rowText = (row: Row): string =>
	row.length === 1 ? (row[0]?.text ?? '') : row.map(span => span.text).join('');

export const rowWidth = (row: Row): number => textWidth(rowText(row));

/** The spans between two offsets of the row's text. */
export const sliceRow = (row: Row, start: number, end: number): Span[] => {
	const spans: Span[] = [];
	let position = 0;
	for (const span of row) {
		const from = Math.max(start - position, 0);
		const to = Math.min(end - position, span.text.length);
		if (from < to) {
			spans.push(to - from === span.text.length ? span : {...span, text: span.text.slice(from, to)});
		}

		position += span.text.length;
		if (position >= end) {
			break;
		}
	}

	return spans;
};

/** Offset where the first `width` cells of a longer text end; never inside a character. */
const offsetAt = (text: string, width: number): number => {
	let used = 0;
	let end = 0;
	for (const cluster of splitClusters(text.slice(0, 40 * width + 200))) {
		used += cluster.cells;
		if (used > width) {
			return cluster.start;
		}

		end = cluster.start;
	}

	return end;
};

/** Cuts to at most `width` cells, with `…` in the last one where something was cut. */
export function cutToWidth(text: string, width: number): string;
export function cutToWidth(row: Row, width: number): Row;
export function cutToWidth(content: string | Row, width: number): string | Row {
	if (typeof content !== 'string') {
		const text = rowText(content);
		if (textWidth(text) <= width) {
			return content;
		}

		if (width < 1) {
			return [];
		}

		const kept = sliceRow(content, 0, offsetAt(text, width - 1));
		const last = kept.at(-1);
		return last ? [...kept.slice(0, -1), {...last, text: `${last.text}…`}] : [{text: '…'}];
	}

	if (textWidth(content) <= width) {
		return content;
	}

	return width < 1 ? '' : `${content.slice(0, offsetAt(content, width - 1))}…`;
}

/** Exactly `width` cells: cut where too long, filled with spaces where too short. */
export function padToWidth(text: string, width: number, align?: 'left' | 'right'): string;
export function padToWidth(row: Row, width: number, align?: 'left' | 'right'): Row;
export function padToWidth(content: string | Row, width: number, align: 'left' | 'right' = 'left'): string | Row {
	if (typeof content === 'string') {
		const cut = cutToWidth(content, width);
		const fill = ' '.repeat(Math.max(0, width - textWidth(cut)));
		return align === 'left' ? cut + fill : fill + cut;
	}

	const cut = cutToWidth(content, width);
	const fill = ' '.repeat(Math.max(0, width - rowWidth(cut)));
	if (fill === '') {
		return cut;
	}

	return align === 'left' ? [...cut, {text: fill}] : [{text: fill}, ...cut];
}
