import * as original from '@alcalzone/ansi-tokenize';
import {memoByText, someFrames} from './memo.js';

export * from '@alcalzone/ansi-tokenize';

const tokens = memoByText(someFrames, text => original.tokenize(text));
const styled = new WeakMap<original.Token[], original.StyledChar[]>();

/**
Takes the place of ansi-tokenize inside Ink, whose cache lives for one frame while most lines live for many.
The results are shared: Ink only reads them. Drop it when Ink caches across frames.
*/
export const tokenize: typeof original.tokenize = (text, endCharacter) =>
	endCharacter === undefined ? tokens(text) : original.tokenize(text, endCharacter);

/** As the original, with one list of styles for all characters of a run instead of a copy for each. */
const style = (list: original.Token[]): original.StyledChar[] => {
	const characters: original.StyledChar[] = [];
	let styles: original.AnsiCode[] = [];
	for (const token of list) {
		if (token.type === 'ansi') {
			styles = original.reduceAnsiCodesIncremental(styles, [token]);
		} else if (token.type === 'char') {
			characters.push({...token, styles});
		}
	}

	return characters;
};

export const styledCharsFromTokens: typeof original.styledCharsFromTokens = list => {
	let characters = styled.get(list);
	if (!characters) {
		characters = style(list);
		styled.set(list, characters);
	}

	return characters;
};
