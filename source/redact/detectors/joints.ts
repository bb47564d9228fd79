import type {Place} from '../values/judge.js';

/** What joins a name to its value. */
export type Joint = {at: number; place: Place; stops: string; isCall: boolean; isSpace: boolean; isListed?: boolean};

/** Fields that hold the value of a pair. */
function withFields(pattern: RegExp): RegExp {
	const field = String.raw`\\*["']?(?:value|Value|VALUE|default|defaultValue|plaintext|secretValue|val)\\*["']?\s*[:=]\s*`;
	return new RegExp(pattern.source.replaceAll('fieldNAME', field), 'y');
}

/** Behind a name in quotes or tags: `", "value": "`, `'] = `, `">`, `</key><string>`. */
const pairs = withFields(
	/(?:\\*["'`]\s?\/?>?|<\/(?:key|name|Key|Name)>|\r?\n|\\n)(?:[\s,;]*(?:\\n|\s)*(?:<(?:string|value|String|Value)>|[-\s]*fieldNAME)|(?:,|\s\{)[^{}]{0,120}?[\s,"']fieldNAME|[^<>\n]{0,60}>\s*<(?:string|value|String|Value)>|>(?=[^\s<>]{6,200}<\/)|(?<=["'])\r?\n\r?\n(?=\S))/,
);

/** `: string = `, `: Optional[str] = `, `: &str = `, ` string = ` */
const annotation = /:\s*&?[A-Za-z_][\w.<>[\]|?&' ]{0,40}?\s*=(?![=>])\s*/y;

/** `: {"value": `, ` { get; set; } = `, ` || `, `).toBe(`: what else may stand between name and value. */
const detours =
	/\\*["'`]?\s?:\s?\{\s{0,40}\\*["']?(?:S|value|Value|default|secret|plaintext|content|data|string|stringValue|string_value)\\*["']?\s?:\s?|\s?\{ ?get;[^}\n]{0,40}\}\s?=\s?|\\*["'`]?\]?\)?\s?(?:\|\||\?\?|or)\s?(?=["'`])|\)?\)?\.to(?:Be|Equal|StrictEqual|Match|eq|eql)\(\s?(?=["'`])/y;

/** A cell of a table beside that of the name. */
const cell = /[`"']?[ \t]{1,60}[|│┃][ \t]{1,40}[`"']?(?=[^\s|│┃])/y;

/** A column beside that of the name, or the next line: the value ends its line. */
const column = /[ \t]{2,60}(?=\S{4,300}[ \t]*(?:\r?\n|\\n|$))/y;
const nextLine = /[}"')\]]{0,2}(?:\r?\n|\\n)["']?(?=[^\s"'$]{6,500}["']?[ \t]*(?:\r?\n|\\n|$))/y;
const asking =
	/(?:echo|printenv|print|printf|puts|get|show|cat|read|pass|>>>|console\.log\(|In \[\d+\]:|node>|irb.{0,20}>)[^\n]{0,40}$/;

/** Commands that take a name and a value as two words. */
const setters =
	/(?:^|\n|[$>;#] |\\n|[+-])\s*(?:setx?|ENV|ARG|export|set -\w+|set -\w+ --\w+|setenv|SetEnv|fastcgi_param|env add|secret put|secret set)\s+["']?$/;

const operators = /\s{0,24}(?:=>|:=|\?=|\+=|={1,3}|!={1,2}|->|<-|:(?![:/])|%3[Dd]|<<<)[ \t]{0,24}/y;

/** A YAML block scalar, or a value on the next line behind a colon. */
const blockScalar = /:\s*[|>][+-]?\d?\s*(?:\n|\\n)[ \t]+/y;

const call = /\s?\(\s{0,8}(?=["'`\\])/y;
const comma = /\\*["'`]\s{0,4}[,)]\s{0,8}(?=[bru@$]?\\*["'`])/y;
const tag = /(?:\s[^<>\n]{0,80})?\s*>(?:<!\[CDATA\[)?\s*(?=[^\s<>]{1,400}(?:\]\]>)?\s*<\/)/y;
const attribute = /\\*["']\s+(?:value|content|val|password|default)\s*=\s*(?=\\*["'])/iy;
const space = /[ \t]{1,4}(?:(?:is|was|to|as)(?: now)?(?: set to)?:? )?(?=["'`]?[^\s"'`=:<>|,;()[\]{}]{6})/y;

/** Where a sticky pattern ends when it is found at a position, or -1. */
export const sticky = (pattern: RegExp, text: string, at: number): number => {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : -1;
};

/** What joins the name at `from` to `to` to a value, and where that value begins. */
export const jointAt = (text: string, from: number, to: number): Joint | undefined => {
	const next = text.charCodeAt(to);
	const before = text[from - 1];
	const isFlag = text.startsWith('--', from) || text[from] === '-' || before === '-';
	const isQuery = before === '?' || before === '&' || before === '#';
	const stops = isQuery ? '&#)]>|' : '';
	if (
		(next === 62 || next === 32) &&
		(before === '<' || (before === ':' && /<\w+:$/.test(text.slice(Math.max(0, from - 12), from))))
	) {
		return {at: sticky(tag, text, to), place: 'quoted', stops, isCall: false, isSpace: false};
	}

	const paired =
		next === 10 || next === 13 || next === 34 || next === 39 || next === 92 || next === 60
			? sticky(pairs, text, to)
			: -1;
	if (paired >= 0) {
		return {at: paired, place: 'setting', stops, isCall: false, isSpace: false};
	}

	// Most names are followed by none of these: a glance saves the patterns.
	const ahead = text.slice(to, to + 8);
	const detour = /[{|?]|\bor\b|\.to/.test(ahead) ? sticky(detours, text, to) : -1;
	if (detour >= 0) {
		return {at: detour, place: 'quoted', stops, isCall: true, isSpace: false};
	}

	// The name's own closing quote and bracket.
	let at = to;
	while (text.charCodeAt(at) === 92 && at - to < 16) {
		at++;
	}

	const quote = text.charCodeAt(at);
	const isQuotedName = quote === 34 || quote === 39 || quote === 96;
	const afterName = isQuotedName ? at + 1 : to;
	const afterBracket = text[afterName] === ']' || (text[afterName] === ')' && isQuotedName) ? afterName + 1 : afterName;
	const block = /[|>]/.test(ahead) ? sticky(blockScalar, text, afterBracket) : -1;
	if (block >= 0) {
		return {at: block, place: 'setting', stops, isCall: false, isSpace: false};
	}

	const assigned = sticky(operators, text, afterBracket);
	if (assigned >= 0) {
		const annotated = text[afterBracket] === ':' ? sticky(annotation, text, afterBracket) : -1;
		const isFlagOrEnv = isFlag || isQuery || isSetting(text, from, to, afterBracket);
		return {
			at: annotated >= 0 ? annotated : assigned,
			place: isFlagOrEnv ? 'setting' : 'bare',
			stops,
			isCall: false,
			isSpace: false,
		};
	}

	const inCell = sticky(cell, text, to);
	if (inCell >= 0) {
		return {at: inCell, place: 'quoted', stops: '|│┃', isCall: false, isSpace: false};
	}

	if (isQuotedName && text[afterName] === ']') {
		const printed = sticky(nextLine, text, to);
		if (printed >= 0 && asking.test(text.slice(Math.max(0, from - 60), from))) {
			return {at: printed, place: 'setting', stops, isCall: false, isSpace: false};
		}
	}

	if (isQuotedName) {
		const listed = sticky(comma, text, to);
		const valued = listed >= 0 ? listed : sticky(attribute, text, to);
		return valued < 0
			? undefined
			: {at: valued, place: 'quoted', stops, isCall: true, isSpace: false, isListed: listed >= 0};
	}

	const called = sticky(call, text, to);
	if (called >= 0) {
		return {at: called, place: 'quoted', stops, isCall: true, isSpace: false};
	}

	const inColumn = sticky(column, text, to);
	if (inColumn >= 0) {
		return {at: inColumn, place: 'quoted', stops, isCall: false, isSpace: false, isListed: true};
	}

	const below = sticky(nextLine, text, to);
	if (below >= 0) {
		return asking.test(text.slice(Math.max(0, from - 60), from))
			? {at: below, place: 'setting', stops, isCall: false, isSpace: false}
			: undefined;
	}

	const spaced = sticky(space, text, to);
	if (spaced >= 0 && setters.test(text.slice(Math.max(0, from - 40), from))) {
		return {at: spaced, place: 'setting', stops, isCall: false, isSpace: true};
	}

	return spaced < 0
		? undefined
		: {at: spaced, place: isFlag ? 'setting' : 'prose', stops, isCall: false, isSpace: true};
};

/** Whether the assignment is a setting rather than code: upper case, or alone on its line without spaces round `=`, or in a string. */
const isSetting = (text: string, from: number, to: number, operator: number): boolean => {
	const name = text.slice(from, to);
	if (!/[a-z]/.test(name) && name.length > 3) {
		return true;
	}

	const before = text[from - 1];
	if (text[operator] === ':' && text[operator + 1] === ' ') {
		return /^[A-Za-z]+(?:-[A-Za-z]+)+$/.test(name) || isYamlLine(text, from, operator + 2);
	}

	return (
		text[operator] === '=' &&
		text[operator + 1] !== '=' &&
		text[operator + 1] !== ' ' &&
		(before === undefined || '\n;:/\\"\'+ '.includes(before) || text[from - 2] === '\\')
	);
};

/** `name: value` alone on its line, perhaps behind a file name and line number, or a mark of a list or difference. */
const isYamlLine = (text: string, from: number, value: number): boolean => {
	const before = text.slice(Math.max(0, from - 60), from);
	wholeLine.lastIndex = value;
	return wholeLine.test(text) && /(?:^|\n|\\n|:\d{1,5}[:-])[ \t+>-]*$/.test(before);
};

const wholeLine = /[^\s"'`,;({[\]})]{6,200}[ \t]*(?:\r?\n|\\n|$)/y;
