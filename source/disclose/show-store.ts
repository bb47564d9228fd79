import type {EventSummary, Prompt, PromptSummary, SessionId, SessionSummary} from '../model/session.js';
import type {DecisionBook} from '../redact/decisions.js';
import type {Redacted} from '../redact/redactor.js';
import type {EventDetail, Store} from '../store/store.js';
import {withoutCutWord} from './cut-word.js';
import type {Disclosure} from './disclosure.js';
import {learnSession} from './learn-session.js';
import {logDigests} from './log-digests.js';
import {type ShowText, showValue} from './show-value.js';
import type {Shown, ShownStore} from './shown.js';

export type ShowOptions = {
	disclosure: Disclosure;
	/** Sessions that a person wants to see as they are; none by default. */
	isRevealed?: (id: SessionId) => boolean;
	/**
	Rows and details are shown before the rest of their session was looked through, and this is told once they may be shown
	otherwise. Without it they wait.
	*/
	onLearned?: (id: SessionId) => void;
	/** The decisions that the disclosure follows. */
	decisions?: DecisionBook;
};

/** A store as it may be shown: every text that comes out of it went through one redaction. */
export const showStore = (
	store: Store,
	{disclosure, isRevealed = () => false, onLearned, decisions}: ShowOptions,
): ShownStore => {
	/** Threads of sessions, for decisions that hold in one. */
	const threads = new Map<SessionId, string>();
	const learned = new Map<SessionId, Promise<void>>();

	const threadOf = async (id: SessionId): Promise<string> => {
		const known = threads.get(id) ?? (await store.session(id))?.threadId ?? '';
		threads.set(id, known);
		return known;
	};

	let learnedIn = disclosure.generation();

	const learn = (id: SessionId): Promise<void> => {
		if (learnedIn !== disclosure.generation()) {
			learned.clear();
			learnedIn = disclosure.generation();
		}

		const known = learned.get(id);
		if (known !== undefined) {
			return known;
		}

		const before = disclosure.knownValues();
		const learning = learnSession(store, disclosure, id).then(() => {
			if (disclosure.knownValues() > before) {
				onLearned?.(id);
			}
		});
		learned.set(id, learning);
		return learning;
	};

	/** How texts of a session are shown: after the session was looked through, or meanwhile. */
	const inSession = async (id: SessionId): Promise<ShowText> => {
		if (isRevealed(id)) {
			return asItIs;
		}

		const thread = await threadOf(id);
		if (onLearned === undefined) {
			await learn(id);
		} else {
			learn(id).catch(() => learned.delete(id));
		}

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

	async function* prompts(id: SessionId) {
		const show = await inSession(id);
		for await (const prompt of store.prompts(id)) {
			yield promptShown(prompt, show);
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
		usage: async query => showValue(await store.usage(query), anywhere),
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
				await learn(id);
				const gone = new Set(decisions?.unmet(await threadOf(id)).map(decision => decision.id));
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

/** What a person wants to see as it is, asked for by name. */
const asItIs: ShowText = text => text as Redacted;

const promptShown = ({events, ...prompt}: Prompt, show: ShowText): Shown<Prompt> => ({
	...showValue(prompt, show, 'prompt', true),
	events: events.map(event => showValue(event, show)),
});

const summaryShown = (prompt: PromptSummary, show: ShowText): Shown<PromptSummary> => {
	const {title, ...rest} = prompt;
	return {...showValue(rest, show), title: show(withoutCutWord(title), promptText)};
};

const rowShown = (row: EventSummary, show: ShowText): Shown<EventSummary> => {
	const {text, kind, ...rest} = row;
	const place = kind === 'prompt' ? promptText : {field: kind === 'tool-call' ? 'command' : 'text'};
	return {...showValue(rest, show), kind, text: show(withoutCutWord(text), place)};
};

const detailShown = ({event, ...rest}: EventDetail, show: ShowText): Shown<EventDetail> => ({
	...showValue(rest, show),
	event: showValue(event, show),
});
