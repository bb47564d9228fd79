import {type Detector, specificity} from '../engine/detector.js';
import {isPlaceholder, isReference} from '../values/placeholders.js';

const reach = 6000;

const starts = /(?:^|\n|\\n)([ \t+>-]*)\\*"?(?:data|stringData|binaryData)\\*"?:[ \t]*(?:\{\s*)?(?=\n|\\n|\{|\\*")/g;

const entry = /(?:\r?\n|\\n|[{,])[ \t+>]*\\*"?([\w.-]{1,80})\\*"?: ?(?:\\*["']?)([^\s"'\\{}]{4,6000})/y;

const innocent =
	/^(?:ca\.crt|tls\.crt|namespace|username|user|host|port|database|dbname|type|name|region|endpoint|url)$/i;

/** The values below `data` and `stringData` of a Kubernetes secret: base64 that nothing but its place tells from others. */
export const kubernetes: Detector = {
	rules: [{id: 'kubernetes-secret', description: 'Value of a Kubernetes secret'}],
	keywords: ['kind: Secret', '"kind":"Secret"', '"kind": "Secret"', 'kind: SealedSecretTemplate'],
	detect(scan, start, end) {
		const from = Math.max(scan.progress.get(kubernetes) ?? 0, start - reach / 2);
		const to = Math.min(scan.text.length, end + reach);
		if (from >= end) {
			return;
		}

		const part = scan.text.slice(from, to);
		const next = part.indexOf('\n---', end - from);
		scan.progress.set(kubernetes, next < 0 ? to : from + next);
		for (const match of part.slice(0, next < 0 ? undefined : next).matchAll(starts)) {
			let at = from + match.index + match[0].length;
			for (let count = 0; count < 100; count++) {
				entry.lastIndex = at;
				const found = entry.exec(scan.text);
				if (found === null) {
					break;
				}

				const [whole, name = '', value = ''] = found;
				if (!innocent.test(name) && !isPlaceholder(value) && !isReference(value)) {
					const valueEnd = found.index + whole.length;
					scan.report(valueEnd - value.length, valueEnd, 'kubernetes-secret', 'medium', {
						specificity: specificity.structure,
					});
				}

				at = entry.lastIndex;
				if (/["']/.test(scan.text[at] ?? '')) {
					at++;
				}
			}
		}
	},
};
