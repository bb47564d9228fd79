import assert from 'node:assert/strict';
import test from 'node:test';
import {rowText, rowWidth} from '../../source/text/cells.js';
import {usageView} from '../../source/view/usage-rows.js';
import {type UsageGrouping, type UsageSum, type UsageTable, usageGroupings} from '../../source/view/usage-table.js';

const sum = (totalTokens: number, cost: number | null = 1, unpricedTokens = 0): UsageSum => ({
	usage: {
		inputTokens: totalTokens * 0.9,
		cachedInputTokens: totalTokens * 0.5,
		outputTokens: totalTokens * 0.1,
		reasoningOutputTokens: totalTokens * 0.05,
		totalTokens,
	},
	cost,
	unpricedTokens,
});

const keys: Record<UsageGrouping, readonly (string | null)[]> = {
	day: ['2026-11-20', '2026-11-21', '2026-11-22'],
	week: ['2026-W45', '2026-W46', '2026-W47'],
	month: ['2026-09', '2026-10', '2026-11'],
	model: ['gpt-5.2-codex', 'a model with a name that goes on and on and on and never ends', null],
	repo: ['github.com/kim/shop', '/home/ada/深い/フォルダー/のなか', null],
	session: ['0199-1', '0199-2', '0199-3'],
};

const table = (by: UsageGrouping, change: Partial<UsageTable> = {}): UsageTable => ({
	by,
	rows: keys[by].map((key, index) => ({
		key,
		title: by === 'session' ? (['Fix the \u{1B}[31mparser', null, '  '][index] ?? null) : null,
		...sum([400_000, 200_000, 1_000_000][index] ?? 0),
	})),
	total: sum(1_600_000, 3),
	unpriced: [],
	prices: {date: '2026-10-01', source: 'a price list', own: []},
	...change,
});

const texts = (given: UsageTable, width: number): {head: string[]; rows: string[]; foot: string[]} => {
	const {head, rowCount, row, foot} = usageView(given, width);
	return {
		head: head.map(rowText),
		rows: Array.from({length: rowCount}, (_, index) => rowText(row(index)).trimEnd()),
		foot: foot.map(rowText),
	};
};

test('every row is exactly as wide as asked for, whatever it stands for', () => {
	for (const width of [1, 6, 16, 36, 56, 76, 116, 196]) {
		for (const by of usageGroupings) {
			const {head, row, foot} = usageView(table(by), width);
			for (const drawn of [...head, row(0), row(1), row(2), ...foot]) {
				assert.equal(rowWidth(drawn), width, `${by} at ${width}: ${rowText(drawn)}`);
			}
		}
	}
});

test('a narrow view abbreviates, a wide one has every digit', () => {
	assert.match(texts(table('day'), 76).rows[0] ?? '', /^2026-11-22 +█+ +900k +500k +100k +50k +1M +\$1\.00$/);
	assert.match(
		texts(table('day'), 196).rows[0] ?? '',
		/^2026-11-22 +█{60} +900,000 +500,000 +100,000 +50,000 +1,000,000 +\$1\.00$/,
	);
	assert.match(texts(table('day'), 76).head[1] ?? '', /^Day +Input +Cached +Output +Reason +Total +Cost$/);
});

test('a view too narrow for all figures keeps the total longest', () => {
	assert.match(texts(table('day'), 40).head[1] ?? '', /^Day +Input +Total +Cost$/);
	assert.match(texts(table('day'), 18).head[1] ?? '', /^Day +Total$/);
});

test('times come latest first, everything else as it was given', () => {
	const first = (by: UsageGrouping): string => texts(table(by), 120).rows[0]?.slice(0, 12).trimEnd() ?? '';
	assert.deepEqual(
		['day', 'week', 'month'].map(by => first(by as UsageGrouping)),
		['2026-11-22', '2026-W47', '2026-11'],
	);
	assert.equal(first('model'), 'gpt-5.2-code');
	assert.match(first('session'), /^Fix the pars/, 'by its title, cleaned');
	assert.match(texts(table('session'), 120).rows[1] ?? '', /^0199-2 /, 'or its id');
	assert.match(texts(table('repo'), 120).rows[2] ?? '', /^unknown /);
});

test('the foot has the total, what has no price, and the date of the prices', () => {
	const given = table('model', {
		total: sum(1_600_000, 3, 200_000),
		unpriced: [
			{model: null, serviceTier: 'standard'},
			{model: 'gpt-x', serviceTier: 'flex'},
		],
		prices: {date: '2026-10-01', source: 'a price list', own: ['gpt-y']},
	});
	const [total = '', missing = '', prices = ''] = texts(given, 140).foot;
	assert.match(total, /^Total +3 rows +1,440,000 .* 1,600,000 +\$3\.00\+$/);
	assert.match(missing, /^200k tokens have no price: an unnamed model, gpt-x \(flex\)/);
	assert.match(prices, /^Prices of 2026-10-01, your own for gpt-y from a price list/);
	const [, nothing = '', unknown = ''] = texts(table('day', {prices: {date: null, source: null, own: []}}), 60).foot;
	assert.equal(nothing.trim(), '');
	assert.match(unknown, /^Prices of an unknown day/);
});

test('the present grouping is marked', () => {
	assert.match(texts(table('repo'), 76).head[0] ?? '', /^By +Day +Week +Month +Model +\[Repository\] +Session/);
});

test('ten thousand rows are made when they are seen', () => {
	const rows = Array.from({length: 10_000}, (_, index) => ({
		key: `s${index}`,
		title: `Session ${index}`,
		...sum(index),
	}));
	const view = usageView(table('session', {rows}), 196);
	assert.equal(view.rowCount, 10_000);
	assert.equal(view.row(9999), view.row(9999), 'once');
	assert.deepEqual(view.row(10_000), []);
});
