import assert from 'node:assert/strict';
import test from 'node:test';
import type {IngestProgress} from '../../source/ingest/progress.js';
import {noUsage} from '../../source/model/token-usage.js';
import {rowText, rowWidth} from '../../source/text/cells.js';
import {breadcrumbRow} from '../../source/view/breadcrumb.js';
import {emptyText, type ListCondition} from '../../source/view/empty-states.js';
import {helpRows} from '../../source/view/help-rows.js';
import {listTitle} from '../../source/view/list-title.js';
import {problemRows} from '../../source/view/problem-rows.js';
import {promptFooter} from '../../source/view/prompt-footer.js';
import {columnHeading, headingRow, markedSpans, mergeSpans, oneLine, shiftedRanges} from '../../source/view/spans.js';
import {type Status, statusRow} from '../../source/view/status-row.js';
import {whenLabel} from '../../source/view/when.js';
import {createMemoryStore} from '../helpers/memory-store.js';

const idle: Status = {
	progress: undefined,
	problems: 0,
	problemsKey: 'p',
	failure: undefined,
	notice: undefined,
	typing: undefined,
	hints: [],
};
const hints = [
	{key: 'Enter', hint: 'open'},
	{key: '/', hint: 'filter'},
	{key: '?', hint: 'help'},
	{key: 'q', hint: 'quit'},
];
const reading: IngestProgress = {
	phase: 'reading',
	filesDone: 4210,
	filesTotal: 10_000,
	bytesDone: 4e9,
	bytesTotal: 1e10,
	bytesPerSecond: 87e6,
	secondsLeft: 68,
	problems: 1,
	failures: [{path: '/a', reason: 'permission denied'}],
};

test('the breadcrumb is one row of the screen at any width', () => {
	for (const width of [1, 5, 20, 80, 200]) {
		const crumbs = {home: '~/.codex', session: '深色主题 '.repeat(30), prompt: 'Prompt 1: x', event: 'npm\n test'};
		assert.equal(rowWidth(breadcrumbRow(crumbs, width)), width);
	}
});

test('the breadcrumb keeps a piece of every part', () => {
	const crumbs = {home: '~/.codex', session: 'a'.repeat(90), prompt: 'b'.repeat(90), event: 'c'.repeat(90)};
	assert.match(rowText(breadcrumbRow(crumbs, 80)), /^ ~\/\.codex > a+… > b+… > c+… $/);
	const long = {...crumbs, home: '/srv/very/long/way/to/the/home', prompt: 'Prompt 1: short'};
	assert.match(rowText(breadcrumbRow(long, 90)), /^ …\S+ > a{11}… > Prompt 1: short > c+… +$/);
});

test('the status row is one row at any width, and keeps help and quit longest', () => {
	for (const width of [1, 10, 20, 40, 80, 200]) {
		const row = statusRow({...idle, progress: reading, hints}, width);
		assert.equal(rowWidth(row), width);
	}

	assert.match(rowText(statusRow({...idle, hints}, 20)), /\? help {2}q quit/);
	assert.doesNotMatch(rowText(statusRow({...idle, hints}, 20)), /filter/);
});

test('progress tells files, share, time left, rate and trouble', () => {
	assert.match(
		rowText(statusRow({...idle, progress: reading}, 140)),
		/Reading 4,210 of 10,000 files · 40% · 1m 08s left · 87 MB\/s · 4 GB of 10 GB · 1 file failed, 1 problem \(p\)/,
	);
	assert.equal(
		rowText(statusRow({...idle, progress: {...reading, phase: 'watching', problems: 0, failures: []}}, 40)).trim(),
		'',
	);
});

test('problems of earlier rounds are told as well', () => {
	assert.match(rowText(statusRow({...idle, problems: 4}, 60)), /^ 4 problems \(p\)/);
	const progress = {...reading, problems: 7, failures: []};
	assert.match(rowText(statusRow({...idle, problems: 4, progress}, 140)), /7 problems \(p\)/);
});

test('a notice goes before progress, the typed filter before both', () => {
	const busy: Status = {...idle, progress: reading, notice: {text: 'Look here', level: 'info'}};
	assert.match(rowText(statusRow(busy, 80)), /^ Look here/);
	const typing = {before: 'ab', after: 'c', matches: 3, total: 90};
	assert.match(rowText(statusRow({...busy, typing}, 80)), /^ \/abc {2}3 of 90/);
});

test('a long filter is seen at its caret', () => {
	const row = statusRow({...idle, typing: {before: 'x'.repeat(300), after: '', matches: 0, total: 1}}, 60);
	assert.equal(rowWidth(row), 60);
	assert.ok(row.some(span => span.inverse));
});

test('ages are said as people say them', () => {
	const now = new Date('2026-03-04T12:00:00Z');
	const labels = [
		'2026-03-04T11:59:40Z',
		'2026-03-04T11:15:00Z',
		'2026-03-04T02:00:00Z',
		'2026-03-01T12:00:00Z',
		null,
		'x',
	];
	assert.deepEqual(
		labels.map(at => whenLabel(at, now)),
		['now', '45m ago', '10h ago', '3d ago', '', ''],
	);
	assert.match(whenLabel('2026-01-20T12:00:00Z', now), /^Jan 20$/);
	assert.match(whenLabel('2025-11-07T12:00:00Z', now), /^2025-11-07$/);
	assert.match(whenLabel('2026-03-09T12:00:00Z', now), /^Mar 9$/);
});

test('an empty list says why and what to do', () => {
	const nothing: ListCondition = {
		total: 0,
		filter: '',
		clearKey: 'Esc',
		isLoading: false,
		isIngesting: false,
		failure: undefined,
		home: '~/.codex',
		hidden: 0,
		hiddenKey: 'z',
		hasParent: true,
	};
	assert.match(emptyText('sessions', nothing).join(' '), /No sessions found in ~\/\.codex\. .*--sessions PATH/);
	assert.match(emptyText('sessions', {...nothing, isIngesting: true}).join(' '), /Reading sessions/);
	assert.deepEqual(emptyText('sessions', {...nothing, isIngesting: true, failure: 'The disk is full.'}), [
		'The disk is full.',
	]);
	assert.match(emptyText('prompts', nothing).join(' '), /no prompts/);
	assert.match(emptyText('events', {...nothing, hidden: 4}).join(' '), /All 4 events here are technical\. .*z to show/);
	assert.match(emptyText('prompts', {...nothing, hidden: 1}).join(' '), /only prompt here was rolled back .*show it/);
	assert.match(emptyText('sessions', {...nothing, hidden: 2}).join(' '), /All 2 sessions here are automation/);
	assert.match(
		emptyText('events', {...nothing, total: 4, hidden: 1000, filter: 'zz'}).join(' '),
		/Nothing matches "zz"\. .*Esc.* 1,000 are hidden and not searched: z shows more/,
	);
	assert.match(emptyText('events', {...nothing, hasParent: false}).join(' '), /No prompt selected/);
	assert.deepEqual(emptyText('sessions', {...nothing, isLoading: true}), ['Loading…']);
});

test('help fits its width in one column and in two', () => {
	const table = Array.from({length: 20}, (_, index) => ({
		group: index < 10 ? 'Move' : 'Find',
		keys: 'j ↓',
		help: `Does something worth many words, number ${index}`,
	}));
	for (const width of [20, 60, 120, 200]) {
		assert.ok(
			helpRows(table, width).every(row => rowWidth(row) <= width),
			String(width),
		);
	}

	assert.ok(helpRows(table, 160).length < helpRows(table, 90).length);
});

test('problems stand under their file, files that failed before them', () => {
	const rows = problemRows(
		{
			problems: [
				{path: '/h/a.jsonl', line: 3, offset: 10, length: 4, reason: 'not JSON'},
				{path: '/h/a.jsonl', line: 9, offset: 99, length: 1, reason: 'torn'},
			],
			failures: [{path: '/h/b.zst', reason: 'permission denied'}],
			isLoading: false,
			isCut: false,
			home: '/h',
		},
		80,
	).map(rowText);
	assert.deepEqual(rows, [
		'1 file could not be read:',
		'permission denied  ~/b.zst',
		'',
		'2 lines could not be read; the rest was loaded.',
		'',
		'~/a.jsonl',
		'  line 3  not JSON  byte 10, 4 bytes long',
		'  line 9  torn  byte 99, 1 byte long',
	]);
});

test('marks split a text and shift with what is cut', () => {
	assert.deepEqual(markedSpans('abcdef', [[1, 3]], {tone: 'dim'}), [
		{text: 'a', tone: 'dim'},
		{text: 'bc', tone: 'match'},
		{text: 'def', tone: 'dim'},
	]);
	assert.deepEqual(
		shiftedRanges(
			[
				[0, 2],
				[3, 6],
			],
			4,
		),
		[[0, 2]],
	);
});

test('neighbours of one style become one span', () => {
	assert.deepEqual(mergeSpans([{text: 'a', tone: 'dim'}, {text: '  '}, {text: 'b', tone: 'dim'}]), [
		{text: 'a  b', tone: 'dim'},
	]);
	assert.equal(mergeSpans([{text: 'a', strikethrough: true}, {text: '  '}]).length, 2);
});

test('a title that needs room takes it from the names of the columns beside it', () => {
	const heading = (title: string): string =>
		rowText(
			headingRow(
				[{text: title}],
				[columnHeading(10, ''), columnHeading(0, 'None'), columnHeading(5, 'Tools'), columnHeading(6, 'Tokens')],
				2,
			),
		);
	assert.equal(heading('Prompts'), 'Prompts     Tools  Tokens');
	assert.equal(heading('Prompts 1/12'), 'Prompts 1/12       Tokens');
	assert.equal(heading('Prompts 1/12 · 3 hidden'), 'Prompts 1/12 · 3 hidden  ');
	assert.equal(heading('Prompts 1/12 · 3 hidden (x)'), 'Prompts 1/12 · 3 hidden …');
});

test('a title says what is left out and how to see it, in any room', () => {
	const title = (width: number, change = {}): string =>
		rowText(
			listTitle(
				{name: 'Events', isFocused: true, place: 6, shown: 150, hidden: 1160, hiddenKey: 'z', ...change},
				width,
			),
		);
	assert.equal(title(80), 'Events 6/150 · 1,160 hidden (z)');
	assert.equal(title(30), 'Events 6/150 · 1,160 (z)');
	assert.equal(title(20), 'Events · 1,160 (z)');
	assert.equal(title(8), 'Events …');
	assert.equal(title(80, {hidden: 0}), 'Events 6/150');
	assert.equal(title(80, {marked: 3}), 'Events 6/150 · 3 marked · 1,160 hidden (z)');
	assert.equal(title(32, {marked: 3}), 'Events · 3 marked · 1,160 (z)');
	assert.equal(title(80, {shown: 0, hidden: 3}), 'Events · 3 hidden (z)');
	const filter = {text: 'auth', matches: 150, of: 900};
	assert.equal(title(80, {filter}), 'Events 150 of 900 · 1,160 hidden (z) · /auth');
	assert.equal(title(40, {filter}), 'Events 150 · 1,160 hidden (z) · /auth');
	assert.equal(title(30, {filter}), 'Events 150 · 1,160 (z) · /auth');
	assert.equal(title(80, {hidden: 0, filter: {...filter, of: 150}}), 'Events 150 of 150 · /auth');
});

test('the footer of a prompt says its tokens in the most words that fit, and since when it is gone', async () => {
	const store = createMemoryStore({prompts: [{text: 'Hi'}]});
	const [session] = await store.listSessions({limit: 1});
	const [prompt] = await store.listPrompts(session?.id ?? 0);
	assert.ok(prompt);
	const usage = {
		inputTokens: 11_800,
		cachedInputTokens: 9200,
		outputTokens: 600,
		reasoningOutputTokens: 120,
		totalTokens: 12_400,
	};
	const footer = (change: Partial<typeof prompt>, width = 80): string => {
		const row = promptFooter({...prompt, usage, ...change}, null, width);
		assert.equal(rowWidth(row), width);
		return rowText(row).trimEnd();
	};
	assert.equal(footer({}), '12.4k tokens: 11.8k in (9.2k cached), 600 out (120 reasoning)');
	assert.equal(footer({}, 40), '12.4k tokens: 11.8k in, 600 out');
	assert.equal(footer({}, 14), '12.4k tokens');
	assert.equal(footer({}, 5), '');
	assert.equal(footer({usage: noUsage}), 'no tokens recorded');
	const gone = {since: '2026-03-04T12:00:00Z', reason: 'rewritten'};
	assert.equal(footer({gone}, 60), 'gone since 2026-03-04: rewritten · 12.4k tokens');
	assert.equal(rowText(promptFooter(undefined, null, 9)), ' '.repeat(9));
	const deleted = {since: '2026-03-05T12:00:00Z', reason: 'deleted'};
	assert.equal(rowText(promptFooter(undefined, deleted, 40)).trimEnd(), 'gone since 2026-03-05: deleted');
	assert.match(rowText(promptFooter({...prompt, gone}, deleted, 40)), /^gone since 2026-03-04: rewritten/);
});

test('a text becomes one safe line', () => {
	assert.equal(oneLine(' two\n lines\t and \u{1B}[31mred '), 'two lines and red');
	assert.doesNotMatch(oneLine('\u{1B}]8;;https://x'), /\p{Cc}/u);
});
