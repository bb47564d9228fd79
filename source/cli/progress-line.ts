import type {Writable} from 'node:stream';

/** Where words go; a terminal says so. */
export type Terminal = Writable & {isTTY?: boolean};

const intervalMs = 100;

/** One line of a terminal that tells how far something has come; nothing where words go to a file or a pipe. */
export class ProgressLine {
	private shownAt = Number.NEGATIVE_INFINITY;

	constructor(private readonly stream: Terminal) {}

	/** At most ten times a second. The text must not hold control characters. */
	show(text: string): void {
		const now = performance.now();
		if (this.stream.isTTY === true && now - this.shownAt >= intervalMs) {
			this.shownAt = now;
			this.stream.write(`\r\u001B[K${text}`);
		}
	}

	/** Leaves an empty line for what is written next. */
	clear(): void {
		if (this.shownAt !== Number.NEGATIVE_INFINITY) {
			this.shownAt = Number.NEGATIVE_INFINITY;
			this.stream.write('\r\u001B[K');
		}
	}
}
