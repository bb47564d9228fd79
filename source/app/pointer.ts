import type {ListId, PaneId} from '../view/layout.js';
import type {Screen} from './screen.js';

/** What the mouse did; cells count from 0 at the upper left. */
export type PointerEvent =
	| {kind: 'press'; x: number; y: number}
	/** `by` are steps of the wheel, downwards. */
	| {kind: 'wheel'; x: number; y: number; by: number};

/** What lies under a cell. Rows are places in the whole list, not on screen. */
export type PointerTarget =
	| {what: 'row'; pane: ListId; row: number}
	/** The pane itself: its title, its empty end, the detail. */
	| {what: 'pane'; pane: PaneId}
	/** A row of the window in place of the panes; undefined beside its rows. */
	| {what: 'overlay'; row: number | undefined}
	| {what: 'choice'; row: number}
	| {what: 'nothing'};

const nothing: PointerTarget = {what: 'nothing'};

/** What `panes/` draws at a cell. */
export const targetAt = (screen: Screen, x: number, y: number): PointerTarget => {
	const {breadcrumb, bodyRows, hasTitles, menu, overlay} = screen;
	const top = Number(breadcrumb !== undefined);
	const bottom = top + bodyRows + Number(hasTitles);
	if (menu && y >= bottom) {
		const at = y - bottom - 1;
		// A menu with more choices than room ends with the selected one.
		return at >= 0 && at < menu.height
			? {what: 'choice', row: at + Math.max(0, menu.index - menu.height + 1)}
			: nothing;
	}

	if (y < top || y >= bottom) {
		return nothing;
	}

	return overlay
		? inOverlay(overlay, x, y - top, screen.size.columns)
		: inPanes(screen, x, y - top - Number(hasTitles));
};

const inOverlay = (
	{head, rows, selected, beside, top}: NonNullable<Screen['overlay']>,
	x: number,
	y: number,
	columns: number,
): PointerTarget => {
	const row = y - 1 - head.length;
	const isBeside = beside !== undefined && x >= columns - beside.width - 3;
	const isRow = selected >= 0 && row >= 0 && row < rows.length && !isBeside;
	return {what: 'overlay', row: isRow ? top + row : undefined};
};

const inPanes = ({panes}: Screen, x: number, row: number): PointerTarget => {
	let left = 0;
	const pane = panes.find(({width}) => {
		left += width + 1;
		return x < left - 1;
	});
	if (!pane) {
		return nothing;
	}

	const {id, scroll} = pane;
	return id !== 'detail' && row >= 0 && row < scroll.visible
		? {what: 'row', pane: id, row: scroll.top + row}
		: {what: 'pane', pane: id};
};
