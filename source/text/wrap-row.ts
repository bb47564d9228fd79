import {type Cluster, rowText, splitClusters, textWidth} from './cells.js';
import type {Row, Span} from './span.js';

const ascii = /^[\x20-\x7e]*$/;

/** Continuation rows stand below the row's own indentation, unless that eats too much of the width. */
const indentation = (text: string, width: number): number => {
	const lead = text.length - text.trimStart().length;
	return lead <= width / 3 && lead < text.length ? lead : 0;
};

type Range = readonly [start: number, end: number];

/** One character is one cell: offsets are columns. */
const breakAscii = (text: string, width: number, indent: number): Range[] => {
	const ranges: Range[] = [];
	let start = 0;
	while (start < text.length) {
		const room = start === 0 ? width : width - indent;
		const end = start + room;
		if (end >= text.length) {
			ranges.push([start, text.length]);
			break;
		}

		const first = start === 0 ? indent : 0;
		let space = end;
		while (space > start + first && text.charCodeAt(space) !== 0x20) {
			space--;
		}

		if (space > start + first) {
			ranges.push([start, space]);
			start = space + 1;
			while (text.charCodeAt(start) === 0x20) {
				start++;
			}
		} else {
			ranges.push([start, end]);
			start = end;
		}
	}

	return ranges;
};

/** East Asian punctuation that never begins a row, and brackets that never end one. */
const closing = /[、。，．）］｝」』】〉》〕？！：；ー々]/;
const opening = /[（［｛「『【〈《〔]/;

/** The same by cell. Beside spaces, a line may break before and after a wide character. */
const breakCells = (text: string, clusters: readonly Cluster[], width: number, indent: number): Range[] => {
	const ranges: Range[] = [];
	const isSpace = (cluster: Cluster | undefined) => cluster !== undefined && text[cluster.start] === ' ';
	let first = 0;
	while (first < clusters.length) {
		const room = first === 0 ? width : width - indent;
		const floor = first === 0 ? indent : first;
		let used = 0;
		let next = first;
		let breakBefore = -1;
		while (next < clusters.length) {
			const cluster = clusters[next] as Cluster;
			const previous = clusters[next - 1];
			const isWide = cluster.cells > 1 || (previous?.cells ?? 0) > 1;
			const mayBreak =
				isWide && !closing.test(text[cluster.start] ?? '') && !opening.test(text[previous?.start ?? 0] ?? '');
			if (next > floor && (isSpace(cluster) || mayBreak)) {
				breakBefore = next;
			}

			if (used + cluster.cells > room) {
				break;
			}

			used += cluster.cells;
			next++;
		}

		const start = clusters[first]?.start ?? 0;
		if (next >= clusters.length) {
			ranges.push([start, text.length]);
			break;
		}

		next = breakBefore > first ? breakBefore : Math.max(next, first + 1);
		ranges.push([start, clusters[next]?.start ?? text.length]);
		while (isSpace(clusters[next])) {
			next++;
		}

		first = next;
	}

	return ranges;
};

/** Cuts the row at ranges that follow each other, in one pass over its spans. */
const sliceRanges = (row: Row, ranges: readonly Range[], lead: readonly Span[]): Row[] => {
	let index = 0;
	let position = 0;
	return ranges.map(([start, end]) => {
		const spans: Span[] = start === 0 ? [] : [...lead];
		for (let span = row[index]; span !== undefined; span = row[index]) {
			const from = Math.max(start - position, 0);
			const to = Math.min(end - position, span.text.length);
			if (from < to) {
				spans.push(to - from === span.text.length ? span : {...span, text: span.text.slice(from, to)});
			}

			if (position + span.text.length > end) {
				break;
			}

			position += span.text.length;
			index++;
		}

		return spans;
	});
};

/**
Breaks a row between words, long words anywhere but inside a character, so that each row takes at most
`width` cells (from 4 up). Spaces at a break disappear; an empty row stays one empty row.
`hang` sets the indentation of continuation rows; without it they repeat the row's own.
*/
export const wrapRow = (row: Row, width: number, hang?: number): Row[] => {
	const text = rowText(row);
	const isAscii = ascii.test(text);
	if ((isAscii ? text.length : textWidth(text)) <= width) {
		return [row];
	}

	const limit = Math.max(4, width);
	const indent = Math.max(0, Math.min(hang ?? indentation(text, limit), limit - 4));
	const ranges = isAscii ? breakAscii(text, limit, indent) : breakCells(text, splitClusters(text), limit, indent);
	return sliceRanges(row, ranges, indent === 0 ? [] : [{text: ' '.repeat(indent)}]);
};

/** Puts `first` before the first row and `rest` before the others, such as a bullet and its indentation. */
export const prefixRows = (rows: readonly Row[], first: Row, rest: Row): Row[] =>
	rows.map((row, index) => [...(index === 0 ? first : rest), ...row]);
