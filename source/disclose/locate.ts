/** What the screen may have put between two words, or left out there: line ends, marks of Markdown, guides of lists. */
const between = '[\\s*_`~#>|│•-]{0,80}';

const quoted = (word: string): string => word.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`);

/** Where a placeholder was read stands something else. */
const hidden = /^(.*?)\[REDACTED:[a-z\d.-]+#\d+\](.*)$/;

const pattern = (word: string): string => {
	const [, before = '', after = ''] = hidden.exec(word) ?? [];
	return hidden.test(word) ? `${quoted(before)}[^]{1,4000}?${quoted(after)}` : quoted(word);
};

/** Where a text stands that was read on screen: the words in their order, whatever stands between them. Undefined when it does not. */
export const locate = (text: string, read: string): {start: number; end: number} | undefined => {
	const words = read.split(/\s+/).filter(Boolean);
	if (words.length === 0) {
		return undefined;
	}

	const whole = text.indexOf(read);
	if (whole >= 0) {
		return {start: whole, end: whole + read.length};
	}

	const match = new RegExp(words.map(pattern).join(between)).exec(text);
	return match === null ? undefined : {start: match.index, end: match.index + match[0].length};
};
