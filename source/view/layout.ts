/** The four panes, from general to particular. */
export const paneIds = ['sessions', 'prompts', 'events', 'detail'] as const;

export type PaneId = (typeof paneIds)[number];
export type ListId = Exclude<PaneId, 'detail'>;

export type ScreenSize = {columns: number; rows: number};

/** Where a pane lies on screen; a separator of one column stands between neighbours. */
export type PaneBox = {id: PaneId; x: number; width: number};

export type Layout = {
	/** From left to right; the focused pane is always among them. */
	panes: PaneBox[];
	/** Rows of a pane below its title. */
	bodyRows: number;
	hasBreadcrumb: boolean;
	hasTitles: boolean;
	hasStatus: boolean;
	/** Whether the last row of the events sums up their prompt. */
	hasFooter: boolean;
};

/** Columns from which two and three panes stand side by side. */
export const twoPanesFrom = 80;
export const threePanesFrom = 140;

/** Rows of a screen from which one is spared for a footer. */
const footerFrom = 12;

type Arrangement = {panes: readonly PaneId[]; weights: readonly number[]};

/** The pane in focus and the one it leads to are seen; the detail gets the most room where it is read. */
const threePanes: Record<PaneId, Arrangement> = {
	sessions: {panes: ['sessions', 'prompts', 'events'], weights: [52, 22, 26]},
	prompts: {panes: ['sessions', 'prompts', 'events'], weights: [26, 32, 42]},
	events: {panes: ['prompts', 'events', 'detail'], weights: [19, 34, 47]},
	detail: {panes: ['prompts', 'events', 'detail'], weights: [15, 27, 58]},
};

const twoPanes: Record<PaneId, Arrangement> = {
	sessions: {panes: ['sessions', 'prompts'], weights: [64, 36]},
	prompts: {panes: ['prompts', 'events'], weights: [42, 58]},
	events: {panes: ['events', 'detail'], weights: [46, 54]},
	detail: {panes: ['events', 'detail'], weights: [28, 72]},
};

const arrangement = (columns: number, focus: PaneId): Arrangement => {
	if (columns >= threePanesFrom) {
		return threePanes[focus];
	}

	return columns >= twoPanesFrom ? twoPanes[focus] : {panes: [focus], weights: [1]};
};

const boxes = ({panes, weights}: Arrangement, columns: number): PaneBox[] => {
	const free = Math.max(1, columns - (panes.length - 1));
	const sum = weights.reduce((total, weight) => total + weight, 0);
	let x = 0;
	let done = 0;
	return panes.map((id, index) => {
		done += weights[index] ?? 0;
		const end = Math.round((free * done) / sum) + index;
		const box = {id, x, width: Math.max(1, end - x)};
		x = end + 1;
		return box;
	});
};

/** Which panes stand where. Pure arithmetic: any size from 1×1 up gives a layout. */
export const arrange = ({columns, rows}: ScreenSize, focus: PaneId): Layout => {
	const hasStatus = rows >= 3;
	const hasTitles = rows >= 5;
	const hasBreadcrumb = rows >= 7;
	const chrome = Number(hasStatus) + Number(hasTitles) + Number(hasBreadcrumb);
	return {
		panes: boxes(arrangement(columns, focus), columns),
		bodyRows: Math.max(1, rows - chrome),
		hasBreadcrumb,
		hasTitles,
		hasStatus,
		hasFooter: rows >= footerFrom,
	};
};

/** Rows of a pane between its title and its footer. */
export const paneRows = ({bodyRows, hasFooter}: Layout, pane: PaneId): number =>
	pane === 'events' && hasFooter ? bodyRows - 1 : bodyRows;
