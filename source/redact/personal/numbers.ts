import {type Detector, type Scan, specificity} from '../engine/detector.js';
import type {FindingClass} from '../finding.js';
import {hasIbanSum, hasLuhnSum} from '../values/checks.js';

const everywhere = (
	id: string,
	description: string,
	kind: FindingClass,
	pattern: RegExp,
	accepts: (value: string, text: string, start: number) => boolean,
): Detector => ({
	rules: [{id, description}],
	class: kind,
	keywords: [],
	detect(scan: Scan) {
		pattern.lastIndex = 0;
		for (let found = pattern.exec(scan.text); found !== null; found = pattern.exec(scan.text)) {
			const value = found[0];
			if (accepts(value, scan.text, found.index)) {
				scan.report(found.index, found.index + value.length, id, 'high', {
					class: kind,
					specificity: specificity.personal,
					value: value.replaceAll(/[ -]/g, ''),
				});
			}
		}
	},
});

/** The numbers with which shops are tested. */
const testCards = new Set(
	'4242424242424242 4000056655665556 5555555555554444 2223003122003222 5200828282828210 5105105105105100 378282246310005 371449635398431 6011111111111117 6011000990139424 3056930009020004 30569309025904 38520000023237 36227206271667 3566002020360505 3530111333300000 6200000000000005 4111111111111111 4012888888881881 4000000000000002 4222222222222 4000002500003155 4000000000009995 4000000000000077 4000002760003184'.split(
		' ',
	),
);

const issuers =
	/^(?:4\d{12}(?:\d{3}(?:\d{3})?)?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}|(?:50|5[6-9]|6[0-9])\d{12,17})$/;

const notACard =
	/(?:\bid|_id|Id|ID|snowflake|timestamp|time|nonce|offset|seed|hash|count|size|bytes|nanos|ns|us|inode|ptr|0x|number of)["'\\]*\s{0,3}[:=]?\s{0,3}["'\\]*$/;

export const card: Detector = everywhere(
	'credit-card',
	'Card number (with a valid check digit)',
	'pii.card',
	/(?<![\w.+-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|3\d{3}([ -])\d{6}\2\d{4,5}|\d{13,19})(?![\w-]|\.\d)/g,
	(value, text, start) => {
		const digits = value.replaceAll(/\D/g, '');
		return (
			issuers.test(digits) &&
			hasLuhnSum(digits) &&
			!testCards.has(digits) &&
			!/^(\d)\1+$/.test(digits) &&
			!notACard.test(text.slice(Math.max(0, start - 32), start)) &&
			(digits.length !== value.length || isBareCard(digits, text, start))
		);
	},
);

/** Digits alone are often a time or an identifier: those that count up in microseconds or begin like none of the large issuers need a label. */
const isBareCard = (digits: string, text: string, start: number): boolean =>
	/card|pan\b|visa|master|amex|cc|payment|kreditkarte|carte|tarjeta|cart[ãa]o/i.test(
		text.slice(Math.max(0, start - 60), start),
	) ||
	(digits.length >= 15 && digits.length <= 16 && /^(?:4|5[1-5]|3[47])/.test(digits));

const ibanLengths: Record<string, number> = Object.fromEntries(
	'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
		.split(' ')
		.map(entry => [entry.slice(0, 2), Number(entry.slice(2))]),
);

export const iban: Detector = everywhere(
	'iban',
	'IBAN (with valid check digits)',
	'pii.iban',
	/(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?:[ -][A-Z0-9]{4}){2,7}(?:[ -][A-Z0-9]{1,4})?)(?![A-Za-z0-9])/g,
	value => {
		const compact = value.replaceAll(/[ -]/g, '');
		return ibanLengths[compact.slice(0, 2)] === compact.length && hasIbanSum(compact);
	},
);

/** Name servers and other addresses that everybody knows. */
const wellKnown = new Set([
	'8.8.8.8',
	'8.8.4.4',
	'1.1.1.1',
	'1.0.0.1',
	'9.9.9.9',
	'149.112.112.112',
	'208.67.222.222',
	'208.67.220.220',
	'4.4.4.4',
	'1.2.3.4',
	'5.6.7.8',
	'169.254.169.254',
	'114.114.114.114',
]);

export const ipv4: Detector = everywhere(
	'ipv4',
	'Public IPv4 address',
	'pii.ip',
	/(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w]|\.\d|-\d)/g,
	(value, text, start) => {
		const octets = value.split('.').map(Number);
		const [a = 0, b = 0, c = 0, d = 0] = octets;
		const isReserved =
			a === 0 ||
			a === 10 ||
			a === 127 ||
			a >= 224 ||
			(a === 100 && b >= 64 && b < 128) ||
			(a === 169 && b === 254) ||
			(a === 172 && b >= 16 && b < 32) ||
			(a === 192 && b === 168) ||
			(a === 192 && b === 0) ||
			(a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
			(a === 203 && b === 0 && c === 113);
		const isVersion =
			(a < 30 && b < 30 && c < 30 && d < 30) ||
			/^(?:1\.[23]|2\.5|2\.16)\./.test(value) ||
			(c === 0 && d === 0) ||
			notAnAddressBefore(text, start) ||
			isAmongDecimals(text, start, start + value.length);
		return (
			octets.every(octet => octet < 256) &&
			!octets.some((_, index) => /^0\d/.test(value.split('.')[index] ?? '')) &&
			!isReserved &&
			!isVersion &&
			!wellKnown.has(value)
		);
	},
);

/** Coordinates of a drawing run into each other: `2.12 3.51.98.32 2.03`. */
const isAmongDecimals = (text: string, start: number, end: number): boolean =>
	/[\d.][ ,-]$/.test(text.slice(Math.max(0, start - 3), start)) && /^[ ,]?-?\d*\.\d/.test(text.slice(end, end + 6));

const notAnAddressBefore = (text: string, start: number): boolean => {
	const before = text.slice(Math.max(0, start - 16), start);
	return (
		/(?:\bv\d{0,2}|\boid|ver(?:sion)?s?|release|build|==|[<>~]=|(?<![\w.]@?)[a-z][\w-]*@|firmware|section|[A-Za-z]\/|[A-Za-z]-)["']?\s?[:=]?\s?["']?$/i.test(
			before,
		) &&
		!/\/\/$/.test(before) &&
		!/(?:ssh|root|ubuntu|admin|ec2-user|deploy|user)@$/.test(before)
	);
};

export const ipv6: Detector = everywhere(
	'ipv6',
	'Public IPv6 address',
	'pii.ip',
	/(?<![\w:.])2[0-9a-fA-F]{3}:(?:[0-9a-fA-F]{1,4}:{1,2}){1,6}[0-9a-fA-F]{1,4}(?![\w:])/g,
	value =>
		/^2[0-9a-f]{3}:/i.test(value) &&
		!/^2001:0?db8:/i.test(value) &&
		(value.match(/:/g)?.length ?? 0) >= 3 &&
		(value.includes('::') || value.split(':').length === 8) &&
		!/^2001:4860:4860|^2606:4700:4700/.test(value),
);
