import {builtInDetectors} from './built-in.js';
import type {FindingClass} from './finding.js';
import {markers} from './user/markers.js';

/** A rule as lists show it. */
export type ListedRule = {id: string; class: FindingClass; description: string};

/** The rules that the program comes with, each id once per class. */
export const builtInRules = (): ListedRule[] => {
	const rules = [...builtInDetectors(), markers].flatMap(({rules, class: kind = 'secret'}) =>
		rules.map(({id, description}) => ({id, class: kind, description})),
	);
	return [...new Map(rules.map(rule => [`${rule.class} ${rule.id}`, rule])).values()];
};
