import {costLabel} from '../text/amounts.js';
import {dateTimeLabel, durationLabel, exactCountLabel} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import {moment} from './closing-sections.js';
import type {ReportHead, ReportPrompt, ReportSession} from './report-part.js';
import {modeTitle, type ReportRequest} from './request.js';

type Fact = readonly [name: string, value: string];

const given = (facts: readonly (readonly [string, string | null])[]): Fact[] =>
	facts.filter((fact): fact is Fact => fact[1] !== null && fact[1] !== '');

/** What a report is, at its top. */
export const headFacts = ({sessions, usage, request}: ReportHead): Fact[] => {
	return given([
		...request.asked.map(words => ['Asked for', words] as const),
		['Tells', modeTitle(request.mode)],
		['Days', [request.since ?? '', request.until ?? ''].some(Boolean) ? rangeLabel(request) : null],
		['Sessions', sessions.length === 1 ? null : exactCountLabel(sessions.length)],
		['Tokens', usage === null ? null : exactCountLabel(usage.byDay.total.usage.totalTokens)],
		['Cost', usage === null ? null : `${costLabel(usage.byDay.total)} at list prices of the API`],
		['Written', request.writtenAt === null ? null : moment(request.writtenAt, request)],
	]);
};

const rangeLabel = ({since, until}: ReportRequest): string =>
	[since === undefined ? '' : `from ${since}`, until === undefined ? '' : `to ${until}`].filter(Boolean).join(' ');

/** What a session is; what is not known is left out. */
export const sessionFacts = ({session, added, files}: ReportSession, request: ReportRequest): Fact[] =>
	given([
		['Session', session.threadId],
		['Kind', session.kind === 'main' ? null : session.kind],
		['Parent', session.parentThreadId],
		['Fork of', session.forkedFromThreadId],
		['Tags', added.tags.join(', ')],
		['Note', added.note],
		['Began', moment(session.startedAt, request)],
		['Ended', moment(session.endedAt, request)],
		['Took', durationLabel(session.durationMs)],
		['Folder', session.cwd === null ? null : plainPath(session.cwd)],
		['Repository', session.gitRepositoryUrl],
		['Branch', session.gitBranch],
		['Commit', session.gitCommit],
		['Models', session.models.join(', ')],
		['Codex', [session.cliVersion, session.originator].filter(Boolean).join(', ')],
		['Prompts', exactCountLabel(session.promptCount)],
		['Tool calls', exactCountLabel(session.toolCallCount)],
		['Tokens', session.usage.totalTokens === 0 ? null : exactCountLabel(session.usage.totalTokens)],
		['Gone', session.gone === null ? null : `${session.gone.reason} since ${moment(session.gone.since, request)}`],
		...files.map(({path}) => ['Log', plainPath(path)] as const),
	]);

export type FactualPrompt = Pick<ReportPrompt, 'state' | 'gone' | 'startedAt' | 'sum' | 'added'>;

/** What is worth knowing of a prompt before one reads it. */
export const promptFacts = ({state, gone, startedAt, sum, added}: FactualPrompt, request: ReportRequest): string[] =>
	[
		state === 'live' ? '' : state,
		gone === null ? '' : `no longer in the log (${gone.reason})`,
		dateTimeLabel(startedAt, request.timeZone),
		sum.usage.totalTokens === 0 ? '' : `${exactCountLabel(sum.usage.totalTokens)} tokens`,
		sum.usage.totalTokens === 0 || sum.cost === null ? '' : costLabel(sum),
		added.disposition ?? '',
	].filter(fact => fact !== '');
