import {type Detector, type Place, specificity} from '../engine/detector.js';
import {matchesOrRefuse} from '../engine/time-limit.js';
import type {UserRule} from './redactions-file.js';

/** The enabled rules of a person as detectors; the first rule of the file gives a place its name. */
export const userDetectors = (rules: readonly UserRule[]): Detector[] =>
	rules
		.filter(({enabled}) => enabled)
		.map((rule, order) => ({
			rules: [{id: rule.id, description: rule.reason ?? `Rule of line ${rule.line}`}],
			class: 'custom',
			keywords: [],
			detect(scan) {
				if (!holdsIn(rule, scan.place)) {
					return;
				}

				const found =
					rule.type === 'regex'
						? matchesOrRefuse(rule.id, rule.pattern, scan.text)
						: [...scan.text.matchAll(rule.pattern)];
				for (const match of found) {
					if (match[0] !== '' && !rule.allow.some(({pattern}) => pattern.test(match[0]))) {
						scan.report(match.index, match.index + match[0].length, rule.id, 'high', {
							class: 'custom',
							specificity: specificity.custom - order / 1000,
							...(rule.replacement === undefined ? {} : {replacement: rule.replacement}),
						});
					}
				}
			},
		}));

const holdsIn = ({scope, fields}: UserRule, {isPrompt = false, field = ''}: Place): boolean => {
	switch (scope) {
		case 'global':
			return true;
		case 'prompt':
			return isPrompt;
		case 'field':
			return fields.some(name => name === field || (name.endsWith('*') && field.startsWith(name.slice(0, -1))));
	}
};
