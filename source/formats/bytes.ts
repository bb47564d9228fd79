/** Node's own slices, which `toString` calls after looking at its arguments: lines are short, so that shows. */
type Slices = {latin1Slice(from: number, to: number): string; utf8Slice(from: number, to: number): string};

/** Bytes as Latin-1: an index in the text is an index in the bytes. `to` may not lie behind the end. */
export const latin1 = (bytes: Buffer, from: number, to: number): string =>
	(bytes as Buffer & Slices).latin1Slice(from, to);

export const utf8 = (bytes: Buffer, from = 0, to = bytes.length): string =>
	(bytes as Buffer & Slices).utf8Slice(from, to);
