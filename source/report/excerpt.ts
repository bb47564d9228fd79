import type {ShownStore} from '../disclose/shown.js';
import type {FileChange, LogEvent} from '../model/log-event.js';
import type {EventId, EventSummary, PromptId, SessionId} from '../model/session.js';
import type {EventDetail, EventScope} from '../store/store.js';
import {summaryLine} from '../text/labels.js';
import {plainText} from '../text/sanitize.js';
import {capEvent} from './cap-text.js';
import {isTold} from './event-choice.js';
import {eventView} from './event-view.js';
import {fenced} from './markdown/escape.js';
import {eventMarkdown} from './markdown/events.js';
import {promptMarkdown} from './markdown/prompts.js';
import {proseBlocks} from './prose.js';
import {PlaceholderCounter} from './redaction-tally.js';
import {type ReportMode, type ReportRequest, usualCap} from './request.js';

/** How much of an exchange is told: what was said, tool calls as well, everything. */
export type ExchangeLevel = Extract<ReportMode, 'answers' | 'actions' | 'full'>;

/** A piece of a session: Markdown where it is an exchange or an event, else the text itself. */
export type ExcerptKind = ExchangeLevel | 'event' | 'prompt' | 'answer' | 'command' | 'diff' | 'session-id' | 'path';

/** What an excerpt is about, as far as it is selected. */
export type ExcerptPlace = {session: SessionId; prompt: PromptId | 'prelude' | undefined; event: EventId | undefined};

/** One that looks through whole sessions first, and reveals nothing. */
export type ExcerptStore = Pick<
	ShownStore,
	'event' | 'eventIds' | 'listEvents' | 'listPrompts' | 'promptText' | 'session' | 'sourceFiles'
>;

/** An exchange longer than this, in UTF-16 units, is cut off with a word about it: no clipboard is meant for it. */
const mostCharacters = 2_000_000;

/** A piece of a session as it may leave; undefined where there is none. */
export const excerpt = async (
	store: ExcerptStore,
	kind: ExcerptKind,
	{session, prompt, event}: ExcerptPlace,
): Promise<string | undefined> => {
	switch (kind) {
		case 'answers':
		case 'actions':
		case 'full':
			return prompt === undefined ? undefined : exchange(store, {sessionId: session, promptId: prompt}, kind);
		case 'prompt':
			return typeof prompt === 'number' ? text(await store.promptText(prompt)) : undefined;
		case 'answer':
			return prompt === undefined ? undefined : answer(store, {sessionId: session, promptId: prompt});
		case 'session-id':
			return text((await store.session(session))?.threadId);
		case 'event':
		case 'command':
		case 'diff':
		case 'path': {
			const detail = event === undefined ? undefined : await store.event(event);
			if (kind === 'path') {
				return text(detail?.path ?? (await store.sourceFiles(session)).at(-1)?.path);
			}

			return detail && ofEvent(detail, kind);
		}
	}
};

/** Every piece of code in an event: its own, and what stands between fences in what was said. */
export const codeBlocks = async (store: ExcerptStore, id: EventId): Promise<string[]> => {
	const event = (await store.event(id))?.event;
	if (event === undefined || event.kind === 'problem') {
		return [];
	}

	return eventView(event)
		.blocks.flatMap(block =>
			block.type === 'code'
				? [block.text]
				: block.type === 'prose'
					? proseBlocks(block.text, clean).flatMap(part => (part.type === 'code' ? [part.text] : []))
					: [],
		)
		.flatMap(code => text(code) ?? []);
};

/** How many different values stand in a text as placeholders. */
export const redactedValues = (told: string): number => {
	const counter = new PlaceholderCounter();
	counter.count(told);
	return counter.rows(new Map(), new Map()).reduce((sum, {values}) => sum + values, 0);
};

/** Without what could steer a terminal that it is pasted into; tabs stay, which programs and diffs are made of. */
const clean = (found: string): string =>
	found
		.split('\t')
		.map(piece => plainText(piece))
		.join('\t');

const text = (found: string | null | undefined): string | undefined => {
	const cleaned = clean(found ?? '').replace(/\n+$/, '');
	return cleaned.trim() === '' ? undefined : cleaned;
};

const requestOf = (mode: ExchangeLevel): ReportRequest => ({
	mode,
	cap: mode === 'full' ? null : usualCap,
	hasInherited: true,
	isReproducible: false,
	writtenAt: null,
	version: '',
	asked: [],
});

const exchange = async (store: ExcerptStore, scope: EventScope, mode: ExchangeLevel): Promise<string | undefined> => {
	const request = requestOf(mode);
	let told = await beginning(store, scope, request);
	if (told === undefined) {
		return undefined;
	}

	for (const {id} of await eventsAfterPrompt(store, scope)) {
		const event = (await store.event(id))?.event;
		if (event !== undefined && (event.kind === 'problem' || isTold(event, mode))) {
			told += `${event.kind === 'problem' ? problemMarkdown(event) : markdownOf(event, request)}\n`;
		}

		if (told.length > mostCharacters) {
			return `${told}*What follows was left out: it is too long.*\n`;
		}
	}

	return `${told.trimEnd()}\n`;
};

const beginning = async (
	store: ExcerptStore,
	{sessionId, promptId}: EventScope,
	request: ReportRequest,
): Promise<string | undefined> => {
	if (promptId === 'prelude') {
		return '### Before the first prompt\n\n';
	}

	const prompt = (await store.listPrompts(sessionId)).find(({id}) => id === promptId);
	if (prompt === undefined) {
		return undefined;
	}

	const {usage, imageCount} = prompt;
	const said = await store.promptText(promptId);
	return promptMarkdown(
		{
			...prompt,
			title: summaryLine(said, 100),
			text: said,
			images: {length: imageCount},
			added: {note: null, disposition: null},
			sum: {usage, cacheWriteTokens: 0, cost: null, unpricedTokens: 0},
		},
		request,
	);
};

const eventsAfterPrompt = async (store: ExcerptStore, scope: EventScope): Promise<readonly EventSummary[]> =>
	(await store.listEvents(await store.eventIds(scope))).filter(({kind}) => kind !== 'prompt');

const markdownOf = (event: LogEvent, request: ReportRequest): string => {
	const {value, cut} = capEvent(event, request.cap);
	return eventMarkdown({event: value, cut, isBookmarked: false, note: null}, request);
};

type ProblemEvent = Extract<EventDetail['event'], {kind: 'problem'}>;

const problemMarkdown = ({problem, excerpt: bytes}: ProblemEvent): string =>
	`**Could not be read** · line ${problem.line}\n\n${fenced(`${problem.reason}\n\n${bytes}`)}\n`;

/** What the prompt led to: the last answer, or the last comment where there is none. */
const answer = async (store: ExcerptStore, scope: EventScope): Promise<string | undefined> => {
	let comment: string | undefined;
	for (const {id, kind, label, context} of (await eventsAfterPrompt(store, scope)).toReversed()) {
		const isAnswer = kind === 'plan' || (kind === 'message' && label === 'assistant' && context === null);
		const event = isAnswer ? (await store.event(id))?.event : undefined;
		if (event?.kind !== 'message' && event?.kind !== 'plan') {
			continue;
		}

		if (event.kind === 'plan' || event.phase !== 'commentary') {
			return text(event.text);
		}

		comment ??= text(event.text);
	}

	return comment;
};

const ofEvent = ({event}: EventDetail, kind: 'event' | 'command' | 'diff'): string | undefined => {
	if (kind === 'event') {
		return event.kind === 'problem' ? problemMarkdown(event) : markdownOf(event, requestOf('full'));
	}

	if (event.kind === 'user-command') {
		return kind === 'command' ? text(event.command) : undefined;
	}

	if (event.kind !== 'tool-call') {
		return undefined;
	}

	const {changes = [], operations = []} = event;
	if (kind === 'command') {
		// A patch's command is the list of its files.
		return changes.length > 0 ? undefined : text(event.command);
	}

	const diffs = [...changes, ...operations.flatMap(operation => operation.changes ?? [])].flatMap(diffText);
	return text(diffs.length === 0 && event.tool === 'patch' ? event.arguments : diffs.join('\n'));
};

/** A diff that says itself which file it changes. */
const diffText = ({path, movedTo, diff}: FileChange): string[] => {
	if (diff === null || diff === '') {
		return [];
	}

	const isNamed = /^(?:diff |--- |\*\*\* )/.test(diff);
	return [`${isNamed ? '' : `--- ${path}\n+++ ${movedTo ?? path}\n`}${diff.replace(/\n+$/, '')}`];
};
