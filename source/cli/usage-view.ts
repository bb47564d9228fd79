import type {SumUsage} from '../app/usage-feed.js';
import {groupUsage} from '../usage/group.js';
import {readPrices} from './read-prices.js';

/** What sums up and prices token usage for the explorer's usage view. */
export const loadUsage = async (): Promise<SumUsage> => {
	const prices = readPrices();
	return (entries, by) => ({...groupUsage(entries, by, prices), prices});
};
