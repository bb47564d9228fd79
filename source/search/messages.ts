import type {Shown} from '../disclose/shown.js';
import type {SearchAnswer, SearchRequest} from '../store/search.js';

/** What the search thread is told when it starts. */
export type SearchStart = {database: string};

/** Ids count requests; a later one takes the place of all before. */
export type ToSearch =
	| {type: 'ask'; id: number; request: SearchRequest}
	| {type: 'cancel'}
	| {type: 'values'; id: number; name: string; beginning: string}
	| {type: 'close'};

export type FromSearch =
	| {type: 'answer'; id: number; answer: Shown<SearchAnswer>}
	| {type: 'failed'; id: number; message: string; isUserError: boolean}
	| {type: 'values'; id: number; values: Shown<string[]>}
	| {type: 'closed'};
