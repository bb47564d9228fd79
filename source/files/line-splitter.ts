import type {LogLine} from '../model/log-line.js';

const newline = 0x0a;

/** Lines up to this length are handed over whole. */
const longestWhole = 16 * 1024 * 1024;
const keptHead = 256 * 1024;
const keptTail = 4 * 1024;

/**
Room for a line that crosses chunks, kept for the next one as long as nobody needs the memory. The operating system gives
memory to as much of it as lines have filled; growing room step by step had it give, and clear, that for every long line.
*/
let spareRoom: WeakRef<Buffer> | undefined;

const takeRoom = (): Buffer => {
	const room = spareRoom?.deref() ?? Buffer.allocUnsafeSlow(longestWhole);
	spareRoom = undefined;
	return room;
};

/**
Cuts a stream of bytes into lines at 0x0A only. Memory stays bounded: of a line longer than 16 MB only
the beginning and the end are kept.
*/
export class LineSplitter {
	/** Lines completed so far. */
	line: number;
	/** Offset after the last complete line. */
	offset: number;
	/** Where a line that goes on in the next chunk is put together; its first `held` bytes are in use. */
	private room: Buffer | undefined;
	private held = 0;
	/** Bytes of that line, those that are not held included. */
	private carriedLength = 0;
	private tail: Buffer | undefined;

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
		this.room ??= takeRoom();
		this.carriedLength += part.length;
		if (this.carriedLength <= longestWhole) {
			this.hold(this.room, part);
			return;
		}

		if (this.tail === undefined) {
			this.tail = Buffer.from(this.room.subarray(Math.max(0, this.held - keptTail), this.held));
			this.held = Math.min(this.held, keptHead);
			this.hold(this.room, part.subarray(0, keptHead - this.held));
		}

		this.tail = Buffer.from(Buffer.concat([this.tail, part.subarray(-keptTail)]).subarray(-keptTail));
	}

	private hold(room: Buffer, part: Buffer): void {
		part.copy(room, this.held);
		this.held += part.length;
	}

	private emitCarried(isUnfinished: boolean): void {
		const {room = takeRoom(), held, carriedLength, tail} = this;
		this.room = undefined;
		this.held = 0;
		this.carriedLength = 0;
		this.tail = undefined;
		this.emit(room.subarray(0, held), carriedLength, tail, isUnfinished);
		spareRoom = new WeakRef(room);
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
