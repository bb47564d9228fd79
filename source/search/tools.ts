import type {EventSearch} from '../store/event-search.js';
import type {Facts} from './session-facts.js';
import type {SessionTitles} from './session-titles.js';
import type {Hide} from './snippet.js';

/** What a search works with. */
export type SearchTools = {
	store: EventSearch;
	titles: SessionTitles;
	hide: Hide;
	facts: Facts;
};
