import type {Search} from '../store/search.js';
import {type ShowText, showValue} from './show-value.js';
import type {ShownSearch} from './shown.js';

/**
A search as it may be shown. Snippets are cut from redacted text already (the search was opened with something that hides);
sessions, and what stands beside a hit, are redacted here.
*/
export const showSearch = (search: Search, show: ShowText): ShownSearch => ({
	...search,
	ask(request, onAnswer, onFailure) {
		search.ask(request, answer => onAnswer(showValue(answer, show)), onFailure);
	},
	values: async (name, beginning) => showValue(await search.values(name, beginning), show),
});
