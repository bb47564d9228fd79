import type {SessionId} from '../model/session.js';
import type {Redacted} from '../redact/redactor.js';
import type {Search} from '../store/search.js';
import type {Store} from '../store/store.js';
import {logDigests} from './log-digests.js';
import type {ShowText} from './show-value.js';
import type {ShownSearch, ShownStore} from './shown.js';

/** A text as it is, where a person asked for that by name or revealed it. */
export const asItIs: ShowText = text => text as Redacted;

/** The store as it is, where a person asked for that by name; whoever calls this says so, and notes it. */
export const unredacted = (store: Store): ShownStore => {
	const more = {
		// Decisions are not followed here, so that none can be gone.
		redactions: {...store.redactions, orphans: async () => []},
		findings: nothingLookedFor,
		learn: async () => {},
		digests: (id: SessionId) => logDigests(store, id),
	};
	return new Proxy(store, {
		get: (target, name, receiver) =>
			name in more ? more[name as keyof typeof more] : Reflect.get(target, name, receiver),
	}) as unknown as ShownStore;
};

/** No rules hold. */
const nothingLookedFor: ShownStore['findings'] = {
	counts: async () => new Map(),
	of: async () => [],
	isLookedThrough: async () => false,
};

export const unredactedSearch = (search: Search): ShownSearch => search as unknown as ShownSearch;
