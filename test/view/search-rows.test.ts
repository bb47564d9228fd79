import assert from 'node:assert/strict';
import {test} from 'node:test';
import {rowText, rowWidth} from '../../source/text/cells.js';
import {searchBoxRow, searchRow, searchStateRow} from '../../source/view/search-rows.js';
import {hitOf} from '../helpers/fake-search.js';

const context = {now: new Date('2026-03-05T10:00:00Z'), home: '/home/ada'};

const state = {
	mistake: undefined,
	completions: [],
	chips: [],
	trouble: undefined,
	isAsking: false,
	total: 12,
	isAtLeast: false,
	sessions: 0,
	scanned: null,
	indexed: 1,
};

test('the first match is on screen however narrow the row is, and marked', () => {
	const texts = [
		`${'before '.repeat(30)}walrus and after`,
		`${'海象を探す'.repeat(20)}walrus${'海象'.repeat(20)}`,
		`${'👩‍👩‍👧‍👦 🇯🇵 '.repeat(12)}walrus`,
		'walrus at once',
		`walrus${'x'.repeat(300)}`,
	];
	for (const text of texts) {
		for (const width of [24, 30, 40, 60, 100, 200]) {
			const row = searchRow({type: 'hit', hit: hitOf(1, 1, text, 'walrus')}, width, context);
			assert.equal(rowWidth(row), width);
			const marked = row.filter(span => span.tone === 'match').map(span => span.text);
			assert.deepEqual(marked, ['walrus'], `${width}: ${rowText(row)}`);
		}
	}
});

test('what stands before the match is kept where it has room', () => {
	const row = searchRow({type: 'hit', hit: hitOf(1, 1, 'a small walrus', 'walrus')}, 60, context);
	assert.match(rowText(row), /^ {2}\* a small walrus/);
});

test('figures, mistakes and completions share a line', () => {
	const line = (more: Partial<typeof state> | Record<string, unknown>, width = 80): string =>
		rowText(searchStateRow({...state, ...more}, width));
	assert.match(line({}), /^ +12 hits$/);
	assert.match(line({total: 1}), / 1 hit$/);
	assert.match(line({total: 10_000, isAtLeast: true}), /10,000\+ hits$/);
	assert.match(line({chips: ['repo: shop', 'since 22 Nov']}), /^\[repo: shop\] \[since 22 Nov\] +12 hits$/);
	assert.match(line({mistake: 'kind: knows no "song".'}), /^kind: knows no "song"\. /);
	assert.match(line({completions: ['repo:', 'redacted:'], chips: ['x']}), /^ repo: {3}redacted: /);
	assert.match(line({scanned: 0.5, isAsking: true}), /12 hits · 50% of the logs read$/);
	assert.equal(rowWidth(searchStateRow({...state, mistake: 'long '.repeat(40)}, 30)), 30);
});

test('a long query shows its end, where the caret is', () => {
	const row = searchBoxRow({before: 'walrus '.repeat(30), after: '', isSelected: false, order: 'best'}, 40);
	assert.equal(rowWidth(row), 40);
	assert.match(rowText(row), /^Search .*walrus {2}/);
});
