import {isArgument, isLikely} from '../values/arguments.js';
import {isUuid, looksRandom} from '../values/shape.js';
import {type NearPattern, nearPatterns} from './near-pattern.js';

const argument = `(?:\\\\*"(?<value>[^"\\n\\\\]{1,200})\\\\*"|'(?<second>[^'\\n]{1,200})'|(?<third>[^\\s"'\`;|&<>\\\\]{1,400}))`;

const words = '(?:[^\\n;|&]{0,200}?\\s)?';

const isToken = (value: string): boolean => isUuid(value) || looksRandom(value, 16);

const near = (keywords: string[], source: string, accepts: NearPattern['accepts'] = isLikely): NearPattern => ({
	keywords,
	pattern: new RegExp(source),
	ruleId: 'command-line-secret',
	accepts,
});

/** Secrets that commands take by their place or behind an option of one letter, and what is piped or copied into them. */
export const commandArguments = nearPatterns(
	[{id: 'command-line-secret', description: 'Key or password as an argument of a command'}],
	[
		near(
			['rabbitmqctl add_user', 'rabbitmqctl change_password', 'set_user_tags', 'add_user ', 'smbpasswd', 'saslpasswd2'],
			`[\\w ]+?\\s\\S+\\s+${argument}`,
		),
		near(
			['useradd', 'usermod', 'adduser', 'mkpasswd', 'openssl passwd'],
			`[\\w ]+?\\s${words}(?:-p|--password|-1|-6)[ =]${argument}`,
		),
		near(
			['mc alias set', 'mc config host add', 'mcli alias set'],
			`[\\w ]+?\\s\\S+\\s+https?://\\S+\\s+\\S+\\s+${argument}`,
		),
		near(
			['config http-basic.', 'config --global http-basic.', 'config -g http-basic.'],
			`[\\w -]+\\.\\S+\\s+\\S+\\s+${argument}`,
		),
		near(
			[
				'config github-oauth',
				'config gitlab-token',
				'config pypi-token',
				'config bearer.',
				'cargo login',
				'wandb login',
				'snyk auth',
				'npx snyk auth',
				'hf auth login',
				'comet login',
				'supabase login',
				'railway login',
				'fly auth',
				'expo login',
				'deno login',
				'gem signin',
				'hcp auth login',
				'shopify auth',
				'ghcr.io -u',
				'flyctl auth',
				'replicate auth login',
				'pulumi login',
				'infracost auth',
				'codecov -t',
				'bw unlock',
				'op signin',
				'datadog-ci',
				'gitleaks',
				'acme.sh',
				'certbot',
				'vercel login',
				'modal token set',
				'databricks configure',
				'kaggle config set',
				'civo apikey add',
				'doctl auth init',
				'doctl auth',
				'linode-cli configure',
				'hcloud context create',
				'scw init',
				'exo config',
				'aws configure import',
				'ibmcloud login',
				'oci setup',
				'vultr-cli',
				'upctl',
				'coder login',
				'logcli',
				'grafana-cli',
				'circleci setup',
				'travis login',
				'drone',
				'nuget push',
				'nuget setapikey',
				'dotnet nuget push',
				'choco push',
				'choco apikey',
				'twine upload',
				'flit publish',
				'uv publish',
				'poetry publish',
				'hatch publish',
				'maturin publish',
				'pnpm publish',
				'gh api',
				'glab auth login',
			],
			`[\\w. :-]+?\\s${words}(?:(?:-t|-k|-p|-a|-u __token__ -p|--\\w*token|--\\w*key|--password|--auth)[ =])?${argument}`,
			isToken,
		),
		near(
			['openssl enc', 'openssl dgst', 'openssl s_client', 'openssl aes', 'openssl mac', 'openssl kdf'],
			`openssl\\s${words}(?:-K|-hmac|-psk|-macopt (?:hex)?key:)[ ]?${argument}`,
		),
		near(['ConvertTo-SecureString'], `ConvertTo-SecureString\\s+(?:-String\\s+)?${argument}`, isArgument),
		near(['encrypt_string', 'encrypt-string'], `[\\w-]+\\s+${words}${argument}(?=\\s+--name|\\s*$|\\s+-n)`),
		near(
			[
				'--password-command',
				'_password_cmd',
				'-password-cmd',
				'PASSWORD_COMMAND=',
				'pass_cmd',
				'GIT_ASKPASS',
				'SSH_ASKPASS',
			],
			`[\\w-]+[ =]["']?(?:echo|printf)(?: -n)? ["']?(?<value>[^\\s"'\\\\]{4,120})`,
		),
		near(
			['echo ', 'printf '],
			`\\w+(?: -n)? +["']?(?<value>[^\\s"'|\\\\$]{8,400})(?:\\\\n)?["']?\\s*\\|\\s*(?:wrangler|gh secret|gh auth|glab|fly|flyctl|vercel|heroku|npx|kubectl|doppler|supabase|firebase|gcloud|op |pass |secret-tool|pbcopy|xclip|docker secret|podman secret|systemd-creds|age|sops|kubeseal|tee |az |aws |hf |huggingface-cli)`,
		),
		near(
			['net user ', 'dsadd user', 'New-LocalUser', 'Set-ADAccountPassword'],
			`[\\w -]+?\\s${words}(?:-pwd|-Password|-NewPassword)\\s+${argument}`,
			isArgument,
		),
		near(
			['set value', 'set val'],
			`set val(?:ue)?\\s*=\\s*\\\\*'(?<value>[^'\\n\\\\]{8,400})\\\\*'[^\\n;]{0,80}?\\\\*'[\\w.-]*(?:key|token|secret|password|pass)[\\w.-]*\\\\*'`,
		),
	],
);
