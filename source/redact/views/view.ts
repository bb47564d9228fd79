/** A text as a person sees it (escapes undone, colours removed, …), with the way back to the text it was made from. */
export type View = {
	text: string;
	/** The range of the original that a range of this text stands for: all of an escape for the character it makes. */
	toSource(start: number, end: number): {start: number; end: number};
};

/** The text itself. */
export const plainView = (text: string): View => ({text, toSource: (start, end) => ({start, end})});

/** Puts a view together from copied and replaced ranges of another one, in ascending order. */
export class ViewBuilder {
	readonly #parent: View;
	#text = '';
	/** Three numbers per piece: where it begins in the view, where it begins in the parent, and where it ends there (-1: a copy). */
	readonly #pieces: number[] = [];

	constructor(parent: View) {
		this.#parent = parent;
	}

	copy(start: number, end: number): void {
		if (end > start) {
			this.#pieces.push(this.#text.length, start, -1);
			this.#text += this.#parent.text.slice(start, end);
		}
	}

	/** The range reads as `text`, as one piece: whoever finds a part of it finds all of it. */
	replace(start: number, end: number, text: string): void {
		if (text !== '') {
			this.#pieces.push(this.#text.length, start, end);
			this.#text += text;
		}
	}

	build(): View {
		const parent = this.#parent;
		return {
			text: this.#text,
			toSource: (start, end) => {
				const first = this.#pieceAt(start);
				const last = this.#pieceAt(Math.max(start, end - 1));
				const from = this.#isCopy(first) ? this.#at(first, start) : this.#number(first, 1);
				const to = this.#isCopy(last) ? this.#at(last, end) : this.#number(last, 2);
				return parent.toSource(from, to);
			},
		};
	}

	#number(piece: number, field: number): number {
		return this.#pieces[piece * 3 + field] as number;
	}

	#isCopy(piece: number): boolean {
		return this.#number(piece, 2) < 0;
	}

	#at(piece: number, position: number): number {
		return this.#number(piece, 1) + position - this.#number(piece, 0);
	}

	#pieceAt(position: number): number {
		let low = 0;
		let high = this.#pieces.length / 3 - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (this.#number(middle, 0) <= position) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}

		return low;
	}
}

/** Between two regions of a view: nothing that is looked for runs across it. */
const gap = '\n\u0000\n';

/** Less than this between two regions is looked through with them. */
const leastGap = 32;

/** How far a region reaches beyond its mark where lines are long. */
const reach = 2048;

/** A range of the parent that reads as `text` in the view. */
export type Mark = {start: number; end: number; text: string};

/**
The lines in which marks occur, with a line before and after, and each mark replaced. `next` finds the first mark from
a position on. `undefined` when there is none.
*/
export const replacedView = (parent: View, next: (from: number) => Mark | undefined): View | undefined => {
	const {text} = parent;
	let mark = next(0);
	if (mark === undefined) {
		return undefined;
	}

	const builder = new ViewBuilder(parent);
	let copied = lineBefore(text, mark.start);
	let regionEnd = copied;
	let reachedTo = -1;
	for (; mark !== undefined; mark = next(mark.end)) {
		if (mark.start > regionEnd) {
			const start = lineBefore(text, mark.start);
			if (start > regionEnd + leastGap) {
				builder.copy(copied, regionEnd);
				builder.replace(regionEnd, start, gap);
				copied = start;
			}
		}

		if (mark.end > reachedTo) {
			const lineEnd = indexWithin(text, mark.end, mark.end + reach);
			reachedTo = lineEnd < mark.end + reach ? lineEnd : mark.end + reach / 2;
			regionEnd = Math.max(regionEnd, indexWithin(text, lineEnd + 1, mark.end + reach));
		}

		builder.copy(copied, mark.start);
		builder.replace(mark.start, mark.end, mark.text);
		copied = mark.end;
	}

	builder.copy(copied, regionEnd);
	return builder.build();
};

/** Marks that a pattern with the flag `g` finds; where `becomes` says `undefined`, the match is left as it is. */
export const patternMarks = (
	text: string,
	pattern: RegExp,
	becomes: (match: string) => string | undefined,
): ((from: number) => Mark | undefined) => {
	const regex = new RegExp(pattern);
	return from => {
		regex.lastIndex = from;
		for (let match = regex.exec(text); match !== null; match = regex.exec(text)) {
			const replacement = becomes(match[0]);
			if (replacement !== undefined) {
				return {start: match.index, end: match.index + match[0].length, text: replacement};
			}
		}

		return undefined;
	};
};

/** Where the line before that of `position` begins. */
const lineBefore = (text: string, position: number): number => {
	const limit = Math.max(0, position - reach);
	let breaks = 0;
	for (let index = position - 1; index >= limit; index--) {
		if (text.charCodeAt(index) === 10 && ++breaks === 2) {
			return index + 1;
		}
	}

	return limit;
};

/** Where the line of `from` ends, but no further than `limit`. */
const indexWithin = (text: string, from: number, to: number): number => {
	const limit = Math.min(to, text.length);
	for (let index = from; index < limit; index++) {
		if (text.charCodeAt(index) === 10) {
			return index;
		}
	}

	return limit;
};
