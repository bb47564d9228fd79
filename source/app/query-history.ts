export type KeptQuery = {text: string; isSaved: boolean};

/** Queries that led somewhere, to be taken up again. */
export type QueryHistory = {
	/** Saved ones first, then the newest. */
	entries: () => readonly KeptQuery[];
	keep: (text: string) => void;
	/** The query kept before this one; the newest, for one that is not kept. */
	older: (text: string) => string | undefined;
};

const mostKept = 100;

/** `kept` are those of earlier runs, the newest first; `onKeep` makes a new one last. */
export const createQueryHistory = (
	kept: readonly string[] = [],
	saved: readonly string[] = [],
	onKeep: (text: string) => void = () => {},
): QueryHistory => {
	let texts = [...kept];
	return {
		entries: () => [
			...saved.map(text => ({text, isSaved: true})),
			...texts.filter(text => !saved.includes(text)).map(text => ({text, isSaved: false})),
		],
		keep(text) {
			if (text !== '' && text !== texts[0]) {
				texts = [text, ...texts.filter(other => other !== text)].slice(0, mostKept);
				onKeep(text);
			}
		},
		older: text => texts[texts.indexOf(text) + 1],
	};
};
