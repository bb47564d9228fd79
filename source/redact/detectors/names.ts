/** What a name says about the value beside it. */
export type NameKind =
	/** Chosen by a person: short, with symbols. */
	| 'password'
	/** Made by a machine, or chosen as one. */
	| 'secret'
	/** `key`, `auth`, `pin` and others that are mostly innocent: only random values count. */
	| 'weak';

export type Name = {kind: NameKind; ruleId: string; isUpper: boolean; isCompound: boolean};

const passwords = new Set(
	'password passwd passwort passwords pass passwrd pwd pw passphrase passcode userpass psw pswd passw kennwort senha contrasena contraseña clave motdepasse mdp parola wachtwoord haslo heslo psk'.split(
		' ',
	),
);
const secrets = new Set(
	'secret secrets token apikey apitoken accesskey secretkey authtoken accesstoken refreshtoken credential credentials creds authkey privatekey masterkey bearer clientsecret jwt pat passkey signingkey encryptionkey keypair webhooksecret appsecret appkey hmac sas accountkey sharedaccesskey authcode otp totp mnemonic dsn seckey licensekey licencekey sessiontoken sessionkey idtoken oauthtoken servicekey deploykey adminkey consumersecret appsecret tokensecret sharedsecret'.split(
		' ',
	),
);
const weak = new Set(
	'key keys auth authorization pin sid session sessionid cookie salt seed sig signature nonce csrf xsrf verifier code license licence otpcode storagekey wep wpa ak sk hash cred'.split(
		' ',
	),
);

/** Before `key`: what makes it a secret one. */
const keyOwners = new Set(
	'api secret access private encryption encrypt decrypt decryption signing sign master service account license licence storage app application auth authentication session webhook jwt jws jwe aes hmac rsa deploy integration write read admin subscription project client server ssh bot rest rest_api shared primary_access host function management personal developer dev live test prod production sandbox merchant consumer customer publishable instrumentation ingestion ingest ingress relay tunnel vault kms wrapping seal unseal recovery backup passphrase security crypto cipher salt machine node agent device registration join bootstrap enrollment cluster gossip openai anthropic gemini google aws azure gcp cohere mistral groq stripe paypal sendgrid mailgun twilio datadog dd newrelic algolia mapbox maps github gitlab heroku cloudflare cf fastly okta auth0 firebase supabase sentry segment amplitude mixpanel posthog pinecone weaviate qdrant elastic elasticsearch kibana opensearch meili typesense airtable notion linear jira atlassian asana trello hubspot zendesk intercom shopify square braintree plaid coinbase binance kraken alpaca polygon infura alchemy etherscan wandb replicate huggingface hf deepl deepgram elevenlabs assemblyai serp serpapi tavily exa brave bing openweather weather owm tmdb omdb steam riot nasa rapidapi spoonacular giphy youtube unsplash pexels newsapi finnhub alphavantage fmp iex quandl rails django flask laravel symfony nextauth secret_base'.split(
		' ',
	),
);

/** Before `key`: what makes it an ordinary one. */
const plainKeys = new Set(
	'recv receive send export delete edit keyserver gpg trust primary foreign public pub cache sort partition range object bucket row index idx dedupe dedup idempotency lookup map dict hash translation i18n locale query route state widget column group unique composite registry config config_file property prop attribute react list item tab menu step node_id field header param metadata meta tag label arrow enter escape shift ctrl alt meta_key hot shortcut short bind binding press down up on any no by per with of for lock rate_limit sorting grouping order storage_path s3 blob file path dir image sample entity record parent child root event topic message routing shard first last next previous prev current new old same other each missing unknown invalid duplicate natural surrogate candidate super logical physical virtual is has get set host ssh_known known trusted gpg_pub verification verify verifying certificate cert pem_public ws websocket template type kind name'.split(
		' ',
	),
);

/** After the word: the value describes the secret, and is not it. */
const describes = new Set(
	'encode decode strip trim lower upper split join replace append push slice substring startswith endswith includes match matches equals compare concat digest hexdigest tostring scheme incorrect failed denied count counts id ids type types name names file files filename path paths dir len length url uri urls endpoint expires expiry expiration expired expire ttl at field fields label labels header headers prefix suffix regex pattern patterns policy policies validator validation algorithm alg algo size limit limits usage used index ref refs arn manager service services provider factory var vars variable input placeholder hint hints message messages msg error errors required enabled disabled visible reset changed change strength min max minlength maxlength rules rule rotation age budget window price prices cost costs rate per metrics stats total totals map mode format source sources location store storage hashing encoder encoding verify verified valid invalid version status state states issuer audience scope scopes method methods function handler callback component screen page form modal dialog button icon text title description desc column columns table row kind class interface dto schema model entity repository controller middleware interceptor guard filter helper helpers util utils test tests spec mock fixture generator generate parser lexer stream iterator buffer list array set object info data_type color colour colors lifetime duration interval timeout seconds minutes hours days date time timestamp created updated issued last next previous prev is has get fetch load check missing found needed present param params parameter property attr attribute env environ fingerprint fingerprints thumbprint checksum digest names_ count_ bytes bits exchange management detection scanning scanner leak leaks redact redacted redaction mask masked prompt confirm confirmation forgot recovery_page link links request response event events group groups owner project template namespace bucket region host hostname port user username email domain tokenizer counter counters position start end offset range ids_ literal kinds'.split(
		' ',
	),
);

/** In front of the word: it is no secret. */
const tells = new Set(
	'max min num total input output completion prompt cached cache reasoning count n next page continuation cursor sync pagination start end begin stop bos eos pad unk mask special cls sep image audio text word sub first last current lexer parser syntax semantic css design theme color public pub csrf_name no missing invalid expired is has show hide toggle forgot reset change validate verify confirm_label of the no_of context per tokens remaining used available budget average avg sum bytes skip peek expect consume id_of spec non unrecognized unexpected'.split(
		' ',
	),
);

const ruleIds: [RegExp, string][] = [
	[/secret|client_?secret/i, 'generic-secret'],
	[/key/i, 'generic-api-key'],
	[/token|jwt|bearer|\bpat\b/i, 'generic-token'],
];

const known = new Map<string, Name | undefined>();

/** Splits `myApi_key`, `X-Api-Key` and `spring.datasource.password` into lower-case words. */
export const wordsOf = (identifier: string): string[] =>
	identifier
		.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
		.replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-zñ\d]+/)
		.filter(word => word !== '');

/** What an identifier says about its value; `undefined` when it names no secret. Remembered, as names repeat. */
export const nameOf = (identifier: string): Name | undefined => {
	const seen = known.get(identifier);
	if (seen !== undefined || known.has(identifier)) {
		return seen;
	}

	if (known.size > 20_000) {
		known.clear();
	}

	const name = analysed(identifier);
	known.set(identifier, name);
	return name;
};

const analysed = (identifier: string): Name | undefined => {
	const words = wordsOf(identifier);
	const isUpper = !/[a-z]/.test(identifier);
	let best: {kind: NameKind; at: number} | undefined;
	for (const [at, word] of words.entries()) {
		const kind = kindOf(word, words, at);
		if (kind !== undefined) {
			best = {kind, at};
		}
	}

	if (best === undefined) {
		return undefined;
	}

	const after = words.slice(best.at + 1).filter(word => !/^\d+$/.test(word));
	const isVaultSecretId = after.length === 1 && after[0] === 'id' && words[best.at] === 'secret';
	if (after.some(word => describes.has(word)) && !isVaultSecretId) {
		return undefined;
	}

	const previous = words[best.at - 1];
	if (previous !== undefined && tells.has(previous) && !(best.kind === 'password' && previous !== 'no')) {
		return undefined;
	}

	if (words.includes('public') || words.includes('placeholder') || words.includes('publishable')) {
		return undefined;
	}

	const ruleId =
		best.kind === 'password'
			? 'password'
			: (ruleIds.find(([pattern]) => pattern.test(identifier))?.[1] ?? 'generic-secret');
	return {kind: best.kind, ruleId, isUpper, isCompound: words.length > 1};
};

const kindOf = (word: string, words: string[], at: number): NameKind | undefined => {
	const stem = word.replace(/\d{1,2}$/, '');
	if (passwords.has(stem) || /(?:password|passwd|passphrase|passwort)$/.test(stem)) {
		return stem === 'pass' && words.length === 1 ? 'password' : 'password';
	}

	if (stem === 'tokens') {
		return undefined;
	}

	if (secrets.has(stem) || /(?:secret|token|apikey|secretkey|privatekey|accesskey)$/.test(stem)) {
		return 'secret';
	}

	if (stem === 'key' || stem === 'keys') {
		const owner = words[at - 1];
		if (owner === undefined) {
			return 'weak';
		}

		return plainKeys.has(owner) ? undefined : keyOwners.has(owner) ? 'secret' : 'weak';
	}

	if (stem === 'base' && words[at - 1] === 'key' && words[at - 2] === 'secret') {
		return 'secret';
	}

	if ((stem === 'auth' || stem === 'authorization') && at === words.length - 1) {
		return 'weak';
	}

	return weak.has(stem) && at === words.length - 1 ? 'weak' : undefined;
};
