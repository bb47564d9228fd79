/** A pattern in JavaScript's notation, or why it cannot be said in it. */
export type Translated = {source: string; flags: string} | {reason: string};

const posix: Record<string, string> = {
	alnum: 'A-Za-z0-9',
	alpha: 'A-Za-z',
	digit: '0-9',
	lower: 'a-z',
	upper: 'A-Z',
	space: '\\t\\n\\v\\f\\r ',
	xdigit: '0-9A-Fa-f',
	word: '\\w',
	punct: '!-\\/:-@\\[-`{-~',
	blank: '\\t ',
	cntrl: '\\x00-\\x1f\\x7f',
	graph: '!-~',
	print: ' -~',
	ascii: '\\x00-\\x7f',
};

const spaces = '\\t\\n\\f\\r ';

/**
Go's (RE2's) notation, in which gitleaks' rules are written, in JavaScript's: `(?i)`, `(?P<name>…)`, `\z`, `\A`, `\Q…\E`,
POSIX classes. Also reads what Python shares with it.
*/
export const translateGoRegex = (pattern: string): Translated => {
	let source = '';
	/** Per open group: how often a flag was set in it. Each `(?i)` opens a group of its own, which ends with it or at a `|`. */
	const closing: string[][] = [[]];
	let flags = '';
	let dotAll = false;
	let index = 0;
	while (index < pattern.length) {
		const rest = pattern.slice(index);
		const inline = /^\(\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
		if (inline !== null && inline[0] !== '(?:') {
			const [whole, on = '', off = '', end] = inline;
			if ((on + off).includes('U')) {
				return {reason: 'the flag U (ungreedy) is not understood'};
			}

			dotAll = (dotAll || on.includes('s')) && !off.includes('s');
			if (index === 0 && end === ')' && off === '') {
				flags = on;
			} else if (on + off !== '') {
				const opening = `(?${on}${off === '' ? '' : `-${off}`}:`;
				source += opening;
				if (end === ':') {
					closing.push([]);
				} else {
					closing.at(-1)?.push(opening);
				}
			}

			index += whole.length;
			continue;
		}

		if (rest.startsWith('(?P<')) {
			source += '(?<';
			index += 4;
			closing.push([]);
		} else if (rest.startsWith('(?P')) {
			return {reason: `${rest.slice(0, 4)} is not understood`};
		} else if (rest.startsWith('(')) {
			const opening = /^\((?:\?(?:[:=!]|<[=!]|<\w+>|>))?/.exec(rest)?.[0] ?? '(';
			if (opening === '(?>') {
				return {reason: 'atomic groups are not understood'};
			}

			source += opening;
			index += opening.length;
			closing.push([]);
		} else if (rest.startsWith(')')) {
			source += `${ends(closing.pop())})`;
			index++;
		} else if (rest.startsWith('|')) {
			source += `${ends(closing.at(-1))}|${(closing.at(-1) ?? []).join('')}`;
			index++;
		} else if (rest.startsWith('[')) {
			const set = characterSet(rest);
			if (set === undefined) {
				return {reason: 'a [ is not closed'};
			}

			source += set.source;
			index += set.length;
		} else if (rest.startsWith('\\Q')) {
			const end = rest.indexOf('\\E');
			source += escaped(rest.slice(2, end < 0 ? undefined : end));
			index += end < 0 ? rest.length : end + 2;
		} else if (rest.startsWith('\\')) {
			const translated = escapeOf(rest);
			if ('reason' in translated) {
				return translated;
			}

			source += translated.source;
			index += translated.length;
		} else if (rest.startsWith('.')) {
			source += dotAll ? '[\\s\\S]' : '[^\\n]';
			index++;
		} else {
			source += pattern[index];
			index++;
		}
	}

	source += ends(closing[0]);
	try {
		new RegExp(source, flags);
		return {source, flags};
	} catch (error) {
		return {reason: (error as Error).message.replace(/^Invalid regular expression: /, '')};
	}
};

const ends = (opened: string[] = []): string => ')'.repeat(opened.length);

/** A literal text as a pattern. */
export const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const characterSet = (rest: string): {source: string; length: number} | undefined => {
	let source = rest.startsWith('[^') ? '[^' : '[';
	let index = source.length;
	if (rest[index] === ']') {
		source += '\\]';
		index++;
	}

	for (; index < rest.length; index++) {
		const named = /^\[:(\^?)(\w+):\]/.exec(rest.slice(index));
		if (named !== null && named[1] === '' && posix[named[2] as string] !== undefined) {
			source += posix[named[2] as string];
			index += named[0].length - 1;
		} else if (rest[index] === '\\') {
			const next = rest[index + 1];
			const hex = /^\\x\{([0-9a-fA-F]{1,4})\}/.exec(rest.slice(index));
			if (hex !== null) {
				source += `\\u${(hex[1] as string).padStart(4, '0')}`;
				index += hex[0].length - 1;
			} else {
				source += next === 's' ? spaces : `\\${next ?? ''}`;
				index++;
			}
		} else if (rest[index] === ']') {
			return {source: `${source}]`, length: index + 1};
		} else {
			source += rest[index] === '[' ? '\\[' : rest[index];
		}
	}

	return undefined;
};

const escapeOf = (rest: string): {source: string; length: number} | {reason: string} => {
	const next = rest[1];
	const hex = /^\\x\{([0-9a-fA-F]{1,4})\}/.exec(rest);
	if (hex !== null) {
		return {source: `\\u${(hex[1] as string).padStart(4, '0')}`, length: hex[0].length};
	}

	switch (next) {
		case 'z':
		case 'Z':
			return {source: '(?![\\s\\S])', length: 2};
		case 'A':
			return {source: '(?<![\\s\\S])', length: 2};
		case 'a':
			return {source: '\\x07', length: 2};
		case 's':
			return {source: `[${spaces}]`, length: 2};
		case 'S':
			return {source: `[^${spaces}]`, length: 2};
		case 'p':
		case 'P':
		case 'C':
		case 'X':
			return {reason: `\\${next} is not understood`};
		case undefined:
			return {reason: 'it ends in a backslash'};
		default:
			return {source: `\\${next}`, length: 2};
	}
};
