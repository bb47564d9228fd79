import {liftFilters, typedWithoutMinus} from './lift-filters.js';
import {
	danglingOperator,
	openParenthesis,
	openQuote,
	strayParenthesis,
	strayQuote,
	tooDeep,
	wrongName,
} from './mistakes.js';
import {phraseTree, plainWords, wordTree} from './plain-words.js';
import type {Clock, Mistake, Query, Span} from './query.js';
import {readFilter} from './read-filter.js';
import {type Token, tokensOf} from './tokens.js';
import {allOf, anyOf, negated, type Tree} from './tree.js';

export type ParseOptions = Clock & {
	/** Nothing more will be typed: what is unfinished at the end (an open quote, `repo:`, AND) is a mistake too. */
	isFinal?: boolean;
};

/**
Understands what was typed into a search box. Never throws, and whatever it does not understand becomes a mistake
and plain words.
*/
export const parseQuery = (text: string, options: ParseOptions): Query => {
	const reader = new QueryReader(text, options);
	const lifted = liftFilters(reader.read(), text);
	const inOrder = (a: Span, b: Span): number => a.start - b.start || a.end - b.end;
	return {
		text: lifted.text,
		filters: lifted.filters.toSorted(inOrder),
		mistakes: [...reader.mistakes, ...lifted.mistakes].toSorted(inOrder),
	};
};

type OperatorToken = Extract<Token, {type: 'operator'}>;

/** What stands in a pair of parentheses, or the whole. */
type Group = {
	/** Null for the whole. */
	opening: Extract<Token, {type: 'open'}> | null;
	/** Sides of ORs, the last of which is being read. */
	sides: Tree[][];
	/** AND or OR that waits for what comes behind it. */
	joint: OperatorToken | null;
	/** NOTs that wait for what comes behind them. */
	nots: OperatorToken[];
};

const newGroup = (opening: Group['opening']): Group => ({opening, sides: [[]], joint: null, nots: []});

/** Groups inside of groups; SQLite has a limit for expressions too. */
const mostGroups = 50;

class QueryReader {
	readonly mistakes: Mistake[] = [];
	private readonly tokens: readonly Token[];
	private groups: Group[] = [newGroup(null)];
	/** Parentheses that were left out because they go too deep. */
	private leftOut = 0;

	constructor(
		private readonly text: string,
		private readonly options: ParseOptions,
	) {
		this.tokens = tokensOf(text);
	}

	read(): Tree | null {
		for (const [index, token] of this.tokens.entries()) {
			this.take(token, this.tokens[index + 1]);
		}

		const isOpen = !this.options.isFinal;
		while (this.groups.length > 1) {
			const {opening} = this.group;
			if (!isOpen && opening !== null) {
				this.blame(openParenthesis(opening));
			}

			this.close(isOpen);
		}

		return this.treeOf(this.group, isOpen);
	}

	private get group(): Group {
		return this.groups.at(-1) as Group;
	}

	private take(token: Token, next: Token | undefined): void {
		switch (token.type) {
			case 'word':
				this.blame(wrongName(token, next));
				this.add(wordTree(token.text), token.isExcluded);
				break;
			case 'phrase':
				this.blame(token.isOpen && this.options.isFinal ? openQuote(token) : null);
				this.add(phraseTree(token), token.isExcluded);
				break;
			case 'filter':
				this.addFilter(token);
				break;
			case 'operator':
				this.join(token);
				break;
			case 'open':
				this.open(token);
				break;
			case 'close':
				this.meetClose(token);
				break;
			case 'stray-quote':
				this.blame(strayQuote(token));
		}
	}

	private blame(mistake: Mistake | null): void {
		if (mistake !== null) {
			this.mistakes.push(mistake);
		}
	}

	/** Null for nothing, which takes the NOTs in front of it along. */
	private add(tree: Tree | null, isExcluded = false): void {
		const {group} = this;
		const isNegated = (group.nots.length % 2 === 1) !== isExcluded;
		group.nots = [];
		if (tree === null) {
			return;
		}

		if (group.joint?.operator === 'OR') {
			group.sides.push([]);
		}

		group.joint = null;
		group.sides.at(-1)?.push(isNegated ? negated(tree) : tree);
	}

	private addFilter(token: Extract<Token, {type: 'filter'}>): void {
		const isUnfinished = !this.options.isFinal && token.end === this.text.length;
		const {filter, mistakes} = readFilter(token, this.text, {clock: this.options, isUnfinished});
		for (const mistake of mistakes) {
			this.blame(mistake);
		}

		if (filter !== null) {
			const start = Math.min(token.start, this.group.nots[0]?.start ?? token.start);
			this.add({type: 'filter', filter: {...filter, start}, token});
		} else {
			const words = mistakes.length > 0 ? plainWords(typedWithoutMinus(token, this.text)) : null;
			this.add(words, token.isExcluded);
		}
	}

	private join(token: OperatorToken): void {
		const {group} = this;
		if (token.operator === 'NOT') {
			group.nots.push(token);
		} else if (group.sides[0]?.length === 0 || group.joint !== null || group.nots.length > 0) {
			this.addOperator(token);
		} else {
			group.joint = token;
		}
	}

	/** An operator that has nothing to work on is a word. */
	private addOperator(token: OperatorToken): void {
		this.blame(danglingOperator(token, token.operator));
		this.add(wordTree(token.operator));
	}

	private open(token: Extract<Token, {type: 'open'}>): void {
		if (this.groups.length > mostGroups) {
			this.blame(tooDeep(token, mostGroups));
			this.leftOut++;
		} else {
			this.groups.push(newGroup(token));
		}
	}

	private meetClose(token: Token): void {
		if (this.leftOut > 0) {
			this.leftOut--;
		} else if (this.groups.length > 1) {
			this.close(false);
		} else {
			this.blame(strayParenthesis(token));
		}
	}

	private close(isOpen: boolean): void {
		const group = this.groups.pop() as Group;
		this.add(this.treeOf(group, isOpen), group.opening?.isExcluded);
	}

	/** `isOpen`: more may be typed into the group, so that an operator at its end only waits. */
	private treeOf(group: Group, isOpen: boolean): Tree | null {
		const waiting = [group.joint ?? [], group.nots].flat();
		group.joint = null;
		group.nots = [];
		for (const token of isOpen ? [] : waiting) {
			this.blame(danglingOperator(token, token.operator));
			group.sides.at(-1)?.push(wordTree(token.operator));
		}

		return anyOf(group.sides.flatMap(side => allOf(side, group.opening !== null) ?? []));
	}
}
