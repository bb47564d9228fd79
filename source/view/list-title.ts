import {cutToWidth, rowWidth} from '../text/cells.js';
import {exactCountLabel} from '../text/labels.js';
import type {Row, Span} from '../text/span.js';

export type ListTitle = {
	name: string;
	isFocused: boolean;
	/** Place of the selected row among the rows shown, counted from 1; 0 in an empty list. */
	place: number;
	shown: number;
	/** Rows left out until the key is pressed. */
	hidden: number;
	hiddenKey: string;
	/** Rows marked, whether shown or not. */
	marked?: number;
	/** The newest row stays selected. */
	isFollowing?: boolean;
	/** Absent where nothing is filtered. */
	filter?: {text: string; matches: number; of: number} | undefined;
};

type Wording = {hasPlace: boolean; hasWords: boolean; hasTotal: boolean};

/** From most to least. That something is left out, and which key shows it, is said in all of them. */
const wordings: readonly Wording[] = [
	{hasPlace: true, hasWords: true, hasTotal: true},
	{hasPlace: true, hasWords: true, hasTotal: false},
	{hasPlace: true, hasWords: false, hasTotal: false},
	{hasPlace: false, hasWords: false, hasTotal: false},
];

const worded = (title: ListTitle, {hasPlace, hasWords, hasTotal}: Wording): Row => {
	const {name, isFocused, place, shown, hidden, hiddenKey, marked = 0, isFollowing = false, filter} = title;
	const spans: Span[] = [{text: name, tone: isFocused ? 'heading' : 'dim', bold: isFocused}];
	if (hasPlace && filter) {
		const of = hasTotal ? ` of ${exactCountLabel(filter.of)}` : '';
		spans.push({text: ` ${exactCountLabel(filter.matches)}${of}`, tone: 'dim'});
	} else if (hasPlace && shown > 0) {
		spans.push({text: ` ${exactCountLabel(place)}/${exactCountLabel(shown)}`, tone: 'dim'});
	}

	if (marked > 0) {
		spans.push({text: ' · ', tone: 'dim'}, {text: `${exactCountLabel(marked)} marked`, tone: 'match'});
	}

	if (hidden > 0) {
		spans.push({text: ` · ${exactCountLabel(hidden)} ${hasWords ? 'hidden ' : ''}(${hiddenKey})`, tone: 'dim'});
	}

	if (isFollowing) {
		spans.push({text: ' · ', tone: 'dim'}, {text: 'following', tone: 'success'});
	}

	if (filter) {
		spans.push({text: ' · ', tone: 'dim'}, {text: `/${filter.text}`, tone: 'match'});
	}

	return spans;
};

/**
`Events 3/24 · 160 hidden (z)`: name, place, what is left out; `Events 24 of 90 · /auth` with a filter, whose matches count
more than the place. In fewer words where room is short.
*/
export const listTitle = (title: ListTitle, width: number): Row => {
	const rows = wordings.map(wording => worded(title, wording));
	return rows.find(row => rowWidth(row) <= width) ?? cutToWidth(rows.at(-1) ?? [], width);
};
