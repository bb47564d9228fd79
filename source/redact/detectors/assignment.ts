import {type Detector, type Scan, specificity} from '../engine/detector.js';
import {judge, type Place} from '../values/judge.js';
import {isHex, isMixedUp, isWordy} from '../values/shape.js';
import {type Joint, jointAt, sticky} from './joints.js';
import {type Name, nameOf} from './names.js';
import {type RawValue, readValue} from './read-value.js';

/**
A value beside a secret's name, in whatever notation: `.env`, shells, JSON, YAML, TOML, INI, XML, properties, code of many
languages, flags, query strings, connection strings, `name`/`value` pairs. The name is read round the keyword, then what
joins it to the value, then the value; `judge` decides.
*/
export const assignment: Detector = {
	rules: [
		{id: 'password', description: 'Password beside its name'},
		{id: 'generic-api-key', description: 'Key beside its name'},
		{id: 'generic-token', description: 'Token beside its name'},
		{id: 'generic-secret', description: 'Secret beside its name'},
	],
	keywords: [
		'pass',
		'pwd',
		'psw',
		'pw',
		'secret',
		'token',
		'key',
		'auth',
		'cred',
		'bearer',
		'jwt',
		'mnemonic',
		'dsn',
		'salt',
		'seed',
		'sig',
		'otp',
		'pin',
		'session',
		'sid',
		'cookie',
		'kennwort',
		'senha',
		'contrase',
		'clave',
		'motdepasse',
		'mdp',
		'parola',
		'wachtwoord',
		'haslo',
		'heslo',
		'hmac',
		'sas',
		'pat',
		'csrf',
		'psk',
		'license',
		'nonce',
		'signature',
		'code',
	],
	detect(scan, start, end) {
		if ((scan.progress.get(longValue) ?? 0) > end) {
			return;
		}

		const {text} = scan;
		let from = start;
		while (from > 0 && start - from < 64 && isNameCode(text.charCodeAt(from - 1))) {
			from--;
		}

		let to = end;
		while (to < text.length && to - end < 48 && isNameCode(text.charCodeAt(to))) {
			to++;
		}

		if ((scan.progress.get(assignment) ?? -1) >= to) {
			return;
		}

		while (to > end && !isWordCode(text.charCodeAt(to - 1))) {
			to--;
		}

		scan.progress.set(assignment, to);
		const name = nameOf(text.slice(from, to));
		if (name === undefined) {
			return;
		}

		const joint = jointAt(text, from, to);
		if (joint !== undefined && !(name.kind === 'weak' && text[from - 1] === '<')) {
			report(scan, name, joint);
		}

		if (name.kind !== 'weak') {
			reportBefore(scan, name, from);
		}
	},
};

const isWordCode = (code: number): boolean =>
	(code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code > 191;

/** Letters, digits, `_`, `-`, `.`. */
const isNameCode = (code: number): boolean => isWordCode(code) || code === 45 || code === 46;

/** `"value": "X", "name": "` and "use X as the " in front of a name. */
const before =
	/(?:["']?[Vv]alue\\*["']?\s?[:=]\s?\\*["'](?<pair>[^"'\\\s]{6,300})\\*["'],?\s{0,20}\\*["']?(?:[Nn]ame|[Kk]ey)\\*["']?\s?[:=]\s?\\*["']|(?:^|[\s"'`])(?<said>[^\s"'`]{8,200})["'`]? (?:as|for) (?:the |your |my |our |its )?[`"']?(?:[\w-]{1,20} )?)$/;

const reportBefore = (scan: Scan, name: Name, from: number): void => {
	if (!/["'`\s]/.test(scan.text[from - 1] ?? '')) {
		return;
	}

	const quoted = scan.text[from - 1] !== ' ';
	const near = scan.text.slice(Math.max(0, from - 34), from);
	if (quoted ? !/(?:ame|ey)\\*["']?\s?[:=]/i.test(near) : !/\b(?:as|for) /.test(near)) {
		return;
	}

	const part = scan.text.slice(Math.max(0, from - 240), from);

	const found = before.exec(part)?.groups;
	const value = found?.['pair'] ?? found?.['said'];
	if (
		value !== undefined &&
		judge(value, name.kind, found?.['pair'] === undefined ? 'prose' : 'quoted') !== undefined
	) {
		const start = from - part.length + part.lastIndexOf(value);
		scan.report(start, start + value.length, name.ruleId, 'medium', {specificity: specificity.name});
	}
};

/** Calls that only wrap a literal. */
const wrapper =
	/(?:&|\*|await\s|new\s)?[\w.:]*(?:\[\](?:byte|rune)|String::from|str|String|bytes|bytearray|Buffer\.from|SecretStr|SecretString|Secret|SecureString|ConvertTo-SecureString|to_owned|Some|Ok|quote|unquote|encode|decode|b64decode|base64|atob|btoa|jsonencode|sensitive|parse|GetBytes|from|of|value)\s?\(\s{0,4}(?=[bru@$]?\\*["'`])/y;

/** Longer values are data; names inside them are not looked at again, or `key=key=…` would be read over and over. */
const longest = 1500;

const longValue = Symbol('end of the last long value');

const report = (scan: Scan, name: Name, joint: Joint): void => {
	const {text} = scan;
	if (joint.at < 0) {
		return;
	}

	const wrapped = sticky(wrapper, text, joint.at);
	const value = readValue(text, wrapped >= 0 ? wrapped : joint.at, joint.stops);
	if (value === undefined || (joint.isCall && !value.isQuoted)) {
		return;
	}

	if (value.end - value.start > longest) {
		scan.progress.set(longValue, value.end);
		return;
	}

	const isInQuotes = value.isQuoted && (joint.place === 'bare' || (joint.isSpace && name.isUpper));
	const place: Place = isInQuotes ? 'quoted' : joint.place;
	const inner = withoutScheme(value);
	const judged = judge(
		inner.text,
		name.kind,
		inner.text.includes('=') && place === 'bare' && !value.isQuoted ? 'bare' : place,
	);
	if (judged === undefined) {
		return;
	}

	const isCode =
		!value.isQuoted && /^[A-Za-z_$](?:[\w.$]|->|::)*(?:\(|\[[\w'"]*\]?)[\w.,()'"[\] ]*:?$/.test(inner.text);
	// `name=value;…` in quotes: the names in it are looked at one by one.
	if (/^[\w .-]{2,40}=[^;]*;\s*[\w .-]{2,40}=/.test(inner.text)) {
		return;
	}

	const isWordInList = joint.isListed === true && isOrdinary(inner.text);
	if (isCode || isWordInList) {
		return;
	}

	if (name.kind === 'weak' && !name.isCompound && isHex(inner.text)) {
		return;
	}

	if (place === 'prose' && isSentence(text, inner.end, inner.text)) {
		return;
	}

	scan.report(
		inner.start,
		inner.end,
		name.ruleId,
		name.isUpper && judged === 'low' && place !== 'prose' ? 'medium' : judged,
		{
			specificity: name.kind === 'weak' ? specificity.name - 5 : specificity.name,
		},
	);
};

/** `Bearer X` inside a quoted value is a token X. */
const withoutScheme = (value: RawValue): RawValue => {
	const scheme =
		/^(?:Bearer|Token|token|Basic|ApiKey|SSWS|Bot|JWT|Api-Token)\s+(?=\S)/.exec(value.text)?.[0].length ?? 0;
	return scheme === 0 ? value : {...value, start: value.start + scheme, text: value.text.slice(scheme)};
};

/** What stands beside a name in a list or column is more often another name: a word or an identifier. */
const isOrdinary = (value: string): boolean =>
	/^[\w.-]+$/.test(value) &&
	!isMixedUp(value) &&
	value.length < 24 &&
	(isWordy(value) || !/\d/.test(value) || /^[A-Za-z]+_\w/.test(value));

/** A word of a sentence, not a value: what follows closes a call or continues as code. */
const isSentence = (text: string, end: number, value: string): boolean =>
	text[end] === '(' || /^[\w-]+\.[a-z]{2,5}$/.test(value);
