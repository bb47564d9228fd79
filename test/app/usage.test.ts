import assert from 'node:assert/strict';
import test from 'node:test';
import {noUsage} from '../../source/model/token-usage.js';
import type {UsageEntry} from '../../source/store/store.js';
import {rowText} from '../../source/text/cells.js';
import {groupUsage} from '../../source/usage/group.js';
import type {PriceTable} from '../../source/usage/prices.js';
import {type Driven, driveExplorer} from '../helpers/drive-explorer.js';

const rates = {input: 1n, cachedInput: 1n, cacheWrite: 1n, output: 1n};
const prices: PriceTable = {
	date: '2026-10-01',
	source: 'a price list',
	models: new Map([['gpt-5.2-codex', {standard: rates, tiers: new Map(), aliases: []}]]),
	own: [],
};

const loadUsage = async () => (entries: readonly UsageEntry[], by: Parameters<typeof groupUsage>[1]) => ({
	...groupUsage(entries, by, prices),
	prices,
});

const entry = (day: string, session: number, tokens: number, model = 'gpt-5.2-codex'): UsageEntry => ({
	day,
	sessionId: session,
	threadId: `thread-${session}`,
	title: `Session ${session}`,
	model,
	serviceTier: null,
	repository: session % 2 ? 'github.com/kim/shop' : '/home/ada/blog',
	usage: {...noUsage, inputTokens: tokens, totalTokens: tokens},
	cacheWriteTokens: 0,
});

const year = Array.from({length: 365}, (_, index) =>
	entry(new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10), index % 40, 1000 + index),
);

const open = async (options: Partial<Parameters<typeof driveExplorer>[0]> = {}, entries = year): Promise<Driven> => {
	const driven = await driveExplorer({loadUsage, ...options});
	driven.store.usageEntries.push(...entries);
	return driven;
};

const overlay = ({explorer}: Driven): string[] => {
	const {title = '', head = [], rows = [], foot = []} = explorer.screen().overlay ?? {};
	return [title, ...[...head, ...rows, ...foot].map(row => rowText(row).trimEnd())];
};

const shows = async (driven: Driven, what: RegExp): Promise<void> =>
	driven.until(() => overlay(driven).some(line => what.test(line)));

test('u shows what was used by day, latest first, with total and the date of the prices', async () => {
	const driven = await open();
	await driven.press('u');
	await shows(driven, /^2026-12-31 /);
	const lines = overlay(driven);
	assert.match(lines[1] ?? '', /^By \[Day\]/);
	assert.match(lines.at(-3) ?? '', /^Total +365 rows/);
	assert.match(lines.at(-1) ?? '', /^Prices of 2026-10-01/);
	assert.match(driven.status(), /group by.*Esc close/);
	await driven.press('q');
	assert.equal(driven.explorer.screen().overlay, undefined);
	assert.equal(driven.hasQuit(), false);
});

test('Tab and arrows go round the groupings, and the choice is remembered', async () => {
	const driven = await open();
	await driven.press('u', 'tab');
	await shows(driven, /\[Week\]/);
	await shows(driven, /^2026-W53 /);
	await driven.press('right', 'l');
	await shows(driven, /^gpt-5\.2-codex /);
	await driven.press('tab');
	await shows(driven, /^github\.com\/kim\/shop /);
	await driven.press('escape', 'u');
	await shows(driven, /\[Repository\]/);
	await driven.press('left', 'h', 'shift-tab', 'left', 'left');
	await shows(driven, /\[Session\]/);
	await shows(driven, /^Session \d+ /);
});

test('the rows scroll under a head that stays', async () => {
	const driven = await open({rows: 24});
	await driven.press('u');
	await shows(driven, /^2026-12-31 /);
	await driven.press('j');
	assert.ok(!overlay(driven).some(line => line.startsWith('2026-12-31')));
	await driven.press('G');
	const {top = 0, height = 0, rowCount = 0} = driven.explorer.screen().overlay ?? {};
	assert.equal(top + height, rowCount);
	assert.match(overlay(driven)[1] ?? '', /\[Day\]/);
	assert.ok(overlay(driven).some(line => line.startsWith('2026-01-01')));
	await driven.press('tab');
	await shows(driven, /^2026-W53 /);
	assert.equal(driven.explorer.screen().overlay?.top, 0, 'another grouping begins at its top');
});

test('opening it again reads anew', async () => {
	const driven = await open({}, year.slice(0, 1));
	await driven.press('u');
	await shows(driven, /^2026-01-01 /);
	await driven.press('u');
	driven.store.usageEntries.push(entry('2026-02-02', 1, 5));
	await driven.press('u');
	await shows(driven, /^2026-02-02 /);
});

test('without any usage it says so', async () => {
	const driven = await open({}, []);
	await driven.press('u');
	await shows(driven, /^No usage is known yet\.$/);
});

test('a mistake in the prices is said where the figures would stand, and only once', async () => {
	let asked = 0;
	const driven = await open({
		async loadUsage() {
			asked++;
			throw new Error('The price file prices.toml has a mistake.');
		},
	});
	await driven.press('u');
	await shows(driven, /^The price file prices\.toml has a mistake\.$/);
	await driven.press('tab', 'tab');
	assert.equal(asked, 1);
});

test('where nothing can sum up usage, the key says so', async () => {
	const driven = await driveExplorer();
	await driven.press('u');
	assert.match(driven.status(), /no usage view here/);
	assert.equal(driven.explorer.screen().overlay, undefined);
});

test('nothing is read for it before somebody asks', async () => {
	const driven = await open();
	await driven.press('j', 'enter');
	assert.ok(!driven.store.queries.includes('usage'));
});
