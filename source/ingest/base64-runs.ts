import type {RawPiece} from '../store/ingest-store.js';

/** Shorter runs compress as well where they stand, and to look each one up would take more time than that. */
const shortestRun = 4096;

/** Characters of a piece; divisible by 4, so that its bytes come out even. */
const pieceLength = 65_536;

const standard = 1;
const urlSafe = 2;
const backslash = 0x5c;

/** The alphabets of base64 that each byte is a character of; padding is part of none. */
const alphabetsOf = new Uint8Array(256);
for (const character of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')) {
	alphabetsOf[character] = standard | urlSafe;
}

for (const character of Buffer.from('+/')) {
	alphabetsOf[character] = standard;
}

for (const character of Buffer.from('-_')) {
	alphabetsOf[character] = urlSafe;
}

type Run = {from: number; to: number};

/**
Where the first run of base64 begins that is long enough for a piece, or what stands at the end of the bytes and may
become one. The end of the bytes where neither is.
*/
export const findBase64 = (bytes: Uint8Array, start: number): number => {
	let from = start;
	// Everything from there to here is characters of one alphabet or the other.
	let seen = start;
	for (let probe = from + shortestRun - 1; probe < bytes.length; probe = from + shortestRun - 1) {
		// Looked at from its far end, other text is left behind after a few bytes.
		while (probe >= seen && alphabetsOf[bytes[probe] as number] !== 0) {
			probe--;
		}

		if (probe >= seen) {
			from = probe + 1;
			seen = from;
			continue;
		}

		const run = runAt(bytes, from, shortestRun);
		if (run.to - run.from === shortestRun || run.to === bytes.length) {
			return run.from;
		}

		seen = Math.max(run.to, from + shortestRun);
		from = run.to;
	}

	let tail = bytes.length;
	while (tail > from && alphabetsOf[bytes[tail - 1] as number] !== 0) {
		tail--;
	}

	let run = runAt(bytes, tail, shortestRun);
	while (run.to < bytes.length) {
		run = runAt(bytes, run.to, shortestRun);
	}

	return run.from;
};

/** The piece that a run found here gives; undefined where it may go on behind the bytes. */
export const base64PieceAt = (bytes: Buffer, from: number): Omit<RawPiece, 'at'> | undefined => {
	const whole = mayBeWhole(bytes, from) ? decode(bytes, from, from + pieceLength) : undefined;
	if (whole !== undefined) {
		return whole;
	}

	const {to} = runAt(bytes, from, pieceLength);
	const isOpen = to === bytes.length && to - from < pieceLength;
	return isOpen ? undefined : decode(bytes, from, to - ((to - from) % 4));
};

const runAt = (bytes: Uint8Array, start: number, mostCharacters: number): Run => {
	// The letter of an escape such as \n does not belong to what follows it.
	const from = start < bytes.length && bytes[start - 1] === backslash ? start + 1 : start;
	const end = Math.min(bytes.length, from + mostCharacters);
	let alphabets = standard | urlSafe;
	let to = from;
	for (; to < end; to++) {
		const common = alphabets & (alphabetsOf[bytes[to] as number] as number);
		if (common === 0) {
			break;
		}

		alphabets = common;
	}

	return {from, to};
};

/** Whether a few characters, spread over a piece, are all of base64. */
const mayBeWhole = (bytes: Uint8Array, from: number): boolean => {
	if (from + pieceLength > bytes.length) {
		return false;
	}

	for (let at = from + pieceLength - 1; at >= from; at -= 997) {
		if (alphabetsOf[bytes[at] as number] === 0) {
			return false;
		}
	}

	return true;
};

/** Undefined unless all of it is of one alphabet. Much faster than to look at each character. */
const decode = (bytes: Buffer, from: number, to: number): Omit<RawPiece, 'at'> | undefined => {
	const base64 = bytes.toString('latin1', from, to);
	// Both alphabets are taken and all else is passed over, padding included: then fewer bytes come out.
	const decoded = Buffer.from(base64, 'base64');
	if (decoded.length !== ((to - from) / 4) * 3) {
		return undefined;
	}

	const isUrlSafe = base64.includes('-') || base64.includes('_');
	const isMixed = isUrlSafe && (base64.includes('+') || base64.includes('/'));
	return isMixed ? undefined : {alphabet: isUrlSafe ? 'base64url' : 'base64', bytes: decoded};
};
