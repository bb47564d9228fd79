import {type Detector, type Scan, specificity} from '../engine/detector.js';
import {isPlaceholder, isReference, isTokenPlaceholder} from '../values/placeholders.js';
import {isUuid, isWordy, looksRandom, shapeOf} from '../values/shape.js';

/** `Bearer`, `Basic` and the other schemes of an Authorization header, wherever they are written. */
export const headers: Detector = {
	rules: [
		{id: 'bearer-token', description: 'Bearer token'},
		{id: 'basic-auth', description: 'User and password in base64'},
		{id: 'authorization', description: 'Other value of an Authorization header'},
	],
	keywords: ['bearer', 'basic', 'authorization', 'signature='],
	detect(scan, start, end) {
		switch (scan.text.slice(start, end).toLowerCase()) {
			case 'bearer':
				bearer(scan, end);
				break;
			case 'basic':
				basic(scan, end);
				break;
			case 'signature=':
				signature(scan, end);
				break;
			default:
				authorization(scan, end);
		}
	},
};

const credential = /(?::|=)?["'` ]{1,3}\\*["']?([\w.~+/=:|!-]{8,4096})/y;

const bearer = (scan: Scan, end: number): void => {
	credential.lastIndex = end;
	const found = credential.exec(scan.text);
	const value = trimmed(found?.[1] ?? '');
	if (
		found === null ||
		value.length < 8 ||
		value.includes('://') ||
		isTokenPlaceholder(value) ||
		isPlaceholder(value) ||
		isReference(value)
	) {
		return;
	}

	const {digits} = shapeOf(value);
	const isToken =
		(value.length >= 12 && digits > 0 && !isWordy(value) && !/^[a-z_]+\.[a-z_.]+$/i.test(value)) ||
		looksRandom(value, 16) ||
		isUuid(value);
	if (isToken) {
		const start = found.index + found[0].length - (found[1] as string).length;
		scan.report(start, start + value.length, 'bearer-token', 'high', {specificity: specificity.structure});
	}
};

/** A full stop or colon behind a value belongs to the sentence. */
const trimmed = (value: string): string => value.replace(/[.:!,-]+$/, '');

const basicValue = /(?::|=)?["'` ]{1,3}([A-Za-z0-9+/_-]{6,2000}={0,2})/y;

const basic = (scan: Scan, end: number): void => {
	basicValue.lastIndex = end;
	const found = basicValue.exec(scan.text);
	const value = found?.[1] ?? '';
	if (found === null) {
		return;
	}

	const plain = Buffer.from(value, 'base64').toString('latin1');
	const isPair = /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(plain) && plain.length > 3;
	if (
		isPair &&
		!isPlaceholder(plain.slice(plain.indexOf(':') + 1)) &&
		!isReference(plain.slice(plain.indexOf(':') + 1))
	) {
		const start = found.index + found[0].length - value.length;
		scan.report(start, start + value.length, 'basic-auth', 'high', {specificity: specificity.structure});
	}
};

/** `Authorization: Token X`, `: ApiKey X`, `: X`; what `Bearer` and `Basic` stand for is theirs. */
const other =
	/\\*["']?\]?\s{0,3}[:=,]\s{0,3}\\*["'`]?(?:(?!bearer|basic)([A-Za-z][\w-]{1,20})\s+)?([\w.~+/=:-]{16,2000})/iy;

const authorization = (scan: Scan, end: number): void => {
	other.lastIndex = end;
	const found = other.exec(scan.text);
	const value = trimmed(found?.[2] ?? '');
	if (
		found === null ||
		/^(?:bearer|basic)$/i.test(value) ||
		isPlaceholder(value) ||
		isReference(value) ||
		value.includes('Credential=')
	) {
		return;
	}

	if (looksRandom(value, 16) || isUuid(value)) {
		const start = found.index + found[0].length - (found[2] as string).length;
		scan.report(start, start + value.length, 'authorization', 'medium', {specificity: specificity.structure - 5});
	}
};

const hexSignature = /\\*["']?([0-9a-f]{64}|[A-Za-z0-9+/]{43}=)(?![0-9A-Za-z])/y;

const signature = (scan: Scan, end: number): void => {
	hexSignature.lastIndex = end;
	const found = hexSignature.exec(scan.text);
	if (found !== null) {
		scan.report(
			found.index + found[0].length - (found[1] as string).length,
			found.index + found[0].length,
			'authorization',
			'medium',
			{
				specificity: specificity.structure - 5,
			},
		);
	}
};
