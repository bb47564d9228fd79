import crypto from 'node:crypto';
import type {Digests} from '../../model/decision.js';

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** Values closed with a key, and what they are known by without being opened. */
export const sealOf = (key: Buffer) => {
	const derived = (purpose: string): Buffer => crypto.createHmac('sha256', key).update(purpose).digest();
	const [sealing, naming] = [derived('seal'), derived('name')];
	const named = (purpose: string, text: string): string =>
		crypto.createHmac('sha256', naming).update(`${purpose}\0${text}`).digest('hex').slice(0, 32);

	const digests: Digests = {
		text: text => crypto.hash('sha256', text, 'hex'),
		context: text => named('context', text),
	};

	return {
		digests,
		valueDigest: (value: string): string => named('value', value),

		/** Nonce, tag, then as many bytes as the value has. */
		seal(value: string): Buffer {
			const nonce = crypto.randomBytes(nonceLength);
			const cipher = crypto.createCipheriv(algorithm, sealing, nonce);
			const bytes = [cipher.update(value, 'utf8'), cipher.final()];
			return Buffer.concat([nonce, cipher.getAuthTag(), ...bytes]);
		},

		/** Undefined when it was sealed with another key, or changed since. */
		open(sealed: Buffer): string | undefined {
			try {
				const decipher = crypto.createDecipheriv(algorithm, sealing, sealed.subarray(0, nonceLength));
				decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
				const bytes = [decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()];
				return Buffer.concat(bytes).toString('utf8');
			} catch {
				return undefined;
			}
		},
	};
};

export type Seal = ReturnType<typeof sealOf>;
