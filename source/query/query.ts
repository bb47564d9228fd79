/** Part of what was typed, from `start` up to `end`, in UTF-16 units. */
export type Span = {start: number; end: number};

/**
What must stand in a text. Words are as typed: how they are cut and folded is the search index's affair, and one
without any letter or digit (`&&`) may stand anywhere. A word has spaces where a phrase was typed by its beginning,
as in `"low ti"*`.
*/
export type TextNode =
	| {type: 'word'; text: string; isPrefix: boolean}
	| {type: 'phrase'; text: string}
	| {type: 'and' | 'or'; nodes: readonly TextNode[]}
	| {type: 'not'; node: TextNode};

export type FilterName =
	| 'repo'
	| 'branch'
	| 'model'
	| 'kind'
	| 'tool'
	| 'file'
	| 'exit'
	| 'before'
	| 'after'
	| 'on'
	| 'session'
	| 'state'
	| 'tag'
	| 'redacted'
	| 'tokens'
	| 'cost';

export type Comparison = '=' | '<' | '<=' | '>' | '>=';

/** From `start` up to, and without, `end`, in Unix ms. An open side is the first or last moment that a `Date` knows. */
export type TimeRange = {start: number; end: number};

/** What a number is held against: `{comparison: '>', amount: 1_500_000}`. */
export type Amount = {comparison: Comparison; amount: number};

/** One `name:value`; several values of a name (`tool:patch,command`) are alternatives. */
export type Filter = Span & {
	name: FilterName;
	/** As typed, without quotes; those of fixed choices in small letters. */
	values: readonly string[];
	comparison: Comparison;
	/** Written with `-` or NOT in front, or as `name:!=value`: what it names is left out. */
	isExcluded: boolean;
	/** Of `before:`, `after:` and `on:`: the ranges that the values mean, one of which is enough. */
	times?: readonly TimeRange[];
	/** Of filters of numbers and money, `redacted:yes` among them: what the values mean, one of which is enough. */
	amounts?: readonly Amount[];
};

/** Something that could not be understood and was taken as plain words, in one sentence or two. */
export type Mistake = Span & {message: string};

/** What a person typed into a search box, understood. All filters must hold. */
export type Query = {
	text: TextNode | null;
	filters: readonly Filter[];
	mistakes: readonly Mistake[];
};

/** What times are reckoned from. */
export type Clock = {
	now: Date;
	/** That of this computer when left out. */
	timeZone?: string | undefined;
};
