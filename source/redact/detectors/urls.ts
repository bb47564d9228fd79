import {type Detector, type Scan, specificity} from '../engine/detector.js';
import {isPlaceholder, isReference} from '../values/placeholders.js';
import {isWordy, looksRandom} from '../values/shape.js';

const longest = 300;

const ends = /[\s"'`<>\\|\u0000]/;

/** Hosts of a developer's own machine, where words are no secrets. */
const localHost =
	/^(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|(?:db|database|postgres|postgresql|mysql|mariadb|mongo|mongodb|redis|rabbitmq|cache|host|hostname|server|example)(?:[:/]|$)|[\w.-]*\bexample\b)/;

/** User and password (or a token) in front of the host of an address. */
export const urls: Detector = {
	rules: [
		{id: 'url-password', description: 'Password in an address'},
		{id: 'url-token', description: 'Token in an address'},
	],
	keywords: ['://', ':\\/\\/', '@tcp(', '@unix('],
	detect(scan, start, end) {
		if (scan.text[start] === '@') {
			goSource(scan, start);
		} else {
			authority(scan, end);
		}
	},
};

const authority = (scan: Scan, from: number): void => {
	const {text} = scan;
	const limit = Math.min(text.length, from + longest);
	let at = -1;
	let colon = -1;
	let isPath = false;
	for (let index = from; index < limit; index++) {
		const code = text.charCodeAt(index);
		if (
			code <= 32 ||
			(code !== 64 && code !== 58 && code !== 47 && ends.test(text[index] as string) && !(code === 96 && colon >= 0))
		) {
			break;
		}

		if (code === 58) {
			if (colon < 0 && !isPath) {
				colon = index;
			} else if (text.startsWith('//', index + 1)) {
				break;
			}
		} else if (code === 64) {
			if (!isPath || (colon >= 0 && at < 0 && isHost(text, index + 1))) {
				at = index;
			}
		} else if (code === 47 || code === 63 || code === 35) {
			if (at >= 0 || colon < 0 || isPort(text, colon + 1, index)) {
				break;
			}

			isPath = true;
		}
	}

	if (at < 0) {
		return;
	}

	if (colon >= 0 && colon < at) {
		userAndPassword(scan, from, colon, at);
	} else {
		const user = text.slice(from, at);
		if (
			looksRandom(user, 16) &&
			!isPlaceholder(user) &&
			!isReference(user) &&
			!/sentry/.test(text.slice(at, at + 60))
		) {
			scan.report(from, at, 'url-token', 'medium', {specificity: specificity.structure});
		}
	}
};

const isPort = (text: string, from: number, to: number): boolean => /^\d{1,5}$/.test(text.slice(from, to));
const isHost = (text: string, from: number): boolean =>
	/^(?:[\w-]+(?:\.[\w-]+)+|localhost|[\w-]+:\d{2,5})(?=[:/?#\s"',)]|$)/.test(text.slice(from, from + 80));

const userAndPassword = (scan: Scan, from: number, colon: number, at: number): void => {
	const {text} = scan;
	const user = text.slice(from, colon);
	const password = text.slice(colon + 1, at);
	const host = text.slice(at + 1, at + 80);
	if (looksRandom(user, 20) && (password === '' || /^(?:x-oauth-basic|x|api_token)$/.test(password))) {
		scan.report(from, colon, 'url-token', 'medium', {specificity: specificity.structure});
		return;
	}

	if (isSecret(password, user, host)) {
		scan.report(colon + 1, at, 'url-password', 'high', {specificity: specificity.structure});
		if (looksRandom(user, 20)) {
			scan.report(from, colon, 'url-token', 'medium', {specificity: specificity.structure});
		}
	}
};

const isSecret = (password: string, user: string, host: string): boolean => {
	const plain = decoded(password);
	if (
		plain.length < 3 ||
		plain === user ||
		isPlaceholder(plain) ||
		isReference(plain) ||
		/[{}$]\{|\{\w+\}|^\$|%s/.test(plain)
	) {
		return false;
	}

	if (/^[a-z]+$/i.test(plain) && isWordy(plain)) {
		return plain.length >= 8 && !localHost.test(host);
	}

	return plain.length >= 6 || !localHost.test(host);
};

const decoded = (text: string): string => {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
};

/** `user:password@tcp(host:3306)/db`, as Go's MySQL driver wants it. */
const goSource = (scan: Scan, at: number): void => {
	const before = scan.text.slice(Math.max(0, at - 120), at);
	const found = /(?:^|[\s"'`=/])([\w.-]{1,60}):([^\s"'`]{3,80})$/.exec(before);
	const [, user = '', password = ''] = found ?? [];
	if (found !== null && isSecret(password, user, scan.text.slice(at + 5, at + 60))) {
		scan.report(at - password.length, at, 'url-password', 'high', {specificity: specificity.structure});
	}
};
