import {expandTabs, splitSequences, visible} from './sanitize.js';
import {applySgr, type SgrState, sgrReset, sgrStyle} from './sgr.js';
import type {Row, Span} from './span.js';

const tabSize = 8;
const printable = /^[\x20-\x7e]*$/;

/** Spinners return to the first column with a sequence instead of a carriage return. */
const toFirstColumn = /(?:\x1b\[|\x9b)[01]?G/g;

/** Backspaces as a terminal draws them: the next character lands on the one before. */
const applyBackspaces = (text: string): string => {
	if (!text.includes('\b')) {
		return text;
	}

	const kept: string[] = [];
	for (const character of text) {
		if (character === '\b') {
			kept.pop();
		} else {
			kept.push(character);
		}
	}

	return kept.join('');
};

/** Without the carriage returns at its end, which have nothing to replace yet. */
const withoutReturns = (text: string): string => {
	let end = text.length;
	while (text[end - 1] === '\r') {
		end--;
	}

	return text.slice(0, end);
};

/**
Draws one line: text after a carriage return replaces what stood there, which leaves the last state of a
progress bar. Colours keep their effect over the end of a line, as they do in a terminal.
*/
const drawLine = (line: string, before: SgrState): {row: Row; state: SgrState} => {
	let spans: Span[] = [];
	let column = 0;
	let state = before;
	let style = sgrStyle(state);
	let isReturned = false;

	for (const [index, part] of splitSequences(line).entries()) {
		if (index % 2 === 1) {
			state = applySgr(state, part);
			style = sgrStyle(state);
			continue;
		}

		const drawn = withoutReturns(part);
		const shown = drawn.slice(drawn.lastIndexOf('\r') + 1);
		if (shown === '') {
			isReturned ||= part !== '';
			continue;
		}

		if (isReturned || shown.length < drawn.length) {
			spans = [];
			column = 0;
		}

		isReturned = drawn.length < part.length;
		const text = visible(expandTabs(applyBackspaces(shown), tabSize, column));
		column += text.length;
		spans.push({text, ...style});
	}

	return {row: spans, state};
};

/**
The door for what a command printed: its lines as rows of spans, coloured as the command asked for in the
16 colours of the theme. Movements, titles, links and every other sequence are dropped.
*/
export const shellSpans = (output: string): Row[] => {
	const text = output.isWellFormed() ? output : output.toWellFormed();
	const rows: Row[] = [];
	let state: SgrState = sgrReset;
	for (const physicalLine of text.split('\n')) {
		const line = withoutReturns(physicalLine);
		if (printable.test(line)) {
			rows.push(line === '' ? [] : [{text: line, ...sgrStyle(state)}]);
			continue;
		}

		const drawn = drawLine(line.replace(toFirstColumn, '\r'), state);
		rows.push(drawn.row);
		state = drawn.state;
	}

	return rows;
};
