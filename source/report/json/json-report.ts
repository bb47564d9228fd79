import type {LogEvent} from '../../model/log-event.js';
import type {UsageReport, UsageSum} from '../../usage/group.js';
import type {ReportClosing, ReportEvent, ReportHead, ReportPart, ReportPrompt, ReportSession} from '../report-part.js';
import {eventJson, jsonSchemaVersion, promptJson, sessionJson} from './contract.js';

/** A report as the JSON contract has it, one session, event or prompt per line of text. */
export async function* jsonReport(parts: AsyncIterable<ReportPart>): AsyncGenerator<string> {
	let isFirstSession = true;
	let isFirstPrompt = true;
	let hasPrelude = false;
	/** What stands between the session and its first prompt. */
	const beforePrompts = (): string => {
		const prelude = hasPrelude ? '' : '"prelude":{"events":[],"cuts":[]},\n';
		hasPrelude = true;
		return isFirstPrompt ? `${prelude}"prompts":[` : ',';
	};

	for await (const part of parts) {
		switch (part.type) {
			case 'head':
				yield headJson(part.head);
				break;
			case 'session':
				yield `${isFirstSession ? '' : ','}\n${openSession(part.session)}`;
				[isFirstSession, isFirstPrompt, hasPrelude] = [false, true, false];
				break;
			case 'prelude': {
				hasPrelude = true;
				const cuts: Cut[] = [];
				let comma = '';
				yield '"prelude":{"events":[';
				for await (const event of part.events) {
					yield `${comma}\n${JSON.stringify(eventJson(event.event))}`;
					cuts.push(...cutsOf([event]));
					comma = ',';
				}

				yield `],"cuts":${JSON.stringify(cuts)}},\n`;
				break;
			}

			case 'prompt':
				yield `${beforePrompts()}\n${JSON.stringify(reportPromptJson(part.prompt))}`;
				isFirstPrompt = false;
				break;
			case 'session-end':
				yield `${isFirstPrompt ? beforePrompts() : ''}]}`;
				break;
			case 'closing':
				yield `],\n"closing":${JSON.stringify(closingJson(part.closing))}}\n`;
		}
	}
}

type Cut = {line: number; characters: number};

const cutsOf = (events: readonly ReportEvent[]): Cut[] =>
	events.flatMap(({event, cut}) => (cut === 0 ? [] : [{line: event.line, characters: cut}]));

const headJson = ({request, usage}: ReportHead): string => {
	const {mode, asked, since, until, cap, hasInherited, isReproducible, writtenAt, version} = request;
	const head = {
		schema: jsonSchemaVersion,
		report: {
			mode,
			asked,
			since: since ?? null,
			until: until ?? null,
			cap,
			inherited: hasInherited,
			reproducible: isReproducible,
			writtenAt,
			version,
		},
		usage:
			usage === null
				? null
				: {
						byDay: rowsJson(usage.byDay),
						byModel: rowsJson(usage.byModel),
						byRepository: rowsJson(usage.byRepository),
					},
	};
	return `${JSON.stringify(head).slice(0, -1)},\n"sessions":[`;
};

const rowsJson = ({rows}: UsageReport) => rows.map(({key, ...sum}) => ({key, ...sumJson(sum)}));

const sumJson = ({usage, cacheWriteTokens, cost, unpricedTokens}: UsageSum) => ({
	usage,
	cacheWriteTokens,
	cost,
	unpricedTokens,
});

const openSession = ({session, files, added, marked}: ReportSession): string => {
	const marks = marked.map(({path, line, isBookmarked, note}) => ({path, line, bookmarked: isBookmarked, note}));
	const opened = {session: sessionJson(session, files, added), marked: marks};
	return `${JSON.stringify(opened).slice(0, -1)},\n`;
};

const reportPromptJson = ({events, added, sum, ...prompt}: ReportPrompt) => ({
	prompt: promptJson({...prompt, events: events.map(({event}): LogEvent => event)}, added),
	cost: sum.cost,
	unpricedTokens: sum.unpricedTokens,
	cuts: cutsOf(events),
});

const closingJson = ({version, writtenAt, covered, totals, redactions, problems, leftOut}: ReportClosing) => {
	const {codexVersions, ...rest} = covered;
	const {toolCalls, failedCalls, byTool, ...sum} = totals;
	return {
		version,
		writtenAt,
		covered: {...rest, codexVersions: codexVersions.map(([name, sessions]) => ({version: name, sessions}))},
		totals: {
			...sumJson(sum),
			toolCalls,
			failedCalls,
			byTool: byTool.map(([tool, calls]) => ({tool, calls})),
		},
		redactions,
		problems: problems.map(({path, line, offset, length, reason}) => ({path, line, offset, length, reason})),
		leftOut,
	};
};
