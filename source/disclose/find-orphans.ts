import type {SessionSummary} from '../model/session.js';
import {DecisionBook} from '../redact/decisions.js';
import {createRedactor} from '../redact/redactor.js';
import type {Store} from '../store/store.js';
import {followDecisions} from './follow-decisions.js';
import {textsOf} from './look-through.js';

/** Decisions about places that are nowhere in their session any more, by id; only sessions with such decisions are looked through. */
export const findOrphans = async (
	store: Pick<Store, 'prelude' | 'prompts' | 'redactions'>,
	sessions: AsyncIterable<SessionSummary>,
): Promise<Set<number>> => {
	const rows = (await store.redactions.list()).filter(
		({scope, confirmedAt}) => scope === 'place' && confirmedAt === null,
	);
	const threads = new Set(rows.map(({threadId}) => threadId ?? ''));
	if (threads.size === 0) {
		return new Set();
	}

	const book = new DecisionBook();
	await followDecisions(store.redactions, book);
	const redactor = createRedactor([book.detector]);
	for await (const session of sessions) {
		for await (const {text, field} of threads.has(session.threadId) ? textsOf(store, session) : []) {
			redactor.scan(text, {place: {thread: session.threadId, field}});
		}
	}

	const unmet = new Set([...threads].flatMap(thread => book.unmet(thread)).map(({id}) => id));
	return new Set(rows.map(({id}) => id).filter(id => unmet.has(id)));
};
