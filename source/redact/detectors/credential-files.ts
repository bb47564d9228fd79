import {isLikely} from '../values/arguments.js';
import {isPlaceholder, isReference} from '../values/placeholders.js';
import {looksRandom} from '../values/shape.js';
import {type NearPattern, nearPatterns} from './near-pattern.js';

const isStored = (value: string): boolean =>
	!/\s$|: ?$/.test(value) &&
	!(/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?:\(|$)/.test(value) && !looksRandom(value)) &&
	value.length >= 4 &&
	!isReference(value) &&
	!isPlaceholder(value) &&
	!/^[*x•]+$|\$\{|^\$|^<|\{\{/.test(value);

const isPair = (value: string): boolean => {
	const plain = Buffer.from(value, 'base64').toString('latin1');
	return /^[\x20-\x7e]*:[\x20-\x7e]+$/.test(plain);
};

const near = (keywords: string | string[], pattern: RegExp, more: Partial<NearPattern> = {}): NearPattern => ({
	keywords: [keywords].flat(),
	pattern,
	ruleId: 'credential-file',
	accepts: isStored,
	...more,
});

/** Line ends, also escaped ones. */
const gap = '(?:\\s|\\\\+[nrt]){1,12}';

/** Files whose fields say less than their place: .netrc, .pgpass, Docker and Kubernetes configuration, shadow files, SQL. */
export const credentialFiles = nearPatterns(
	[
		{id: 'credential-file', description: 'Password or token in a file made for it'},
		{id: 'sql-password', description: 'Password in an SQL statement'},
		{id: 'wallet-private-key', description: 'Private key of a wallet, in hexadecimal'},
		{id: 'recovery-phrase', description: 'Recovery phrase of a wallet'},
		{id: 'recovery-code', description: 'Recovery or one-time code'},
	],
	[
		near(
			['machine ', 'default login'],
			new RegExp(
				`(?:machine\\s+\\S{1,120}|default)${gap}(?:(?:login|account)${gap}\\S{1,120}?${gap}){0,2}password${gap}(?<value>[^\\s"'\\\\]{3,200})`,
			),
		),
		near(['login '], new RegExp(`login +\\S{1,120}?${gap}password${gap}(?<value>[^\\s"'\\\\]{3,200})`)),
		near(
			[':5432:', ':6432:', ':5433:', ':*:*:', ':*:'],
			/:(?:\d{4,5}|\*):[\w*.-]{1,60}:[\w*.@-]{1,60}:(?<value>(?:[^\s:"'\\]|\\[:\\]){4,120})(?=\s|$|["'\\])/,
		),
		near(
			['"auth"', '\\"auth\\"', '"identitytoken"', '"registrytoken"'],
			/\\*"\w+\\*" ?: ?\\*"(?<value>[A-Za-z0-9+/_.=-]{12,2000})\\*"/,
			{accepts: value => isPair(value) || looksRandom(value, 20)},
		),
		near(
			['client-key-data', 'id-token:', 'refresh-token:'],
			/[\w-]+\s?:\s?\\*["']?(?<value>[A-Za-z0-9+/=._-]{24,8000})/,
			{accepts: value => value.length >= 24},
		),
		near(
			['_auth=', '_auth =', '_password=', '_authToken=', '_password ='],
			/(?<![A-Za-z0-9])_\w+\s?=\s?["']?(?<value>[^\s"'\\]{6,400})/,
		),
		near(
			['IDENTIFIED BY', 'IDENTIFIED WITH'],
			/(?<=(?:user|role|grant|\bto)\b[^\n]{0,120})IDENTIFIED (?:WITH \S{1,40} )?(?:BY|AS) (?:PASSWORD )?\\*['"](?<value>[^'"\n\\]{3,120})/i,
			{accepts: isLikely, ruleId: 'sql-password'},
		),
		near(
			[
				'WITH PASSWORD',
				'ENCRYPTED PASSWORD',
				" PASSWORD '",
				'LOGIN PASSWORD',
				'SET PASSWORD',
				'PASSWORD(',
				" PASSWORD E'",
				"SECRET '",
			],
			/[\w ]{0,24}?(?:PASSWORD|SECRET)(?:\s+FOR\s+\S{1,60})?\s{0,3}(?:=\s{0,3})?(?:PASSWORD\s?)?\(?\s{0,3}[NE]?\\*['"](?<value>[^'"\n\\]{3,120})/i,
			{ruleId: 'sql-password'},
		),
		near(
			['IDENTIFIED BY'],
			/(?<=(?:user|role|grant|\bto)\b[^\n]{0,120})IDENTIFIED BY (?!VALUES|PASSWORD|EXTERNALLY)(?<value>[\w#$!@%^*+=.-]{6,80})(?=[\s;"'\\]|$)/i,
			{ruleId: 'sql-password', accepts: isLikely},
		),
		near(
			['pgp_sym_encrypt(', 'pgp_sym_decrypt(', 'aes_encrypt(', 'aes_decrypt(', 'crypt('],
			/\w+\((?:[^,()\n]{1,120}(?:\([^()\n]{0,80}\))?[^,()\n]{0,40}),\s*\\*'(?<value>[^'\n\\]{6,120})/i,
			{
				ruleId: 'sql-password',
				kind: 'password',
				accepts: value => isStored(value) && !/^(?:bf|md5|des|xdes)$/.test(value),
			},
		),
		near(
			[
				'mnemonic',
				'seed phrase',
				'recovery phrase',
				'seedphrase',
				'secret phrase',
				'backup phrase',
				'wallet phrase',
				'seed words',
			],
			/[\w ]{4,18}?(?:["'\]\\]*\s{0,3}(?:[:=-]|is|was|are)?\s{0,3}(?:\\+n|\s)*\\*["'`]?)(?<value>(?:\d{1,2}[.)] ?)?[a-z]{3,8}(?:[ ,]{1,2}(?:\d{1,2}[.)] ?)?[a-z]{3,8}){11,23})/i,
			{
				ruleId: 'recovery-phrase',
				accepts: value =>
					new Set(value.toLowerCase().split(/[^a-z]+/)).size >= 9 &&
					!/\b(?:the|and|with|that|this|which|should|would|from|have|must|will|are|for)\b/.test(value),
			},
		),
		near(['otp'], /otp(?: is| code)?["']?\s?[:=]?\s?["'`]?(?<value>\d{6,8})(?![\w.-])/i, {
			ruleId: 'recovery-code',
			accepts: value => !/^(?:19|20)\d{6}$/.test(value),
		}),
		near(['seed'], /seed["']?\s?[:=]\s?["']?(?<value>[A-Z2-7]{16,64})(?![\w])/i, {
			accepts: value => /^[A-Z2-7]+$/.test(value) && /\d/.test(value),
		}),
		near(['unseal key', 'recovery key'], /\w+ key \d+(?: \([^)\n]*\))?: (?<value>[A-Za-z0-9+/=]{30,120})/i),
		near(
			['passphrase'],
			/passphrase\\*["']?(?:\s?[:=]|\s(?:is|was))\s?\\*["'`](?<value>[a-z]+(?:[ -][a-z]+){3,8})\\*["'`]/i,
			{ruleId: 'recovery-phrase'},
		),
		near(['passphrase'], /passphrase (?:is|was) (?<value>[a-z]+(?:-[a-z]+){3,8})/i, {ruleId: 'recovery-phrase'}),
		near(
			[
				'recovery code',
				'backup code',
				'verification code',
				'one-time code',
				'otp code',
				'2fa code',
				'mfa code',
				'security code',
				'auth code',
				'login code',
				'passcode',
				'one time password',
				'one-time password',
				'scratch code',
			],
			/[\w -]{6,20}?s?(?: is| was| for [\w@. -]{1,40} is)?["']?\s{0,3}[:=]?\s{0,3}(?:\\n|\s)*["'`]?(?<value>(?:\d{6,8}|\d{3}[ -]\d{3}|[a-z0-9]{4,5}(?:-[a-z0-9]{4,5}){1,4}|[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){1,4}))(?![\w-])/i,
			{ruleId: 'recovery-code', accepts: value => /\d/.test(value) && !/^(?:19|20)\d{6}$/.test(value)},
		),
		near(
			['NOPASSWD', 'requirepass ', 'masterauth ', 'user default on >'],
			/(?:requirepass|masterauth|user \S+ on) +["'>]?(?<value>[^\s"'\\]{4,120})/,
		),
		near(
			['PrivateKey', 'PresharedKey', 'private_key', 'privatekey'],
			/\w+["'\\]*\s?[=:]\s?["'\\]*(?<value>(?:[A-Za-z0-9+/]{43}=|(?:0x)?[0-9a-fA-F]{64}))(?![0-9A-Za-z+/])/,
			{accepts: value => looksRandom(value.replace(/^0x/, ''), 40)},
		),
		near(
			[
				'private key',
				'secret key',
				'privkey',
				'priv key',
				'privateKeyToAccount',
				'new Wallet(',
				'new ethers.Wallet(',
				'from_key(',
				'--private-key',
			],
			/[\w. -]{6,30}?["'\\(]*(?:\s?(?:is|[=:]))?\s{0,3}["'\\(]*(?<value>(?:0x)?[0-9a-fA-F]{64})(?![0-9A-Za-z])/i,
			{ruleId: 'wallet-private-key', accepts: value => looksRandom(value.replace(/^0x/, ''), 40)},
		),
		near(
			[
				'otpauth',
				'totp secret',
				'totp seed',
				'mfa secret',
				'2fa secret',
				'2fa key',
				'setup key',
				'authenticator key',
				'otp secret',
			],
			/[\w ]{5,20}?(?: is)?["']?\s{0,3}[:=]?\s{0,3}["'`]?(?<value>[A-Z2-7]{16,64}|[A-Za-z2-7]{4}(?: [A-Za-z2-7]{4}){3,15})(?![\w])/i,
			{accepts: value => (value.length >= 16 && !/[a-z]{5}/.test(value.replaceAll(' ', '')) ? true : /\d/.test(value))},
		),
	],
);
