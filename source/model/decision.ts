import {UserError} from './problem.js';

/** `redact`: never shown. `allow`: a false alarm, shown although a rule finds it. */
export const decisionActions = ['redact', 'allow'] as const;
export type DecisionAction = (typeof decisionActions)[number];

/** From the narrowest to the widest; a narrower one overrules a wider one. */
export const decisionScopes = ['place', 'session', 'everywhere'] as const;
export type DecisionScope = (typeof decisionScopes)[number];

/** Where a value stands, known by content: it survives a new index and a rewritten log. */
export type PlaceKey = {
	/** Of the whole text. */
	textHash: string;
	/** UTF-16 code units before the value. */
	start: number;
	/** Keyed digests of the characters beside the value, white space aside. */
	before: string;
	after: string;
};

/** What a person decided about a value. It holds the value: only the redactor may see it. */
export type Decision = {
	id: number;
	action: DecisionAction;
	scope: DecisionScope;
	value: string;
	/** Where it was decided; for `place` and `session` also where it holds. */
	threadId: string | null;
	field: string | null;
	place: PlaceKey | null;
	/** What stands in its place; a numbered placeholder when null. */
	replacement: string | null;
	reason: string;
	actor: string;
	/** The rule that found the value, and its version, where the decision answers to one. */
	ruleId: string | null;
	ruleVersion: string | null;
	createdAt: number;
	updatedAt: number;
};

/** How texts are told apart without being kept: a hash, and a digest under the key of this installation. */
export type Digests = {text(text: string): string; context(text: string): string};

/** Characters beside a value that tell its place, and how far they are looked for across white space. */
const contextLength = 32;
const reach = 4 * contextLength;

/** Where a value of that length stands in a text. */
export const placeKeyOf = (text: string, start: number, length: number, digests: Digests): PlaceKey => ({
	textHash: digests.text(text),
	start,
	before: digests.context(contextBefore(text, start)),
	after: digests.context(contextAfter(text, start + length)),
});

export const contextBefore = (text: string, start: number): string =>
	oneLine(text.slice(Math.max(0, start - reach), start))
		.trimStart()
		.slice(-contextLength);

export const contextAfter = (text: string, end: number): string =>
	oneLine(text.slice(end, end + reach))
		.trimEnd()
		.slice(0, contextLength);

/** A title shows the lines of a prompt on one. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** Shorter values would be found inside of everything. */
export const shortestAnywhere = 3;
const longestValue = 1_000_000;
const longestReplacement = 200;
export const longestReason = 500;

/** Says in a sentence what is wrong with a decision, if anything is. */
export const checkDecision = ({
	scope,
	value,
	replacement,
	reason,
}: Pick<Decision, 'scope' | 'value' | 'replacement' | 'reason'>): void => {
	if (value.trim() === '' || value.length > longestValue) {
		throw new UserError('There is nothing to decide about. Give a text of 1 to 1,000,000 characters.');
	}

	if (scope !== 'place' && value.trim().length < shortestAnywhere) {
		throw new UserError(
			`A text of fewer than ${shortestAnywhere} characters stands in too many places. Give more of it, or decide about one place.`,
		);
	}

	checkWords(value, {reason, replacement});
};

/** The same for what may change later. Neither may tell the value, as it is kept and shown in the clear. */
export const checkWords = (
	value: string,
	{reason, replacement}: Partial<Pick<Decision, 'replacement' | 'reason'>>,
): void => {
	if (reason?.includes(value)) {
		throw new UserError('The reason holds the text that it is about. Say why without it.');
	}

	if (replacement?.includes(value)) {
		throw new UserError('The replacement holds the text that it is to replace. Choose another one.');
	}

	if (reason !== undefined && (reason.trim() === '' || reason.length > longestReason)) {
		throw new UserError(`A decision needs a reason of 1 to ${longestReason} characters.`);
	}

	if (replacement !== undefined && replacement !== null && replacement.length > longestReplacement) {
		throw new UserError(`The replacement is too long. Use ${longestReplacement} characters at most.`);
	}
};
