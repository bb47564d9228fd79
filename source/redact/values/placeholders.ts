/** Values that stand for a secret and are none: references, masks, examples, things to fill in. */

const references =
	/^(?:\$[\w({]|%[\w]+%$|\{\{|<[^>]*>?$|\{[\w .$-]*(?:![rsa]|:[^}]*)?\}|#\{|@[\w.]+\(|&|\*{1,2}\w*$|!(?:Ref|Sub|GetAtt|ImportValue|vault|secret|env|encrypted|Join)\b|process\.env|import\.meta|os\.(?:environ|getenv)|env[.[(]|ENV[.[(]|System\.|std::env|getenv|config[.[(]|settings[.[(]|secrets?[.[(]|vars?[.[(]|local\.|data\.|module\.|each\.|self\.|this\.|props\.|args?\.|options?\.|params?\.|req\.|request\.|res\.|body\.|ctx\.|c\.|input\.|form\.|(?:vault|op|ssm|secretsmanager|keyring|keychain|doppler|sops|gcpsm|awssm|file|ref|env|secret):|arn:|projects\/)/i;

const masks =
	/^(?:(.)\1{3,}|[*xX•●·.…_?#-]+)$|\*{3,}|•{2,}|●{2,}|\.{3}$|…|x{5,}|X{5,}|<redacted>|\[?redacted|\[?(?:hidden|masked|filtered|secret|omitted|removed)\]|\(hidden\)|\[REDACTED:|redacted-[a-z0-9-]+-\d/i;

const fillIns =
	/(?:^|[^a-z])(?:your|my|the|a|an|insert|enter|replace|put|add|paste|set|change|fill|use|provide|specify)[-_ ]?(?:me\b|with|your|in\b|here|this|own|real|actual|api|secret|token|password|passwd|key|access|strong|random|super|value|it\b)|(?:goes|paste|token|key|secret|password|value)[-_ ]?here|change[-_ ]?(?:me|it|this)|placeholder|example|exampl|dummy|(?:^|[^a-z])fake|(?:^|[^a-z])mock|sample|not[-_ ]?(?:a[-_ ])?(?:real|secret|used|set)|(?:^|[^a-z])(?:todo|tbd|fixme|n\/a|none|null|nil|undefined|unset|empty|required|optional|default|string|boolean|number|integer|true|false|yes|no|void|any|unknown|never|object|bytes|str|int|bool|text|varchar|char|secretstr|optional\[str\])$|lorem|foobar|foo[-_]?bar|^(?:foo|bar|baz|test|tests|testing|test[-_]?(?:key|token|secret|pass|password|value)?\d{0,3}|abc|abcd|abcdef\w*|abc-?123|asdf\w*|qwerty|secret|password|passw0rd|pass|token|key|apikey|api[-_]key|admin|root|user|guest|postgres|mysql|redis|hunter2|letmein|pass123|password\d{0,4}|secret\d{0,3}|test1234?)$|0123456789|123456789|1234567890|abcdefgh|deadbeef(?:deadbeef|cafe)|^(?:0+|1+|f+)$/i;

/** Whole values that manuals print. */
const documented = new Set([
	'AKIAIOSFODNN7EXAMPLE',
	'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
	[
		'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
		'eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ',
		'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
	].join('.'),
	['sk', 'test', '4eC39HqLyjWDarjtT1zdp7dc'].join('_'),
	['pk', 'test', 'TYooMQauvdEDq54NiTphI7jx'].join('_'),
	'00000000-0000-0000-0000-000000000000',
]);

/** Whether a value is a reference to a secret (`$TOKEN`, `process.env.X`), not one. */
export const isReference = (value: string): boolean => references.test(value);

/** Whether a value is masked, an example, or something to fill in. */
export const isPlaceholder = (value: string): boolean =>
	value === '' || masks.test(value) || fillIns.test(value) || documented.has(value) || isRepetitive(value);

/** For tokens that say themselves what they are: fewer words may occur in them by chance, so fewer are looked for. */
export const isTokenPlaceholder = (value: string): boolean =>
	documented.has(value) ||
	isRepetitive(value) ||
	/\*{3,}|x{6,}|X{6,}|\.{3}|your[-_]|[-_]your|(?:^|[-_])here$|example|placeholder|changeme|REDACTED|redacted|0123456789abcdef|1234567890|abcdefghij|deadbeefdeadbeef/i.test(
		value,
	);

/** `abcabcabc`, `0000…`, `xxxx`: few different characters for its length. */
const isRepetitive = (value: string): boolean => {
	let seen = '';
	for (let index = 0; index < value.length; index++) {
		const character = value[index] as string;
		if (!seen.includes(character)) {
			seen += character;
			if (seen.length > 3) {
				return false;
			}
		}
	}

	return value.length >= 8;
};
