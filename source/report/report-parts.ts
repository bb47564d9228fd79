import type {ShownStore} from '../disclose/shown.js';
import {noSessionAnnotations, type SessionAnnotations} from '../model/annotation.js';
import type {LogEvent} from '../model/log-event.js';
import {UserError} from '../model/problem.js';
import type {Prompt, PromptSummary} from '../model/session.js';
import type {AnnotationsInside} from '../store/annotations.js';
import {summaryLine} from '../text/labels.js';
import {dayOf} from '../usage/days.js';
import {groupUsage, type UsageSum} from '../usage/group.js';
import type {PriceTable} from '../usage/prices.js';
import {capEvent} from './cap-text.js';
import {type ChosenSession, isWhole, wantsPrompt} from './chosen.js';
import {isTold, neverTold} from './event-choice.js';
import type {RedactionTally} from './redaction-tally.js';
import type {ReportEvent, ReportHead, ReportPart, ReportSession, ReportSource, SessionEntry} from './report-part.js';
import {nothingUsed, ReportSums, together} from './report-sums.js';
import type {ReportRequest} from './request.js';
import {UsageTrail} from './usage-of-events.js';

export type ReportMaterial = {
	/** Everything that a report says comes from here. */
	store: ShownStore;
	/** In the order of the report. */
	chosen: readonly ChosenSession[];
	/** Sessions of automation that were not asked for. */
	automation: number;
	request: ReportRequest;
	prices: PriceTable;
	/** What was redacted in the text that was written so far. */
	tally: () => Promise<RedactionTally>;
	/** Told before each session, with how many went before it. */
	onSession?: ((done: number) => void) | undefined;
};

/**
Tells a report part by part, one prompt in memory at a time. Everything is taken from the store as it may be shown. Throws a
`UserError` when a line was asked for that tells no event.
*/
export async function* reportParts(material: ReportMaterial): AsyncGenerator<ReportPart> {
	const {store, chosen, request, tally} = material;
	const added = await store.annotations.sessions();
	const entries = chosen.map(({session}, index): SessionEntry => {
		const own: SessionAnnotations = added.get(session.threadId) ?? noSessionAnnotations;
		// Since when a log is gone is known on this machine only.
		const told = request.isReproducible ? {...session, gone: null} : session;
		return {anchor: `s${index + 1}`, session: told, added: own};
	});
	const sums = new ReportSums();
	sums.leftOut.automation = material.automation;
	const head = await headOf(material, entries);
	yield {type: 'head', head};
	for (const [index, choice] of chosen.entries()) {
		material.onSession?.(index);
		yield* sessionParts(material, choice, entries[index] as SessionEntry, sums);
	}

	const {sessions, prompts, events, from, to, codexVersions, sources, toolCalls, failedCalls, byTool} = sums;
	yield {
		type: 'closing',
		closing: {
			version: request.version,
			writtenAt: request.writtenAt,
			covered: {sessions, prompts, events, from, to, codexVersions, sources},
			totals: {...(head.usage?.byDay.total ?? sums.used), toolCalls, failedCalls, byTool},
			redactions: await tally(),
			problems: sums.problems,
			leftOut: sums.leftOut,
			request,
		},
	};
}

const headOf = async (
	{store, chosen, request, prices}: ReportMaterial,
	entries: readonly SessionEntry[],
): Promise<ReportHead> => {
	const [only] = entries;
	const title =
		entries.length === 1 && only !== undefined
			? summaryLine(only.session.title ?? '', 100) || 'Session without a title'
			: `Report on ${entries.length} sessions`;
	if (!chosen.every(isWhole)) {
		return {title, request, sessions: entries, usage: null};
	}

	const {since, until, timeZone} = request;
	const ids = new Set(chosen.map(({session}) => session.id));
	const usage = (await store.usage({since, until, timeZone})).filter(({sessionId}) => ids.has(sessionId));
	return {
		title,
		request,
		sessions: entries,
		usage: {
			byDay: groupUsage(usage, 'day', prices),
			byModel: groupUsage(usage, 'model', prices),
			byRepository: groupUsage(usage, 'repo', prices),
		},
	};
};

async function* sessionParts(
	{store, request, prices}: ReportMaterial,
	choice: ChosenSession,
	entry: SessionEntry,
	sums: ReportSums,
): AsyncGenerator<ReportPart> {
	const {session, anchor} = entry;
	const inside = await store.annotations.inside(session.id);
	const summaries = (await store.listPrompts(session.id)).filter(({asker}) => asker === 'person');
	const marks = await marksOf(store, inside, summaries);
	const contents = summaries
		.map((summary, index) => ({...summary, index: index + 1}))
		.filter(prompt => choice.lines === undefined && wantsPrompt(choice, prompt) && !isLeftOut(prompt, choice, request))
		.map(({index, title}) => ({anchor: `${anchor}-p${index}`, index, title: summaryLine(title, 100)}));
	const files = await store.sourceFiles(session.id);
	const shownFiles = request.isReproducible ? files.map(file => ({...file, path: nameOf(file.path)})) : files;
	sums.sessions++;
	sums.addVersion(session.cliVersion);
	yield {type: 'session', session: {...entry, files: shownFiles, contents, marked: markedOf(marks, request)}};

	const trail = new UsageTrail(session, prices);
	let wasLineFound = false;
	let used = nothingUsed;
	const addUsage = (sum: UsageSum): void => {
		used = together(used, sum);
		sums.addUsage(sum);
	};
	const told = (events: readonly LogEvent[], prompt: Prompt['id'] | 'prelude'): ReportEvent[] => {
		sums.addEvents(events);
		const inMode = events.filter(event =>
			choice.lines === undefined ? isTold(event, request.mode) : choice.lines.has(event.line),
		);
		wasLineFound ||= choice.lines !== undefined && inMode.length > 0;
		sums.leftOut.events += choice.lines === undefined ? events.length - inMode.length : 0;
		sums.events += inMode.length;
		return inMode.map(event => {
			const {value, cut} = capEvent(event, request.cap);
			sums.leftOut.cutCharacters += cut;
			sums.leftOut.cutEvents += cut > 0 ? 1 : 0;
			const mark = marks.get(`${prompt} ${event.line}`);
			return {event: value, cut, isBookmarked: mark?.isBookmarked === true, note: mark?.note ?? null};
		});
	};

	const wantsPrelude = isWhole(choice) || choice.lines !== undefined || choice.promptIds?.has('prelude') === true;
	if (wantsPrelude && (choice.lines !== undefined || startsInRange(session.startedAt, request))) {
		yield {
			type: 'prelude',
			events: (async function* () {
				for await (const event of store.prelude(session.id)) {
					addUsage(trail.add([event]));
					yield* told([event], 'prelude');
				}
			})(),
		};
	}

	const without = choice.lines === undefined ? neverTold(request.mode) : undefined;
	for await (const prompt of store.prompts(session.id, without)) {
		const sum = trail.add(prompt.events);
		const isAsked =
			wantsPrompt(choice, prompt) &&
			(choice.lines === undefined || prompt.events.some(({line}) => choice.lines?.has(line)));
		if (!isAsked) {
			continue;
		}

		if (isLeftOut(prompt, choice, request)) {
			sums.leftOut[prompt.state === 'inherited' && !request.hasInherited ? 'inherited' : 'outOfRange']++;
			continue;
		}

		sums.prompts++;
		sums.addTime(prompt.startedAt);
		addUsage(sum);
		const {events, ...rest} = prompt;
		const title = summaryLine(prompt.text, 100);
		yield {
			type: 'prompt',
			prompt: {
				...rest,
				// Who asks for costs is not told what was said.
				text: request.mode === 'usage' ? title : prompt.text,
				gone: request.isReproducible ? null : prompt.gone,
				anchor: `${anchor}-p${prompt.index}`,
				title,
				added: inside.prompts.get(prompt.id) ?? {note: null, disposition: null},
				sum,
				events: told(events, prompt.id),
			},
		};
	}

	if (choice.lines !== undefined && !wasLineFound) {
		const lines = [...choice.lines].join(', ');
		throw new UserError(`Session ${session.threadId} tells no event that begins on line ${lines}.`, 1);
	}

	for await (const problem of store.problems(session.id)) {
		sums.problems.push(request.isReproducible ? {...problem, path: nameOf(problem.path)} : problem);
	}

	for (const {path, sha256, bytes} of await store.digests(session.id)) {
		sums.sources.push({path: request.isReproducible ? nameOf(path) : path, sha256, bytes} satisfies ReportSource);
	}

	yield {type: 'session-end', sum: used};
}

/** Prompts outside of the days asked for, and those that are told elsewhere; what was asked for by its number is told anyway. */
const isLeftOut = (
	{index, state, startedAt}: Pick<PromptSummary, 'index' | 'state' | 'startedAt'>,
	{prompts, lines}: ChosenSession,
	request: ReportRequest,
): boolean =>
	prompts?.has(index) !== true &&
	lines === undefined &&
	((state === 'inherited' && !request.hasInherited) || !startsInRange(startedAt, request));

/** What has no time is in every range. */
const startsInRange = (
	at: string | null,
	{since, until, timeZone}: Pick<ReportRequest, 'since' | 'until' | 'timeZone'>,
): boolean => {
	if (at === null || (since === undefined && until === undefined)) {
		return true;
	}

	const day = dayOf(Date.parse(at), timeZone);
	return (since === undefined || day >= since) && (until === undefined || day <= until);
};

type Mark = {path: string | null; line: number; isBookmarked: boolean; note: string | null};

/** Bookmarks and notes of events by the prompt that they belong to and the line they begin on. */
const marksOf = async (
	store: ShownStore,
	{events}: AnnotationsInside,
	prompts: readonly PromptSummary[],
): Promise<Map<string, Mark>> => {
	const marks = new Map<string, Mark>();
	for (const [id, {isBookmarked, note}] of events) {
		const detail = await store.event(id);
		const line = detail?.lines[0];
		if (detail !== undefined && line !== undefined) {
			const prompt = prompts.findLast(one => one.id <= id)?.id ?? 'prelude';
			marks.set(`${prompt} ${line}`, {path: detail.path, line, isBookmarked, note});
		}
	}

	return marks;
};

const markedOf = (marks: ReadonlyMap<string, Mark>, {isReproducible}: ReportRequest): ReportSession['marked'] =>
	[...marks.values()].map(mark => ({
		...mark,
		path: isReproducible && mark.path !== null ? nameOf(mark.path) : mark.path,
	}));

const nameOf = (path: string): string => /[^/\\]*$/.exec(path)?.[0] ?? path;
