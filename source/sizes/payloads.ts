/** Part of a log that is no text: offsets of its first byte and of the byte after its last. */
export type Payload = {start: number; end: number; kind: 'images' | 'encrypted'};

const beginnings = [
	{kind: 'images', bytes: Buffer.from(';base64,')},
	{kind: 'encrypted', bytes: Buffer.from('"encrypted_content":"')},
] as const;

/** As much of what was searched as the beginning of a payload may go on from. */
const kept = Math.max(...beginnings.map(({bytes}) => bytes.length)) - 1;

const quote = 0x22;

const isBase64 = new Uint8Array(256);
for (const byte of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=')) {
	isBase64[byte] = 1;
}

const endOf = {
	images(bytes: Buffer, from: number): number {
		let at = from;
		while (at < bytes.length && isBase64[bytes[at] as number] === 1) {
			at++;
		}

		return at;
	},
	encrypted(bytes: Buffer, from: number): number {
		const end = bytes.indexOf(quote, from);
		return end === -1 ? bytes.length : end;
	},
};

type Beginning = {kind: Payload['kind']; end: number};

/**
Finds base64 and encrypted content in the bytes of a log, handed over in pieces of any length, without parsing.
What is not in order ends a payload, so that no text is taken for pixels.
*/
export class PayloadFinder {
	readonly payloads: Payload[] = [];
	private offset = 0;
	private open: Payload | undefined;
	/** The last bytes before the next piece, which may hold the first of a beginning. */
	private searched: Buffer = Buffer.alloc(0);

	/** The piece may be reused by the caller afterwards. */
	push(bytes: Buffer): void {
		let from = 0;
		let isFresh = true;
		const begin = ({kind, end}: Beginning): void => {
			this.open = {kind, start: this.offset + end, end: this.offset + end};
			from = end;
		};

		const across = this.open === undefined ? this.beginningAcross(bytes) : undefined;
		if (across !== undefined) {
			begin(across);
		}

		const next = beginnings.map(() => -2);
		while (from < bytes.length) {
			if (this.open !== undefined) {
				isFresh = false;
				from = this.goOn(this.open, bytes, from);
				continue;
			}

			const found = nearest(bytes, from, next);
			if (found === undefined) {
				break;
			}

			begin(found);
		}

		const rest = bytes.subarray(from, bytes.length);
		this.searched =
			this.open === undefined
				? Buffer.concat(isFresh ? [this.searched, rest.subarray(-kept)] : [rest.subarray(-kept)]).subarray(-kept)
				: Buffer.alloc(0);
		this.offset += bytes.length;
	}

	/** Ends a payload that the log breaks off in. */
	finish(): void {
		this.close();
	}

	/** Answers where the search goes on. */
	private goOn(payload: Payload, bytes: Buffer, from: number): number {
		const end = endOf[payload.kind](bytes, from);
		payload.end = this.offset + end;
		if (end < bytes.length) {
			this.close();
		}

		return end;
	}

	private close(): void {
		if (this.open !== undefined && this.open.end > this.open.start) {
			this.payloads.push(this.open);
		}

		this.open = undefined;
	}

	private beginningAcross(bytes: Buffer): Beginning | undefined {
		const {length} = this.searched;
		if (length === 0) {
			return undefined;
		}

		const seam = Buffer.concat([this.searched, bytes.subarray(0, kept)]);
		for (const {kind, bytes: beginning} of beginnings) {
			const at = seam.indexOf(beginning, Math.max(0, length - beginning.length + 1));
			if (at !== -1 && at < length) {
				return {kind, end: at + beginning.length - length};
			}
		}

		return undefined;
	}
}

/** The next beginning; `next` remembers where each was found last, so that none is searched for twice. */
const nearest = (bytes: Buffer, from: number, next: number[]): Beginning | undefined => {
	let found: Beginning | undefined;
	let first = Number.POSITIVE_INFINITY;
	for (const [index, {kind, bytes: beginning}] of beginnings.entries()) {
		let at = next[index] as number;
		if (at !== -1 && at < from) {
			at = bytes.indexOf(beginning, from);
			next[index] = at;
		}

		if (at !== -1 && at < first) {
			first = at;
			found = {kind, end: at + beginning.length};
		}
	}

	return found;
};
