import fs from 'node:fs';
import {
	answeredTwice,
	askedTwice,
	environment,
	item,
	message,
	meta,
	rolloutOf,
	tokenCount,
	turnContext,
	usage,
} from '../test/helpers/rollout.js';
import {idOf} from '../test/ingest/home.js';
import type {Place} from '../test/pty/program.js';
import {command, patch, plan, type Seconds, thought} from './events.js';
import {leaky} from './leaky-session.js';

const day = 86_400;

/** When the pictures are taken. */
export const now = new Date(Date.UTC(2026, 1, 12, 16, 24));

const seconds = (...[days, hours, minutes]: [number, number, number]): Seconds =>
	(now.getTime() - Date.UTC(2026, 1, 3, 10)) / 1000 - days * day - hours * 3600 - minutes * 60;

/** The session that is opened: found, planned, patched, failed, mended. */
const basket = (at: Seconds): string[] => [
	...askedTwice('Round the totals of the basket per line, not per order', at),
	...thought('**Finding where totals are summed**', at + 4),
	...command(
		"rg -n 'toFixed|Math.round' source/basket",
		'source/basket/total.ts:14:\treturn Math.round(sum * 100) / 100;\nsource/basket/total.ts:31:\treturn sum.toFixed(2);',
		0,
		at + 9,
	),
	...plan(
		[
			['completed', 'Find every place that rounds'],
			['in_progress', 'Round each line in cents'],
			['pending', 'Test three lines of 0.335'],
		],
		at + 15,
	),
	...patch(
		`*** Update File: source/basket/total.ts
@@ export const totalOf = (basket: Basket): Money => {
-	const sum = basket.lines.reduce((total, line) => total + line.price * line.count, 0);
-	return Math.round(sum * 100) / 100;
+	const cents = basket.lines.map(line => Math.round(line.price * line.count * 100));
+	return moneyOf(cents.reduce((total, line) => total + line, 0));
 };
*** Update File: test/basket/total.test.ts
@@ test('an empty basket costs nothing', () => {
 });
+
+test('every line is rounded by itself', () => {
+	const lines = Array.from({length: 3}, () => ({price: 0.335, count: 1}));
+	assert.equal(totalOf({lines}), moneyOf(102));
+});`,
		at + 34,
	),
	...command(
		'npm test -- basket',
		'✔ an empty basket costs nothing\n✖ every line is rounded by itself\n  Expected 1.02, got 0.99: 0.335 * 100 is 33.499999999999996',
		1,
		at + 41,
		3.2,
	),
	...thought('**Reading prices as whole tenths of cents**', at + 50),
	...patch(
		`*** Update File: source/basket/money.ts
@@
-export const centsOf = (price: number): number => Math.round(price * 100);
+export const centsOf = (price: number): number => Math.round(Math.round(price * 1000) / 10);`,
		at + 58,
	),
	...command(
		'npm test -- basket',
		'✔ an empty basket costs nothing\n✔ every line is rounded by itself',
		0,
		at + 66,
		3.1,
	),
	tokenCount(usage(48_200, 31_000, 2100), usage(48_200, 31_000, 2100), at + 70),
	...answeredTwice(
		'Totals are now rounded **per line**. `centsOf` reads prices as tenths of cents first, since `0.335 * 100` falls short of 33.5.',
		at + 71,
	),
];

/** A turn that is only seen in lists. */
const turn = (text: string, at: Seconds, tokens: number): string[] => [
	...askedTwice(text, at),
	...command('git status --short', ' M source/index.ts', 0, at + 5),
	tokenCount(usage(tokens, tokens / 2, tokens / 20), usage(tokens, 0, tokens / 20), at + 60),
	...answeredTwice('Done.', at + 95),
];

type Scene = {
	ago: [days: number, hours: number, minutes: number];
	folder: string;
	branch?: string;
	model?: string;
	source?: unknown;
	/** What it begins with, before the prompts that are only seen in lists. */
	opening?: (at: Seconds) => string[];
	prompts: readonly string[];
	tokens: number;
};

const scenes: readonly Scene[] = [
	{
		ago: [0, 0, 41],
		folder: 'shop',
		branch: 'review',
		source: {subagent: 'review'},
		prompts: ['Review the changes to the basket against main'],
		tokens: 18_400,
	},
	{
		ago: [0, 3, 5],
		folder: 'tides',
		branch: 'main',
		opening: leaky,
		prompts: ['Write a test for the last Sunday of March'],
		tokens: 61_000,
	},
	{
		ago: [0, 5, 20],
		folder: 'shop',
		branch: 'main',
		prompts: ['Explain what the checkout does when a coupon has expired'],
		tokens: 9800,
	},
	{
		ago: [1, 1, 10],
		folder: 'kana-cards',
		branch: 'main',
		model: 'gpt-5.1-codex',
		prompts: ['ひらがなカードの並び順を五十音順に直してください', 'テストも追加して'],
		tokens: 33_500,
	},
	{
		ago: [1, 2, 0],
		folder: 'kana-cards',
		branch: 'main',
		source: {subagent: {thread_spawn: {parent_thread_id: idOf(4), depth: 1}}},
		prompts: ['List every card without a sound file'],
		tokens: 7200,
	},
	{
		ago: [1, 6, 45],
		folder: 'notes',
		branch: 'search',
		prompts: [
			'Make the search forgive typing mistakes',
			'Only from four letters on',
			'Measure it on ten thousand notes',
		],
		tokens: 142_000,
	},
	{
		ago: [2, 3, 30],
		folder: 'tides',
		branch: 'charts',
		prompts: ['Draw the curve with the sun behind it'],
		tokens: 54_300,
	},
	{
		ago: [3, 0, 15],
		folder: 'dotfiles',
		prompts: ['Shorten the prompt of the shell to the last two folders'],
		tokens: 4100,
	},
	{
		ago: [3, 7, 0],
		folder: 'shop',
		branch: 'invoices',
		prompts: ['Number invoices without gaps, also when a payment fails', 'Two at the same moment?'],
		tokens: 88_700,
	},
	{
		ago: [4, 2, 0],
		folder: 'notes',
		branch: 'main',
		model: 'gpt-5.1-codex',
		prompts: ['Export all notes as one Markdown file'],
		tokens: 12_900,
	},
	{
		ago: [6, 5, 0],
		folder: 'weather-mast',
		branch: 'main',
		prompts: ['Read the anemometer over serial, at most once a second', 'It hangs when the cable is pulled'],
		tokens: 39_900,
	},
	{
		ago: [8, 1, 0],
		folder: 'blog',
		branch: 'drafts',
		prompts: ['Find dead links in all posts and list them by post'],
		tokens: 15_600,
	},
	{
		ago: [8, 4, 30],
		folder: 'tides',
		branch: 'main',
		model: 'gpt-5.1-codex',
		prompts: ['Start a command that prints the next high water'],
		tokens: 71_200,
	},
];

const write = (place: Place, number: number, at: Seconds, head: object, lines: readonly string[]): void => {
	const started = new Date(Date.UTC(2026, 1, 3, 10) + at * 1000).toISOString();
	const [date = '', clock = ''] = started.split(/[T.]/);
	const name = `sessions/${date.replaceAll('-', '/')}/rollout-${date}T${clock.replaceAll(':', '-')}-${idOf(number)}.jsonl`;
	const file = place.write(name, rolloutOf([meta({id: idOf(number), timestamp: started, ...head}, at), ...lines]));
	fs.utimesSync(file, now, now);
};

/** Fills a home with sessions that nobody had, of several repositories; the newest is the basket's. */
export const fillPrettyHome = (place: Place): void => {
	const first = seconds(0, 0, 12);
	const shop = `${place.folder}/shop`;
	write(place, 1, first, {cwd: shop, git: {branch: 'rounding'}}, [
		item(message('user', environment(shop)), first),
		turnContext({cwd: shop}, first),
		...turn('Where does the shop round amounts of money?', first + 1, 21_000),
		...basket(first + 200),
		...turn('Now the same for refunds', first + 420, 52_000),
	]);
	for (const [
		index,
		{ago, folder, branch, model = 'gpt-5.2-codex', source = 'cli', opening, prompts, tokens},
	] of scenes.entries()) {
		const at = seconds(...ago);
		const cwd = `${place.folder}/${folder}`;
		write(place, index + 2, at, {cwd, source, ...(branch === undefined ? {} : {git: {branch}})}, [
			turnContext({cwd, model}, at),
			...(opening?.(at + 1) ?? []),
			...prompts.flatMap((prompt, turns) =>
				turn(prompt, at + 240 * (turns + 1), (tokens * (turns + 1)) / prompts.length),
			),
		]);
	}
};
