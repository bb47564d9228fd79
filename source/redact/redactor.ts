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
	/** Another one wherever something else may be found, decisions aside; empty where nobody tells. */
	fingerprint?: string;
	/** Whether what a rule found is known not to be secret. */
	isAllowed?: (found: Found) => boolean;
};

/** What a rule found: the value as a person sees it, and where it stands in what was looked through. */
export type Found = Pick<Scan, 'text' | 'whole' | 'isFirstLook' | 'place'> & {
	start: number;
	end: number;
	/** The same range in the whole. */
	source: {start: number; end: number};
	value: string;
	ruleId: string;
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
	/** Redactors of the same one find the same; empty where that is not known. */
	fingerprint: string;
	/** What is looked for: each id once, in the order of the detectors. */
	rules: readonly ActiveRule[];
	/** Where `text` holds what should not be shown, in ascending order, without overlaps. */
	scan(text: string, options?: ScanOptions): Finding[];
	/** The same with their values, for those who ask a person what to do with them, or count different ones; they are never written down. */
	find(text: string, options?: ScanOptions): Match[];
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
	const {classes} = options;
	const disabled = new Set(options.disabled);
	const isWanted = (kind: FindingClass): boolean =>
		classes === undefined || kind === 'custom' || classes.includes(kind);
	const wanted = detectors.filter(
		({rules, class: kind}) => !rules.every(({id}) => disabled.has(id)) && isWanted(kind ?? 'secret'),
	);
	const engine = new Engine(wanted);
	const active = wanted.flatMap(({rules, class: kind = 'secret'}) =>
		rules.filter(({id}) => !disabled.has(id)).map(rule => ({...rule, class: kind})),
	);

	const scanView = (view: View, look: Look, into: Match[], isWorth?: (start: number, end: number) => boolean): void => {
		const {text} = view;
		const {whole, isFirstLook, place} = look;
		const scan: Scan = {
			text,
			whole,
			isFirstLook,
			place,
			progress: new Map(),
			toSource: view.toSource,
			report(start, end, ruleId, confidence, more = {}) {
				const kind = more.class ?? 'secret';
				const isDecided = more.isDecided === true;
				if (end <= start || (!isDecided && disabled.has(ruleId)) || !isWanted(kind)) {
					return;
				}

				const value = more.value ?? text.slice(start, end);
				const source = view.toSource(start, end);
				if (!(isWorth?.(source.start, source.end) ?? true)) {
					return;
				}

				const found = {text, whole, isFirstLook, place, start, end, source, value, ruleId};
				if (!isDecided && isAllowedIn(look, found)) {
					return;
				}

				into.push({
					...source,
					ruleId,
					class: kind,
					confidence,
					value,
					specificity: more.specificity ?? 50,
					replacement: more.replacement,
				});
			},
		};
		engine.run(scan);
	};

	/** What was allowed once stays so when the text round it has become another. */
	const isAllowedIn = ({before, allowed}: Look, found: Found): boolean => {
		const {start, end} = found.source;
		if (before.some(range => range.start <= start && end <= range.end)) {
			return true;
		}

		const isAllowed = options.isAllowed?.(found) ?? false;
		if (isAllowed) {
			allowed.push({start, end});
		}

		return isAllowed;
	};

	const matchesIn = (text: string, {memory, place = {}}: ScanOptions, before?: readonly Range[]): Seen => {
		const allowed = [...(before ?? [])];
		const look: Look = {whole: text, isFirstLook: before === undefined, place, before: before ?? [], allowed};
		const matches: Match[] = [];
		scanView(plainView(text), look, matches);
		for (const {view, isWorth} of viewsOf(text)) {
			scanView(view, look, matches, isWorth);
		}

		if (matches.length === 0 && memory === undefined) {
			return {matches, allowed};
		}

		const known = memory ?? new SecretMemory();
		for (const match of matches) {
			if (match.confidence !== 'low' || match.class === 'secret') {
				known.remember(match);
			}
		}

		const again = known.find(text).filter(match => !isAllowedIn(look, {...look, ...match, text, source: match}));
		return {matches: withoutPlaceholders(merged([...matches, ...again]), placeholdersIn(text)), allowed};
	};

	const redact = (
		text: string,
		numbering: Numbering,
		{form = 'text', ...options}: RedactOptions,
		before?: readonly Range[],
	): Redacted => {
		let current = text;
		let settled = before;
		for (let round = 0; round < rounds; round++) {
			const {matches, allowed} = matchesIn(current, options, settled);
			if (matches.length === 0) {
				break;
			}

			const once = replaced(current, matches, numbering, form);
			current = once.text;
			settled = allowed.flatMap(once.moved);
		}

		return current as Redacted;
	};

	return {
		fingerprint: options.fingerprint ?? '',
		rules: [...new Map(active.map(rule => [rule.id, rule])).values()],
		scan: (text, options = {}) =>
			matchesIn(text, options).matches.map(({start, end, ruleId, class: kind, confidence}) => ({
				start,
				end,
				ruleId,
				class: kind,
				confidence,
			})),
		find: (text, options = {}) => matchesIn(text, options).matches,
		redact: (text, numbering, options = {}) => redact(text, numbering, options),
		redactPart(text, part, numbering, options = {}) {
			const {matches: all, allowed} = matchesIn(text, options);
			const matches = all.filter(({start, end}) => start < part.end && end > part.start);
			const end = Math.max(part.end, matches.at(-1)?.end ?? 0);
			const inPart = <Piece extends Range>(piece: Piece): Piece => ({
				...piece,
				start: Math.max(0, piece.start - part.start),
				end: piece.end - part.start,
			});
			const whole = text.slice(part.start, end);
			const once = replaced(whole, matches.map(inPart), numbering, options.form ?? 'text');
			const settled = allowed.filter(range => range.end > part.start && range.start < end).map(inPart);
			return {
				redacted:
					matches.length === 0
						? (whole as Redacted)
						: redact(once.text, numbering, options, settled.flatMap(once.moved)),
				end,
			};
		},
	};
};

type Range = {start: number; end: number};

/** A text as it is looked through, and the ranges of it in which something was allowed: before anything was replaced, and so far. */
type Look = Pick<Scan, 'whole' | 'isFirstLook' | 'place'> & {before: readonly Range[]; allowed: Range[]};

type Seen = {matches: Match[]; allowed: Range[]};

/** The text with placeholders, and where a range of it went to: nowhere when something in it was replaced. */
const replaced = (
	text: string,
	matches: readonly Match[],
	numbering: Numbering,
	form: PlaceholderForm,
): {text: string; moved: (range: Range) => Range[]} => {
	const parts: string[] = [];
	const steps: {end: number; by: number}[] = [];
	let from = 0;
	let by = 0;
	for (const {start, end, ruleId, value, replacement} of matches) {
		const placeholder = numbering.standIn({ruleId, value, replacement}, form);
		parts.push(text.slice(from, start), placeholder);
		from = end;
		by += placeholder.length - (end - start);
		steps.push({end, by});
	}

	parts.push(text.slice(from));
	return {
		text: parts.join(''),
		moved(range) {
			if (matches.some(({start, end}) => start < range.end && end > range.start)) {
				return [];
			}

			const by = steps.findLast(({end}) => end <= range.start)?.by ?? 0;
			return [{start: range.start + by, end: range.end + by}];
		},
	};
};
