import {setTimeout} from 'node:timers/promises';
import type {EventKind, LogEvent} from '../model/log-event.js';
import type {EventSummary, Prompt, PromptSummary, SessionId, SessionSummary} from '../model/session.js';
import type {DecisionBook} from '../redact/decisions.js';
import type {Redacted} from '../redact/redactor.js';
import type {EventDetail, Store} from '../store/store.js';
import {withoutCutWord} from './cut-word.js';
import type {Disclosure} from './disclosure.js';
import {mapInSteps} from './in-steps.js';
import {learnSession, lookThroughWhole} from './learn-session.js';
import {logDigests} from './log-digests.js';
import {type ShowText, showValue} from './show-value.js';
import type {Shown, ShownStore} from './shown.js';
import {asItIs} from './unredacted.js';

export type ShowOptions = {
	disclosure: Disclosure;
	/** Sessions that a person wants to see as they are; none by default. */
	isRevealed?: (id: SessionId) => boolean;
	/**
	Where looking through a session takes long, rows and details are shown before it is done, and this is told once they may be
	shown otherwise. Without it they wait.
	*/
	onLearned?: (id: SessionId) => void;
	/** The decisions that the disclosure follows. */
	decisions?: DecisionBook;
	/** How long they wait nevertheless, in ms: most sessions are short. */
	patienceMs?: number;
};

/** How far a session was looked through: its size then, and what settles when it is done or when rows need not wait any more. */
type Learning = {bytes: number; done: Promise<void>; enough: Promise<void>};

/** A store as it may be shown: every text that comes out of it went through one redaction. */
export const showStore = (
	store: Store,
	{disclosure, isRevealed = () => false, onLearned, decisions, patienceMs = 100}: ShowOptions,
): ShownStore => {
	/** Threads of sessions, for decisions that hold in one. */
	const threads = new Map<SessionId, string>();
	const learned = new Map<SessionId, Learning>();

	const threadOf = async (id: SessionId): Promise<string> => {
		const known = threads.get(id) ?? (await store.session(id))?.threadId ?? '';
		threads.set(id, known);
		return known;
	};

	let learnedIn = disclosure.generation();

	const begin = (id: SessionId, bytes: number): Learning => {
		const before = disclosure.knownValues();
		const done = learnSession(store, disclosure, id).then(() => {
			if (disclosure.knownValues() > before) {
				onLearned?.(id);
			}
		});
		const enough = Promise.race([done, setTimeout(patienceMs, undefined, {ref: false})]);
		// It is tried again when it is needed again.
		done.catch(() => learned.delete(id));
		enough.catch(() => {});
		const learning = {bytes, done, enough};
		learned.set(id, learning);
		return learning;
	};

	/** What leaves is looked through again where it has grown; a screen that follows a log learns each row as it comes. */
	const learn = async (id: SessionId): Promise<void> => {
		if (learnedIn !== disclosure.generation()) {
			learned.clear();
			learnedIn = disclosure.generation();
		}

		if (onLearned !== undefined) {
			await (learned.get(id) ?? begin(id, 0)).enough.catch(() => {});
			return;
		}

		const bytes = (await store.session(id))?.bytes ?? 0;
		const known = learned.get(id);
		await (known?.bytes === bytes ? known : begin(id, bytes)).done;
	};

	/** How texts of a session are shown: after the session was looked through, or meanwhile. */
	const inSession = async (id: SessionId): Promise<ShowText> => {
		if (isRevealed(id)) {
			return asItIs;
		}

		const thread = await threadOf(id);
		await learn(id);
		return (text, place) => disclosure.text(text, {...place, thread});
	};

	const anywhere: ShowText = disclosure.text;

	const sessionShown = (session: SessionSummary): Shown<SessionSummary> => {
		const {id, threadId: thread} = session;
		threads.set(id, thread);
		return isRevealed(id)
			? showValue(session, asItIs)
			: showValue(session, (text, place) =>
					disclosure.text(place.field === 'title' ? withoutCutWord(text) : text, {...place, thread}),
				);
	};

	async function* prelude(id: SessionId) {
		const show = await inSession(id);
		for await (const event of store.prelude(id)) {
			yield showValue(event, show);
		}
	}

	async function* prompts(id: SessionId, without?: ReadonlySet<EventKind>) {
		const show = await inSession(id);
		for await (const prompt of store.prompts(id)) {
			yield promptShown(prompt, show, without);
		}
	}

	async function* problems(id?: SessionId) {
		for await (const problem of store.problems(id)) {
			yield showValue(problem, anywhere);
		}
	}

	async function* audit() {
		for await (const entry of store.redactions.audit()) {
			yield showValue(entry, anywhere);
		}
	}

	const {annotations, redactions} = store;
	const {decisions: _decisions, ...changing} = redactions;
	return {
		totals: async () => showValue(await store.totals(), anywhere),
		usage: async query => mapInSteps(await store.usage(query), entry => showValue(entry, anywhere)),
		listSessions: async page => (await store.listSessions(page)).map(sessionShown),
		async session(id) {
			const session = await store.session(id);
			return session && sessionShown(session);
		},
		findSessions: async reference => (await store.findSessions(reference)).map(sessionShown),
		sessionOf: id => store.sessionOf(id),
		sourceFiles: async id => showValue(await store.sourceFiles(id), anywhere),
		async listPrompts(id) {
			const show = await inSession(id);
			return (await store.listPrompts(id)).map(prompt => summaryShown(prompt, show));
		},
		async promptText(id) {
			const show = await inSession(await store.sessionOf(id));
			return show(await store.promptText(id), promptText);
		},
		eventIds: scope => store.eventIds(scope),
		async listEvents(ids) {
			const [first] = ids;
			const show = first === undefined ? anywhere : await inSession(await store.sessionOf(first));
			return (await store.listEvents(ids)).map(event => rowShown(event, show));
		},
		async event(id) {
			const show = await inSession(await store.sessionOf(id));
			const detail = await store.event(id);
			return detail && detailShown(detail, show);
		},
		prelude,
		prompts,
		problems,
		health: async () => showValue(await store.health(), anywhere),
		sizes: async query => showValue(await store.sizes(query), anywhere),
		findings: {
			counts: () => store.findings.counts(disclosure.rules()),
			of: id => store.findings.of(id, disclosure.rules()),
			isLookedThrough: id => store.findings.isLookedThrough(id, disclosure.rules()),
		},
		annotations: {
			...annotations,
			sessions: async () => showValue(await annotations.sessions(), anywhere),
			notesInside: async () => showValue(await annotations.notesInside(), anywhere),
			tags: async () => showValue(await annotations.tags(), anywhere),
			inside: async id => showValue(await annotations.inside(id), anywhere),
		},
		redactions: {
			...changing,
			list: async () => showValue(await redactions.list(), anywhere),
			audit,
			async orphans(id) {
				const thread = await threadOf(id);
				if (decisions === undefined || decisions.unmet(thread).length === 0) {
					return [];
				}

				await lookThroughWhole(store, disclosure.apart(), id);
				const gone = new Set(decisions.unmet(thread).map(decision => decision.id));
				return (await redactions.list()).flatMap(row => (gone.has(row.id) && row.confirmedAt === null ? [row.id] : []));
			},
		},
		async learn(ids, {onLearned: onEach, signal} = {}) {
			for (const [index, id] of ids.entries()) {
				signal?.throwIfAborted();
				await learn(id);
				onEach?.(index + 1);
			}
		},
		digests: async id => showValue(await logDigests(store, id), anywhere),
		close: () => store.close(),
	};
};

const promptText = {field: 'prompt.text', isPrompt: true};

const promptShown = ({events, ...prompt}: Prompt, show: ShowText, without?: ReadonlySet<EventKind>): Shown<Prompt> => ({
	...showValue(prompt, show, 'prompt', true),
	events: events.map(event => (without?.has(event.kind) ? withoutTexts(event) : showValue(event, show))),
});

/** What is only counted need not be redacted, which takes most of the time. Also words of fixed sets are gone, but for those that count. */
const withoutTexts = (event: LogEvent): Shown<LogEvent> => {
	const blank = showValue(event, () => '' as Redacted);
	const {kind, at} = event;
	return (
		event.kind === 'tool-call' ? {...blank, kind, at, tool: event.tool, status: event.status} : {...blank, kind, at}
	) as Shown<LogEvent>;
};

const summaryShown = (prompt: PromptSummary, show: ShowText): Shown<PromptSummary> => {
	const {title, ...rest} = prompt;
	return {...showValue(rest, show), title: show(withoutCutWord(title), promptText)};
};

const rowShown = (row: EventSummary, show: ShowText): Shown<EventSummary> => {
	const {text, kind, ...rest} = row;
	const place = kind === 'prompt' ? promptText : {field: kind === 'tool-call' ? 'command' : 'text'};
	return {...showValue(rest, show), kind, text: show(withoutCutWord(text), place)};
};

/** Of a line that is too long only a beginning is told, which may end within a token. */
const detailShown = ({event, ...rest}: EventDetail, show: ShowText): Shown<EventDetail> => {
	const isCut = rest.cut !== undefined || (event.kind === 'problem' && event.excerpt.length < event.problem.length);
	return {
		...showValue(rest, show),
		event: showValue(event, isCut ? (text, place) => show(withoutCutWord(text), place) : show),
	};
};
