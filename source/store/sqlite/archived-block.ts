import type {PieceReference} from './block-data.js';
import type {Packs} from './packs.js';

/** A block as it was unpacked: its text, and references to what stood between. */
export type ArchivedBlock = {
	/** In the log. */
	offset: number;
	length: number;
	firstLine: number;
	text: Buffer;
	references: PieceReference[];
};

const newline = 0x0a;

/** Bytes of a block, by offsets within it. Without a piece among them they are no copy. */
export const sliceOfBlock = (block: ArchivedBlock, packs: Packs, from: number, to: number): Buffer => {
	const within = block.references.filter(({at, length}) => at < to && at + length > from);
	const taken = block.references.reduce((sum, {at, length}) => (at + length <= from ? sum + length : sum), 0);
	const [first] = within;
	if (first === undefined) {
		return block.text.subarray(from - taken, to - taken);
	}

	const slice = Buffer.allocUnsafe(to - from);
	let at = from;
	let textAt = Math.min(from, first.at) - taken;
	const addText = (end: number): void => {
		if (end > at) {
			block.text.copy(slice, at - from, textAt, textAt + end - at);
			textAt += end - at;
			at = end;
		}
	};

	for (const reference of within) {
		addText(reference.at);
		const base64 = packs.read(reference, (reference.length / 4) * 3).toString(reference.alphabet);
		const end = Math.min(to, reference.at + reference.length);
		slice.write(base64.slice(at - reference.at, end - reference.at), at - from, 'latin1');
		at = end;
	}

	addText(to);
	return slice;
};

/** Ends of the lines that end in a block: offsets within it, behind the line end. */
export function* lineEndsOf({text, references}: ArchivedBlock): Generator<number> {
	let index = 0;
	let taken = 0;
	for (let end = text.indexOf(newline); end !== -1; end = text.indexOf(newline, end + 1)) {
		for (let next = references[index]; next !== undefined && next.at <= end + taken; next = references[++index]) {
			taken += next.length;
		}

		yield end + taken + 1;
	}
}
