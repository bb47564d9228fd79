import type {NameKind} from '../detectors/names.js';
import type {Confidence} from '../finding.js';
import {isPlaceholder, isReference} from './placeholders.js';
import {isHex, isMixedUp, isUuid, isWordy, looksRandom, shapeOf} from './shape.js';

/** Where a value stands, which tells how much it must look like a secret. */
export type Place =
	/** `NAME=value` of a shell, an `.env` or ini file, a flag of a command. */
	| 'setting'
	/** In quotes behind `=` or `:`. */
	| 'quoted'
	/** Bare behind `=` or `:` in what may be code. */
	| 'bare'
	/** Behind nothing but a space or a word: `token X`, `the password is X`. */
	| 'prose';

const path = /^(?:~?\/|\.{1,2}\/|[A-Za-z]:[\\/])[\w@.+-]*(?:[\\/]|$)|^[\w.-]+(?:\/[\w.@+-]+)+\.[a-z]{1,6}$/;
const fileName =
	/\.(?:js|ts|tsx|jsx|mjs|cjs|py|rb|go|rs|java|kt|swift|php|cs|cpp|c|h|json|ya?ml|toml|ini|env|txt|md|html?|css|scss|pem|key|crt|cer|p12|pfx|jks|pub|sh|sql|lock|log|cfg|conf|xml|svg|png|jpe?g|gif|zip|gz)$/i;
const code =
	/^[\w$.:[\]?!]+\(|^[\w$]+(?:\.|::|->)[\w$.:]+$|=>|&&|\|\||^[({[]|\w\[["'\w]|^\/.*\/[gimsuy]*$|^!?[A-Za-z_$][\w$]*\)*[;,]?$/;
const version = /^[\^~<>=v]*\d+(?:\.[\dx*]+)+(?:[-+][\w.]+)?$/;
const date = /^\d{4}-\d{2}-\d{2}(?:[T ][\d:.Z+-]*)?$|^\d{1,2}:\d{2}/;
const number = /^[-+]?[\d_.,]+(?:e[+-]?\d+)?[a-z%]{0,3}$/i;
const url = /^[a-z][a-z\d+.-]*:\/\//i;
const digest = /^(?:sha\d+|md5|h1)[-:_]/i;
/** Names of algorithms and encodings. */
const algorithm =
	/^(?:(?:hmac|rsa|ecdsa|ed|aes|des|sha|md|pbkdf|hs|rs|es|ps|argon|bcrypt|scrypt|blake|chacha|x)[-_]?)+(?:\d{1,4}|id|[a-z])?(?:[-_/](?:sha|cbc|gcm|ctr|ecb|hmac|oaep|pss|pkcs)?[-_]?\w{0,6})*$|^(?:latin-?1|utf-?(?:8|16|32)(?:le|be)?|ascii|base(?:16|32|58|64)(?:url)?|iso-?8859-\d+|urllib\d|oauth\d?|http\d?)$/i;
/** `NAME_OF_A_CONSTANT`, `name_of_a_function`: three words or more, each with few digits. */
const identifier =
	/^[%&*@]?(?:(?:[A-Z]+\d{0,5}|\d{1,4}[A-Z]*)(?:_(?:[A-Z]+\d{0,5}|\d{1,4}[A-Z]*)){2,}|[a-z]+\d{0,4}(?:_(?:[a-z]+\d{0,4}|\d{1,4}[a-z]*)){2,})\W{0,2}$/;
const regexSource = /\\[wdsb]|\[\^?[\w\\-]+-[\w\\-]+\]|\(\?[:=!<]|\{\d+,?\d*\}|\]\?|[+*]\)/;

/** Whether the value beside a secret's name is one, and how surely. */
export const judge = (value: string, kind: NameKind, place: Place): Confidence | undefined => {
	if (value.length < 4 || isReference(value) || isPlaceholder(value) || isOther(value)) {
		return undefined;
	}

	if (/\s/.test(value)) {
		return undefined;
	}

	switch (kind) {
		case 'password':
			return password(value, place);
		case 'secret':
			return secret(value, place);
		case 'weak':
			return weak(value, place);
	}
};

/** Base64 may begin and go on like a path; a path has words in it. */
const isPath = (value: string): boolean =>
	path.test(value) &&
	!(value.length >= 30 && !value.includes('.') && /\d.*\d/.test(value) && looksRandom(value.replaceAll('/', ''), 28));

const isOther = (value: string): boolean =>
	/^(?:[:(]|0x[0-9a-f]{1,16}(?:u?l{0,2}|n)$|(?:none|null|nil|undefined|true|false)\b[\]):,;]*$)/i.test(value) ||
	algorithm.test(value) ||
	identifier.test(value) ||
	isPath(value) ||
	fileName.test(value) ||
	version.test(value) ||
	date.test(value) ||
	(number.test(value) && !/^\d{6,12}$/.test(value)) ||
	url.test(value) ||
	digest.test(value) ||
	regexSource.test(value) ||
	value.includes('[REDACTED:') ||
	/redacted-[a-z0-9-]+-\d/.test(value) ||
	/\$\{|\{\{|\$\(|<%|%s|%[dv]\b|\{\w*\}/.test(value) ||
	/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(value);

const password = (value: string, place: Place): Confidence | undefined => {
	const {length, lower, upper, digits, symbols, separators} = shapeOf(value);
	const letters = lower + upper;
	if (length < 6 || length > 200 || letters + symbols === 0) {
		return isPin(value, place) ? 'low' : undefined;
	}

	const kinds = Number(lower > 0) + Number(upper > 0) + Number(digits > 0) + Number(symbols + separators > 0);
	const isStrong = length >= 8 && kinds >= 3 && (digits > 0 || symbols > 0);
	if (place === 'prose') {
		if (/^[-/.:@<[(]|[:,]$|\w\/\w|^[*&!]?[A-Za-z_][\w:.]*\(/.test(value) || (digits === 0 && symbols < 2)) {
			return undefined;
		}

		return (isStrong || (kinds >= 3 && length >= 7) || (kinds >= 2 && length >= 10 && looksRandom(value, 10))) &&
			(!isCode(value) || isMixedUp(value)) &&
			(digits > 0 || symbols > 0) &&
			!(isWordy(value) && symbols === 0)
			? 'low'
			: undefined;
	}

	if (place === 'bare' && isCode(value)) {
		return isStrong && !/[()[\]{}]/.test(value) && looksRandom(value, 12) ? 'medium' : undefined;
	}

	if (isStrong) {
		return isWordy(value) && symbols === 0 && place === 'bare' ? undefined : 'medium';
	}

	if (kinds >= 2 && (digits > 0 || symbols > 0)) {
		return place === 'bare' && isWordy(value) ? undefined : 'medium';
	}

	if (lower > 0 && upper > 0 && length >= 8 && !isWordy(value)) {
		return 'medium';
	}

	return place !== 'bare' && separators >= 3 && length >= 16 ? 'low' : undefined;
};

const isPin = (value: string, place: Place): boolean =>
	place !== 'bare' && place !== 'prose' && /^\d{6,12}$/.test(value);

const isCode = (value: string): boolean => code.test(value);

const secret = (value: string, place: Place): Confidence | undefined => {
	if (isUuid(value)) {
		return place === 'bare' ? 'low' : 'medium';
	}

	if (isHex(value) && value.length >= (place === 'prose' ? 24 : 16)) {
		return looksRandom(value) ? 'medium' : undefined;
	}

	const {length, digits, upper, lower, symbols} = shapeOf(value);
	if (place === 'prose') {
		return looksRandom(value, 16) && (digits > 0 || (length >= 20 && upper > 3 && lower > 3)) ? 'low' : undefined;
	}

	if (
		place !== 'quoted' &&
		/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(value) &&
		!value.split('.').some(part => looksRandom(part))
	) {
		return undefined;
	}

	if (place === 'bare' && isCode(value) && !((digits > 0 || length >= 32) && looksRandom(value, 20))) {
		return undefined;
	}

	if (looksRandom(value, 16)) {
		return digits > 0 || length >= 24 ? 'medium' : place === 'bare' ? undefined : 'low';
	}

	if (place === 'bare') {
		return undefined;
	}

	const isShortRandom =
		length >= 10 &&
		digits > 0 &&
		upper + lower > 0 &&
		(symbols > 0 || (upper > 0 && lower > 0) || digits > 2) &&
		!isWordy(value);
	return isShortRandom || (symbols > 0 && digits > 0 && length >= 8 && looksRandom(value, 8)) ? 'medium' : undefined;
};

const weak = (value: string, place: Place): Confidence | undefined => {
	const {digits, upper, lower} = shapeOf(value);
	if (place === 'prose' || isUuid(value) || /[/:].*[/:]/.test(value) || (place === 'bare' && isCode(value))) {
		return undefined;
	}

	const isRandom = isHex(value)
		? value.length >= 32 && looksRandom(value)
		: value.length >= 20 && digits > 1 && upper > 1 && lower > 1 && looksRandom(value, 20);
	return isRandom ? 'low' : undefined;
};
