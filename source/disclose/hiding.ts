import type {SessionId} from '../model/session.js';
import type {Store} from '../store/store.js';
import type {Disclosure} from './disclosure.js';
import {learnSession} from './learn-session.js';

/** Replaces what must not be seen in a text of a field: `prompt.text`, `output`. */
export type Hide = (text: string, field: string) => string;

/** Bytes of logs that may be looked through for the sake of one question. */
export type Patience = {bytes: number};

/** How texts are hidden that parts are cut out of. */
export type Hiding = {
	/** What is no text of a session's events, such as its title. */
	anywhere: (text: string, field: string, thread: string) => string;
	/** How many values are hidden in each session; null where it is not known. */
	counts: () => Promise<ReadonlyMap<SessionId, number | null>>;
	/** For texts of a session, once its values are known; undefined where that would take longer than the patience lasts. */
	inSession: (id: SessionId, patience: Patience) => Promise<Hide | undefined>;
};

/** Nothing is hidden: where a person asked for that, and in tests. */
export const hideNothing: Hiding = {
	anywhere: text => text,
	counts: async () => new Map(),
	inSession: async () => text => text,
};

/** Of a session, so much is looked through while somebody waits. */
const smallSession = 2 * 1024 * 1024;

/** Values of so many sessions are kept; hits mostly stand in the same ones again. */
const mostKept = 200;

type Kept = {bytes: number; learnedBy: string; hide: Promise<Hide>};

/** Hides by a disclosure's rules, with a memory per session: thousands of values of others would only slow it down. */
export const hidingBy = (store: Store, disclosure: Disclosure): Hiding => {
	const kept = new Map<SessionId, Kept>();

	const learn = async (id: SessionId, thread: string): Promise<Hide> => {
		const own = disclosure.apart();
		await learnSession(store, own, id);
		return (text, field) => own.text(text, {thread, field, isPrompt: field === 'prompt.text'});
	};

	return {
		anywhere: (text, field, thread) => disclosure.text(text, {field, thread}),
		counts: () => store.findings.counts(disclosure.rules()),
		async inSession(id, patience) {
			const rules = disclosure.rules();
			// Values are learned by decisions as well.
			const learnedBy = `${rules} ${disclosure.generation()}`;
			const {bytes = 0, threadId = ''} = (await store.session(id)) ?? {};
			const known = kept.get(id);
			if (known !== undefined && known.bytes === bytes && known.learnedBy === learnedBy) {
				// The one that was asked for last goes last.
				kept.delete(id);
				kept.set(id, known);
				return known.hide;
			}

			const unseen = await store.findings.unseenBytes(id, rules);
			if (unseen > Math.min(smallSession, patience.bytes)) {
				return undefined;
			}

			patience.bytes -= unseen;
			const hide = learn(id, threadId);
			kept.delete(id);
			kept.set(id, {bytes, learnedBy, hide});
			hide.catch(() => kept.delete(id));
			for (const [oldest] of kept.size > mostKept ? kept : []) {
				kept.delete(oldest);
				break;
			}

			return hide;
		},
	};
};
