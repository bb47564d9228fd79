/** How much of what was given out is looked at again with what follows, and how much of what follows is waited for. */
const context = 32 * 1024;

/** The first piece; each is twice as long as the one before, up to the last of these. */
const firstPiece = 64 * 1024;
const longestPiece = 512 * 1024;

/** A line up to this length stays in one piece. */
const longestLine = 1024 * 1024;

/** A stretch of a text of any length, with what stands round it. */
export type TextWindow = {
	text: string;
	/** Where the piece begins that is looked at now. */
	start: number;
	/** Where it ends: behind a line end, unless a line is very long. */
	end: number;
};

/**
Cuts a text that comes in pieces into windows of bounded size. Each holds enough of what is before and behind the piece at
hand for every find that begins in it: a key block is found whole, and so is a value whose name stands in the piece before.
*/
export class TextWindows {
	#text = '';
	#start = 0;
	#piece = firstPiece;

	push(text: string): void {
		this.#text += text;
	}

	/** The next window, while enough is there, or else what is left when nothing comes any more. */
	next(isLast = false): TextWindow | undefined {
		const text = this.#text;
		const start = this.#start;
		if (text.length - start < this.#piece + context) {
			return isLast && start < text.length ? {text, start, end: text.length} : undefined;
		}

		const most = text.length - context;
		const lineEnd = text.lastIndexOf('\n', most - 1) + 1;
		if (lineEnd > start) {
			return {text, start, end: lineEnd};
		}

		if (text.length - start < longestLine + context) {
			return isLast ? {text, start, end: text.length} : undefined;
		}

		// Never between the two halves of a character.
		return {text, start, end: /[\uD800-\uDBFF]/.test(text[most - 1] ?? '') ? most - 1 : most};
	}

	/** Goes on behind `end`, which may be further than the window went. */
	done(end: number): void {
		const from = Math.max(0, end - context);
		const kept = this.#text.indexOf('\n', from) + 1;
		const cut = kept > 0 && kept < end ? kept : from;
		this.#text = this.#text.slice(cut);
		this.#start = end - cut;
		this.#piece = Math.min(longestPiece, this.#piece * 2);
	}
}
