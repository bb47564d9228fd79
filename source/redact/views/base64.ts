import {type View, ViewBuilder} from './view.js';

const shortest = 20;

/** Longer runs are pictures and archives, not wrapped text. */
const longest = 65_536;

const isBase64 = new Uint8Array(65536);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
	isBase64[character.charCodeAt(0)] = 1;
}

/** Each run of base64 that decodes to readable text, decoded: what is found in it stands for the whole run. */
export const decodedBase64 = (view: View): View | undefined => {
	const {text} = view;
	let builder: ViewBuilder | undefined;
	let index = 0;
	while (index + shortest <= text.length) {
		let start = index + shortest - 1;
		while (start >= index && isBase64[text.charCodeAt(start)]) {
			start--;
		}

		start++;
		if (start > index) {
			index = start;
			if (index + shortest > text.length) {
				break;
			}

			if (!isBase64[text.charCodeAt(index + shortest - 1)]) {
				index += shortest;
				continue;
			}

			continue;
		}

		let end = index + shortest;
		while (end < text.length && isBase64[text.charCodeAt(end)]) {
			end++;
		}

		const decoded = end - index > longest ? undefined : readable(text.slice(index, end));
		if (decoded !== undefined) {
			builder ??= new ViewBuilder(view);
			const padded = text.startsWith('==', end) ? end + 2 : text[end] === '=' ? end + 1 : end;
			builder.replace(index, padded, `${decoded}\n\u0000\n`);
		}

		index = end + 1;
	}

	return builder?.build();
};

/** Text of printable ASCII (mostly) that the base64 holds, or `undefined`. A look at the beginning decides most cases. */
const readable = (run: string): string | undefined => {
	if (run.length > 64 && readable(run.slice(0, 64)) === undefined) {
		return undefined;
	}

	const bytes = Buffer.from(run, 'base64');
	let odd = 0;
	for (const byte of bytes) {
		if (byte > 126 || (byte < 32 && byte !== 10 && byte !== 13 && byte !== 9)) {
			odd++;
		}
	}

	return odd * 20 <= bytes.length && bytes.length > 8 ? bytes.toString('latin1') : undefined;
};
