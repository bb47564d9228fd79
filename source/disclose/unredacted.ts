import type {Search} from '../store/search.js';
import type {Store} from '../store/store.js';
import type {ShownSearch, ShownStore} from './shown.js';

/** The store as it is, where a person asked for that by name; whoever calls this says so, and notes it. */
export const unredacted = (store: Store): ShownStore => store as unknown as ShownStore;

export const unredactedSearch = (search: Search): ShownSearch => search as unknown as ShownSearch;
