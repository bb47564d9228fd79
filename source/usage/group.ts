import {addUsage, noUsage, type TokenUsage} from '../model/token-usage.js';
import type {UsageEntry} from '../store/store.js';
import {type Cost, costOf, inDollars} from './cost.js';
import {monthOf, weekOf} from './days.js';
import {type PriceTable, ratesFor, tierNamed} from './prices.js';

/** What rows of a usage report stand for. */
export const groupings = ['day', 'week', 'month', 'model', 'repo', 'session'] as const;
export type Grouping = (typeof groupings)[number];

export type UsageSum = {
	usage: TokenUsage;
	cacheWriteTokens: number;
	/** In dollars, of the tokens that have a price; null when none has. */
	cost: number | null;
	/** Tokens of models, or of service tiers, without a price. */
	unpricedTokens: number;
};

export type UsageRow = UsageSum & {
	/** `2026-11-22`, `2026-W47`, `2026-11`, a model, a repository, a thread id; null where the log does not say. */
	key: string | null;
	/** Of a session. */
	title: string | null;
};

/** Tokens without a price, by what the price table does not know. */
export type Unpriced = {model: string | null; serviceTier: string; tokens: number};

export type UsageReport = {by: Grouping; rows: UsageRow[]; total: UsageSum; unpriced: Unpriced[]};

const keyOf: Record<Grouping, (entry: UsageEntry) => string | null> = {
	day: ({day}) => day,
	week: ({day}) => weekOf(day),
	month: ({day}) => monthOf(day),
	model: ({model}) => model,
	repo: ({repository}) => repository,
	session: ({threadId}) => threadId,
};

/** Folds entries into rows: times in their order, everything else by tokens, the most first. */
export const groupUsage = (entries: readonly UsageEntry[], by: Grouping, prices: PriceTable): UsageReport => {
	const priced = entries.map((entry): Priced => {
		const rates = ratesFor(prices, entry.model, entry.serviceTier);
		return {entry, cost: rates === undefined ? null : costOf(entry.usage, entry.cacheWriteTokens, rates)};
	});
	const groups = Map.groupBy(priced, ({entry}) => keyOf[by](entry));
	const rows = [...groups].map(
		([key, members]): UsageRow => ({
			key,
			title: by === 'session' ? (members[0]?.entry.title ?? null) : null,
			...sumUp(members),
		}),
	);
	const isTime = by === 'day' || by === 'week' || by === 'month';
	return {
		by,
		rows: rows.toSorted((a, b) => (isTime ? 0 : byTokens(a, b)) || compareText(a.key ?? '', b.key ?? '')),
		total: sumUp(priced),
		unpriced: unpricedOf(priced),
	};
};

/** An entry with what it costs; null without a price. */
type Priced = {entry: UsageEntry; cost: Cost | null};

const byTokens = (a: UsageSum, b: UsageSum): number => b.usage.totalTokens - a.usage.totalTokens;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sumUp = (priced: readonly Priced[]): UsageSum => {
	let usage: TokenUsage = noUsage;
	let cacheWriteTokens = 0;
	let unpricedTokens = 0;
	let cost: Cost = 0n;
	for (const {entry, cost: own} of priced) {
		usage = addUsage(usage, entry.usage);
		cacheWriteTokens += entry.cacheWriteTokens;
		cost += own ?? 0n;
		unpricedTokens += own === null ? entry.usage.totalTokens : 0;
	}

	const hasPrice = priced.length === 0 || priced.some(({cost: own}) => own !== null);
	return {usage: {...usage}, cacheWriteTokens, cost: hasPrice ? inDollars(cost) : null, unpricedTokens};
};

const unpricedOf = (priced: readonly Priced[]): Unpriced[] => {
	const missing = priced.filter(({cost}) => cost === null).map(({entry}) => entry);
	return [...Map.groupBy(missing, ({model, serviceTier}) => JSON.stringify([model, tierNamed(serviceTier)])).values()]
		.map(members => ({
			model: members[0]?.model ?? null,
			serviceTier: tierNamed(members[0]?.serviceTier ?? null),
			tokens: members.reduce((sum, {usage}) => sum + usage.totalTokens, 0),
		}))
		.toSorted((a, b) => b.tokens - a.tokens || compareText(a.model ?? '', b.model ?? ''));
};
