import {paletteBoxRow, paletteRow} from '../view/palette-rows.js';
import {emptySearch, searchBoxRow, searchRow, searchStateRow} from '../view/search-rows.js';
import {keyOf} from './key-lookup.js';
import {lineText} from './line-editor.js';
import {emptyRows, type PaneContext} from './list-panes.js';
import type {OverlayProps} from './overlay-content.js';
import {paletteEntries} from './palette.js';
import {previewWidths} from './search-preview.js';
import {type Overlay, searchRows} from './state.js';

/** Cells of a row in a window: its own margin, and a marker and a blank at the sides. */
const inset = 4;

/** The search as a window: the box, what is known of it, and the results. */
export const searchProps = ({state, data, now, userHome, keys}: PaneContext): OverlayProps => {
	const width = Math.max(1, state.size.columns - inset);
	const {list, isSelected, order} = state.search;
	const height = searchRows(state.size);
	const widths = list.ids.length === 0 ? undefined : previewWidths(state.size);
	const shown = data.search.shown();
	const rows = list.ids.slice(list.top, list.top + height).flatMap(id => {
		const row = data.search.row(id);
		return row ? [searchRow(row, widths?.results ?? width, {now, home: userHome})] : [];
	});
	return {
		title: 'Search',
		top: list.top,
		height,
		rowCount: list.ids.length,
		heading: searchBoxRow({...list.filter, isSelected, order}, width),
		head: [searchStateRow(shown, width)],
		foot: [],
		rows:
			rows.length > 0
				? rows
				: emptyRows(emptySearch(lineText(list.filter), shown, keyOf(keys, 'toggleInsideWords')), width),
		selected: rows.length > 0 ? list.cursor - list.top : -1,
		...(widths ? {beside: {rows: data.searchPreview.rows(height), width: widths.preview}} : {}),
	};
};

/** Commands by name as a window. */
export const paletteProps = (
	{line, index}: Extract<Overlay, {kind: 'palette'}>,
	{state, keys}: PaneContext,
): OverlayProps => {
	const width = Math.max(1, state.size.columns - inset);
	const height = searchRows(state.size);
	const entries = paletteEntries(keys, lineText(line), state.focus);
	const top = Math.max(0, Math.min(index - Math.floor(height / 2), entries.length - height));
	return {
		title: 'Commands',
		top,
		height,
		rowCount: entries.length,
		heading: paletteBoxRow(line.before, line.after, width),
		head: [],
		foot: [],
		rows:
			entries.length > 0
				? entries.slice(top, top + height).map(entry => paletteRow(entry, width))
				: [[{text: 'No command has such a name.', tone: 'dim'}]],
		selected: entries.length > 0 ? index - top : -1,
	};
};
