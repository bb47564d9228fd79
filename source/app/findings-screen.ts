import type {Row} from '../text/span.js';
import {findingHeading, findingRow} from '../view/finding-rows.js';
import type {PaneContext} from './list-panes.js';
import type {OverlayProps} from './overlay-content.js';
import {type Overlay, searchRows} from './state.js';

/** Cells of a row in a window: its own margin, and a marker and a blank at the sides. */
const inset = 4;

/** What was found in a session, as a window. */
export const findingsProps = (
	{index}: Extract<Overlay, {kind: 'findings'}>,
	{state, data}: PaneContext,
): OverlayProps => {
	const width = Math.max(1, state.size.columns - inset);
	const height = searchRows(state.size);
	const values = data.findings.values();
	const isLoading = data.findings.isLoading();
	const selected = Math.min(index, values.length - 1);
	const top = Math.max(0, Math.min(selected - Math.floor(height / 2), values.length - height));
	const kinds = values.length === 1 ? '1 value' : `${values.length} values`;
	const words = isLoading ? 'Looking through the session…' : values.length === 0 ? 'Nothing was found.' : '';
	const heading: Row = [
		{text: 'Found in this session', tone: 'heading', bold: true},
		{text: values.length === 0 ? '' : `  ${kinds}${isLoading ? ', looking again…' : ''}`, tone: 'dim'},
	];
	return {
		title: 'Found in this session',
		top,
		height,
		rowCount: values.length,
		heading,
		head: [values.length === 0 ? [] : findingHeading(width)],
		foot: [],
		rows:
			values.length === 0
				? [[{text: words, tone: 'dim'}]]
				: values.slice(top, top + height).map(found => findingRow(found, width)),
		selected: values.length === 0 ? -1 : selected - top,
	};
};
