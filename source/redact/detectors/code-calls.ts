import {isLikely} from '../values/arguments.js';
import {looksRandom} from '../values/shape.js';
import {type NearPattern, nearPatterns} from './near-pattern.js';

/** A literal in an argument list; `b'…'` and `[]byte("…")` as well. */
const literal = (name: string): string =>
	`(?:\\[\\]byte\\()?[bru@$]?\\\\*["'\`](?<${name}>[^"'\`\\s\\\\]{4,300})\\\\*["'\`]`;

const near = (keywords: string[], source: string, more: Partial<NearPattern> = {}): NearPattern => ({
	keywords,
	pattern: new RegExp(source),
	ruleId: 'code-credential',
	accepts: isLikely,
	...more,
});

const isKey = (value: string): boolean => isLikely(value) && looksRandom(value, 10);

const first = `\\\\*["'\`][^"'\`\\n]{0,160}\\\\*["'\`]`;

/** Passwords and keys that are arguments without a name, of functions that take them. */
export const codeCalls = nearPatterns(
	[{id: 'code-credential', description: 'Password or key as an argument of a call'}],
	[
		near(
			[
				'auth=(',
				'auth = (',
				'BasicAuth(',
				'Basic_auth(',
				'NetworkCredential(',
				'getConnection(',
				'.connect(',
				'mysqli_connect(',
				'mysqli(',
				'new PDO(',
				'.login(',
				'.authenticate(',
				'PasswordCredentials(',
				'PasswordAuthentication(',
				'AuthenticationToken(',
				'createConnection(',
				'PSCredential',
				'PlainAuth(',
				'basic_auth(',
				'.auth(',
				'credentials(',
				'pg_connect(',
				'oci_connect(',
				'sqlsrv_connect(',
			],
			`[\\w.=( ]{3,40}?\\(?\\s{0,8}(?:${first}|[\\w.]{1,40}),\\s{0,8}${literal('value')}(?:,\\s{0,8}${literal('second')})?(?:,\\s{0,8}${literal('third')})?`,
		),
		near(
			['.auth(', 'requirepass(', '.unlock(', '.setApiKey(', 'setAuthToken('],
			`\\.?\\w+\\(\\s{0,4}${literal('value')}\\s{0,4}\\)`,
		),
		near(
			[
				'Fernet(',
				'new Stripe(',
				'Stripe(',
				'hmac.new(',
				'AES.new(',
				'SecretKeySpec(',
				'Wallet(',
				'from_key(',
				'new Resend(',
				'Resend(',
				'new Anthropic(',
				'WebClient(',
				'InferenceClient(',
				'Github(',
				'Octokit(',
				'Telegraf(',
				'TeleBot(',
				'Bot(',
				'.run(',
				'SendGridAPIClient(',
				'InMemoryKey(',
				'new Pinecone(',
				'Mailgun(',
				'Bearer(',
			],
			`[\\w. ]{3,24}\\(\\s{0,4}${literal('value')}`,
			{accepts: isKey},
		),
		near(
			[
				'createHmac(',
				'createCipheriv(',
				'createDecipheriv(',
				'jwt.sign(',
				'jwt.verify(',
				'jwt.encode(',
				'jwt.decode(',
				'twilio(',
				'Twilio(',
				'Client(',
				'algoliasearch(',
				'createClient(',
				'hash_hmac(',
				'hmac.New(',
				'openssl_encrypt(',
				'CryptoJS.',
				'sign(',
			],
			`[\\w.]{3,40}\\((?:[^()"'\`\\n]|\\([^()\\n]{0,60}\\)|${first}(?=\\s{0,4},)){0,80}?,\\s{0,8}${literal('value')}`,
			{accepts: isKey},
		),
	],
);
