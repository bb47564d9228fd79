import type {LogBytes} from './log-bytes.js';

/** What lies further ahead is sought, not read past. */
const nearBytes = 2 * 1024 * 1024;

const nothing = Buffer.alloc(0);

/**
Slices of one log, in any order; cheap when each begins soon after the one before. A slice is only valid until
the next one is asked for.
*/
export class SliceReader {
	private chunks: AsyncIterator<Buffer> | undefined;
	private window: Buffer = nothing;
	private windowStart = 0;

	/** `canSeek` is whether the log can be read from the middle for less than reading it from the start. */
	constructor(
		private readonly bytes: LogBytes,
		private readonly canSeek: boolean,
	) {}

	/** Shorter where the log ends. */
	async read(offset: number, length: number): Promise<Buffer> {
		const isFar = this.canSeek && offset > this.windowEnd + nearBytes;
		if (this.chunks === undefined || offset < this.windowStart || isFar) {
			await this.start(this.canSeek ? offset : 0);
		}

		const parts: Buffer[] = [];
		let at = offset;
		while (at < offset + length) {
			if (at < this.windowEnd) {
				const part = this.window.subarray(at - this.windowStart, offset + length - this.windowStart);
				at += part.length;
				if (parts.length === 0 && part.length === length) {
					return part;
				}

				parts.push(Buffer.from(part));
			} else if (!(await this.advance())) {
				break;
			}
		}

		return Buffer.concat(parts);
	}

	/** Lets the file go. */
	async close(): Promise<void> {
		await this.chunks?.return?.();
		this.chunks = undefined;
	}

	private get windowEnd(): number {
		return this.windowStart + this.window.length;
	}

	private async start(offset: number): Promise<void> {
		await this.close();
		this.chunks = this.bytes.chunks(offset)[Symbol.asyncIterator]();
		this.windowStart = offset;
		this.window = nothing;
	}

	private async advance(): Promise<boolean> {
		const next = await this.chunks?.next();
		if (next === undefined || next.done) {
			return false;
		}

		this.windowStart = this.windowEnd;
		this.window = next.value;
		return true;
	}
}
