import {shellSpans} from '../../text/shell-spans.js';
import type {Row} from '../../text/span.js';
import {fileDiffRows} from './diff.js';
import {below, headOf, moreRow, type Page, wrapLines} from './page.js';
import {splitDiffs} from './parse-diff.js';

/** What a command printed: its own colours, or diffs with ours where it printed plain ones. */
export const shellOutputRows = (output: string, page: Page): Row[] => {
	const {head, rest} = headOf(output.endsWith('\n') ? output.slice(0, -1) : output, page);
	const segments = head.includes('\x1b') ? [{kind: 'text' as const, text: head}] : splitDiffs(head);
	if (segments.length === 1 && segments[0]?.kind === 'text') {
		return wrapLines(shellSpans(head), page, rest);
	}

	const rows: Row[] = [];
	for (const [index, segment] of segments.entries()) {
		const left = below(page, rows);
		const isLast = index === segments.length - 1;
		rows.push(
			...(segment.kind === 'file'
				? fileDiffRows(segment.file, left)
				: wrapLines(shellSpans(segment.text), left, isLast ? rest : 0)),
		);
		if (rows.length > page.maxRows) {
			break;
		}
	}

	if (rest > 0 && rows.length <= page.maxRows && segments.at(-1)?.kind === 'file') {
		rows.push(moreRow(rest));
	}

	return rows;
};
