import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Query, Span, TextNode} from '../../source/query/query.js';
import {queryText, valueText} from '../../source/query/query-text.js';
import {onlyFilter, parse, parseFinal, shown} from './show.js';

const canonical: [typed: string, text: string][] = [
	['', ''],
	['  low   tide ', 'low tide'],
	['low AND tide', 'low tide'],
	['repo:shop low tide', 'low tide repo:shop'],
	['repo:shop low OR tide', '(low OR tide) repo:shop'],
	['low tide OR moon', '(low tide) OR moon'],
	['NOT low NOT (a OR b)', '-low -(a OR b)'],
	['NOT --json', '-"--json"'],
	['exit:!=0', '-exit:0'],
	['cost:>$0.5 Tag:"a b"', 'cost:>$0.5 tag:"a b"'],
	['foo:bar* x', '"foo:bar"* x'],
	['AND x', '"AND" x'],
	['kind:pro x', '"kind:pro" x'],
	['"a ""b""" main()', '"a ""b""" "main()"'],
	['low ti*', 'low ti*'],
	['"low ti"*', '"low ti"*'],
];

for (const [typed, text] of canonical) {
	test(`${JSON.stringify(typed)} is ${JSON.stringify(text)}`, () => {
		assert.equal(queryText(parse(typed)), text);
	});
}

test('any value can be written behind a colon', () => {
	fc.assert(
		fc.property(fc.string({unit: 'grapheme', minLength: 1}), value => {
			fc.pre(value.trim() !== '');
			assert.deepEqual(onlyFilter(`repo:${valueText(value)} `).values, [value]);
		}),
	);
	for (const value of ['!x', '=x', '//x', ':x', '"', 'a"b', '(x)', 'a b', 'a,b', ')']) {
		assert.deepEqual(onlyFilter(`x -tag:${valueText(value)},y`).values, [value, 'y'], value);
	}
});

const pieces = [
	...[
		'tide',
		'low',
		'ti*',
		'foo:bar',
		'std::vec',
		'http://x',
		'--json',
		'main()',
		'f(a,',
		'12:30',
		'*',
		'-',
		'&&',
		'潮',
		'😀',
	],
	...[
		'AND',
		'OR',
		'NOT',
		'(',
		')',
		'-(',
		'"',
		'""',
		'"low tide"',
		'-"x"',
		'"ti"*',
		' ',
		'  ',
		'\t',
		'\n',
		',',
		':',
		'=',
	],
	...[
		'repo:',
		'repo:shop',
		'-repo:"my shop"',
		'repo:a,b',
		'branch:!=main',
		'kind:prompt',
		'kind:pro',
		'kind:x',
		'state:gone,',
	],
	...['after:7d', 'before:2026-', 'on:x', 'tokens:>1.5M', 'tokens:>', 'cost:<=', 'exit:0', 'redacted:yes', 'file:"'],
];
const mixtures = fc
	.array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(' ', ' ', ' ', '')), {maxLength: 14})
	.map(parts => parts.flat().join(''));
const texts = fc.oneof(
	{weight: 3, arbitrary: mixtures},
	{weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 60})},
	{weight: 1, arbitrary: fc.string({unit: fc.constantFrom(...' ()"-:*,aAORNDT'), maxLength: 30})},
);
const runs = {numRuns: 3000};

const inOrder = (spans: readonly Span[], text: string): void => {
	let start = 0;
	for (const span of spans) {
		assert.ok(span.start >= start && span.end > span.start && span.end <= text.length, JSON.stringify(span));
		start = span.start;
	}
};

test('whatever is typed is a query, and its places lie in the text', () => {
	fc.assert(
		fc.property(texts, text => {
			for (const {filters, mistakes} of [parse(text), parseFinal(text)]) {
				inOrder(filters, text);
				inOrder(mistakes, text);
				assert.ok(filters.every(({values}) => values.length > 0));
				assert.ok(mistakes.every(({message}) => message.length < 220 && /^[A-Z a-z].*[.?]$/.test(message)));
			}
		}),
		runs,
	);
});

test('a word is looked for, whatever is typed behind it', () => {
	fc.assert(
		fc.property(texts, text => {
			const {text: node} = parseFinal(`zebra ${text}`);
			assert.ok(shown(node).includes('zebra'));
		}),
		runs,
	);
});

/** In canonical text, a word that would mean something else stands in quotes. */
const asQuoted = (node: TextNode | null): unknown => {
	if (node === null) {
		return null;
	}

	switch (node.type) {
		case 'word':
			return node.isPrefix ? node : {type: 'phrase', text: node.text};
		case 'phrase':
			return node;
		case 'not':
			return {type: 'not', node: asQuoted(node.node)};
		default:
			return {type: node.type, nodes: node.nodes.map(asQuoted)};
	}
};

const meaning = ({text, filters}: Query): unknown => ({
	text: asQuoted(text),
	filters: filters.map(({start: _start, end: _end, ...rest}) => rest),
});

test('the text of a query means the same, has no mistake, and stays as it is', () => {
	fc.assert(
		fc.property(texts, fc.boolean(), (text, isFinal) => {
			const query = isFinal ? parseFinal(text) : parse(text);
			const written = queryText(query);
			for (const again of [parse(written), parseFinal(written), parse(`${written} `)]) {
				assert.deepEqual(meaning(again), meaning(query));
				assert.deepEqual(again.mistakes, []);
				assert.equal(queryText(again), written);
			}
		}),
		runs,
	);
});
