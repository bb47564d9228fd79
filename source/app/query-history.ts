import {foldedName} from '../model/annotation.js';
import type {SavedView} from '../store/annotations.js';

export type KeptQuery = {
	text: string;
	/** Under which it was saved. */
	name: string | undefined;
};

/** Queries that led somewhere, and those saved under a name, to be taken up again. */
export type QueryHistory = {
	/** Saved ones first, then the newest. */
	entries: () => readonly KeptQuery[];
	keep: (text: string) => void;
	/** The query kept before this one; the newest, for one that is not kept. */
	older: (text: string) => string | undefined;
	/** Takes in what earlier runs kept, the newest first, and what is saved. */
	restore: (kept: readonly string[], views: readonly SavedView[]) => void;
	/** Saves a query, or takes the place of what was saved under the name. */
	save: (view: SavedView) => void;
	/** Forgets what was saved under a name. */
	drop: (name: string) => void;
};

const mostKept = 100;

const byName = (a: SavedView, b: SavedView): number => (a.name < b.name ? -1 : 1);

/** `onKeep` makes a query outlast this run. */
export const createQueryHistory = (onKeep: (text: string) => void = () => {}): QueryHistory => {
	let texts: string[] = [];
	let views: readonly SavedView[] = [];
	const without = (name: string): SavedView[] => views.filter(view => foldedName(view.name) !== foldedName(name));
	return {
		entries: () => [
			...views.map(({name, query}) => ({text: query, name})),
			...texts.filter(text => !views.some(({query}) => query === text)).map(text => ({text, name: undefined})),
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
			views = saved;
		},
		save(view) {
			views = [...without(view.name), view].toSorted(byName);
		},
		drop(name) {
			views = without(name);
		},
	};
};
