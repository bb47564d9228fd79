import type {FindingClass} from './finding.js';
import {builtInRules} from './rule-list.js';
import type {RedactionsFile} from './user/redactions-file.js';

/**
Classes to look for, with what a person switched on and off in a file. A rule that is switched on brings its class; who wants
secrets only gets no more by that.
*/
export const switchedClasses = (
	classes: readonly FindingClass[],
	{on = [], off = []}: Pick<RedactionsFile, 'on' | 'off'> = {},
): readonly FindingClass[] => {
	const isAll = classes.some(kind => kind.startsWith('pii.'));
	const brought =
		on.length > 0 && isAll
			? builtInRules().flatMap(({id, class: kind}) => (on.includes(id) || on.includes(kind) ? [kind] : []))
			: [];
	return [...new Set([...classes, ...brought])].filter(kind => !off.includes(kind));
};
