import type {LogEvent} from '../../source/model/log-event.js';
import type {Prompt} from '../../source/model/session.js';
import {noUsage} from '../../source/model/token-usage.js';
import type {ReportPart} from '../../source/report/report-part.js';
import type {ReportRequest} from '../../source/report/request.js';
import {sampleEvents, samplePrelude, samplePrompt, sampleSession} from '../cli/sample-session.js';

const request: ReportRequest = {
	mode: 'full',
	cap: null,
	hasInherited: false,
	isReproducible: true,
	timeZone: 'UTC',
	writtenAt: null,
	version: '1.0.0',
	asked: [],
};

const sum = {usage: noUsage, cacheWriteTokens: 0, cost: 0, unpricedTokens: 0};

/** Words that events tell apart by, which no log chooses freely. */
const fixed = new Set(['kind', 'tool', 'status', 'change', 'level', 'at']);

/** A value with every free text replaced. */
const telling = <T>(value: T, text: string, key = ''): T => {
	if (typeof value === 'string') {
		return (fixed.has(key) ? value : text) as T;
	}

	if (Array.isArray(value)) {
		return value.map(one => telling(one, text)) as T;
	}

	return typeof value === 'object' && value !== null
		? (Object.fromEntries(Object.entries(value).map(([name, one]) => [name, telling(one, text, name)])) as T)
		: value;
};

/** The parts of a report with events of every kind, all of whose texts are `text`. */
export async function* partsTelling(text: string): AsyncGenerator<ReportPart> {
	const entry = {
		anchor: 's1',
		session: {...sampleSession, title: text, cwd: text, gitBranch: text, gitRepositoryUrl: text, models: [text]},
		added: {tags: [text], note: text},
	};
	const asEvent = (event: LogEvent) => ({event: telling(event, text), cut: 0, isBookmarked: true, note: text});
	const {events: _events, ...prompt} = samplePrompt satisfies Prompt;
	yield {type: 'head', head: {title: text, request: {...request, asked: [text]}, sessions: [entry], usage: null}};
	yield {
		type: 'session',
		session: {
			...entry,
			files: [{path: text, format: 'jsonl', bytes: 1, lines: 1, blankLines: 0, problems: 0, isKept: true}],
			contents: [
				{anchor: 's1-p1', index: 1, title: text},
				{anchor: 's1-p2', index: 2, title: text},
			],
			marked: [{path: text, line: 1, isBookmarked: true, note: text}],
		},
	};
	yield {
		type: 'prelude',
		events: (async function* () {
			yield* samplePrelude.map(asEvent);
		})(),
	};
	for (const index of [1, 2]) {
		yield {
			type: 'prompt',
			prompt: {
				...prompt,
				index,
				text,
				title: text,
				anchor: `s1-p${index}`,
				images: [{mediaType: text, bytes: 1, source: text}],
				added: {note: text, disposition: 'followed'},
				sum,
				events: sampleEvents.map(asEvent),
			},
		};
	}

	yield {type: 'session-end', sum};
	yield {
		type: 'closing',
		closing: {
			version: '1.0.0',
			writtenAt: null,
			covered: {
				sessions: 1,
				prompts: 2,
				events: 3,
				from: null,
				to: null,
				codexVersions: [[text, 1]],
				sources: [{path: text, sha256: 'ab', bytes: 1}],
			},
			totals: {...sum, toolCalls: 1, failedCalls: 0, byTool: [['command', 1]]},
			redactions: [{rule: 'r', origin: 'own rule', actor: text, reason: text, values: 1, places: 1, replaced: 0}],
			problems: [{path: text, line: 1, offset: 0, length: 1, reason: text}],
			leftOut: {automation: 1, inherited: 1, outOfRange: 1, events: 1, cutEvents: 1, cutCharacters: 1},
			request,
		},
	};
}
