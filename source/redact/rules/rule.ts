import type {FindingClass} from '../finding.js';
import type {CheckName} from '../values/checks.js';

/** What a rule lets pass, in the words of gitleaks. */
export type Allowlist = {
	description?: string;
	/** Whether one of the conditions suffices (`OR`) or all that are given must hold (`AND`). */
	condition?: 'OR' | 'AND';
	/** What `regexes` look at; the value alone unless told otherwise. */
	regexTarget?: 'secret' | 'match' | 'line';
	regexes?: RegExp[];
	/** Words in the value, regardless of case. */
	stopwords?: string[];
};

/** A rule of the pack, in the schema of gitleaks' TOML, with samples. */
export type Rule = {
	id: string;
	description: string;
	/** JavaScript source. Rules of our own match from `lead` characters before a keyword, others anywhere near it. */
	regex: string;
	flags?: string;
	/** Regardless of case; none means that the whole text is looked through. */
	keywords: string[];
	/** The group that is the secret; by default the first that took part, else the whole match. */
	secretGroup?: number;
	/** Least bits per character of the value. */
	entropy?: number;
	allowlists?: Allowlist[];
	class?: FindingClass;
	/** How far before its keyword a match may begin; 0 means with it. `undefined`: a window round the keyword. */
	lead?: number | undefined;
	check?: CheckName;
	/** Whether it was written by someone else: then it runs under a time limit. */
	isForeign?: boolean;
	/** Recipes of texts in which it must find its value (see `test/helpers/samples.ts`): never a token in full. */
	catch?: string[];
	/** Recipes of texts that it must leave alone. */
	leave?: string[];
};

/** A rule whose match begins with its keyword, which need not be told twice. */
export const token = (
	id: string,
	description: string,
	keywords: string | string[],
	regex: string,
	samples: string | string[],
	more: Partial<Rule> = {},
): Rule => ({
	id,
	description,
	keywords: [keywords].flat(),
	regex: `${regex}(?![0-9A-Za-z])`,
	lead: 0,
	catch: [samples].flat(),
	...more,
});
