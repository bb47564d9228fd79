import type {Rule} from '../rules/rule.js';
import {checks} from '../values/checks.js';
import {isTokenPlaceholder} from '../values/placeholders.js';
import {entropyOf, looksRandom} from '../values/shape.js';
import {type Detector, type Scan, specificity} from './detector.js';
import {matchesOrRefuse} from './time-limit.js';

/** Inside a match of this length no other one of the same rule is looked for, whatever became of it. */
const long = 100;

/** How far round a keyword a rule without `lead` looks. */
const windowBefore = 256;
const windowAfter = 4096;

/** Makes a detector of a rule of the pack. Its pattern is compiled when a keyword is first met. */
export const patternDetector = (rule: Rule): Detector => {
	let pattern: RegExp | undefined;
	const compiled = (): RegExp => {
		pattern ??= new RegExp(rule.regex, `${rule.flags ?? ''}d${rule.lead === 0 ? 'y' : 'g'}`);
		return pattern;
	};

	const isExact = rule.lead === 0 && !rule.flags?.includes('i');
	const keywords = new Set(rule.keywords);
	return {
		rules: [{id: rule.id, description: rule.description}],
		...(rule.class === undefined ? {} : {class: rule.class}),
		keywords: rule.keywords,
		detect(scan, start, end) {
			if (rule.lead === 0) {
				if (
					(scan.progress.get(rule) ?? 0) > start ||
					(isExact && !keywords.has(scan.text.slice(start, end))) ||
					isInsideWord(scan.text, start)
				) {
					return;
				}

				const regex = compiled();
				regex.lastIndex = start;
				const match = regex.exec(scan.text);
				if (match !== null && !isInsideBlob(scan.text, start)) {
					judge(rule, scan, match, 0);
				}

				if (match !== null && match[0].length >= long) {
					scan.progress.set(rule, start + match[0].length);
				}

				return;
			}

			if (rule.lead === undefined) {
				windowed(rule, compiled(), scan, start, end);
				return;
			}

			const from = Math.max(0, start - rule.lead);
			const part = scan.text.slice(from, end + 512);
			const regex = compiled();
			regex.lastIndex = 0;
			for (let match = regex.exec(part); match !== null; match = regex.exec(part)) {
				const at = from + match.index;
				if (at <= start && !isInsideWord(scan.text, at) && !isInsideBlob(scan.text, at)) {
					judge(rule, scan, match, from);
					return;
				}

				if (from + match.index > start) {
					return;
				}

				regex.lastIndex = match.index + 1;
			}
		},
	};
};

/** A keyword near the value: one search per stretch of text, however many keywords stand in it. */
const windowed = (rule: Rule, regex: RegExp, scan: Scan, start: number, end: number): void => {
	const done = scan.progress.get(rule) ?? 0;
	const from = Math.max(done, start - windowBefore, 0);
	const to = Math.min(scan.text.length, end + (rule.isForeign ? windowAfter : windowBefore));
	if (to <= from) {
		return;
	}

	const part = scan.text.slice(from, to);
	let last = from;
	for (const match of rule.isForeign ? matchesOrRefuse(rule.id, regex, part) : part.matchAll(regex)) {
		last = from + match.index + match[0].length;
		if (rule.isForeign || !isInsideWord(scan.text, from + match.index)) {
			judge(rule, scan, match, from);
		}
	}

	scan.progress.set(rule, Math.max(last, rule.isForeign ? end : to - windowBefore));
};

const judge = (rule: Rule, scan: Scan, match: RegExpExecArray, offset: number): void => {
	const group = rule.secretGroup ?? match.findIndex((part, index) => index > 0 && part !== undefined && part !== '');
	const number = Math.max(group, 0);
	const value = match[number];
	const range = match.indices?.[number];
	if (value === undefined || range === undefined || value === '') {
		return;
	}

	const isRefused =
		(rule.check !== undefined && !checks[rule.check](value)) ||
		(rule.entropy !== undefined && entropyOf(value) < rule.entropy) ||
		(!rule.isForeign && isTokenPlaceholder(value)) ||
		(rule.allowlists?.some(list => isAllowed(list, value, match, scan.text, offset)) ?? false);
	if (!isRefused) {
		scan.report(offset + range[0], offset + range[1], rule.id, 'high', {
			specificity: rule.isForeign
				? specificity.custom - 5
				: specificity.token + Math.min(5, (rule.keywords[0]?.length ?? 0) / 4),
			...(rule.class === undefined ? {} : {class: rule.class}),
		});
	}
};

const isAllowed = (
	{condition = 'OR', regexTarget = 'secret', regexes, stopwords}: NonNullable<Rule['allowlists']>[number],
	value: string,
	match: RegExpExecArray,
	text: string,
	offset: number,
): boolean => {
	const target =
		regexTarget === 'secret' ? value : regexTarget === 'match' ? match[0] : lineAround(text, offset + match.index);
	const lower = value.toLowerCase();
	const held = [
		...(regexes === undefined || regexes.length === 0 ? [] : [regexes.some(regex => regex.test(target))]),
		...(stopwords === undefined || stopwords.length === 0
			? []
			: [stopwords.some(word => lower.includes(word.toLowerCase()))]),
	];
	return held.length > 0 && (condition === 'AND' ? held.every(Boolean) : held.some(Boolean));
};

const lineAround = (text: string, position: number): string => {
	const end = text.indexOf('\n', position);
	const line = text.slice(text.lastIndexOf('\n', position) + 1, end < 0 ? text.length : end);
	return line.length > windowAfter ? text.slice(Math.max(0, position - windowBefore), position + windowBefore) : line;
};

/** Whether a token that begins here would be the end of a longer word; an escape or percent code before it is no word. */
export const isInsideWord = (text: string, position: number): boolean => {
	const before = text.charCodeAt(position - 1);
	if (!isWordCode(before)) {
		return false;
	}

	const second = text.charCodeAt(position - 2);
	const isEscape = second === 92 && 'nrtbfve'.includes(text[position - 1] as string);
	const isPercent = text.charCodeAt(position - 3) === 37 && /[2-7][0-9A-Fa-f]/.test(text.slice(position - 2, position));
	const isColour = before === 109 && /\[[\d;]*m$/.test(text.slice(Math.max(0, position - 12), position));
	const isUnicode = /\\u00[0-9a-fA-F]{2}$/.test(text.slice(Math.max(0, position - 6), position));
	return !isEscape && !isPercent && !isColour && !isUnicode;
};

/**
Random letters before a `-`, `_`, `+` or `/`: the middle of some base64, in which short prefixes occur by chance. A path has
random folders too, but mixes the two alphabets of base64, or ends with a word.
*/
export const isInsideBlob = (text: string, position: number): boolean => {
	const before = text.charCodeAt(position - 1);
	const isUrlSafe = before === 45 || before === 95;
	if (!isUrlSafe && before !== 43 && before !== 47) {
		return false;
	}

	const run = text.slice(Math.max(0, position - 33), position - 1);
	return (
		run.length === 32 &&
		(isUrlSafe
			? /^[\w-]+$/.test(run)
			: /^[A-Za-z0-9+/]+$/.test(run) &&
				!/\/[a-z]{3,}$/.test(run) &&
				!/[-_]/.test(text.slice(position, position + 8))) &&
		looksRandom(run)
	);
};

const isWordCode = (code: number): boolean =>
	(code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
