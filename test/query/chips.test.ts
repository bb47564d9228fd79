import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chipsOf} from '../../source/query/chips.js';
import {clock, parse} from './show.js';

const labels: [typed: string, label: string][] = [
	['repo:shop', 'repo: shop'],
	['-branch:main', 'not branch: main'],
	['repo:"my shop",tides', 'repo: my shop or tides'],
	['after:2026-11-22', 'since 22 Nov'],
	['after:7d', 'since 15 Nov'],
	['-before:2025', 'not before 2025'],
	['on:2026-11,yesterday', 'on Nov 2026 or 21 Nov'],
	['tokens:>1.5M', 'tokens > 1.5M'],
	['exit:!=0', 'not exit: 0'],
	['cost:>=0.5', 'cost >= $0.5'],
	['cost:>$20', 'cost > $20'],
	['redacted:yes', 'redacted: yes'],
];

for (const [typed, label] of labels) {
	test(`${typed} is labelled "${label}"`, () => {
		assert.deepEqual(chipsOf(parse(typed), clock), [
			{start: 0, end: typed.length, label, isExcluded: label.startsWith('not ')},
		]);
	});
}

test('words have no chip', () => {
	assert.deepEqual(
		chipsOf(parse('tide repo:a foo:bar exit:0 kind:x'), clock).map(({label, start}) => [label, start]),
		[
			['repo: a', 5],
			['exit: 0', 20],
		],
	);
});
