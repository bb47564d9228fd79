/*
What the tokenizer is given instead of a text, and what is asked for instead of a query. SQLite's tokenizer cuts
at everything that is no letter and no digit, so `snake_case` and `a/path.ts` are found by their parts, and as a
whole by asking for the parts as a phrase. What it does not know is done here, for texts and queries alike:

- Parts of camelCase names are added behind the text: the name as a whole stays where it is.
- Han, Kana and Hangul stand without spaces between words: each character becomes a word, and a word of a query
  a phrase.
- Colours of terminals, and long random runs such as base64 that nobody searches, are left out.
*/

/** Characters of a text that are indexed; what comes later is not found. */
export const longestText = 256 * 1024;

/**
Whether a character is Han, Kana or Hangul, by its first two bytes in UTF-8. Some neighbours that people hardly write
are taken along, which only means that they are found as phrases too.
*/
const isCjk = (first: number, second: number): boolean =>
	first === 0xe1
		? second >= 0x84 && second <= 0x87
		: first === 0xe2
			? second >= 0xba
			: first === 0xef
				? (second >= 0xa4 && second <= 0xab) || second >= 0xbd
				: first === 0xf0
					? second >= 0xa0
					: first >= 0xe3 && first <= 0xed;

const escapeCharacter = '\u001b';
const terminalSequence = /\u001b(?:\[[\d;?]*[A-Za-z]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;

/** Runs of base64 or hexadecimal longer than the hashes that people do search. */
const longestRun = 64;

/** Names longer than this are no names. */
const longestName = 64;

const firstCapital = 0x41;
const lastCapital = 0x5a;
const isSmall = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a;
const isCapital = (byte: number): boolean => byte >= firstCapital && byte <= lastCapital;
const isInName = (byte: number): boolean => isSmall(byte) || isCapital(byte) || (byte >= 0x30 && byte <= 0x39);
/** Base64 has `+`, `/` and `=` besides letters and digits. */
const isInRun = (byte: number): boolean => isInName(byte) || byte === 0x2b || byte === 0x2f || byte === 0x3d;

const space = 0x20;
const newline = 0x0a;

/** The text as the tokenizer is to see it, in UTF-8. Only valid until the next call. */
export const searchable = (source: string): Uint8Array => {
	const cut = source.length > longestText ? source.slice(0, longestText) : source;
	const text = cut.includes(escapeCharacter) ? cut.replaceAll(terminalSequence, '') : cut;
	const {parts, length} = scan(text);
	return parts.size === 0 ? scratch.subarray(0, length) : withParts(length, parts);
};

/** Bytes of a text at hand; a character takes up to three bytes, and spaces may stand around it. */
let scratch = Buffer.alloc(1024 * 1024);
let spare = Buffer.alloc(1024 * 1024);

const fill = (text: string): number => {
	if (scratch.length <= text.length * 3) {
		scratch = Buffer.alloc(text.length * 3 + 1);
	}

	const {written} = encoder.encodeInto(text, scratch);
	// A place behind the end, where looking ahead stops.
	scratch[written] = space;
	return written;
};

const encoder = new TextEncoder();

const withParts = (length: number, parts: ReadonlySet<string>): Uint8Array => {
	const added = Buffer.from([...parts].join(' '), 'latin1');
	if (scratch.length < length + 1 + added.length) {
		scratch = Buffer.concat([scratch, Buffer.alloc(1 + added.length)]);
	}

	scratch[length] = newline;
	added.copy(scratch, length + 1);
	return scratch.subarray(0, length + 1 + added.length);
};

/** What a text holds that the tokenizer does not know. */
type Scan = {
	/** Bytes of the text, which stand in `scratch` with long random runs blanked out and Han characters apart. */
	length: number;
	/** Parts of names with capitals inside, such as `camelCase` or `HTTPServer`, each once. */
	parts: Set<string>;
};

/** Looks at everything in one walk over the bytes, since logs are long. */
const scan = (text: string): Scan => {
	const length = fill(text);
	const bytes: Uint8Array = scratch;
	blankRuns(length);
	const parts = new Set<string>();
	let hasCjk = false;
	for (let at = 0; at < length; at++) {
		const byte = bytes[at] as number;
		if (byte <= lastCapital) {
			if (byte >= firstCapital && isBorder(bytes, at)) {
				at = addParts(parts, text, at, length) - 1;
			}
		} else if (byte >= 0xe1) {
			hasCjk ||= isCjk(byte, bytes[at + 1] as number);
		}
	}

	return {length: hasCjk ? spread(length) : length, parts};
};

/** Whether a capital begins a part of a name: after a small letter, or as the last of several capitals. */
const isBorder = (bytes: Uint8Array, at: number): boolean => {
	const before = at === 0 ? space : (bytes[at - 1] as number);
	return isSmall(before) || (isCapital(before) && isSmall(bytes[at + 1] as number));
};

/** Adds the parts of the name around a place. Answers where it ends. */
const addParts = (parts: Set<string>, text: string, place: number, length: number): number => {
	const bytes: Uint8Array = scratch;
	let start = place;
	while (start > 0 && isInName(bytes[start - 1] as number)) {
		start--;
	}

	let end = place;
	while (isInName(bytes[end] as number)) {
		end++;
	}

	if (end - start > longestName) {
		return end;
	}

	// Where every character is one byte, the text's own slice costs less than a new string.
	const name = length === text.length ? text.slice(start, end) : scratch.toString('latin1', start, end);
	let from = 0;
	for (let at = place - start; at <= name.length; at++) {
		const isEnd = at === name.length;
		if (isEnd || (isCapital(bytes[start + at] as number) && isBorder(bytes, start + at))) {
			if (at - from > 1) {
				parts.add(name.slice(from, at));
			}

			from = at;
		}
	}

	return end;
};

/** Blanks out long random runs. Each of them covers one of the places looked at. */
const blankRuns = (length: number): void => {
	const bytes: Uint8Array = scratch;
	for (let place = longestRun; place < length; place += longestRun) {
		let start = place;
		while (start > 0 && isInRun(bytes[start - 1] as number)) {
			start--;
		}

		let end = place;
		while (end < length && isInRun(bytes[end] as number)) {
			end++;
		}

		if (end - start > longestRun && isRandom(scratch.toString('latin1', start, end))) {
			bytes.fill(space, start, end);
		}

		place = Math.max(place, end - (end % longestRun));
	}
};

/** A path has few digits or capitals, and many slashes; random characters have all kinds alike. */
const isRandom = (run: string): boolean =>
	/\d/.test(run) && (run.match(/\//g)?.length ?? 0) * 12 <= run.length && /[A-Z]|[\da-f]{32}/.test(run);

/** Puts spaces around each Han, Kana or Hangul character in `scratch`. Answers how long the text is then. */
const spread = (length: number): number => {
	const from: Uint8Array = scratch;
	spare = spare.length < length * 2 ? Buffer.alloc(length * 2) : spare;
	const to: Uint8Array = spare;
	let end = 0;
	for (let at = 0; at < length; at++) {
		const byte = from[at] as number;
		if (byte >= 0xe1 && isCjk(byte, from[at + 1] as number)) {
			if (end > 0 && to[end - 1] !== space) {
				to[end++] = space;
			}

			const next = at + (byte >= 0xf0 ? 4 : 3);
			while (at < next) {
				to[end++] = from[at++] as number;
			}

			at--;
			to[end++] = space;
		} else {
			to[end++] = byte;
		}
	}

	[scratch, spare] = [spare, scratch];
	return end;
};

const wordCharacter = /[\p{L}\p{N}\p{Co}]/u;
/** SQLite would take the first as the query's end. */
const controls = /[\u0000-\u001f\u007f]/g;

/** Whether there is anything in it that can be searched for. */
export const isWord = (text: string): boolean => wordCharacter.test(text);

/** A word of a query as the tables have it: Han characters apart, and no character that ends a query. */
export const apart = (word: string): string => {
	const {length} = scan(word.replaceAll(controls, ' '));
	return scratch.toString('utf8', 0, length);
};
