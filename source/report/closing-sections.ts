import {costLabel} from '../text/amounts.js';
import {bytesLabel, dateTimeLabel, exactCountLabel} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import {toolName} from './event-view.js';
import type {TallyRow} from './redaction-tally.js';
import type {ReportClosing} from './report-part.js';
import {modeTitle, type ReportRequest} from './request.js';

/** A part of what a report says about itself: facts, then a table, then words; any of them may be empty. */
export type ClosingSection = {
	/** Unique among them, for links. */
	id: string;
	title: string;
	facts: readonly (readonly [name: string, value: string])[];
	table?: {columns: readonly string[]; rows: readonly (readonly string[])[]};
	words: readonly string[];
};

/** What every report closes with, in the same words in every document. Texts are still to be escaped. */
export const closingSections = (closing: ReportClosing): ClosingSection[] => [
	covered(closing),
	totals(closing),
	redactions(closing),
	unreadable(closing),
	leftOut(closing),
];

const covered = ({covered: what, request, version, writtenAt}: ReportClosing): ClosingSection => {
	const {sessions, prompts, events, from, to, codexVersions, sources} = what;
	return {
		id: 'covered',
		title: 'What is covered',
		facts: [
			...request.asked.map((words): [string, string] => ['Asked for', words]),
			['Tells', modeTitle(request.mode)],
			...(request.since === undefined ? [] : [['From day', request.since] as const]),
			...(request.until === undefined ? [] : [['To day', request.until] as const]),
			['Sessions', exactCountLabel(sessions)],
			['Prompts', exactCountLabel(prompts)],
			['Events', exactCountLabel(events)],
			...(from === null ? [] : [['Time', `${moment(from, request)} to ${moment(to, request)}`] as const]),
			[
				'Codex',
				codexVersions.map(([name, count]) => `${name} (${count} ${count === 1 ? 'session' : 'sessions'})`).join(', '),
			],
			['Written by', `codex-tui ${version}`],
			...(writtenAt === null ? [] : [['Written at', moment(writtenAt, request)] as const]),
		],
		table: {
			columns: ['Log', 'Bytes', 'SHA-256'],
			rows: sources.map(({path, bytes, sha256}) => [plainPath(path), exactCountLabel(bytes), sha256]),
		},
		words: [
			'The hashes are those of the bytes of the logs, decompressed, as they were read for this report. ' +
				'Hash the same log again to see whether it is still the same.',
		],
	};
};

const totals = ({totals: all}: ReportClosing): ClosingSection => {
	const {inputTokens, cachedInputTokens, outputTokens, reasoningOutputTokens, totalTokens} = all.usage;
	return {
		id: 'totals',
		title: 'Totals',
		facts: [
			['Tokens', exactCountLabel(totalTokens)],
			['Input', `${exactCountLabel(inputTokens)}, ${exactCountLabel(cachedInputTokens)} of it cached`],
			['Output', `${exactCountLabel(outputTokens)}, ${exactCountLabel(reasoningOutputTokens)} of it reasoning`],
			['Cost', `${costLabel(all)} at list prices of the API`],
			...(all.unpricedTokens > 0
				? [['Without a price', `${exactCountLabel(all.unpricedTokens)} tokens`] as const]
				: []),
			['Tool calls', `${exactCountLabel(all.toolCalls)}, ${exactCountLabel(all.failedCalls)} of them failed`],
		],
		...(all.byTool.length === 0
			? {}
			: {
					table: {
						columns: ['Tool', 'Calls'],
						rows: all.byTool.map(([tool, count]) => [toolName(tool), exactCountLabel(count)]),
					},
				}),
		words: [],
	};
};

const redactions = ({redactions: rows}: ReportClosing): ClosingSection => {
	const places = rows.reduce((sum, row) => sum + row.places, 0);
	const caution = 'No detector finds everything: look at what you give away.';
	return {
		id: 'redactions',
		title: 'What was redacted',
		facts: [],
		...(rows.length === 0
			? {}
			: {
					table: {
						columns: ['Rule', 'By', 'Placeholders', 'Places', 'Replaced otherwise'],
						rows: rows.map(row => [
							row.rule,
							byWhom(row),
							exactCountLabel(row.values),
							exactCountLabel(row.places),
							exactCountLabel(row.replaced),
						]),
					},
				}),
		words:
			rows.length === 0
				? [`Nothing in this report was redacted. ${caution}`]
				: [
						`${exactCountLabel(places)} ${places === 1 ? 'place holds' : 'places hold'} a placeholder; equal values have equal ones. ` +
							`What a rule replaces otherwise, such as a home folder by ~, is counted by values, as it leaves no trace. ${caution}`,
					],
	};
};

const byWhom = ({origin, actor, reason}: TallyRow): string =>
	[origin, actor, reason].filter(part => part !== null && part !== '').join(', ');

const unreadable = ({problems}: ReportClosing): ClosingSection => ({
	id: 'unreadable',
	title: 'What could not be read',
	facts: [],
	...(problems.length === 0
		? {}
		: {
				table: {
					columns: ['Log', 'Line', 'Length', 'Why'],
					rows: problems.map(({path, line, length, reason}) => [
						plainPath(path),
						exactCountLabel(line),
						bytesLabel(length),
						reason,
					]),
				},
			}),
	words: problems.length === 0 ? ['Every line of these logs was read.'] : [],
});

const leftOut = ({leftOut: what, request}: ReportClosing): ClosingSection => {
	const facts: [string, number, string][] = [
		['Sessions of automation', what.automation, 'sub-agents, reviews and their like; --automation tells them'],
		['Inherited prompts', what.inherited, 'copied from a parent, and told there; --inherited tells them'],
		['Prompts of other days', what.outOfRange, 'outside of the days asked for'],
		['Events', what.events, `not told in this mode (${modeTitle(request.mode)})`],
		['Outputs cut', what.cutEvents, `${exactCountLabel(what.cutCharacters)} characters; --cap none tells all`],
	];
	const told = facts.filter(([, count]) => count > 0);
	return {
		id: 'left-out',
		title: 'What was left out',
		facts: told.map(([name, count, why]) => [name, `${exactCountLabel(count)}: ${why}`]),
		words: [
			...(told.length === 0 ? ['Nothing that was asked for.'] : []),
			'Pixels of images and encrypted reasoning are in no report.',
		],
	};
};

/** A moment as all documents write it. */
export const moment = (at: string | null, {timeZone}: Pick<ReportRequest, 'timeZone'>): string =>
	at === null ? '' : `${dateTimeLabel(at, timeZone)}${timeZone === 'UTC' ? ' UTC' : ''}`;
