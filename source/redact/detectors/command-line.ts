import {isArgument, isLikely} from '../values/arguments.js';
import {looksRandom} from '../values/shape.js';
import {type NearPattern, nearPatterns} from './near-pattern.js';

/** An argument: quoted, or up to a space; the value itself is the group. */
const argument = `(?:\\\\*"(?<value>[^"\\n\\\\]{1,200})\\\\*"|'(?<second>[^'\\n]{1,200})'|(?<third>[^\\s"'\`;|&<>\\\\]{1,200}))`;

/** Some words of the same command before what is looked for. */
const words = '(?:[^\\n;|&]{0,240}?\\s)?';

const near = (keywords: string | string[], source: string, more: Partial<NearPattern> = {}): NearPattern => ({
	keywords: [keywords].flat(),
	pattern: new RegExp(source),
	ruleId: 'command-line-password',
	...more,
});

const pairPassword = (source: string): string =>
	source.replace(
		'ARG',
		`(?:"[^\\s":]{1,80}:(?<value>[^"\\n]{1,120})"|'[^\\s':]{1,80}:(?<second>[^'\\n]{1,120})'|[^\\s"':;|&]{1,80}:(?<third>[^\\s"';|&\\\\]{1,120}))`,
	);

/** Passwords and tokens as options of the commands that people use. */
export const commandLine = nearPatterns(
	[{id: 'command-line-password', description: 'Password or token on a command line'}],
	[
		near(
			['curl ', 'curl.exe ', 'http ', 'https ', 'wget ', 'xh ', 'curlie '],
			pairPassword(`\\w+(?:\\.exe)?\\s${words}(?:-u|--user|-a|--auth|--proxy-user|-U)[ =]?ARG`),
			{accepts: isArgument},
		),
		near([' -u ', ' --user ', ' --proxy-user ', ' --user=', ' -U '], pairPassword(' -{1,2}[\\w-]+[ =]ARG'), {
			accepts: isLikely,
		}),
		near(
			['mysql', 'mariadb', 'mysqldump', 'mysqladmin', 'mycli'],
			`\\w+\\s${words}-p(?!\\s|assword|ort|rotocol)${argument}`,
			{accepts: isArgument},
		),
		near(['sshpass'], `sshpass\\s+-p\\s*${argument}`, {accepts: isArgument}),
		near(
			[
				'docker login',
				'podman login',
				'helm registry login',
				'az login',
				'az acr login',
				'oc login',
				'buildah login',
				'skopeo login',
				'nerdctl login',
				'crane auth login',
				'heroku ',
				'npm login',
				'cf login',
				'ibmcloud login',
				'snowsql',
				'clickhouse-client',
				'cqlsh',
				'influx',
				'mongo',
				'mongosh',
				'mongodump',
				'mongorestore',
				'impala-shell',
				'rabbitmqadmin',
				'kinit',
				'mosquitto_',
				'vsql',
				'psql',
				'cockroach',
				'nuget',
				'ansible',
				'svn ',
				'lftp',
				'smbclient',
				'rclone',
				'restic',
				'borg',
				'hdbsql',
				'tsql',
				'bcp ',
				'wmic',
				'psexec',
				'winexe',
				'crackmapexec',
				'netexec',
				'evil-winrm',
				'xfreerdp',
				'rdesktop',
				'telegraf',
				'zabbix',
				'jq ',
				'ipmitool',
				'expect',
				'pgcli',
				'usql',
				'dbt ',
				'flyway',
				'liquibase',
			],
			`[\\w.-]+\\s${words}(?:-p|-P|-pw|--?pass(?:word)?|-w|/p:)[ =:]?${argument}`,
			{accepts: isLikely},
		),
		near(['sqlcmd', 'osql', 'isql', 'bcp '], `\\w+\\s${words}-P\\s*${argument}`, {accepts: isArgument}),
		near(['redis-cli', 'keydb-cli', 'valkey-cli'], `[\\w-]+\\s${words}(?:-a|--pass)[ =]${argument}`, {
			accepts: isArgument,
		}),
		near(
			['smbclient', 'smbmap', 'rpcclient', 'net use', 'mount.cifs', 'wmiexec', 'impacket-'],
			`[\\w. -]+?\\s${words}(?:-U|--user|-u)[ =]?['"]?[\\w.\\\\/-]{1,40}%(?<value>[^\\s'"]{3,80})`,
			{accepts: isArgument},
		),
		near(['net use', 'net user'], `net user? [^\\n]{0,120}?\\s(?:/user:\\S+\\s+)(?<value>[^\\s"'/]{4,80})`, {
			accepts: isLikely,
		}),
		near('net user', `net user \\S{1,40} (?<value>[^\\s"'/*]{6,80})`, {accepts: isLikely}),
		near(
			['ldapsearch', 'ldapadd', 'ldapmodify', 'ldapwhoami', 'ldappasswd', 'ldapdelete'],
			`\\w+\\s${words}-w\\s*${argument}`,
			{accepts: isArgument},
		),
		near(['openssl', 'passin ', 'passout ', 'pass:'], `[\\w -]*?pass:(?<value>[^\\s"'\`]{4,120})`, {
			accepts: isArgument,
		}),
		near(['openssl enc', 'openssl aes', 'openssl des'], `openssl\\s${words}-k\\s+${argument}`, {accepts: isArgument}),
		near(
			['zip ', '7z ', '7za ', 'unzip ', 'rar ', 'unrar ', '7zz '],
			`\\w+\\s${words}(?:-P\\s+|-p(?!\\s)|-hp)${argument}`,
			{accepts: isLikely},
		),
		near(
			['keytool', 'jarsigner', 'apksigner'],
			`\\w+\\s${words}-(?:storepass|keypass|srcstorepass|deststorepass|-ks-pass|-key-pass)\\s+(?:pass:)?${argument}`,
			{accepts: isArgument},
		),
		near(
			['-storepass', '-keypass', '-srcstorepass', '-deststorepass', '--ks-pass'],
			`-{1,2}[\\w-]+\\s+(?:pass:)?${argument}`,
			{accepts: isArgument},
		),
		near(['htpasswd'], `htpasswd\\s${words}-[a-zA-Z]*b[a-zA-Z]*\\s+(?:\\S+\\s+)?\\S+\\s+${argument}`, {
			accepts: isArgument,
		}),
		near(['ssh-keygen'], `ssh-keygen\\s${words}-[NP]\\s+${argument}`, {accepts: isArgument}),
		near(['chpasswd'], 'chpasswd\\s*<<<\\s*["\']?[\\w.-]+:(?<value>[^\\s"\']{4,80})', {accepts: isArgument}),
		near(
			['echo ', 'printf ', 'echo -n '],
			'echo(?: -\\w)? +["\']?(?:[\\w.-]{1,40}:)?(?<value>[^\\s"\'|:\\\\]{4,120})(?:\\\\n)?["\']?\\s*\\|\\s*(?:sudo (?:-\\S+ )*-S|(?:sudo )?chpasswd|(?:sudo )?passwd|docker login|podman login|helm registry|gh auth|cryptsetup|gpg |openssl|kinit|vault |crane |az |aws |kubeseal|su -|su root|base64|sha\\d+sum)',
			{accepts: isLikely},
		),
		near(
			['printf '],
			`printf +["']?(?:%s(?:\\\\n)?["']? +["']?)?(?:[\\w.-]{1,40}:)?(?<value>[^\\s"'|:\\\\%]{4,120})(?:\\\\n)?["']?\\s*\\|\\s*(?:sudo |docker login|podman login|gh auth|cryptsetup|gpg |openssl|kinit|vault |base64)`,
			{accepts: isLikely},
		),
		near(
			['vault login', 'vault operator unseal', 'vault unwrap'],
			`vault [\\w -]+? (?:token=)?(?<value>[\\w.+/=-]{20,120})`,
			{accepts: value => looksRandom(value, 20)},
		),
		near(
			['--with-token', '--password-stdin', 'passwd --stdin', 'cryptsetup'],
			'[\\w -]*?<<<\\s*["\']?(?<value>[^\\s"\'\\n]{6,120})',
			{accepts: isLikely},
		),
		near(['sudo -S <<<', 'su -c', '-S <<<'], '[\\w -]+?<<<\\s*["\']?(?<value>[^\\s"\'\\n]{4,120})', {
			accepts: isArgument,
		}),
		near(
			['sqlplus', 'rman ', 'expdp', 'impdp', 'sqlldr', 'exp ', 'imp ', 'connect '],
			`\\w+\\s+(?:-[a-zA-Z]+ )*(?:target )?['"]?[\\w$]{2,40}/(?:"(?<value>[^"\\n]{4,80})"|(?<second>[^\\s"'@/]{4,80}))@`,
			{accepts: isArgument},
		),
		near(['jdbc:oracle:thin:'], 'jdbc:oracle:thin:[\\w$]{1,40}/(?<value>[^\\s"\'@/]{3,80})@', {accepts: isArgument}),
		near(
			['send "', "send '", 'send -- "', 'sendline("', "sendline('"],
			`send(?:line)?(?: -- |\\(| )["'](?<value>[^\\s"'\\\\$]{6,80})(?:\\\\[rn])`,
			{accepts: isLikely},
		),
		near(['gpg ', 'gpg2 '], `gpg2?\\s${words}--passphrase[ =]${argument}`, {accepts: isArgument}),
		near(
			['wpa_passphrase', 'nmcli', 'netsh wlan', 'wpa_cli'],
			`[\\w ]+?\\s${words}(?:password|psk|wifi-sec\\.psk|key=)\\s*${argument}`,
			{accepts: isArgument},
		),
		near(['wpa_passphrase '], `wpa_passphrase\\s+(?:"[^"\\n]+"|'[^'\\n]+'|\\S+)\\s+${argument}`, {accepts: isArgument}),
		near(
			[
				'gh secret set',
				'wrangler secret',
				'fly secrets set',
				'flyctl secrets set',
				'heroku config:set',
				'vercel env add',
				'doppler secrets set',
				'railway variables',
				'kubectl create secret',
				'supabase secrets set',
				'gh variable set',
				'firebase functions:config:set',
			],
			`[\\w :-]+?\\s[\\w./-]+\\s${words}(?:--body|-b|--value)[ =]${argument}`,
			{accepts: isLikely},
		),
		near(
			['config:set', 'secrets set', 'config set', '--set-string', '--set '],
			`[\\w:-]+(?: set)?\\s+(?:--?[\\w-]+(?:[ =]\\S+)?\\s+){0,4}[\\w./@:-]*(?:key|token|secret|password|pass|pwd|auth)[\\w.]*[ =]${argument}`,
			{accepts: isLikely},
		),
		near(
			[
				'aws configure set',
				'ssm put-parameter',
				'create-secret',
				'put-secret-value',
				'secrets versions add',
				'keyvault secret set',
				'secret create',
				'security add-generic-password',
				'secret-tool',
			],
			`[\\w -]+?\\s${words}(?:--value|--secret-string|--data|-w|aws_secret_access_key|aws_session_token)[ =]${argument}`,
			{accepts: isLikely},
		),
		near(['authtoken ', 'add-authtoken '], `(?:add-)?authtoken ${argument}`, {
			accepts: value => looksRandom(value, 16),
		}),
		near(
			[
				'tailscale up',
				'netbird up',
				'cloudflared',
				'buildkite-agent',
				'gitlab-runner register',
				'config.sh',
				'k3s',
				'kubeadm join',
				'docker swarm join',
				'salt-call',
			],
			`[\\w. -]+?\\s${words}-{1,2}(?:authkey|auth-key|setup-key|token|registration-token|service install)[ =]${argument}`,
			{accepts: value => looksRandom(value, 12) || /^[a-z0-9]{6}\.[a-z0-9]{16}$/.test(value)},
		),
		near(['xmrig', 'steamcmd', '+login '], `[\\w ]*\\+login \\S+ (?<value>[^\\s"'+]{6,80})`, {accepts: isLikely}),
		near(['snmp-server community', 'rocommunity', 'rwcommunity'], `[\\w-]+(?: community)? +${argument}`, {
			accepts: value => isLikely(value),
		}),
		near(
			['sasl_plain_password', 'sasl.jaas.config', 'LoginModule required'],
			`[^\\n]{0,200}?password=\\\\*["'](?<value>[^"'\\\\\\s]{4,120})`,
			{accepts: isArgument},
		),
	],
);
