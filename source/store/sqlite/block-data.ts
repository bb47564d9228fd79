import type {RawPiece} from '../ingest-store.js';
import type {Place} from './packs.js';
import {pack, unpack} from './zstd.js';

/** Base64 that was taken out of a block: where it stood, how long it was, and where its bytes are. */
export type PieceReference = Pick<RawPiece, 'at' | 'alphabet'> & Place & {length: number};

/** Bytes of a block's reference: five numbers of 4 bytes. */
const referenceLength = 20;

/** A fifth smaller than at level 1, for a tenth more time. */
const level = 3;

/** What text is compressed to, as a rule. */
const expectedShare = 0.3;

const alphabets = ['base64', 'base64url'] as const;

/** Where text and references are put one behind the other. */
let scratch = Buffer.alloc(0);

/** Compressed: the text, then the references. */
export const packBlock = (text: Uint8Array, references: readonly PieceReference[]): Buffer => {
	if (references.length === 0) {
		return pack(text, level, expectedShare);
	}

	const length = text.length + references.length * referenceLength;
	if (scratch.length < length) {
		scratch = Buffer.allocUnsafe(length);
	}

	scratch.set(text);
	let offset = text.length;
	for (const {at, length: characters, alphabet, packId, offset: inPack} of references) {
		for (const value of [at, characters, alphabets.indexOf(alphabet), packId, inPack]) {
			offset = scratch.writeUInt32LE(value, offset);
		}
	}

	return pack(scratch.subarray(0, length), level, expectedShare);
};

/** Throws when the data is damaged, or is not that of a block of this length. */
export const unpackBlock = (
	data: Uint8Array,
	length: number,
	count: number,
): {text: Buffer; references: PieceReference[]} => {
	const bytes = unpack(data, length + count * referenceLength);
	const textLength = bytes.length - count * referenceLength;
	const references = Array.from({length: count}, (_, index): PieceReference => {
		const offset = textLength + index * referenceLength;
		const value = (column: number): number => bytes.readUInt32LE(offset + column * 4);
		return {
			at: value(0),
			length: value(1),
			alphabet: alphabets[value(2)] ?? 'base64',
			packId: value(3),
			offset: value(4),
		};
	});
	const taken = references.reduce((sum, reference) => sum + reference.length, 0);
	if (textLength + taken !== length) {
		throw new Error(`the block has ${textLength + taken} bytes instead of ${length}`);
	}

	return {text: bytes.subarray(0, textLength), references};
};
