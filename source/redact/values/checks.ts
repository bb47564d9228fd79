import {createHash} from 'node:crypto';
import {crc32} from 'node:zlib';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** GitHub's and npm's tokens end in the CRC-32 of what stands between prefix and end, in base 62. */
export const hasBase62Checksum = (value: string): boolean => {
	const body = value.slice(value.indexOf('_') + 1);
	let sum = crc32(body.slice(0, -6));
	let digits = '';
	while (digits.length < 6) {
		digits = (base62[sum % 62] as string) + digits;
		sum = Math.floor(sum / 62);
	}

	return body.endsWith(digits);
};

/** The Luhn sum of card numbers; other characters are passed over. */
export const hasLuhnSum = (value: string): boolean => {
	let sum = 0;
	let isSecond = false;
	for (let index = value.length - 1; index >= 0; index--) {
		const digit = value.charCodeAt(index) - 48;
		if (digit < 0 || digit > 9) {
			continue;
		}

		const doubled = isSecond ? digit * 2 : digit;
		sum += doubled > 9 ? doubled - 9 : doubled;
		isSecond = !isSecond;
	}

	return sum % 10 === 0;
};

/** ISO 7064 mod 97-10, as in an IBAN. */
export const hasIbanSum = (value: string): boolean => {
	const compact = value.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase();
	let rest = 0;
	for (const character of compact.slice(4) + compact.slice(0, 4)) {
		const number = Number.parseInt(character, 36);
		rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
	}

	return rest === 1;
};

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Bitcoin's base 58 with the first four bytes of a double SHA-256 at its end. */
export const hasBase58Sum = (value: string): boolean => {
	let number = 0n;
	for (const character of value) {
		const digit = base58.indexOf(character);
		if (digit < 0) {
			return false;
		}

		number = number * 58n + BigInt(digit);
	}

	const digits = number.toString(16);
	const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
	const sha = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
	return (
		bytes.length > 4 &&
		sha(sha(bytes.subarray(0, -4)))
			.subarray(0, 4)
			.equals(bytes.subarray(-4))
	);
};

/** Whether the first part of a token is base64 of JSON, as in a JWT. */
export const hasJsonHead = (value: string): boolean =>
	/^\{\s*"[\w$]+"\s*:/.test(Buffer.from(value.split('.')[0] ?? '', 'base64url').toString('latin1'));

/** Whether at least one digit and one letter occur. */
const isMixed = (value: string): boolean => /\d/.test(value) && /[A-Za-z]/.test(value);

/** Checks that a rule may name. */
export const checks = {base58: hasBase58Sum, jsonHead: hasJsonHead, mixed: isMixed} satisfies Record<
	string,
	(value: string) => boolean
>;

export type CheckName = keyof typeof checks;
