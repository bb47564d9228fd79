/** A value as it stands behind a name. */
export type RawValue = {start: number; end: number; text: string; isQuoted: boolean};

const longest = 4096;

const isQuote = (code: number): boolean => code === 34 || code === 39 || code === 96;

/** Letters that may stand before a quote: `b'…'`, `r"…"`, `f"…"`, `@"…"`, `$'…'`. */
const stringPrefix = /^(?:[bBrRfFuUL]{1,2}|@|\$|N|E)$/;

/**
The value at `start`: quoted, also with the quotes of a string inside a string (`\"…\"`), or bare up to what ends it.
`undefined` when nothing is there.
*/
export const readValue = (text: string, start: number, stops = ''): RawValue | undefined => {
	const quoted = readQuoted(text, start);
	if (quoted !== undefined) {
		return quoted;
	}

	for (let length = 1; length <= 2; length++) {
		if (isQuote(text.charCodeAt(start + length)) && stringPrefix.test(text.slice(start, start + length))) {
			const prefixed = readQuoted(text, start + length);
			if (prefixed !== undefined) {
				return prefixed;
			}
		}
	}

	return readBare(text, start, stops);
};

/** Counts backslashes in front of the quote; the string ends at the same quote with as many, or fewer, before it. */
export const readQuoted = (text: string, start: number): RawValue | undefined => {
	let at = start;
	while (text.charCodeAt(at) === 92 && at - start < 16) {
		at++;
	}

	const quote = text.charCodeAt(at);
	if (!isQuote(quote)) {
		return undefined;
	}

	const depth = at - start;
	const from = at + 1;
	const isTriple = depth === 0 && text.charCodeAt(from) === quote && text.charCodeAt(from + 1) === quote;
	const body = isTriple ? from + 2 : from;
	const limit = Math.min(text.length, body + longest);
	let slashes = 0;
	for (let index = body; index < limit; index++) {
		const code = text.charCodeAt(index);
		if (code === 92) {
			slashes++;
			continue;
		}

		if ((code === quote && slashes <= depth) || (code === 10 && !isTriple)) {
			const end = code === quote ? index - slashes : index;
			return end > body ? {start: body, end, text: text.slice(body, end), isQuoted: true} : undefined;
		}

		if (code === 34 && depth > 0 && slashes < depth) {
			return {start: body, end: index - slashes, text: text.slice(body, index - slashes), isQuoted: true};
		}

		slashes = 0;
	}

	return {start: body, end: limit, text: text.slice(body, limit), isQuoted: true};
};

/** Ends at white space, quotes, `<`, `;`, `,`, an escape that means a line end or quote, and at the characters in `stops`. */
export const readBare = (text: string, start: number, stops = ''): RawValue | undefined => {
	const limit = Math.min(text.length, start + longest);
	let end = start;
	for (; end < limit; end++) {
		const code = text.charCodeAt(end);
		if (code <= 32 || isQuote(code) || code === 60 || code === 59 || code === 44 || code === 0xa0 || code === 0x3000) {
			break;
		}

		if (code === 92 && isEscape(text, end)) {
			break;
		}

		if (stops !== '' && stops.includes(text[end] as string)) {
			break;
		}

		if (code === 38 && /^&(?:amp;)?[\w.-]{1,40}=/.test(text.slice(end, end + 48))) {
			break;
		}
	}

	end = withoutClosing(text, start, end);
	return end > start ? {start, end, text: text.slice(start, end), isQuoted: false} : undefined;
};

const isEscape = (text: string, at: number): boolean => {
	let index = at;
	while (text.charCodeAt(index) === 92 && index - at < 16) {
		index++;
	}

	const next = text[index];
	return next === undefined || 'nrtu"\'/ \n'.includes(next);
};

const pairs: Record<string, string> = {')': '(', ']': '[', '}': '{', '>': '<'};

/** Closing brackets at the end that were opened before the value belong to what stands round it. */
const withoutClosing = (text: string, start: number, end: number): number => {
	let last = end;
	while (last > start) {
		const opening = pairs[text[last - 1] as string];
		if (opening === undefined) {
			break;
		}

		let balance = 0;
		for (let index = Math.max(start, last - 128); index < last; index++) {
			balance += text[index] === opening ? 1 : text[index] === text[last - 1] ? -1 : 0;
		}

		if (balance >= 0) {
			break;
		}

		last--;
	}

	return last;
};
