import type {EventId} from '../model/session.js';
import type {SearchPart} from './search-index.js';

export type TextQuery = {
	/**
	What a person typed: words that must all be there, those of three letters or more by their beginning, and
	"phrases" between quotation marks. Anything is allowed.
	*/
	query: string;
	/** Messages, outputs of tools, or events whose message or output has all the words. */
	in: SearchPart | 'both';
	limit: number;
};

export type TextHits = {
	/** Events as they are listed, the newest first. */
	ids: EventId[];
	/** How many there are in all, counted up to `mostCounted`. */
	total: number;
};

/** Counting more would hold up the screen. */
export const mostCounted = 10_000;

/** Full-text search. Finds nothing, rather than failing, while there is no search database yet. */
export type TextSearch = {
	searchText(query: TextQuery): Promise<TextHits>;
	close(): Promise<void>;
};
