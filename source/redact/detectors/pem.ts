import {type Detector, specificity} from '../engine/detector.js';

const longest = 20_000;

/** Least base64 for a body to be one: less is a mention, an example or a test for the header. */
const shortest = 24;

/**
The body of a private key in PEM or OpenPGP armour, also with escaped line ends, quotes, indentation or diff marks, also
when its end or beginning was cut off. A walk along the text, so that no input takes long.
*/
export const pem: Detector = {
	rules: [{id: 'private-key', description: 'Private key (PEM, OpenSSH, OpenPGP)'}],
	keywords: ['PRIVATE KEY-----', 'PRIVATE KEY BLOCK-----', 'BEGIN SSH2 ENCRYPTED PRIVATE KEY ----'],
	detect(scan, start, end) {
		const {text} = scan;
		const head = text.slice(Math.max(0, start - 48), start);
		if (/(?:-|\\u002d){2,5} ?BEGIN [A-Z0-9 ]{0,32}$/.test(head) || text.startsWith('BEGIN', start)) {
			const body = bodyAfter(text, end);
			if (body !== undefined) {
				scan.report(body.start, body.end, 'private-key', 'high', {specificity: specificity.token + 5});
			}
		} else if (/-{5}END [A-Z0-9 ]{0,32}$/.test(head)) {
			const bodyEnd = start - (/-{5}END [A-Z0-9 ]{0,32}$/.exec(head)?.[0].length ?? 0);
			const from = bodyBefore(text, bodyEnd);
			if (from !== undefined) {
				scan.report(from.start, from.end, 'private-key', 'high', {specificity: specificity.token + 5});
			}
		}
	},
};

const header = /(?:[A-Z][A-Za-z]+-?[A-Za-z-]*): [\w ,.:;+/()@<>=-]{1,120}(?=\r?\n|\\+[nr]|$)/y;

/** Breaks between lines: real and escaped ones, with the quotes, commas, marks and indentation round them. */
const between = /(?:\s|\\+[nrt]|["'`,|>]|\\+(?=["'\n])|[+](?=\s|["'`]|[A-Za-z0-9+/]{60})|\$)+/y;

const body = /[A-Za-z0-9+/=]+/y;

const bodyAfter = (text: string, from: number): {start: number; end: number} | undefined => {
	let at = from;
	let start = -1;
	let end = from;
	let count = 0;
	while (at < text.length && at - from < longest) {
		between.lastIndex = at;
		if (between.test(text)) {
			at = between.lastIndex;
		}

		header.lastIndex = at;
		if (start < 0 && header.test(text)) {
			at = header.lastIndex;
			continue;
		}

		body.lastIndex = at;
		if (!body.test(text)) {
			break;
		}

		const length = body.lastIndex - at;
		const isLastLine = /^(?:\s|\\+[nr]|["'`,\\])*-{2,5} ?(?:END|$)|^=[\w+/]{4}/.test(
			text.slice(body.lastIndex, body.lastIndex + 48),
		);
		if (length < 16 && !isLastLine && count > 0 && !/=$/.test(text.slice(at, body.lastIndex))) {
			break;
		}

		if (count === 0 && length < shortest) {
			break;
		}

		start = start < 0 ? at : start;
		count += length;
		end = body.lastIndex;
		at = end;
	}

	return start >= 0 && count >= shortest ? {start, end} : undefined;
};

/** The end of a key whose beginning was cut off: lines of base64 in front of the END line. */
const bodyBefore = (text: string, end: number): {start: number; end: number} | undefined => {
	if (!/[A-Za-z0-9+/=]{8}(?:\s|\\+[nr]|["'`,>|+])*$/.test(text.slice(Math.max(0, end - 40), end))) {
		return undefined;
	}

	const from = Math.max(0, end - longest);
	const before = text.slice(from, end);
	let start = before.length;
	let count = 0;
	for (const line of before.split(/(?<=\n|\\n)/).reverse()) {
		const trimmed = line.replaceAll(/\\+[nr]|[\s"'`,>|]|\\/g, '');
		if (trimmed !== '' && (!/^[A-Za-z0-9+/=]+$/.test(trimmed) || (count > 0 && trimmed.length < 32))) {
			const tail = /[A-Za-z0-9+/=]{16,}(?:\s|\\n)*$/.exec(line.slice(-400));
			if (tail !== null && !/-{5}/.test(line)) {
				count += tail[0].length;
				start -= tail[0].length;
			}

			break;
		}

		count += trimmed.length;
		start -= line.length;
	}

	const isOpened = /-{5}BEGIN [^-]{0,40}-{5}(?:\s|\\n)*$/.test(before.slice(Math.max(0, start - 80), start));
	return !isOpened && count >= shortest ? {start: from + start, end} : undefined;
};
