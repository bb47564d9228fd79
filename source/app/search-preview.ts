import type {Row} from '../text/span.js';
import type {ScreenSize} from '../view/layout.js';
import {createDetailFeed} from './detail-feed.js';
import {selectedId} from './list-state.js';
import type {Port} from './port.js';
import type {SearchFeed} from './search-feed.js';

export type SearchPreview = {
	/** Follows the selected result, where there is room for it. */
	update: () => void;
	/** The result's rows around its first match. */
	rows: (height: number) => readonly Row[];
	stop: () => void;
};

const roomFrom = 120;

/** Cells of the results beside what the selected one says; undefined where both have no room. */
export const previewWidths = ({columns}: ScreenSize): {results: number; preview: number} | undefined => {
	// Margins, markers, and the line between.
	const room = columns - 7;
	const results = Math.floor(room / 2);
	return columns < roomFrom ? undefined : {results, preview: room - results};
};

/** The selected result of a search beside the results, as its detail would show it. */
export const createSearchPreview = (port: Port, search: SearchFeed): SearchPreview => {
	// Where the panes stand is none of its business.
	const detail = createDetailFeed({...port, dispatch: port.redraw});
	return {
		update() {
			const {overlay, size, search: state} = port.state();
			const widths = overlay?.kind === 'search' ? previewWidths(size) : undefined;
			if (widths) {
				detail.want(search.hit(selectedId(state.list))?.id, widths.preview, search.words());
			}
		},
		rows(height) {
			const rows = detail.rows();
			const [first = 0] = detail.matchRows();
			// The heading stays, and as much before the match as there is room for.
			const from = Math.max(1, Math.min(first - Math.floor(height / 3), rows.length - height + 1));
			return [...rows.slice(0, 1), ...rows.slice(from, from + height - 1)];
		},
		stop: detail.stop,
	};
};
