import {type Detector, type Scan, specificity} from '../engine/detector.js';
import type {Confidence} from '../finding.js';
import {judge, type Place} from '../values/judge.js';
import type {NameKind} from './names.js';

/** A place that a pattern beside a keyword describes, such as the password behind `-p` of a command. */
export type NearPattern = {
	keywords: string[];
	/** Sticky from the keyword's beginning; the group `value` (and `second`) is what may be secret. */
	pattern: RegExp;
	ruleId: string;
	kind?: NameKind;
	place?: Place;
	confidence?: Confidence;
	/** In the place of `judge`. */
	accepts?: (value: string) => boolean;
};

/** One detector of many patterns of a family. */
export const nearPatterns = (rules: Detector['rules'], patterns: readonly NearPattern[]): Detector => {
	const byKeyword = new Map<string, {near: NearPattern; regex: RegExp}[]>();
	for (const near of patterns) {
		const regex = new RegExp(near.pattern.source, `${near.pattern.flags.replace(/[gyd]/g, '')}dy`);
		for (const keyword of near.keywords) {
			byKeyword.set(keyword.toLowerCase(), [...(byKeyword.get(keyword.toLowerCase()) ?? []), {near, regex}]);
		}
	}

	return {
		rules,
		keywords: [...byKeyword.keys()],
		detect(scan, start, end) {
			for (const {near, regex} of byKeyword.get(scan.text.slice(start, end).toLowerCase()) ?? []) {
				if ((scan.progress.get(near) ?? 0) > start) {
					continue;
				}

				regex.lastIndex = start;
				const found = regex.exec(scan.text);
				if (found !== null) {
					reportGroups(scan, near, found);
				}
			}
		},
	};
};

const reportGroups = (scan: Scan, near: NearPattern, found: RegExpExecArray): void => {
	for (const group of ['value', 'second', 'third']) {
		const value = found.groups?.[group];
		const range = found.indices?.groups?.[group];
		if (value === undefined || range === undefined) {
			continue;
		}

		const confidence =
			near.accepts === undefined
				? judge(value, near.kind ?? 'password', near.place ?? 'setting')
				: near.accepts(value)
					? 'medium'
					: undefined;
		if (confidence !== undefined) {
			// What lies inside a value is not looked at again.
			scan.progress.set(near, range[1]);
			scan.report(range[0], range[1], near.ruleId, near.confidence ?? confidence, {specificity: specificity.structure});
		}
	}
};
