import {diffWordsWithSpace} from 'diff';
import type {Span} from '../../text/span.js';
import type {DiffLine} from './parse-diff.js';

/** Comparing word by word costs time that grows with the product of both lengths. */
const longestCompared = 400;

/** Pairs that share less than this are two different lines, not one that changed. */
const leastShared = 0.5;

/** Fewer unchanged characters between two changes are marked with them. */
const leastBetween = 3;

/** For each changed line that has a counterpart: its text in pieces, changed words tinted. */
export type WordMarks = Map<DiffLine, Span[]>;

type Piece = {text: string; isChanged: boolean};

/** Neighbours of one kind as one piece, and what is hardly a gap between changes as part of them. */
const joined = (pieces: readonly Piece[]): Piece[] => {
	const merge = (list: readonly Piece[]): Piece[] => {
		const merged: Piece[] = [];
		for (const piece of list) {
			const last = merged.at(-1);
			if (last?.isChanged === piece.isChanged) {
				last.text += piece.text;
			} else {
				merged.push({...piece});
			}
		}

		return merged;
	};
	const whole = merge(pieces);
	const isGap = ({text}: Piece, index: number): boolean =>
		index > 0 && index < whole.length - 1 && text.length < leastBetween;
	return merge(whole.map((piece, index) => ({...piece, isChanged: piece.isChanged || isGap(piece, index)})));
};

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

	const pick = (side: 'added' | 'removed', other: 'added' | 'removed'): Span[] =>
		joined(parts.filter(part => !part[other]).map(({value, [side]: isChanged}) => ({text: value, isChanged}))).map(
			({text, isChanged}): Span => ({text, tone: isChanged ? `${side}-word` : side}),
		);
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
