import {type Detector, specificity} from '../engine/detector.js';

const name =
	/(?<![\w.@-])(?:[a-z\d](?:[a-z\d-]{0,62})\.){1,5}(?:internal|local|lan|corp|intra|intranet|home|localdomain|private|prod|cluster)(?![\w-]|\.\w)/gi;

const known =
	/^(?:host\.docker\.internal|metadata\.google\.internal|kubernetes\.default\.svc\.cluster\.local|.*\.svc\.cluster\.local|.*\.example\.\w+|gateway\.docker\.internal|localhost\.localdomain|[\w-]+\.(?:config|settings|env|test|spec|module|state|data)\.local)$/i;

const prompt = /(?<=\n|^)\[?[a-z_][\w-]{0,31}@(?<value>[a-z][\w-]{2,40})[: ][~/]/gim;

/** Names of machines that are not of the public internet. Not looked for unless asked. */
export const host: Detector = {
	rules: [{id: 'hostname', description: 'Name of an internal host'}],
	class: 'pii.host',
	keywords: [],
	detect(scan) {
		for (const pattern of [name, prompt]) {
			pattern.lastIndex = 0;
			for (let found = pattern.exec(scan.text); found !== null; found = pattern.exec(scan.text)) {
				const value = found.groups?.['value'] ?? found[0];
				const start = found.index + found[0].indexOf(value, pattern === prompt ? found[0].indexOf('@') : 0);
				if (!known.test(value) && !/^\d+\.|^(?:this|self|window|process|module)\./.test(value)) {
					scan.report(start, start + value.length, 'hostname', 'medium', {
						class: 'pii.host',
						specificity: specificity.personal,
					});
				}
			}
		}
	},
};
