/** What a piece of text means; `panes/theme.ts` alone knows the colour. */
export type Tone =
	| 'normal'
	| 'dim'
	| 'heading'
	| 'accent'
	| 'user'
	| 'assistant'
	| 'reasoning'
	| 'tool'
	| 'success'
	| 'warning'
	| 'error'
	| 'added'
	| 'removed'
	/** Words that changed inside such lines. */
	| 'added-word'
	| 'removed-word'
	| 'hunk'
	| 'code'
	| 'keyword'
	| 'string'
	| 'number'
	| 'comment'
	| 'link'
	| 'match'
	/** Stands for something that is hidden. */
	| 'redacted'
	/** The 16 colours of shell output, mapped to the theme's own palette. */
	| `ansi-${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15}`;

/** A run of text in one style. The text holds no control characters and no line break. */
export type Span = {
	text: string;
	tone?: Tone;
	bold?: boolean;
	italic?: boolean;
	underline?: boolean;
	strikethrough?: boolean;
	inverse?: boolean;
};

/** One row on screen. */
export type Row = readonly Span[];
