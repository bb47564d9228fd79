import {builtInDetectors, defaultClasses} from './built-in.js';
import {type DecisionBook, manualRule} from './decisions.js';
import {patternDetector} from './engine/pattern-rule.js';
import type {FindingClass} from './finding.js';
import {createRedactor, type Redactor} from './redactor.js';
import {rulesFingerprint} from './rules-fingerprint.js';
import {switchedClasses} from './switched-classes.js';
import type {GitleaksFile} from './user/gitleaks.js';
import {markers} from './user/markers.js';
import type {RedactionsFile} from './user/redactions-file.js';
import {userDetectors} from './user/user-detector.js';

export type Assembly = {
	/** Classes to look for; all but host names by default. Rules of a person always hold. */
	classes?: readonly FindingClass[];
	disabled?: readonly string[];
	redactions?: RedactionsFile;
	gitleaks?: GitleaksFile;
	/** What people decided about single values, which overrules all rules and lists. */
	decisions?: DecisionBook | undefined;
	/** Without what the program looks for by itself, a file of rules can be tried. */
	hasBuiltIn?: boolean;
};

/** The redactor of the built-in rules, `[redact …]` markers, and a person's own rules, which name what several find. */
export const assembleRedactor = (assembly: Assembly = {}): Redactor => {
	const {disabled = [], redactions, gitleaks, decisions, hasBuiltIn = true} = assembly;
	const classes = switchedClasses(assembly.classes ?? defaultClasses, redactions);
	const allowed = redactions?.allow ?? [];
	const own = redactions?.rules ?? [];
	const foreign = gitleaks?.rules ?? [];
	const switchedOff = [...disabled, ...(redactions?.off ?? []), ...(gitleaks?.disabledRules ?? [])];
	return createRedactor(
		[
			...(decisions === undefined ? [] : [decisions.detector]),
			...userDetectors(own),
			...foreign.map(rule => patternDetector(rule)),
			...(hasBuiltIn ? [...builtInDetectors(), markers] : []),
		],
		{
			classes,
			fingerprint: rulesFingerprint({classes, switchedOff, own, allowed, foreign, hasBuiltIn}),
			disabled: switchedOff.filter(id => id !== manualRule),
			isAllowed: found => allowed.some(({pattern}) => pattern.test(found.value)) || (decisions?.allows(found) ?? false),
		},
	);
};
