import type {Confidence, FindingClass} from '../finding.js';

export type ReportMore = {
	class?: FindingClass;
	specificity?: number;
	/** What stands for the value in numbering, where that is not the text of the range. */
	value?: string;
	replacement?: string;
	/** A person decided it: no allow list and no switch overrules it. */
	isDecided?: boolean;
};

/** Where a text stands: in which thread, in a prompt, in which field of a record (`payload.output`, `cwd`, …). */
export type Place = {thread?: string; isPrompt?: boolean; field?: string};

/** One text being looked through, and where what is found in it goes. */
export type Scan = {
	readonly text: string;
	/** The text as it was given, of which `text` may be a view. */
	readonly whole: string;
	/** False once something in it was replaced. */
	readonly isFirstLook: boolean;
	report(start: number, end: number, ruleId: string, confidence: Confidence, more?: ReportMore): void;
	/** The range of the whole that a range of `text` stands for. */
	toSource(start: number, end: number): {start: number; end: number};
	/** Where the text comes from, for rules that hold only in some places. */
	readonly place: Place;
	/** How far a detector has come, for those that must not look at one place twice. */
	readonly progress: Map<unknown, number>;
};

/** Code that looks round a keyword for what no single pattern describes. */
export type Detector = {
	/** The rules that it may name, for lists and for switching off. */
	rules: {id: string; description: string}[];
	class?: FindingClass;
	keywords: string[];
	/** The keyword stands at `start` to `end`. */
	detect(scan: Scan, start: number, end: number): void;
};

/** How specific the names of rules are, when several find one place. */
export const specificity = {
	token: 90,
	structure: 60,
	name: 40,
	guess: 20,
	personal: 10,
	custom: 100,
	manual: 1000,
} as const;
