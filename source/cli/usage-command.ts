import {type PriceFolders, readPrices} from '../config/read-prices.js';
import {didYouMean} from '../model/did-you-mean.js';
import {UserError} from '../model/problem.js';
import type {UsageQuery} from '../store/store.js';
import {dayNamed} from '../usage/day-words.js';
import {dayOf} from '../usage/days.js';
import {type Grouping, groupings, groupUsage, type UsageReport, type UsageSum} from '../usage/group.js';
import type {PriceTable} from '../usage/prices.js';
import type {CommandContext} from './context.js';
import {jsonSchemaVersion} from './json-output.js';
import {usageLines} from './usage-table.js';

type UsageRequest = {by: Grouping; query: UsageQuery; isJson: boolean};

/** What the flags ask for; wrong values are sentences. */
const usageRequest = (flags: Readonly<Record<string, unknown>>, now: Date): UsageRequest => {
	const text = (name: string): string | undefined => (typeof flags[name] === 'string' ? flags[name] : undefined);
	const today = dayOf(now.getTime());
	const day = (name: string): string | undefined => {
		const words = text(name);
		return words === undefined ? undefined : dayNamed(words, today, `--${name}`);
	};

	const [since, until] = [day('since'), day('until')];
	if (since !== undefined && until !== undefined && since > until) {
		throw new UserError(`No day lies from ${since} (--since) to ${until} (--until). Turn them round.`);
	}

	return {
		by: groupingNamed(text('by') ?? 'day'),
		query: {since, until, repository: text('repo'), model: text('model')},
		isJson: flags['json'] === true,
	};
};

const groupingNamed = (name: string): Grouping => {
	const found = groupings.find(grouping => grouping === name);
	if (found === undefined) {
		const hint = didYouMean(name, groupings) || ` Choose one of ${groupings.join(', ')}.`;
		throw new UserError(`The flag --by does not know "${name}".${hint}`);
	}

	return found;
};

/** Checks flags and prices, before logs are read; what comes back prints the report (to a terminal of so many columns). */
export const prepareUsage = (flags: Readonly<Record<string, unknown>>, now: Date, priceFolders?: PriceFolders) => {
	const request = usageRequest(flags, now);
	const prices = readPrices(priceFolders);
	return (context: CommandContext, columns: number | undefined): Promise<void> =>
		usageCommand(context, request, prices, columns);
};

/** `usage`: tokens and what they cost, as a table or as JSON. */
const usageCommand = async (
	{store, stdout, stderr}: CommandContext,
	{by, query, isJson}: UsageRequest,
	prices: PriceTable,
	columns: number | undefined,
): Promise<void> => {
	const report = groupUsage(await store.usage(query), by, prices);
	if (isJson) {
		await stdout.write(usageJson(report, prices));
		return;
	}

	if (report.rows.length === 0) {
		await stderr.writeLine(
			Object.values(query).some(value => value !== undefined)
				? 'No tokens were used in what these flags choose. See all of it with codex-tui usage.'
				: 'No usage is known yet. Point to logs with --codex-home FOLDER or --sessions PATH.',
		);
		return;
	}

	for (const line of usageLines(report, prices, columns)) {
		await stdout.writeLine(line);
	}
};

const usageJson = ({by, rows, total, unpriced}: UsageReport, prices: PriceTable): string => {
	const head = {schema: jsonSchemaVersion, by, prices: {date: prices.date, source: prices.source, own: prices.own}};
	const lines = rows.map(({key, title, ...sum}) => {
		const named = by === 'session' ? {key, title} : {key};
		return `\n${JSON.stringify({...named, ...sumJson(sum)})}`;
	});
	const tail = `"total":${JSON.stringify(sumJson(total))},\n"unpriced":${JSON.stringify(unpriced)}`;
	return `${JSON.stringify(head).slice(0, -1)},\n"rows":[${lines.join(',')}],\n${tail}}\n`;
};

const sumJson = ({usage, cacheWriteTokens, cost, unpricedTokens}: UsageSum) => ({
	usage,
	cacheWriteTokens,
	cost,
	unpricedTokens,
});
