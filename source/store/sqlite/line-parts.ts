/** Lines up to this length are given whole; of longer ones each part but the last has at least so many bytes. */
const longestWhole = 8 * 1024 * 1024;

/** Puts together what of a line has come so far, in bounded memory. */
export class LineParts {
	private parts: Buffer[] = [];
	private length = 0;

	/** Takes a copy of bytes that do not end their line. Answers a part that is long enough to be given, if there is one. */
	add(bytes: Buffer): Buffer | undefined {
		if (bytes.length === 0) {
			return undefined;
		}

		this.parts.push(Buffer.from(bytes));
		this.length += bytes.length;
		return this.length > longestWhole ? this.rest() : undefined;
	}

	/** What was not given yet of the line, with its last bytes; empty where there is nothing. */
	rest(bytes: Buffer = Buffer.alloc(0)): Buffer {
		const whole = this.parts.length === 0 ? bytes : Buffer.concat([...this.parts, bytes]);
		this.parts = [];
		this.length = 0;
		return whole;
	}
}
