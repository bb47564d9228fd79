import {type Detector, type Scan, specificity} from '../engine/detector.js';
import {isPlaceholder, isReference} from '../values/placeholders.js';
import {isHex, looksRandom, shapeOf} from '../values/shape.js';

/** Cookies that open a session, in headers and in cookie files. */
export const cookies: Detector = {
	rules: [{id: 'session-cookie', description: 'Cookie of a session'}],
	keywords: ['cookie', '\tTRUE\t', '\tFALSE\t', '--cookie', '-b '],
	detect(scan, start, end) {
		const {text} = scan;
		if (text[start] === '\t') {
			cookieFile(scan, end);
			return;
		}

		opening.lastIndex = end;
		const opened = opening.exec(text);
		if (opened !== null && (text[start] !== '-' || opened[0].includes('"') || opened[0].includes("'"))) {
			pairs(scan, opening.lastIndex);
		}
	},
};

const opening = /\\*["'`]?\]?\s{0,3}(?:[:=,]|(?=["']))\s{0,3}\\*["'`]?|(?<=-b )["']|(?<=--cookie )["']/y;

const pair = /\s{0,3}([\w.%-]{1,80})=("?)([^;\s"'\\,]{1,4096})\2/y;

/** How many cookies of one header are looked at. */
const most = 100;

const pairs = (scan: Scan, from: number): void => {
	let at = from;
	for (let count = 0; count < most; count++) {
		pair.lastIndex = at;
		const found = pair.exec(scan.text);
		if (found === null) {
			return;
		}

		const [whole, name = '', quote = '', value = ''] = found;
		if (isSession(name, value)) {
			const start = found.index + whole.length - quote.length - value.length;
			scan.report(start, start + value.length, 'session-cookie', 'medium', {specificity: specificity.structure - 5});
		}

		at = pair.lastIndex;
		if (scan.text[at] !== ';') {
			return;
		}

		at++;
	}
};

const sessionNames =
	/sess|sid$|^sid|auth|token|jwt|csrf|xsrf|remember|login|signin|identity|secure|^__?(?:host|secure)|ticket|credential|^li_at|^c_user|^xs$|^SAPISID|^HSID|^SSID|^APISID|connect\.|_id$|aspnet|clearance|user_?id/i;

const innocent =
	/^(?:_ga|_gid|_gat|_gcl|_fbp|_hj|__utm|_pk_|ajs_|amp_|theme|lang|locale|tz|consent|cookie_?consent|path|domain|expires|max-age|samesite|preferred|visited|ab_|optimizely|intercom-id|_dd_s)/i;

const isSession = (name: string, value: string): boolean => {
	if (innocent.test(name) || isPlaceholder(value) || isReference(value) || value.length < 8) {
		return false;
	}

	const plain = value.replaceAll(/%[0-9A-Fa-f]{2}/g, '');
	return sessionNames.test(name)
		? shapeOf(value).digits > 0 && (looksRandom(plain, 10) || (isHex(value) && value.length >= 16))
		: value.length >= 24 && looksRandom(plain, 24);
};

/** A line of a cookie file: domain, flag, path, secure, expiry, name, value. */
const fields = /(?:\/\S*\t(?:TRUE|FALSE)\t)?\d{1,16}\t([\w.%-]{1,80})\t(\S{8,4096})/y;

const cookieFile = (scan: Scan, from: number): void => {
	fields.lastIndex = from;
	const found = fields.exec(scan.text);
	if (found !== null && isSession(found[1] as string, found[2] as string)) {
		const end = found.index + found[0].length;
		scan.report(end - (found[2] as string).length, end, 'session-cookie', 'medium', {
			specificity: specificity.structure - 5,
		});
	}
};
