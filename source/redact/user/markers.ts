import {type Detector, specificity} from '../engine/detector.js';

/** `[redact …]` and `[redact]…[/redact]` in a text: whoever wrote them wants what is in them gone. */
const pattern = /\[redact\][\s\S]{1,20000}?\[\/redact\]|\[redact[ :][^[\]]{1,4000}\]/iy;

export const markers: Detector = {
	rules: [{id: 'marker', description: 'Text in [redact …] or between [redact] and [/redact]'}],
	class: 'custom',
	keywords: ['[redact'],
	detect(scan, start) {
		pattern.lastIndex = start;
		const found = pattern.exec(scan.text);
		if (found !== null) {
			scan.report(start, pattern.lastIndex, 'marker', 'high', {class: 'custom', specificity: specificity.custom});
		}
	},
};
