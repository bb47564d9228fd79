import {setImmediate} from 'node:timers/promises';
import type {SessionId} from '../model/session.js';
import type {Store} from '../store/store.js';
import type {Disclosure} from './disclosure.js';
import {textsOf} from './look-through.js';

/** How long other work may wait, in ms. */
const stepMs = 8;

/**
Looks through a session, so that what its last text gives away is known in its first; of what was looked through in the background,
only at what taught something then. Does nothing when there is no such session.
*/
export const learnSession = (store: Store, disclosure: Disclosure, id: SessionId): Promise<void> =>
	learnFrom(store, store.findings.lessons(disclosure.rules()), disclosure, id);

/** Looks through all of a session: where a person's decisions hold is known afterwards. */
export const lookThroughWhole = (store: Store, disclosure: Disclosure, id: SessionId): Promise<void> =>
	learnFrom(store, store, disclosure, id);

const learnFrom = async (
	store: Store,
	texts: Parameters<typeof textsOf>[0],
	disclosure: Disclosure,
	id: SessionId,
): Promise<void> => {
	const session = await store.session(id);
	if (session === undefined) {
		return;
	}

	let since = performance.now();
	for await (const {text, field} of textsOf(texts, session)) {
		disclosure.learn(text, {thread: session.threadId, field, isPrompt: field === 'prompt.text'});
		if (performance.now() - since > stepMs) {
			await setImmediate();
			since = performance.now();
		}
	}
};
