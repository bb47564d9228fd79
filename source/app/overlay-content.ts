import type {Row} from '../text/span.js';
import {wrapRow} from '../text/wrap-row.js';
import {compareRows} from '../view/compare-rows.js';
import {filingFoot, filingRows, filingTitles} from '../view/filing-rows.js';
import {helpRows} from '../view/help-rows.js';
import {problemRows} from '../view/problem-rows.js';
import {reportRows} from '../view/report-rows.js';
import {keyTable} from './key-lookup.js';
import type {PaneContext} from './list-panes.js';
import {hasUsageChrome, type Overlay, type WindowKind} from './state.js';

export type OverlayContent = {
	title: string;
	/** Stay where they are while the rows between them scroll. */
	head: readonly Row[];
	foot: readonly Row[];
	rowCount: number;
	rows: (top: number, height: number) => readonly Row[];
};

/** A window as it is drawn. */
export type OverlayProps = Pick<OverlayContent, 'title' | 'head' | 'foot' | 'rowCount'> & {
	heading: Row;
	/** First row on screen, of `rowCount`, and how many have room. */
	top: number;
	height: number;
	rows: readonly Row[];
	/** Index of the selected row among them; -1 where nothing is selected. */
	selected: number;
	/** What the selected row leads to, beside the rows. */
	beside?: {rows: readonly Row[]; width: number};
};

const fixed = (rows: readonly Row[]): Omit<OverlayContent, 'title'> => ({
	head: [],
	foot: [],
	rowCount: rows.length,
	rows: (top, height) => rows.slice(top, top + height),
});

/** The content of the last window, as long as it would come out the same. */
let last: {inputs: readonly unknown[]; content: OverlayContent} | undefined;

const remembered = (inputs: readonly unknown[], make: () => OverlayContent): OverlayContent => {
	if (!last || last.inputs.length !== inputs.length || last.inputs.some((input, index) => input !== inputs[index])) {
		last = {inputs, content: make()};
	}

	return last.content;
};

const usageContent = ({state, data}: Pick<PaneContext, 'state' | 'data'>, width: number): OverlayContent => {
	const view = data.usage.view(width);
	const words = data.usage.trouble() ?? (view ? 'No usage is known yet.' : 'Adding up…');
	if (!view || view.rowCount === 0 || data.usage.trouble() !== undefined) {
		return {title: 'Usage', ...fixed(wrapRow([{text: words, tone: 'dim'}], width))};
	}

	const {head, foot, rowCount, row} = view;
	return {
		title: 'Usage',
		// The smallest screens have room for the figures only.
		head: hasUsageChrome(state.size) ? head : [],
		foot: hasUsageChrome(state.size) ? foot : [],
		rowCount,
		rows: (top, height) =>
			Array.from({length: Math.max(0, Math.min(height, rowCount - top))}, (_, index) => row(top + index)),
	};
};

/** One column of keys, however wide the screen is. */
const spokenHelpWidth = 100;
const filingContent = (overlay: Overlay | undefined, width: number): OverlayContent => {
	if (overlay?.kind !== 'filing') {
		return {title: '', ...fixed([])};
	}

	const {plan, line} = overlay;
	const model = {...plan, threadId: plan.origin.threadId};
	const foot = filingFoot(plan.filing, line, width);
	return {
		...remembered([plan, width], () => ({title: filingTitles[plan.filing], ...fixed(filingRows(model, width))})),
		foot: [foot],
	};
};

/** A window's content; the number of its rows bounds the scrolling. */
export const overlayContent = (
	kind: WindowKind,
	{state, data, userHome, keys}: Pick<PaneContext, 'state' | 'data' | 'userHome' | 'keys'>,
): OverlayContent => {
	const width = Math.max(1, state.size.columns - 4);
	if (kind === 'usage') {
		return usageContent({state, data}, width);
	}

	if (kind === 'compare') {
		const fields = data.comparison.fields();
		return remembered([kind, width, fields], () => ({
			title: 'As it is, and as it would leave',
			...fixed(fields === undefined ? [[{text: 'Reading…', tone: 'dim'}]] : compareRows(fields, width)),
		}));
	}

	if (kind === 'filing') {
		return filingContent(state.overlay, width);
	}

	if (kind === 'report') {
		const [text, isRefused] = [data.report.text(), data.report.stage() === 'refused'];
		return remembered([kind, width, text, isRefused], () => ({
			title: isRefused ? 'No report was written' : 'Preview of the report',
			...fixed(reportRows({text, isRefused}, width)),
		}));
	}

	if (kind === 'help') {
		const helpWidth = state.isSpoken ? spokenHelpWidth : width;
		return remembered([kind, helpWidth, keys], () => ({title: 'Keys', ...fixed(helpRows(keyTable(keys), helpWidth))}));
	}

	const problems = data.problems.problems();
	const failures = state.progress?.failures ?? [];
	const isLoading = data.problems.isLoading();
	return remembered([kind, width, problems, failures, isLoading], () => ({
		title: 'Problems',
		...fixed(problemRows({problems, failures, isLoading, isCut: data.problems.isCut(), home: userHome}, width)),
	}));
};
