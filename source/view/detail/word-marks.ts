import {diffWordsWithSpace} from 'diff';
import type {Span, Tone} from '../../text/span.js';
import type {DiffLine} from './parse-diff.js';

/** Comparing word by word costs time that grows with the product of both lengths. */
const longestCompared = 400;

/** Pairs that share less than this are two different lines, not one that changed. */
const leastShared = 0.4;

/** For each changed line that has a counterpart: its text in pieces, changed words inverse. */
export type WordMarks = Map<DiffLine, Span[]>;

const markPair = (removed: DiffLine, added: DiffLine, marks: WordMarks): void => {
	const longer = Math.max(removed.text.length, added.text.length);
	if (longer > longestCompared || longer === 0) {
		return;
	}

	const parts = diffWordsWithSpace(removed.text, added.text);
	const shared = parts.reduce((sum, part) => (part.added || part.removed ? sum : sum + part.value.trim().length), 0);
	if (shared / longer < leastShared) {
		return;
	}

	const pick = (tone: Tone, other: 'added' | 'removed'): Span[] =>
		parts
			.filter(part => !part[other])
			.map(part => (part.added || part.removed ? {text: part.value, tone, inverse: true} : {text: part.value, tone}));
	marks.set(removed, pick('removed', 'added'));
	marks.set(added, pick('added', 'removed'));
};

/** Pairs removed lines with the added ones that directly follow; at most `budget` pairs are compared. */
export const markWords = (lines: readonly DiffLine[], budget: number): WordMarks => {
	const marks: WordMarks = new Map();
	let compared = 0;
	let index = 0;
	while (index < lines.length && compared < budget) {
		const start = index;
		while (lines[index]?.kind === 'removed') {
			index++;
		}

		const middle = index;
		while (index > start && lines[index]?.kind === 'added') {
			index++;
		}

		for (let pair = 0; start + pair < middle && middle + pair < index && compared < budget; pair++, compared++) {
			markPair(lines[start + pair] as DiffLine, lines[middle + pair] as DiffLine, marks);
		}

		index = Math.max(index, start + 1);
	}

	return marks;
};
