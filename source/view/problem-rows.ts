import type {FileFailure, Problem} from '../model/problem.js';
import {cutToWidth} from '../text/cells.js';
import {exactCountLabel} from '../text/labels.js';
import {shortPath} from '../text/paths.js';
import type {Row} from '../text/span.js';
import {oneLine} from './spans.js';

export type ProblemList = {
	problems: readonly Problem[];
	failures: readonly FileFailure[];
	isLoading: boolean;
	/** There are more than are listed. */
	isCut: boolean;
	home: string | undefined;
};

const count = (value: number, one: string): string => `${exactCountLabel(value)} ${value === 1 ? one : `${one}s`}`;

const failureRows = ({failures, home}: ProblemList, width: number): Row[] =>
	failures.map(({path, reason}) => [
		{text: oneLine(reason), tone: 'error'},
		{text: `  ${shortPath(path, Math.max(20, width - 30), home)}`, tone: 'dim'},
	]);

/** Problems under the file they lie in. */
const lineRows = ({problems, home}: ProblemList, width: number): Row[] =>
	problems.flatMap(({path, line, offset, length, reason}, index): Row[] => {
		const isFirst = problems[index - 1]?.path !== path;
		const row: Row = [
			{text: `  line ${exactCountLabel(line)}`, tone: 'accent'},
			{text: `  ${oneLine(reason)}`},
			{text: `  byte ${exactCountLabel(offset)}, ${count(length, 'byte')} long`, tone: 'dim'},
		];
		return isFirst ? [...(index === 0 ? [] : [[]]), [{text: shortPath(path, width, home), bold: true}], row] : [row];
	});

/** What could not be read, as rows of at most `width` cells. */
export const problemRows = (list: ProblemList, width: number): Row[] => {
	if (list.isLoading) {
		return [[{text: 'Loading…', tone: 'dim'}]];
	}

	if (list.problems.length === 0 && list.failures.length === 0) {
		return [[{text: 'Every line was read.', tone: 'success'}]];
	}

	const lines = count(list.problems.length, 'line');
	const intro = list.isCut
		? `The first ${lines} that could not be read:`
		: `${lines} could not be read; the rest was loaded.`;
	return [
		...(list.failures.length > 0
			? [[{text: `${count(list.failures.length, 'file')} could not be read:`, tone: 'warning'} as const]]
			: []),
		...failureRows(list, width),
		...(list.failures.length > 0 && list.problems.length > 0 ? [[]] : []),
		...(list.problems.length > 0 ? [[{text: intro, tone: 'warning'} as const], []] : []),
		...lineRows(list, width),
	].map(row => cutToWidth(row, width));
};
