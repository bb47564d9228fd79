import type {Row} from '../text/span.js';
import {helpRows} from '../view/help-rows.js';
import {problemRows} from '../view/problem-rows.js';
import {keyTable} from './key-bindings.js';
import type {PaneContext} from './list-panes.js';

export type OverlayContent = {title: string; rows: readonly Row[]};

/** The content of the last window, as long as it would come out the same. */
let last: {inputs: readonly unknown[]; content: OverlayContent} | undefined;

const remembered = (inputs: readonly unknown[], make: () => OverlayContent): OverlayContent => {
	if (!last || last.inputs.length !== inputs.length || last.inputs.some((input, index) => input !== inputs[index])) {
		last = {inputs, content: make()};
	}

	return last.content;
};

/** All rows of a help or problem window; their number bounds the scrolling. */
export const overlayContent = (
	kind: 'help' | 'problems',
	{state, data, userHome}: Pick<PaneContext, 'state' | 'data' | 'userHome'>,
): OverlayContent => {
	const width = Math.max(1, state.size.columns - 4);
	if (kind === 'help') {
		return remembered([kind, width], () => ({title: 'Keys', rows: helpRows(keyTable(), width)}));
	}

	const problems = data.problems.problems();
	const failures = state.progress?.failures ?? [];
	const isLoading = data.problems.isLoading();
	return remembered([kind, width, problems, failures, isLoading], () => ({
		title: 'Problems',
		rows: problemRows({problems, failures, isLoading, isCut: data.problems.isCut(), home: userHome}, width),
	}));
};
