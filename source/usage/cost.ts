import type {TokenUsage} from '../model/token-usage.js';
import type {Rates} from './prices.js';

/** Trillionths of a dollar: tokens times millionths of a dollar per million. Whole numbers, so nothing is ever rounded. */
export type Cost = bigint;

const tokens = (count: number): bigint => (Number.isFinite(count) && count > 0 ? BigInt(Math.round(count)) : 0n);

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
Cached and written input are parts of the input, and each part has its price; reasoning is part of the output
and costs no more. Parts that exceed their whole (a damaged log) are cut to it.
*/
export const costOf = (usage: TokenUsage, cacheWriteTokens: number, rates: Rates): Cost => {
	const input = tokens(usage.inputTokens);
	const cached = least(tokens(usage.cachedInputTokens), input);
	const written = least(tokens(cacheWriteTokens), input - cached);
	return (
		(input - cached - written) * rates.input +
		cached * rates.cachedInput +
		written * rates.cacheWrite +
		tokens(usage.outputTokens) * rates.output
	);
};

/** For show and JSON: dollars, exact to the billionth. */
export const inDollars = (cost: Cost): number => Number((cost + 500n) / 1000n) / 1e9;
