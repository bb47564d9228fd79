export type KeptQuery = {text: string; isSaved: boolean};

/** Queries that led somewhere, to be taken up again. */
export type QueryHistory = {
	/** Saved ones first, then the newest. */
	entries: () => readonly KeptQuery[];
	keep: (text: string) => void;
	/** The query kept before this one; the newest, for one that is not kept. */
	older: (text: string) => string | undefined;
	/** Takes in what earlier runs kept, the newest first, and what has been saved under a name. */
	restore: (kept: readonly string[], saved: readonly string[]) => void;
};

const mostKept = 100;

/** `onKeep` makes a query outlast this run. */
export const createQueryHistory = (onKeep: (text: string) => void = () => {}): QueryHistory => {
	let texts: string[] = [];
	let savedTexts: readonly string[] = [];
	return {
		entries: () => [
			...savedTexts.map(text => ({text, isSaved: true})),
			...texts.filter(text => !savedTexts.includes(text)).map(text => ({text, isSaved: false})),
		],
		keep(text) {
			if (text !== '' && text !== texts[0]) {
				texts = [text, ...texts.filter(other => other !== text)].slice(0, mostKept);
				onKeep(text);
			}
		},
		older: text => texts[texts.indexOf(text) + 1],
		restore(kept, saved) {
			texts = [...new Set([...texts, ...kept])].slice(0, mostKept);
			savedTexts = saved;
		},
	};
};
