import type {FoundValue} from '../disclose/triage.js';
import {exactCountLabel} from '../text/labels.js';
import type {Row, Tone} from '../text/span.js';
import {type Cell, columnHeading, joinCells, oneLine} from './spans.js';

const gap = 2;
const ruleWidth = 26;
const certaintyWidth = 9;
const countWidth = 6;
const whereWidth = 18;
const leastContext = 20;

const tones: Record<FoundValue['confidence'], Tone> = {high: 'error', medium: 'warning', low: 'dim'};

/** Where a value stands first: `prompt 3, line 120`. */
const whereOf = ({places: [first]}: FoundValue): string =>
	first === undefined
		? ''
		: [
				first.prompt === null ? (first.event === null ? 'session' : 'prelude') : `prompt ${first.prompt}`,
				...(first.line === null ? [] : [`line ${first.line}`]),
			].join(', ');

type Columns = {rule: number; certainty: number; count: number; where: number; context: number};

/** Narrow screens keep what was found and how often, then how certain that is, then where. */
const columnsOf = (width: number): Columns => {
	const rule = Math.max(8, Math.min(ruleWidth, width - countWidth - gap));
	let left = width - rule - countWidth - gap;
	const take = (wanted: number, rest: number): number => {
		const fits = left - wanted - gap >= rest;
		left -= fits ? wanted + gap : 0;
		return fits ? wanted : 0;
	};
	const certainty = take(certaintyWidth, 0);
	const where = take(whereWidth, leastContext + gap);
	const context = left - gap >= leastContext ? left - gap : 0;
	return {rule, certainty, count: countWidth, where, context};
};

const joined = (cells: readonly Cell[]): Row =>
	joinCells(
		cells.filter(({width}) => width > 0),
		gap,
	);

export const findingHeading = (width: number): Row => {
	const {rule, certainty, count, where, context} = columnsOf(width);
	return joined([
		columnHeading(rule, 'Rule', 'left'),
		columnHeading(certainty, 'Certainty', 'left'),
		columnHeading(count, 'Times'),
		columnHeading(where, 'First', 'left'),
		columnHeading(context, 'There', 'left'),
	]);
};

/** One value that was found: by which rule, how certain, how often, and where it stands first. */
export const findingRow = (found: FoundValue, width: number): Row => {
	const {rule, certainty, count, where, context} = columnsOf(width);
	return joined([
		{row: [{text: found.ruleId}], width: rule},
		{row: [{text: found.confidence, tone: tones[found.confidence]}], width: certainty},
		{row: [{text: exactCountLabel(found.count)}], width: count, align: 'right'},
		{row: [{text: whereOf(found), tone: 'dim'}], width: where},
		{row: [{text: oneLine(found.context)}], width: context},
	]);
};
