import type {TokenUsage} from '../model/token-usage.js';

/** What a row of the usage view stands for. */
export const usageGroupings = ['day', 'week', 'month', 'model', 'repo', 'session'] as const;
export type UsageGrouping = (typeof usageGroupings)[number];

export type UsageSum = {
	usage: TokenUsage;
	/** In dollars, of the tokens that have a price; null when none has. */
	cost: number | null;
	/** Tokens of models, or of service tiers, without a price. */
	unpricedTokens: number;
};

export type UsageRow = UsageSum & {
	/** Day, week, month, model, repository or thread id; null where the log does not say. */
	key: string | null;
	/** Of a session. */
	title: string | null;
};

/** Tokens and what they cost, summed up, with where the prices come from. */
export type UsageTable = {
	by: UsageGrouping;
	rows: readonly UsageRow[];
	total: UsageSum;
	unpriced: readonly {model: string | null; serviceTier: string}[];
	prices: {date: string | null; source: string | null; own: readonly string[]};
};

/** Rows of the view's head and foot together, and a blank one between. */
export const usageChrome = 6;
