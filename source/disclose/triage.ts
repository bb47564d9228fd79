import {setImmediate} from 'node:timers/promises';
import type {DecisionAction, DecisionScope} from '../model/decision.js';
import type {LogEvent} from '../model/log-event.js';
import type {Problem} from '../model/problem.js';
import type {EventId, PromptId, SessionId, SessionSummary} from '../model/session.js';
import type {Place} from '../redact/engine/detector.js';
import {type FieldText, textsOfEvent, textsOfSession} from '../redact/event-texts.js';
import type {Confidence, FindingClass, Match} from '../redact/finding.js';
import type {Redacted} from '../redact/redactor.js';
import type {Store} from '../store/store.js';
import type {Disclosure} from './disclosure.js';
import {locate} from './locate.js';

/** One value that was found in a session. The value itself stays with who found it. */
export type FoundValue = {
	/** Names it, until findings are asked for again. */
	key: number;
	placeholder: Redacted;
	ruleId: string;
	class: FindingClass;
	confidence: Confidence;
	/** How often it stands in the session. */
	count: number;
	/** The first of them. */
	places: FoundPlace[];
	/** The text round the first one, redacted. */
	context: Redacted;
};

export type FoundPlace = {
	/** Null in what is known of the session besides its events. */
	event: EventId | null;
	/** Null with `event`. */
	promptId: PromptId | 'prelude' | null;
	/** Counted from 1; null outside of prompts. */
	prompt: number | null;
	/** Of the log, counted from 1. */
	line: number | null;
	/** Kind of event, or `session`. */
	kind: string;
	field: string;
};

/** What a person decides about. */
export type Subject =
	| {what: 'finding'; key: number}
	/** As it was read on screen; line ends and marks of Markdown make no difference. */
	| {what: 'selection'; event: EventId; text: string}
	| {what: 'event'; event: EventId}
	/** A prompt with all that followed it. */
	| {what: 'prompt'; prompt: PromptId};

export type Choice = {
	action: DecisionAction;
	scope: DecisionScope;
	reason: string;
	replacement?: string | null;
};

/** A text of an event before and after redaction. */
export type ComparedField = {field: string; before: string; after: Redacted};

export type Triage = {
	/** Every value found in a session, what is most certain first. */
	findings: (session: SessionId) => Promise<FoundValue[]>;
	/** Decides; answers how many decisions came of it. */
	decide: (session: SessionId, subject: Subject, choice: Choice) => Promise<number>;
	/** The texts of an event as they are, which is noted, and as they would leave. */
	compare: (event: EventId) => Promise<ComparedField[]>;
};

type Kept = {match: Match; text: string; place: Place; at: FoundPlace};

const mostPlaces = 50;
const contextLength = 40;
const stepMs = 8;

/** A text of which nothing is left. */
const hiddenWhole = /^\[REDACTED:manual#\d+\]$/;

const certainty: Record<Confidence, number> = {high: 0, medium: 1, low: 2};

/** Works on findings for a person who decides about them. `onDecided` is called after each change. */
export const createTriage = (store: Store, disclosure: Disclosure, onDecided: () => Promise<void>): Triage => {
	/** By key, of the session that was asked for last. */
	let kept: Kept[] = [];

	const sessionOf = async (id: SessionId): Promise<SessionSummary> => {
		const session = await store.session(id);
		if (session === undefined) {
			throw new Error(`There is no session ${id}.`);
		}

		return session;
	};

	async function* textsIn(session: SessionSummary): AsyncGenerator<FieldText & {at: FoundPlace; isPrompt: boolean}> {
		for (const {field, text} of textsOfSession(session)) {
			yield {
				field,
				text,
				isPrompt: false,
				at: {event: null, promptId: null, prompt: null, line: null, kind: 'session', field},
			};
		}

		const prompts = await store.listPrompts(session.id);
		const scopes = [{id: 'prelude' as const, index: null}, ...prompts.map(({id, index}) => ({id, index}))];
		for (const {id: promptId, index: prompt} of scopes) {
			for (const event of await store.eventIds({sessionId: session.id, promptId})) {
				for (const text of await textsOfId(event, promptId)) {
					const {line, kind, field} = text;
					yield {...text, at: {event, promptId, prompt, line, kind, field}};
				}
			}
		}
	}

	const textsOfId = async (
		id: EventId,
		promptId?: PromptId | 'prelude',
	): Promise<(FieldText & {line: number | null; kind: string; isPrompt: boolean})[]> => {
		const detail = await store.event(id);
		if (detail === undefined) {
			return [];
		}

		const isPrompt = id === promptId;
		const place = {line: detail.lines[0] ?? null, kind: detail.event.kind};
		return fieldsOf(detail.event).map(({field, text}) => ({
			text,
			field: isPrompt && field === 'text' ? 'prompt.text' : field,
			isPrompt,
			...place,
		}));
	};

	const keptOf = (key: number): Kept => {
		const found = kept[key];
		if (found === undefined) {
			throw new Error('These findings are not the newest any more.');
		}

		return found;
	};

	/** What a subject stands for: values, each with the text that it stands in. */
	const valuesOf = async (
		subject: Subject,
	): Promise<{value: string; text: string; start: number; field: string; line: number | null}[]> => {
		switch (subject.what) {
			case 'finding': {
				const {match, text, at} = keptOf(subject.key);
				const {start, end} = match;
				return [{value: text.slice(start, end), text, start, field: at.field, line: at.line}];
			}

			case 'selection': {
				const texts = await textsOfId(subject.event);
				for (const {text, field, line} of texts) {
					const range = locate(text, subject.text);
					if (range !== undefined) {
						return [{value: text.slice(range.start, range.end), text, start: range.start, field, line}];
					}
				}

				return [];
			}

			case 'event':
				return (await textsOfId(subject.event)).map(({text, field, line}) => ({
					value: text,
					text,
					start: 0,
					field,
					line,
				}));
			case 'prompt': {
				const session = await store.sessionOf(subject.prompt);
				const ids = await store.eventIds({sessionId: session, promptId: subject.prompt});
				const all = await Promise.all([...new Set([subject.prompt, ...ids])].map(id => textsOfId(id, subject.prompt)));
				// A text that stands in two fields is known by its content once.
				const texts = new Map(all.flat().map(found => [found.text, found])).values();
				return Array.from(texts, ({text, field, line}) => ({value: text, text, start: 0, field, line}));
			}
		}
	};

	return {
		async findings(id) {
			const session = await sessionOf(id);
			const values = new Map<string, {found: FoundValue; first: Kept}>();
			let since = performance.now();
			for await (const {text, field, isPrompt, at} of textsIn(session)) {
				const place = {thread: session.threadId, field, isPrompt};
				for (const match of disclosure.find(text, place)) {
					const known = values.get(match.value);
					if (known !== undefined) {
						known.found.count++;
						if (known.found.places.length < mostPlaces) {
							known.found.places.push(at);
						}

						continue;
					}

					const {ruleId, class: kind, confidence, start, end} = match;
					values.set(match.value, {
						first: {match, text, place, at},
						found: {
							key: 0,
							placeholder: disclosure.placeholder(match) as Redacted,
							ruleId,
							class: kind,
							confidence,
							count: 1,
							places: [at],
							context: disclosure.part(text, around(text, start, end), place),
						},
					});
				}

				if (performance.now() - since > stepMs) {
					await setImmediate();
					since = performance.now();
				}
			}

			const sorted = [...values.values()].toSorted(
				(a, b) =>
					Number(a.found.class !== 'secret') - Number(b.found.class !== 'secret') ||
					certainty[a.found.confidence] - certainty[b.found.confidence] ||
					b.found.count - a.found.count,
			);
			kept = sorted.map(({first}) => first);
			return sorted.map(({found}, key) => ({...found, key}));
		},

		async decide(id, subject, {action, scope, reason, replacement = null}) {
			const {threadId} = await sessionOf(id);
			const values = await valuesOf(subject);
			const rule = subject.what === 'finding' ? {ruleId: keptOf(subject.key).match.ruleId} : {};
			const isWhole = subject.what === 'event' || subject.what === 'prompt';
			for (const {value, text, start, field, line} of values) {
				// What was decided about before stays as it was decided.
				if (isWhole && hiddenWhole.test(disclosure.text(text, {thread: threadId, field}))) {
					continue;
				}

				await store.redactions.add({
					action,
					scope,
					value,
					threadId,
					reason,
					replacement,
					field,
					line,
					at: {text, start},
					...rule,
				});
			}

			await onDecided();
			return values.length;
		},

		async compare(id) {
			const session = await sessionOf(await store.sessionOf(id));
			const [row] = await store.listEvents([id]);
			const texts = await textsOfId(id, row?.kind === 'prompt' ? id : undefined);
			await store.redactions.record('reveal', {what: 'event', line: row?.line ?? null}, session.threadId);
			return texts.map(({field, text, isPrompt}) => ({
				field,
				before: text,
				after: disclosure.text(text, {thread: session.threadId, field, isPrompt}),
			}));
		},
	};
};

const fieldsOf = (event: LogEvent | {kind: 'problem'; problem: Problem; excerpt: string}): FieldText[] => {
	if (event.kind === 'problem') {
		return [{field: 'excerpt', text: event.excerpt}];
	}

	const inner = event.kind === 'review' ? (event.events ?? []).flatMap(textsOfEvent) : [];
	return [...textsOfEvent(event), ...inner];
};

/** Some words before and after a find. */
const around = (text: string, start: number, end: number): {start: number; end: number} => ({
	start: Math.max(0, start - contextLength),
	end: Math.min(text.length, end + contextLength),
});
