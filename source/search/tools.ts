import type {Hide, Hiding} from '../disclose/hiding.js';
import type {SessionId} from '../model/session.js';
import type {EventSearch} from '../store/event-search.js';
import type {Facts} from './session-facts.js';
import type {SessionTitles} from './session-titles.js';

/** What a search works with. */
export type SearchTools = {
	store: EventSearch;
	titles: SessionTitles;
	/** Every text that is shown passes it first; in a session, once that was looked through, or else undefined. */
	hiding: {anywhere: Hiding['anywhere']; inSession: (id: SessionId) => Promise<Hide | undefined>};
	facts: Facts;
};
