import type {IngestProgress} from '../ingest/progress.js';
import {rowText} from '../text/cells.js';
import {exactCountLabel} from '../text/labels.js';
import type {Row} from '../text/span.js';
import {lineText} from './line-editor.js';
import {selectedId} from './list-state.js';
import type {PaneProps, Screen} from './screen.js';
import type {State} from './state.js';

/** What a screen comes to for somebody who listens to it line by line. */
export type Spoken = {
	/** What has the keys: a pane, a window, a menu. */
	place: {id: string; words: string};
	/** The line that is typed. */
	typed: string;
	/** The selected row; why there is none. One that is still selected is told again when more than its figures has changed. */
	row: {id: string; words: string};
	/** Rows that are read through rather than chosen from, those on screen. */
	text: {owner: string; top: number; rows: readonly string[]};
	/** What the status line tells. */
	said: string;
	/** What goes on behind. */
	doing: string;
};

/** Lines to be read aloud when one screen follows another: only what is new. */
export const newLines = (before: Spoken | undefined, after: Spoken): string[] => {
	const isElsewhere = before?.place.id !== after.place.id;
	const ifNew = (text: string, known: string | undefined): string[] =>
		text !== '' && (isElsewhere || text !== known) ? [text] : [];
	return [
		...(isElsewhere ? [after.place.words] : []),
		...ifNew(after.typed, before?.typed),
		...(isElsewhere || isOtherRow(before?.row, after.row) ? [after.row.words] : []),
		...newRows(isElsewhere ? undefined : before?.text, after.text),
		...(after.said !== '' && after.said !== before?.said ? [after.said] : []),
		...(after.doing !== '' && after.doing !== before?.doing ? [after.doing] : []),
	].filter(line => line.trim() !== '');
};

/** The session that is being written grows in figures all the time. */
const isOtherRow = (before: Spoken['row'] | undefined, after: Spoken['row']): boolean =>
	before?.id !== after.id || withoutFigures(before.words) !== withoutFigures(after.words);

const withoutFigures = (words: string): string => words.replaceAll(/[<$]*\d[\d.,]*\w*/g, '');

/** Of a text that was scrolled, the rows that were not on screen before. */
const newRows = (before: Spoken['text'] | undefined, {owner, top, rows}: Spoken['text']): readonly string[] => {
	if (before?.owner !== owner) {
		return rows;
	}

	const isKnown = (at: number): boolean => at >= before.top && at < before.top + before.rows.length;
	return rows.filter((row, index) => !isKnown(top + index) || row !== before.rows[top + index - before.top]);
};

/** Lines and blocks that are drawn say nothing. */
const drawn = /[\u2500-\u259F]+/gu;

/** Columns as a list: a row of cells is `one, two, three`. */
const inWords = (row: Row): string =>
	rowText(row)
		.replaceAll(drawn, ' ')
		.trim()
		.replaceAll(/\s{2,}/g, ', ');

const noText: Spoken['text'] = {owner: '', top: 0, rows: []};

/** `before` is what was told last: that logs are read is told once, not with every line that is appended. */
export const spokenOf = (screen: Screen, state: State, before?: Spoken): Spoken => ({
	...(menuOf(screen) ?? overlayOf(screen) ?? paneOf(screen, state)),
	typed: typedOf(screen, state),
	said: state.notice?.text ?? state.failure ?? (state.isWelcome ? inWords(screen.breadcrumb ?? []) : ''),
	doing: doingOf(state.progress, before?.doing ?? ''),
});

type Where = Pick<Spoken, 'place' | 'row' | 'text'>;

/** A row that is known by what it says. */
const saying = (words: string): Spoken['row'] => ({id: words, words});

const allRead = 'All logs are read.';

const phases: Record<IngestProgress['phase'], string> = {
	finding: '',
	reading: 'Reading logs.',
	archiving: '',
	indexing: '',
	redacting: '',
	watching: allRead,
	waiting: 'Another program is reading the logs.',
};

const doingOf = (progress: IngestProgress | undefined, before: string): string =>
	progress === undefined || before === allRead ? before : phases[progress.phase] || before;

const placed = (place: number, count: number): string => `${exactCountLabel(place)} of ${exactCountLabel(count)}`;

const menuOf = ({menu}: Screen): Where | undefined => {
	if (!menu) {
		return undefined;
	}

	const {title, items, index, chooseKey} = menu;
	return {
		place: {id: `menu ${title}`, words: `${title}: ${chooseKey} chooses.`},
		row: saying(`${items[index]?.label ?? ''}, ${placed(index + 1, items.length)}`),
		text: noText,
	};
};

const overlayOf = ({overlay}: Screen): Where | undefined => {
	if (!overlay) {
		return undefined;
	}

	const {title, rows, selected, top, rowCount, head, foot} = overlay;
	const row = rows[selected];
	const hasTyped = listTitles.has(title);
	// What is typed into begins with its own name.
	const place = {id: title, words: hasTyped ? '' : `${title}.`};
	return row === undefined
		? {
				place,
				row: saying(
					hasTyped ? rows.map(inWords).join(' ') : [...head, ...foot].map(inWords).filter(Boolean).join('. '),
				),
				text: hasTyped ? noText : {owner: `${title} ${rowCount}`, top, rows: rows.map(inWords)},
			}
		: {place, row: saying(`${inWords(row)}, ${placed(top + selected + 1, rowCount)}`), text: noText};
};

/** Windows with a line to type in above their rows. */
const listTitles: ReadonlySet<string> = new Set(['Search', 'Commands']);

const paneOf = ({panes, breadcrumb}: Screen, {lists, detail}: State): Where => {
	const pane = panes.find(({isFocused}) => isFocused);
	if (!pane) {
		return {place: {id: '', words: ''}, row: saying(''), text: noText};
	}

	const words = [pane.heading, ...(pane.footer ? [pane.footer] : [])].map(inWords).join('. ');
	if (pane.id === 'detail') {
		const rows = pane.rows.map(row => rowText(row).replaceAll(drawn, ' ').trimEnd());
		return {
			place: {id: `detail ${detail.owner}`, words: `Detail of ${inWords(breadcrumb ?? [])}`},
			row: saying(pane.empty.map(inWords).join(' ')),
			text: {owner: `${detail.owner} ${detail.rowCount}`, top: pane.scroll.top, rows},
		};
	}

	const list = lists[pane.id];
	const row = {id: String(selectedId(list) ?? ''), words: selectedRow(pane)};
	return {place: {id: `${pane.id} ${list.owner}`, words}, row, text: noText};
};

const selectedRow = ({rows, selected, scroll, empty}: PaneProps): string => {
	const row = rows[selected];
	return row === undefined
		? empty.map(inWords).join(' ')
		: `${inWords(row)}, ${placed(scroll.top + selected + 1, scroll.total)}`;
};

const typedOf = ({overlay, status}: Screen, {overlay: open, typing, lists}: State): string => {
	if (open?.kind === 'entry') {
		return inWords(status ?? []);
	}

	if (typing) {
		const {filter, matches, total} = lists[typing];
		return `Filter ${lineText(filter)}: ${placed(matches, total)}`;
	}

	return overlay && listTitles.has(overlay.title)
		? [overlay.heading, ...overlay.head].map(inWords).filter(Boolean).join('. ')
		: '';
};
