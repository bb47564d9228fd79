import {type Detector, specificity} from '../engine/detector.js';

/** Accounts of machines and of nobody. */
const common =
	/^(?:user|users|username|usr|node|runner|runneradmin|app|appuser|ubuntu|debian|fedora|centos|alpine|ec2-user|azureuser|opc|vscode|codespace|root|circleci|jenkins|gitlab-runner|travis|build|builder|buildkite-agent|vagrant|docker|www-data|www|nginx|apache|postgres|mysql|redis|linuxbrew|shared|public|default|default user|all users|guest|test|tester|testuser|dev|developer|devuser|admin|administrator|me|you|your[-_]?(?:user)?name|name|someone|somebody|nonroot|nobody|coder|gitpod|sandbox|agent|codex|deploy|ci|pi|git|jovyan|node_modules|oracle|hadoop|spark|airflow|foo|bar|example|containeruser|containeradministrator|wsl|workspace|work|project|projects|src|code|home|x|xxx|systemprofile|bob|alice|\.\.\.|…)$/i;

const exact = /^(?:\/(?:var\/|export\/)?home\/|[/\\]{1,2}Users[/\\]{1,2}|%2FUsers%2F|%2Fhome%2F|-Users-|-home-)$/;

const account = /[\p{L}\d_][\p{L}\d_.-]{0,63}(?: [\p{L}\d_.-]{1,40}(?=[\\/]))?/uy;

/** The home folder of a person, which says who it is; it becomes `~`. */
export const homeFolder: Detector = {
	rules: [{id: 'home-folder', description: 'Home folder with the name of its owner'}],
	class: 'pii.path',
	keywords: [
		'/home/',
		'/Users/',
		'\\Users\\',
		'\\\\Users\\\\',
		'/var/home/',
		'/export/home/',
		'%2FUsers%2F',
		'%2Fhome%2F',
		'-Users-',
		'-home-',
	],
	detect(scan, start, end) {
		const {text} = scan;
		const isDashed = text[start] === '-';
		if (!exact.test(text.slice(start, end))) {
			return;
		}

		if (
			!isDashed &&
			/[\w.~}$]/.test(text[start - 1] ?? '') &&
			!/\/mnt\/[a-z]$|\/host$|\/c$|[A-Za-z]:$|\\n$|\/export$|\/var$|\/Volumes\/[\w .-]{1,40}$|%3A$/.test(
				text.slice(Math.max(0, start - 50), start),
			)
		) {
			return;
		}

		if (isDashed && text[start - 1] !== '/' && text[start - 1] !== ' ' && text[start - 1] !== '"') {
			return;
		}

		account.lastIndex = end;
		const found = account.exec(text);
		const name = isDashed
			? (/^[a-z\d_]+/i.exec(found?.[0] ?? '')?.[0] ?? '')
			: (found?.[0] ?? '').replace(/[.-]+$/, '');
		if (
			name.length < 2 ||
			common.test(name) ||
			/^[<$%{*]/.test(name) ||
			text[end + name.length] === '(' ||
			/\.(?:html?|tsx?|jsx?|php|css|vue|svelte|json|md|py)$/.test(name)
		) {
			return;
		}

		const drive =
			/(?:(?:(?<![A-Za-z])[A-Za-z]:|\/mnt\/[a-z]|\/(?:var|export|c))?)$/.exec(
				text.slice(Math.max(0, start - 8), start),
			)?.[0] ?? '';
		if (isDashed) {
			scan.report(end, end + name.length, 'home-folder', 'medium', {
				class: 'pii.path',
				specificity: specificity.personal,
				value: name,
			});
			return;
		}

		scan.report(start - drive.length, end + name.length, 'home-folder', 'high', {
			class: 'pii.path',
			specificity: specificity.personal,
			value: name,
			replacement: '~',
		});
	},
};
