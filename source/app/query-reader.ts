import type {Query, TextNode} from '../query/query.js';

/** Understands what is typed into the search box, and knows how it could go on. */
export type QueryReader = {
	parse: (text: string) => Query;
	/** How the text could go on at the caret, the best first. */
	completions: (text: string, caret: number) => string[];
	/** The text with the first of them taken. */
	complete: (text: string, caret: number) => {before: string; after: string} | undefined;
	/** Filters at work, in a word or two each. */
	chips: (query: Query) => string[];
};

export const createQueryReader = (): QueryReader => ({
	parse(text) {
		const nodes: TextNode[] = text
			.split(/\s+/)
			.filter(Boolean)
			.map(word => ({type: 'word', text: word, isPrefix: true}));
		return {text: nodes.length === 0 ? null : {type: 'and', nodes}, filters: [], mistakes: []};
	},
	completions: () => [],
	complete: () => undefined,
	chips: () => [],
});
