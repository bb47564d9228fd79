/** Part of what was typed, from `start` up to `end`, in UTF-16 units. */
export type Span = {start: number; end: number};

/** What must stand in a text. Words are as typed: how they are cut and folded is the search index's affair. */
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

/** One `name:value`; several values of a name (`tool:patch,command`) are alternatives. */
export type Filter = Span & {
	name: FilterName;
	values: readonly string[];
	comparison: Comparison;
	/** Written with `-` in front: what it names is left out. */
	isExcluded: boolean;
};

/** Something that could not be understood and was taken as plain words, in one sentence. */
export type Mistake = Span & {message: string};

/** What a person typed into a search box, understood. All filters must hold. */
export type Query = {
	text: TextNode | null;
	filters: readonly Filter[];
	mistakes: readonly Mistake[];
};
