import type {RawBlock, RawPiece} from '../store/ingest-store.js';
import {findBase64Run} from './base64-runs.js';

/** Bytes of a block besides its pieces: more compress better, and take longer to give one line back. */
const mostText = 512 * 1024;

/** Bytes of a block with its pieces: so much is read again when a log grows. */
const mostBytes = 2 * 1024 * 1024;

/**
Characters of a piece. Divisible by 4, so that its bytes come out even.
*/
const pieceLength = 65_536;

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

	constructor(
		private offset: number,
		private line: number,
	) {}

	/** The blocks that are full now; what may go on in the next bytes waits for them. */
	*add(bytes: Buffer): Generator<RawBlock> {
		const joined = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
		const done = yield* this.cut(joined, false);
		this.rest = Buffer.from(joined.subarray(done));
	}

	/** The last blocks; there can be no more afterwards. */
	*end(): Generator<RawBlock> {
		yield* this.cut(this.rest, true);
		yield* this.close();
		spare = this.text;
	}

	private *cut(bytes: Buffer, isEnd: boolean): Generator<RawBlock, number> {
		let at = 0;
		while (at < bytes.length) {
			const {from, to, alphabet} = findBase64Run(bytes, at, pieceLength);
			const length = to - from;
			yield* this.addText(bytes.subarray(at, from));
			if (to === bytes.length && length < pieceLength) {
				// Base64 that nothing ends yet stays text, so that no piece is kept that the grown log does not have.
				if (isEnd) {
					yield* this.addText(bytes.subarray(from));
				}

				return isEnd ? bytes.length : from;
			}

			const whole = length - (length % 4);
			if (this.length > 0 && this.length + whole > mostBytes) {
				yield* this.close();
			}

			const decoded = Buffer.from(bytes.toString('latin1', from, from + whole), alphabet);
			this.pieces.push({at: this.length, alphabet, bytes: decoded});
			this.length += whole;
			at = from + whole;
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
