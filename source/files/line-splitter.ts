import type {LogLine} from '../model/log-line.js';

const newline = 0x0a;

/** Lines up to this length are handed over whole. */
const longestWhole = 16 * 1024 * 1024;
const keptHead = 256 * 1024;
const keptTail = 4 * 1024;

/**
Cuts a stream of bytes into lines at 0x0A only. Memory stays bounded: of a line longer than 16 MB only
the beginning and the end are kept.
*/
export class LineSplitter {
	/** Lines completed so far. */
	line: number;
	/** Offset after the last complete line. */
	offset: number;
	private carried: Buffer[] = [];
	private carriedLength = 0;
	private tail: Buffer = Buffer.alloc(0);

	constructor(
		private readonly onLine: (line: LogLine) => void,
		start: {line: number; offset: number},
	) {
		this.line = start.line;
		this.offset = start.offset;
	}

	/** Bytes of the unfinished line. */
	get unfinished(): number {
		return this.carriedLength;
	}

	/** The chunk may be reused by the caller afterwards. */
	push(chunk: Buffer): void {
		let from = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
			if (this.carriedLength === 0) {
				this.emit(chunk.subarray(from, end), end - from);
			} else {
				this.carry(chunk.subarray(from, end));
				this.emitCarried(false);
			}

			from = end + 1;
		}

		if (from < chunk.length) {
			this.carry(chunk.subarray(from));
		}
	}

	/** Hands over a last line without line end. It is not counted as read. */
	finish(): void {
		if (this.carriedLength > 0) {
			this.emitCarried(true);
		}
	}

	private carry(part: Buffer): void {
		this.carriedLength += part.length;
		if (this.carriedLength <= longestWhole) {
			this.carried.push(Buffer.from(part));
			return;
		}

		if (this.tail.length === 0 && this.carried.length > 0) {
			const whole = Buffer.concat(this.carried);
			this.carried = [Buffer.from(whole.subarray(0, keptHead))];
			this.tail = Buffer.from(whole.subarray(-keptTail));
		} else if (this.carried.length === 0) {
			this.carried = [Buffer.from(part.subarray(0, keptHead))];
		}

		this.tail = Buffer.from(Buffer.concat([this.tail, part.subarray(-keptTail)]).subarray(-keptTail));
	}

	private emitCarried(isUnfinished: boolean): void {
		const {carried, carriedLength, tail} = this;
		this.carried = [];
		this.carriedLength = 0;
		this.tail = Buffer.alloc(0);
		this.emit(Buffer.concat(carried), carriedLength, tail.length > 0 ? tail : undefined, isUnfinished);
	}

	private emit(bytes: Buffer, length: number, tail?: Buffer, isUnfinished = false): void {
		const line: LogLine = {line: this.line + 1, offset: this.offset, length, bytes};
		if (tail !== undefined) {
			line.tail = tail;
		}

		if (isUnfinished) {
			line.isUnfinished = true;
		} else {
			this.line++;
			this.offset += length + 1;
		}

		this.onLine(line);
	}
}
