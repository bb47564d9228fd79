import type {SumUsage} from '../app/usage-feed.js';
import {readPrices} from '../config/read-prices.js';
import {groupUsage} from '../usage/group.js';

/** What sums up and prices token usage for the explorer's usage view. */
export const loadUsage = async (): Promise<SumUsage> => {
	const prices = readPrices();
	return (entries, by) => ({...groupUsage(entries, by, prices), prices});
};
