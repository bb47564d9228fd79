/** Characters of one alphabet of base64, one after the other; padding is not part of it. */
export type Base64Run = {from: number; to: number; alphabet: 'base64' | 'base64url'};

/** Shorter ones compress as well where they stand. */
export const shortestRun = 1024;

const standard = 1;
const urlSafe = 2;
const backslash = 0x5c;

/** The alphabets that each byte is a character of. */
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

/**
The first run of at least `shortestRun` characters, as far as `mostCharacters` of it; or what stands at the end of
the bytes and may be the beginning of one. It is empty where neither is.
*/
export const findBase64Run = (bytes: Uint8Array, start: number, mostCharacters: number): Base64Run => {
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

		const run = runAt(bytes, from, mostCharacters);
		if (run.to - run.from >= shortestRun || run.to === bytes.length) {
			return run;
		}

		seen = Math.max(run.to, from + shortestRun);
		from = run.to;
	}

	let tail = bytes.length;
	while (tail > from && alphabetsOf[bytes[tail - 1] as number] !== 0) {
		tail--;
	}

	let run = runAt(bytes, tail, mostCharacters);
	while (run.to < bytes.length) {
		run = runAt(bytes, run.to, mostCharacters);
	}

	return run;
};

const runAt = (bytes: Uint8Array, start: number, mostCharacters: number): Base64Run => {
	// The letter of an escape such as \n does not belong to what follows it.
	const from = start < bytes.length && bytes[start - 1] === backslash ? start + 1 : start;
	let alphabets = standard | urlSafe;
	const end = Math.min(bytes.length, from + mostCharacters);
	let to = from;
	for (; to < end; to++) {
		const common = alphabets & (alphabetsOf[bytes[to] as number] as number);
		if (common === 0) {
			break;
		}

		alphabets = common;
	}

	return {from, to, alphabet: (alphabets & standard) === 0 ? 'base64url' : 'base64'};
};
