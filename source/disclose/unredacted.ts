import type {Search} from '../store/search.js';
import type {Store} from '../store/store.js';
import type {ShownSearch, ShownStore} from './shown.js';

/** The store as it is, where a person asked for that by name; whoever calls this says so, and notes it. */
export const unredacted = (store: Store): ShownStore => {
	// Decisions are not followed here, so that none can be gone.
	const redactions = {...store.redactions, orphans: async () => []};
	return new Proxy(store, {
		get: (target, name, receiver) => (name === 'redactions' ? redactions : Reflect.get(target, name, receiver)),
	}) as unknown as ShownStore;
};

export const unredactedSearch = (search: Search): ShownSearch => search as unknown as ShownSearch;
