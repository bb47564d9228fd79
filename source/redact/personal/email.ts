import {type Detector, specificity} from '../engine/detector.js';

const localCode = (code: number): boolean =>
	(code >= 48 && code <= 57) ||
	(code >= 65 && code <= 90) ||
	(code >= 97 && code <= 122) ||
	code === 46 ||
	code === 95 ||
	code === 45 ||
	code === 43 ||
	code === 37 ||
	code > 191;

const domain =
	/(?:[\p{L}\d](?:[\p{L}\d-]{0,62}[\p{L}\d])?\.){1,6}(?:\p{L}{2,18}|xn--[a-z\d-]{2,40})(?![\p{L}\d-]|\.[\p{L}\d])/uy;

/** Nobody in particular, a machine, or an example. */
const nobody =
	/^(?:git|hg|svn|no-?reply|do-?not-?reply|not?ifications?|mailer-daemon|postmaster|root|bot|.*\[bot\]|.*-bot|actions|github-actions|dependabot|renovate|example|test|user|username|you|your[._-]?(?:name|email)|me|name|email|foo|bar|someone|somebody|nobody|john\.?doe|jane\.?doe|admin|x|a|b|u|noreply.*|.*noreply)$/i;

const examples =
	/(?:^|\.)(?:example|test|invalid|localhost|local|internal|example\.(?:com|org|net|edu)|domain\.com|yourdomain\.com|yourcompany\.com|company\.com|email\.com|mail\.com|acme\.(?:com|org|io)|foo\.com|bar\.com|users\.noreply\.github\.com|noreply\.[\w.]+|[\w-]+\.noreply\.[\w.]+|gserviceaccount\.com|sentry\.io|ingest\.[\w.]+)$/i;

/** Top-level names that are mostly endings of files: `icon@2x.png`, `package@1.0.tgz`. */
const files =
	/\.(?:png|jpe?g|gif|svg|webp|ico|js|mjs|cjs|ts|tsx|jsx|json|css|scss|html?|py|rb|go|rs|java|md|txt|yml|yaml|toml|lock|sh|tgz|gz|zip|tar|git|so|dylib|dll|exe|service|socket|target|timer|mount|conf|cfg|log|map|vue|php|sql|xml|plist)$/i;

export const email: Detector = {
	rules: [{id: 'email', description: 'E-mail address (not of machines, nor examples)'}],
	class: 'pii.email',
	keywords: ['@'],
	detect(scan, at) {
		const {text} = scan;
		let start = at;
		while (start > 0 && at - start < 65 && localCode(text.charCodeAt(start - 1))) {
			start--;
		}

		if (text[start - 1] === '\\' && /[nrtbf]/.test(text[start] ?? '')) {
			start++;
		}

		while (start < at && /[.%+-]/.test(text[start] as string)) {
			start++;
		}

		if (/^(?:u00[0-9a-f]{2}|3[Aa])/.test(text.slice(start, start + 5)) && /[\\%]/.test(text[start - 1] ?? '')) {
			start += text[start] === 'u' ? 5 : 2;
		}

		const local = text.slice(start, at);
		if (
			local === '' ||
			local.endsWith('.') ||
			(text[start - 1] === '/' && text[start - 2] !== '/' && !/mailto/.test(text.slice(Math.max(0, start - 10), start)))
		) {
			return;
		}

		domain.lastIndex = at + 1;
		const found = domain.exec(text);
		if (found === null || nobody.test(local) || examples.test(found[0]) || files.test(found[0])) {
			return;
		}

		const isRemote =
			text[domain.lastIndex] === ':' &&
			/^:[\w~./-]/.test(text.slice(domain.lastIndex, domain.lastIndex + 2)) &&
			!/^:\d/.test(text.slice(domain.lastIndex, domain.lastIndex + 2)) &&
			text[start - 1] !== '<';
		const isPassword =
			text[start - 1] === ':' && /:\/\/[^\s@]{1,80}:$/.test(text.slice(Math.max(0, start - 90), start));
		if (!isRemote && !isPassword && !/:\/\/[^\s@/]*$/.test(text.slice(Math.max(0, start - 60), start))) {
			scan.report(start, domain.lastIndex, 'email', 'high', {class: 'pii.email', specificity: specificity.personal});
		}
	},
};
