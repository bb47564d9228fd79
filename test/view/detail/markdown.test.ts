import assert from 'node:assert/strict';
import test from 'node:test';
import {rowText} from '../../../source/text/cells.js';
import {markdownRows} from '../../../source/view/detail/markdown.js';
import {processorTime} from '../../helpers/processor-time.js';

const draw = (markdown: string, width = 40) =>
	markdownRows(markdown, {width, maxRows: 1000}).map(row => rowText(row).trimEnd());

const cases: ReadonlyArray<readonly [name: string, markdown: string, expected: string[]]> = [
	['headings stand apart', 'a\n# B\nc', ['a', '', 'B', '', 'c']],
	['line breaks stay', 'one\ntwo', ['one', 'two']],
	['marks of emphasis disappear', '**a** *b* ~~c~~ `d*e`', ['a b c d*e']],
	['lists keep the spacing of the source', 'do:\n- a\n- b\n\nthen', ['do:', '• a', '• b', '', 'then']],
	['nested lists move in', '- a\n  - b\n    1. c\n    2. d', ['• a', '  • b', '    1. c', '    2. d']],
	['tasks have boxes', '- [x] a\n- [ ] b', ['[x] a', '[ ] b']],
	['numbers line up', '9. a\n10. b', [' 9. a', '10. b']],
	['loose items have room', '- a\n\n- b', ['• a', '', '• b']],
	[
		'items wrap below their text',
		'- one two three four five six seven eight nine',
		['• one two three four five six seven', '  eight nine'],
	],
	['quotes have a bar', '> a\n> > b', ['│ a', '│ │ b']],
	['code is indented and not wrapped away', '```ts\nconst a = 1;\n\n  b();\n```', ['  const a = 1;', '', '    b();']],
	['links show where they lead', '[docs](https://a.example/x)', ['docs (https://a.example/x)']],
	['bare links are shown once', 'https://a.example/x', ['https://a.example/x']],
	['images are placeholders', '![shot](a.png)', ['▣ shot (a.png)']],
	['HTML is shown as written', 'a <b>c</b>\n\n<cwd>\n/x\n</cwd>', ['a <b>c</b>', '', '<cwd>', '/x', '</cwd>']],
	['tables fit their contents', '|a|bb|\n|-|-:|\n|1|2|', ['a │ bb', '──┼───', '1 │  2']],
	[
		'wide tables wrap their cells',
		'|name|text|\n|-|-|\n|cart|one two three four five six seven eight nine|',
		['name │ text', `─────┼─${'─'.repeat(33)}`, 'cart │ one two three four five six seven', '     │ eight nine'],
	],
	['an unclosed fence is code', '```\na', ['  a']],
];

for (const [name, markdown, expected] of cases) {
	test(`Markdown: ${name}`, () => {
		assert.deepEqual(draw(markdown), expected);
	});
}

test('a table with more columns than fit becomes records', () => {
	const table = '|aa|bb|cc|dd|\n|-|-|-|-|\n|1|2|3|4|\n|5|6|7|8|';
	assert.deepEqual(draw(table, 24), ['aa: 1', 'bb: 2', 'cc: 3', 'dd: 4', '', 'aa: 5', 'bb: 6', 'cc: 7', 'dd: 8']);
});

test('styles are tones and flags', () => {
	const spans = markdownRows('**b** `c` [d](https://d.example)', {width: 80, maxRows: 10})[0] ?? [];
	assert.deepEqual(spans, [
		{text: 'b', bold: true},
		{text: ' '},
		{text: 'c', tone: 'code'},
		{text: ' '},
		{text: 'd', tone: 'link', underline: true},
		{text: ' (https://d.example)', tone: 'dim'},
	]);
});

test('a link with a scheme that runs something is no link', () => {
	const spans = markdownRows('[d](javascript:alert)', {width: 80, maxRows: 10})[0] ?? [];
	assert.equal(
		spans.some(span => span.tone === 'link'),
		false,
	);
});

test('code has tones by meaning', () => {
	const rows = markdownRows('```ts\nconst a = "<b>"; // c\n```', {width: 80, maxRows: 10});
	const toneOf = (text: string) => rows.flat().find(span => span.text === text)?.tone;
	assert.equal(toneOf('const'), 'keyword');
	assert.equal(toneOf('"<b>"'), 'string');
	assert.equal(toneOf('// c'), 'comment');
});

test('pathological Markdown neither hangs nor throws', () => {
	for (const unit of ['[', '*a_', '> ', '>', '- ', '1. ', '`', '<', '|a', '![', '\\', '*a_\n', '> \n', '[a](\n']) {
		const started = processorTime();
		markdownRows(unit.repeat(Math.floor(60_000 / unit.length)), {width: 80, maxRows: 1000});
		assert.ok(processorTime() - started < 5000, JSON.stringify(unit));
	}
});
