import {type Token, tokensOf} from './tokens.js';
import {allOf, negated, type Tree} from './tree.js';

/** A word; with a `*` behind a letter it is the beginning of one. */
export const wordTree = (typed: string): Tree => {
	const isPrefix = /[\p{L}\p{N}\p{M}_]\*+$/u.test(typed);
	return {type: 'word', text: isPrefix ? typed.replace(/\*+$/, '') : typed, isPrefix};
};

/** A phrase, which is a word by its beginning when a `*` stands behind it; null when it is empty. */
export const phraseTree = ({text, isPrefix}: Extract<Token, {type: 'phrase'}>): Tree | null => {
	if (text.trim() === '') {
		return null;
	}

	return isPrefix ? {type: 'word', text, isPrefix} : {type: 'phrase', text};
};

/** What was typed without any syntax but quotes, for filters that cannot be understood. */
export const plainWords = (typed: string): Tree | null => {
	const trees = tokensOf(typed, false).flatMap((token): Tree[] => {
		switch (token.type) {
			case 'word':
				return [token.isExcluded ? negated(wordTree(token.text)) : wordTree(token.text)];
			case 'phrase':
				return [phraseTree(token) ?? []].flat();
			case 'operator':
				return [wordTree(token.operator)];
			default:
				return [];
		}
	});
	return allOf(trees, true);
};
