import {
	contextAfter,
	contextBefore,
	type Decision,
	type DecisionAction,
	type Digests,
	decisionScopes,
	shortestAnywhere,
} from '../model/decision.js';
import {type Detector, type Place, type Scan, specificity} from './engine/detector.js';
import type {Found} from './redactor.js';

/** The id that a person's redactions have in placeholders and finds. */
export const manualRule = 'manual';

/** What decisions need to know besides themselves. */
export type DecisionSurroundings = {
	/** Needed for decisions about a place. */
	digests?: Digests | undefined;
	/** Threads that began as copies of others, each with its origin: what holds in the origin holds in them. */
	origins?: ReadonlyMap<string, string> | undefined;
};

/** A decision with every way in which its value may be written. */
type Prepared = {decision: Decision; forms: readonly string[]};

type Range = {start: number; end: number};

/**
What people decided about values, as the redactor follows it. It may be given other decisions at any time; whoever keeps
what was redacted earlier has to forget it then.
*/
export class DecisionBook {
	#redactions: readonly Prepared[] = [];
	#allowances: readonly Prepared[] = [];
	#surroundings: DecisionSurroundings = {};
	/** Decisions about a place that was met. */
	#met = new Set<number>();
	#hashed: {text: string; hash: string} | undefined;

	/** Follows these decisions, and no others, from now on. */
	use(decisions: readonly Decision[], surroundings: DecisionSurroundings = {}): void {
		const prepared = (action: DecisionAction): Prepared[] =>
			decisions
				.filter(decision => decision.action === action)
				.map(decision => ({decision, forms: formsOf(decision.value)}));
		this.#redactions = withoutGivingAway(prepared('redact'));
		this.#allowances = prepared('allow');
		this.#surroundings = surroundings;
		this.#met = new Set();
	}

	get size(): number {
		return this.#redactions.length + this.#allowances.length;
	}

	readonly detector: Detector = {
		rules: [{id: manualRule, description: 'What you decided to redact'}],
		class: 'custom',
		keywords: [],
		detect: scan => {
			this.#meetAllowances(scan);
			for (const prepared of this.#redactions) {
				for (const range of this.#rangesIn(prepared, scan)) {
					this.#report(prepared.decision, range, scan);
				}
			}
		},
	};

	/** Whether a person wants a find to be shown. */
	allows(found: Found): boolean {
		return this.#allowances.some(prepared => this.#covers(prepared, found));
	}

	/**
	Decisions about a place of this thread that was not met since they are followed: once all of the thread was looked through,
	those whose place is gone.
	*/
	unmet(thread: string): Decision[] {
		return [...this.#redactions, ...this.#allowances]
			.map(({decision}) => decision)
			.filter(({id, scope, threadId}) => scope === 'place' && threadId === thread && !this.#met.has(id));
	}

	#report(decision: Decision, {start, end}: Range, scan: Scan): void {
		const {value, replacement} = decision;
		const found: Found = {...scan, start, end, source: scan.toSource(start, end), value, ruleId: manualRule};
		const isOverruled = this.#allowances.some(
			prepared => overrules(prepared.decision, decision) && this.#covers(prepared, found),
		);
		if (!isOverruled) {
			scan.report(start, end, manualRule, 'high', {
				class: 'custom',
				specificity: specificity.manual,
				value,
				isDecided: true,
				...(replacement === null ? {} : {replacement}),
			});
		}
	}

	#meetAllowances(scan: Scan): void {
		for (const prepared of this.#allowances) {
			if (prepared.decision.scope === 'place' && !this.#met.has(prepared.decision.id)) {
				this.#rangesIn(prepared, scan);
			}
		}
	}

	#covers({decision, forms}: Prepared, found: Found): boolean {
		if (!this.#holdsIn(decision, found.place)) {
			return false;
		}

		if (decision.scope !== 'place') {
			return forms.some(form => found.value === form || isInside(form, found));
		}

		const at = this.#knownPlace(decision, found);
		const ranges = at === undefined ? this.#rangesIn({decision, forms}, found) : [at];
		const {start, end} = at === undefined ? found : found.source;
		return found.isFirstLook && ranges.some(range => range.start <= start && end <= range.end);
	}

	/** Where a decision holds in what is looked through. */
	#rangesIn({decision, forms}: Prepared, scan: Pick<Scan, 'text' | 'whole' | 'place' | 'isFirstLook'>): Range[] {
		if (!this.#holdsIn(decision, scan.place)) {
			return [];
		}

		const everywhere = forms.flatMap(form => occurrences(form, scan.text));
		if (decision.scope !== 'place' || everywhere.length === 0) {
			return everywhere;
		}

		if (!scan.isFirstLook) {
			return [];
		}

		const known = this.#knownPlace(decision, scan);
		const isPlain = scan.text === scan.whole;
		const there = known === undefined ? this.#besideSameWords(decision, everywhere, scan) : isPlain ? [known] : [];
		if (there.length > 0) {
			this.#met.add(decision.id);
		}

		return there;
	}

	/** Where the value stood, in a text that is still the same. */
	#knownPlace({place, value}: Decision, {whole}: Pick<Scan, 'whole'>): Range | undefined {
		const {digests} = this.#surroundings;
		return place !== null && digests !== undefined && this.#hashOf(whole, digests) === place.textHash
			? {start: place.start, end: place.start + value.length}
			: undefined;
	}

	/** In any other text, where the same words stand beside it. One side is enough to redact, as titles and rows are cut, but not to show. */
	#besideSameWords({place, action}: Decision, ranges: readonly Range[], {text}: Pick<Scan, 'text'>): Range[] {
		const {digests} = this.#surroundings;
		if (place === null || digests === undefined) {
			return [];
		}

		return ranges.filter(({start, end}) => {
			const [isBefore, isAfter] = [
				digests.context(contextBefore(text, start)) === place.before,
				digests.context(contextAfter(text, end)) === place.after,
			];
			return action === 'redact' ? isBefore || isAfter : isBefore && isAfter;
		});
	}

	#hashOf(text: string, digests: Digests): string {
		if (this.#hashed?.text !== text) {
			this.#hashed = {text, hash: digests.text(text)};
		}

		return this.#hashed.hash;
	}

	#holdsIn({scope, threadId}: Decision, {thread}: Place): boolean {
		const seen = new Set<string>();
		for (let at = thread; scope !== 'everywhere' && at !== threadId; at = this.#surroundings.origins?.get(at)) {
			if (at === undefined || seen.has(at)) {
				return false;
			}

			seen.add(at);
		}

		return true;
	}
}

/** The narrower of two decisions, else the later one. */
const overrules = (one: Decision, other: Decision): boolean => {
	const [narrow, wide] = [one, other].map(({scope}) => decisionScopes.indexOf(scope)) as [number, number];
	return narrow < wide || (narrow === wide && (one.updatedAt - other.updatedAt || one.id - other.id) > 0);
};

/** A value as it stands in text, inside a JSON string, and, where it was taken from one, as that reads. */
const formsOf = (value: string): string[] => {
	const quoted = JSON.stringify(value).slice(1, -1);
	const forms = [value, quoted, JSON.stringify(quoted).slice(1, -1)];
	try {
		forms.push(JSON.parse(`"${value}"`) as string);
	} catch {
		// It is no inside of a JSON string.
	}

	return [...new Set(forms)].filter(form => form === value || form.trim().length >= shortestAnywhere);
};

/** A replacement that holds what another decision hides is not used. */
const withoutGivingAway = (redactions: readonly Prepared[]): Prepared[] =>
	redactions.map(prepared => {
		const {replacement} = prepared.decision;
		const givesAway =
			replacement !== null && redactions.some(({forms}) => forms.some(form => replacement.includes(form)));
		return givesAway ? {...prepared, decision: {...prepared.decision, replacement: null}} : prepared;
	});

const occurrences = (form: string, text: string): Range[] => {
	const ranges: Range[] = [];
	for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
		ranges.push({start: at, end: at + form.length});
	}

	return ranges;
};

/** Whether a find is a part of the form where it stands. */
const isInside = (form: string, {text, start, end}: Found): boolean =>
	end - start <= form.length && text.slice(Math.max(0, end - form.length), start + form.length).includes(form);
