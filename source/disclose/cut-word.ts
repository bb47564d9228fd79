/** The shortest length at which rows and titles are cut. */
const shortestCut = 300;

/**
The beginning of a text without what may be the beginning of a word: a token that was cut in two is not recognised any more.
Texts too short to have been cut stay as they are.
*/
export const withoutCutWord = (text: string): string =>
	text.length < shortestCut ? text : `${text.replace(/[\w+/=.~%:@&?$#!*^-]*$/, '')}…`;
