import {TomlDate} from 'smol-toml';
import {UserError} from '../model/problem.js';
import {placeOf} from './days.js';

/** Prices in millionths of a dollar per million tokens: whole numbers, so that sums of money are exact. */
export type Rates = {input: bigint; cachedInput: bigint; cacheWrite: bigint; output: bigint};

export type ModelPrices = {
	standard: Rates;
	/** By service tier, as `tierNamed` spells it. */
	tiers: ReadonlyMap<string, Rates>;
	aliases: readonly string[];
};

export type PriceTable = {
	/** Day on which the prices were looked up. */
	date: string | null;
	source: string | null;
	models: ReadonlyMap<string, ModelPrices>;
	/** Models whose prices are the person's own. */
	own: readonly string[];
};

type Content = Record<string, unknown>;

const priceKeys = ['input', 'cached_input', 'cache_write', 'output'];
const modelKeys = [...priceKeys, 'aliases', 'tiers'];

/** Reads the tables of a price file; the first mistake becomes a sentence that names the file and the key. */
export const parsePrices = (content: Content, file: string): PriceTable => {
	checkKeys(content, ['date', 'source', 'models'], file, 'at the top');
	const {date, source, models = {}} = content;
	if (source !== undefined && typeof source !== 'string') {
		throw mistake(file, 'source', 'text in quotes', source);
	}

	const table = new Map<string, ModelPrices>();
	for (const [name, value] of Object.entries(section(models, file, 'models'))) {
		table.set(name, modelPrices(section(value, file, `models."${name}"`), file, `[models."${name}"]`));
	}

	checkAliases(table, file);
	return {date: dayText(date, file), source: source ?? null, models: table, own: []};
};

/** The table with the person's own prices in place of, and beside, its own. */
export const withOwnPrices = (table: PriceTable, own: PriceTable): PriceTable => ({
	...table,
	models: new Map([...table.models, ...own.models]),
	own: [...own.models.keys()],
});

/** What the model's tokens cost on a service tier; undefined where the table does not say. */
export const ratesFor = (table: PriceTable, model: string | null, serviceTier: string | null): Rates | undefined => {
	const prices = model === null ? undefined : pricesOf(table, model);
	const tier = tierNamed(serviceTier);
	return tier === 'standard' ? prices?.standard : prices?.tiers.get(tier);
};

/** One name for what releases call differently: `fast` is an older name of `priority`. */
export const tierNamed = (serviceTier: string | null): string => {
	const name = serviceTier?.trim().toLowerCase() ?? '';
	return ['', 'default', 'standard', 'auto'].includes(name) ? 'standard' : name === 'fast' ? 'priority' : name;
};

/** By name, else by alias; a dated snapshot (`gpt-5-2025-08-07`) costs what its model costs. */
const pricesOf = ({models}: PriceTable, model: string): ModelPrices | undefined => {
	const names = [model, model.replace(/-\d{4}-\d{2}-\d{2}$/, '')];
	for (const name of names) {
		const found = models.get(name) ?? [...models.values()].findLast(({aliases}) => aliases.includes(name));
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
};

const modelPrices = (content: Content, file: string, place: string): ModelPrices => {
	checkKeys(content, modelKeys, file, `in ${place}`);
	const standard = rates(content, file, place);
	const {aliases = [], tiers = {}} = content;
	if (!Array.isArray(aliases) || !aliases.every(alias => typeof alias === 'string')) {
		throw mistake(file, `aliases in ${place}`, 'a list of names in quotes', aliases);
	}

	const byTier = new Map<string, Rates>();
	for (const [tier, value] of Object.entries(section(tiers, file, `tiers in ${place}`))) {
		byTier.set(tierNamed(tier), tierRates(value, standard, file, `${tier} in tiers of ${place}`));
	}

	return {standard, tiers: byTier, aliases};
};

const tierRates = (value: unknown, standard: Rates, file: string, place: string): Rates => {
	if (typeof value !== 'object') {
		const factor = inMillionths(value, file, place, 'a factor such as 0.5, or a table of prices');
		const times = (rate: bigint): bigint => (rate * factor) / 1_000_000n;
		const {input, cachedInput, cacheWrite, output} = standard;
		return {input: times(input), cachedInput: times(cachedInput), cacheWrite: times(cacheWrite), output: times(output)};
	}

	const content = section(value, file, place);
	checkKeys(content, priceKeys, file, `in ${place}`);
	return rates(content, file, place);
};

const rates = (content: Content, file: string, place: string): Rates => {
	const price = (key: string): bigint => inMillionths(content[key], file, `${key} in ${place}`);
	const input = price('input');
	return {
		input,
		cachedInput: content['cached_input'] === undefined ? input : price('cached_input'),
		cacheWrite: content['cache_write'] === undefined ? input : price('cache_write'),
		output: price('output'),
	};
};

const inMillionths = (
	value: unknown,
	file: string,
	place: string,
	expected = 'a price in dollars per million tokens, such as 1.25',
): bigint => {
	if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > 1e6) {
		throw mistake(file, place, expected, value);
	}

	return BigInt(Math.round(value * 1e6));
};

const section = (value: unknown, file: string, place: string): Content => {
	if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof TomlDate) {
		throw mistake(file, place, 'a section', value);
	}

	return value as Content;
};

const checkKeys = (content: Content, known: readonly string[], file: string, where: string): void => {
	const unknown = Object.keys(content).find(key => !known.includes(key));
	if (unknown !== undefined) {
		throw new UserError(`Unknown key "${unknown}" ${where} of ${file}. Known keys there are ${known.join(', ')}.`);
	}
};

const checkAliases = (models: ReadonlyMap<string, ModelPrices>, file: string): void => {
	const seen = new Set(models.keys());
	for (const [name, {aliases}] of models) {
		for (const alias of aliases) {
			if (seen.has(alias)) {
				throw new UserError(`The alias "${alias}" of "${name}" in ${file} names another model too. Keep one of them.`);
			}

			seen.add(alias);
		}
	}
};

const dayText = (date: unknown, file: string): string | null => {
	const text = date instanceof TomlDate ? date.toISOString().slice(0, 10) : date;
	if (text !== undefined && (typeof text !== 'string' || placeOf(text) === undefined)) {
		throw mistake(file, 'date', 'a day such as 2026-01-31', text);
	}

	return text ?? null;
};

const mistake = (file: string, key: string, expected: string, value: unknown): UserError =>
	new UserError(
		value === undefined
			? `${file} lacks ${key}. Add ${expected}.`
			: `${key} of ${file} must be ${expected}, not ${JSON.stringify(value) ?? String(value)}. Correct it or remove the line.`,
	);
