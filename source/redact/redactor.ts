import type {Detector, Place, Scan} from './engine/detector.js';
import {Engine} from './engine/engine.js';
import type {Finding, FindingClass, Match} from './finding.js';
import {merged, withoutPlaceholders} from './merge.js';
import {type Numbering, type PlaceholderForm, placeholdersIn} from './placeholder.js';
import {SecretMemory} from './secret-memory.js';
import {plainView, type View} from './views/view.js';
import {viewsOf} from './views/views.js';

declare const brand: unique symbol;

/** Text that went through a redactor. Nothing else can make one: what leaves the program asks for this type. */
export type Redacted = string & {readonly [brand]: 'redacted'};

export type RedactorOptions = {
	/** Classes to look for; by default all that the detectors have. */
	classes?: readonly FindingClass[];
	/** Rules that are switched off, by id. */
	disabled?: readonly string[];
	/** Whether a value that a rule found is known not to be secret. */
	isAllowed?: (value: string, ruleId: string) => boolean;
};

export type ScanOptions = {
	/** Values of earlier texts of the session; what is found is added to it. */
	memory?: SecretMemory;
	place?: Place;
};

export type RedactOptions = ScanOptions & {form?: PlaceholderForm};

/** A rule that is at work. */
export type ActiveRule = {id: string; description: string; class: FindingClass};

export type Redactor = {
	/** What is looked for: each id once, in the order of the detectors. */
	rules: readonly ActiveRule[];
	/** Where `text` holds what should not be shown, in ascending order, without overlaps. */
	scan(text: string, options?: ScanOptions): Finding[];
	/** `text` with a placeholder for each value; the same value is the same placeholder through one numbering. */
	redact(text: string, numbering: Numbering, options?: RedactOptions): Redacted;
	/**
	The part of `text` from `start` on, judged by all of it. It ends at `end`, or with the find that reaches beyond.
	*/
	redactPart(
		text: string,
		part: {start: number; end: number},
		numbering: Numbering,
		options?: RedactOptions,
	): {redacted: Redacted; end: number};
};

/** How often what was redacted is looked through again, should a placeholder's neighbourhood look like a secret. */
const rounds = 4;

/** Puts detectors together. A redactor keeps no state between texts other than in the memory that it is given. */
export const createRedactor = (detectors: readonly Detector[], options: RedactorOptions = {}): Redactor => {
	const {classes, isAllowed} = options;
	const disabled = new Set(options.disabled);
	const wanted = detectors.filter(
		({rules, class: kind}) => !rules.every(({id}) => disabled.has(id)) && isWanted(kind ?? 'secret', classes),
	);
	const engine = new Engine(wanted);
	const active = wanted.flatMap(({rules, class: kind = 'secret'}) =>
		rules.filter(({id}) => !disabled.has(id)).map(rule => ({...rule, class: kind})),
	);

	const scanView = (
		view: View,
		place: Place,
		into: Match[],
		isWorth?: (start: number, end: number) => boolean,
	): void => {
		const scan: Scan = {
			text: view.text,
			place,
			progress: new Map(),
			report(start, end, ruleId, confidence, more = {}) {
				const kind = more.class ?? 'secret';
				if (end <= start || disabled.has(ruleId) || !isWanted(kind, classes)) {
					return;
				}

				const value = more.value ?? view.text.slice(start, end);
				const source = view.toSource(start, end);
				if ((isWorth?.(source.start, source.end) ?? true) && !isAllowed?.(value, ruleId)) {
					into.push({
						...source,
						ruleId,
						class: kind,
						confidence,
						value,
						specificity: more.specificity ?? 50,
						replacement: more.replacement,
					});
				}
			},
		};
		engine.run(scan);
	};

	const matchesIn = (text: string, {memory, place = {}}: ScanOptions): Match[] => {
		const matches: Match[] = [];
		scanView(plainView(text), place, matches);
		for (const {view, isWorth} of viewsOf(text)) {
			scanView(view, place, matches, isWorth);
		}

		if (matches.length === 0 && memory === undefined) {
			return matches;
		}

		const known = memory ?? new SecretMemory();
		for (const match of matches) {
			if (match.confidence !== 'low' || match.class === 'secret') {
				known.remember(match);
			}
		}

		return withoutPlaceholders(merged([...matches, ...known.find(text)]), placeholdersIn(text));
	};

	const redact = (text: string, numbering: Numbering, {form = 'text', ...options}: RedactOptions): Redacted => {
		let current = text;
		for (let round = 0; round < rounds; round++) {
			const matches = matchesIn(current, options);
			if (matches.length === 0) {
				break;
			}

			current = replaced(current, matches, numbering, form);
		}

		return current as Redacted;
	};

	return {
		rules: [...new Map(active.map(rule => [rule.id, rule])).values()],
		scan: (text, options = {}) =>
			matchesIn(text, options).map(({start, end, ruleId, class: kind, confidence}) => ({
				start,
				end,
				ruleId,
				class: kind,
				confidence,
			})),
		redact: (text, numbering, options = {}) => redact(text, numbering, options),
		redactPart(text, part, numbering, options = {}) {
			const matches = matchesIn(text, options).filter(({start, end}) => start < part.end && end > part.start);
			const end = Math.max(part.end, matches.at(-1)?.end ?? 0);
			const inPart = matches.map(match => ({
				...match,
				start: Math.max(0, match.start - part.start),
				end: match.end - part.start,
			}));
			const whole = text.slice(part.start, end);
			const once = replaced(whole, inPart, numbering, options.form ?? 'text');
			return {redacted: matches.length === 0 ? (whole as Redacted) : redact(once, numbering, options), end};
		},
	};
};

const isWanted = (kind: FindingClass, classes: readonly FindingClass[] | undefined): boolean =>
	classes === undefined || kind === 'custom' || classes.includes(kind);

const replaced = (text: string, matches: readonly Match[], numbering: Numbering, form: PlaceholderForm): string => {
	const parts: string[] = [];
	let from = 0;
	for (const {start, end, ruleId, value, replacement} of matches) {
		parts.push(text.slice(from, start), replacement ?? numbering.placeholder(ruleId, value, form));
		from = end;
	}

	parts.push(text.slice(from));
	return parts.join('');
};
