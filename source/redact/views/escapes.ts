import {type Mark, replacedView, type View} from './view.js';

const plain: Record<string, string> = {
	n: '\n',
	r: '\r',
	t: '\t',
	b: '\b',
	f: '\f',
	'"': '"',
	"'": "'",
	'\\': '\\',
	'/': '/',
	'`': '`',
};

/** `\u003d`, `\u{3d}`, `\x3d`, and the escape character as `\e[`, `\33[` and `\033[`. */
const coded = /\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|(?:0?33|e)(?=\[))/y;

/** Where a JSON or source string was pasted as it is written: `\n`, `\"`, `\u003d` and their like become what they stand for. */
export const withoutEscapes = ({text, toSource}: View): View | undefined =>
	replacedView({text, toSource}, from => {
		for (let at = text.indexOf('\\', from); at >= 0; at = text.indexOf('\\', at + 1)) {
			const becomes = plain[text[at + 1] as string];
			const mark = becomes === undefined ? codedAt(text, at) : {start: at, end: at + 2, text: becomes};
			if (mark !== undefined) {
				return mark;
			}
		}

		return undefined;
	});

const codedAt = (text: string, at: number): Mark | undefined => {
	coded.lastIndex = at;
	const match = coded.exec(text);
	if (match === null) {
		return undefined;
	}

	const digits = match[1] ?? match[2] ?? match[3];
	const code = digits === undefined ? 0x1b : Number.parseInt(digits, 16);
	return code <= 0x10ffff ? {start: at, end: coded.lastIndex, text: String.fromCodePoint(code)} : undefined;
};
