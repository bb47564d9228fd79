import type {RawBlock, RawPiece} from '../store/ingest-store.js';
import {base64PieceAt, findBase64} from './base64-runs.js';

/** Bytes of a block besides its pieces: more compress better, and take longer to give one line back. */
const mostText = 256 * 1024;

/** Bytes of a block with its pieces: so much is read again when a log grows. */
const mostBytes = 2 * 1024 * 1024;

const newline = 0x0a;

/** Kept for the next log. */
let spare: Buffer | undefined;

const takeText = (): Buffer => {
	const text = spare ?? Buffer.allocUnsafeSlow(mostText);
	spare = undefined;
	return text;
};

const countLines = (bytes: Buffer): number => {
	let count = 0;
	for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
		count++;
	}

	return count;
};

/**
Cuts a log's bytes into blocks, with long base64 in pieces of their own: the same image gives the same pieces wherever
it stands, since they are counted from where its base64 begins. A block is only valid until the next one is asked for.
*/
export class BlockCutter {
	private readonly text = takeText();
	private textLength = 0;
	private length = 0;
	private pieces: RawPiece[] = [];
	private rest: Buffer = Buffer.alloc(0);
	private window: Buffer = Buffer.alloc(0);

	constructor(
		private offset: number,
		private line: number,
	) {}

	/** The blocks that are full now; what may go on in the next bytes waits for them. */
	*add(bytes: Buffer): Generator<RawBlock> {
		const joined = this.joined(bytes);
		const done = yield* this.cut(joined, false);
		this.rest = Buffer.from(joined.subarray(done));
	}

	/** The last blocks; there can be no more afterwards. */
	*end(): Generator<RawBlock> {
		yield* this.cut(this.rest, true);
		yield* this.close();
		spare = this.text;
	}

	/** The rest and what follows it. The buffer is used again, since a new one costs more to make than to fill. */
	private joined(bytes: Buffer): Buffer {
		const {rest} = this;
		if (rest.length === 0) {
			return bytes;
		}

		const length = rest.length + bytes.length;
		if (this.window.length < length) {
			this.window = Buffer.allocUnsafeSlow(length);
		}

		rest.copy(this.window);
		bytes.copy(this.window, rest.length);
		return this.window.subarray(0, length);
	}

	private *cut(bytes: Buffer, isEnd: boolean): Generator<RawBlock, number> {
		let at = 0;
		while (at < bytes.length) {
			const from = findBase64(bytes, at);
			yield* this.addText(bytes.subarray(at, from));
			const piece = base64PieceAt(bytes, from);
			if (piece === undefined) {
				// Base64 that nothing ends yet stays text, so that no piece is kept that the grown log does not have.
				if (isEnd) {
					yield* this.addText(bytes.subarray(from));
				}

				return isEnd ? bytes.length : from;
			}

			const length = (piece.bytes.length / 3) * 4;
			if (this.length > 0 && this.length + length > mostBytes) {
				yield* this.close();
			}

			this.pieces.push({...piece, at: this.length});
			this.length += length;
			at = from + length;
		}

		return at;
	}

	private *addText(bytes: Buffer): Generator<RawBlock> {
		for (let rest = bytes; rest.length > 0; ) {
			const room = Math.min(mostText - this.textLength, mostBytes - this.length);
			if (room <= 0) {
				yield* this.close();
				continue;
			}

			const part = rest.subarray(0, room);
			part.copy(this.text, this.textLength);
			this.textLength += part.length;
			this.length += part.length;
			rest = rest.subarray(part.length);
		}
	}

	private *close(): Generator<RawBlock> {
		if (this.length === 0) {
			return;
		}

		const {offset, line, length, pieces} = this;
		const text = this.text.subarray(0, this.textLength);
		this.offset += length;
		this.line += countLines(text);
		this.textLength = 0;
		this.length = 0;
		this.pieces = [];
		yield {offset, length, firstLine: line, text, pieces};
	}
}
