import assert from 'node:assert/strict';
import test from 'node:test';
import stringWidth from 'string-width';
import type {EventBody} from '../../../source/model/log-event.js';
import {noUsage} from '../../../source/model/token-usage.js';
import {parseQuery} from '../../../source/query/parse-query.js';
import {wordMatcher} from '../../../source/query/word-matcher.js';
import {leavesOf, wordQuery} from '../../../source/query/word-query.js';
import type {EventDetail} from '../../../source/store/store.js';
import {rowText, rowWidth} from '../../../source/text/cells.js';
import {detailRows} from '../../../source/view/detail/detail-rows.js';
import {forbidden, hostileTexts} from '../../text/hostile.js';
import {call, detailOf, everyEvent} from './events.js';

const draw = (body: EventBody | EventDetail['event'], width = 60) =>
	detailRows(detailOf(body), {width, timeZone: 'UTC'}).map(rowText);

const shows = (name: string, body: EventBody | EventDetail['event'], expected: string[]) => {
	test(name, () => {
		assert.deepEqual(
			draw(body).map(row => row.trimEnd()),
			[...expected, '', 'rollout-a.jsonl line 12'],
		);
	});
};

shows(
	'a message has its role, phase and time above it',
	{kind: 'message', role: 'assistant', phase: 'final_answer', context: null, text: 'Fixed the *cart*.', images: []},
	['Assistant · final answer · 2026-03-04 19:48:07', '', 'Fixed the cart.'],
);

shows(
	'an injected block is context, shown as it is',
	{kind: 'message', role: 'user', phase: null, context: 'environment_context', text: '<cwd>*a*</cwd>', images: []},
	['Context · environment_context · user · 2026-03-04 19:48:07', '', '<cwd>*a*</cwd>'],
);

shows(
	'images are placeholders',
	{
		kind: 'message',
		role: 'user',
		phase: null,
		context: null,
		text: 'See',
		images: [{mediaType: 'image/png', bytes: 312_000, source: null}],
	},
	['User · 2026-03-04 19:48:07', '', 'See', '▣ image/png 312 kB'],
);

shows('encrypted reasoning says so', {kind: 'reasoning', text: '', parts: [], encrypted: true}, [
	'Reasoning · 2026-03-04 19:48:07',
	'',
	'Stored encrypted: the log holds no readable text.',
]);

shows(
	'a command shows its line, other arguments, outcome and output',
	call({
		command: 'npm test',
		arguments: '{"cmd":"npm test","workdir":"/shop"}',
		exitCode: 1,
		durationMs: 2300,
		output: '\x1b[31mFAIL\x1b[0m cart\n+ not a diff\n',
	}),
	[
		'Command · exec_command · 2026-03-04 19:48:07',
		'',
		'$ npm test',
		'',
		'workdir  /shop',
		'',
		'exit 1 · 2.3s',
		'',
		'FAIL cart',
		'+ not a diff',
	],
);

shows('an open call has no result', call({command: 'sleep 9', status: 'open'}), [
	'Command · exec_command · 2026-03-04 19:48:07',
	'',
	'$ sleep 9',
	'',
	'no result in the log',
]);

shows(
	'a patch is a diff for each file',
	call({
		tool: 'patch',
		name: 'apply_patch',
		changes: [
			{path: 'a.ts', change: 'update', movedTo: null, diff: '@@ -1,2 +1,2 @@\n one\n-two\n+three\n'},
			{path: 'b.ts', change: 'add', movedTo: null, diff: 'new\n'},
			{path: 'c.ts', change: 'delete', movedTo: null, diff: null},
		],
	}),
	[
		'Patch · apply_patch · 2026-03-04 19:48:07',
		'',
		'Update a.ts +1 −1',
		'1   one',
		'2 − two',
		'2 + three',
		'',
		'Add b.ts +1',
		'1 + new',
		'',
		'Delete c.ts',
		'',
		'completed',
	],
);

shows(
	'a plan is a checklist',
	call({
		tool: 'plan',
		name: 'update_plan',
		explanation: 'Next',
		steps: [
			{step: 'Look', status: 'completed'},
			{step: 'Fix', status: 'in_progress'},
			{step: 'Test', status: 'pending'},
		],
	}),
	['Plan · update_plan · 2026-03-04 19:48:07', '', 'Next', '', '[x] Look', '[>] Fix', '[ ] Test', '', 'completed'],
);

shows(
	'a script shows the operations it ran',
	call({
		tool: 'code',
		name: 'exec',
		arguments: 'await run("ls")',
		operations: [{tool: 'command', name: 'exec_command', command: 'ls', output: 'a\n', exitCode: 0, durationMs: 40}],
		output: 'done',
	}),
	[
		'Code · exec · 2026-03-04 19:48:07',
		'',
		'await run("ls")',
		'',
		'completed',
		'',
		'$ ls',
		'exit 0 · 40ms',
		'a',
		'',
		'done',
	],
);

shows(
	'token usage is a table',
	{
		kind: 'token-usage',
		own: {...noUsage, inputTokens: 1200, totalTokens: 1500},
		last: {...noUsage, inputTokens: 1200, totalTokens: 1500},
		total: null,
		contextWindow: 400_000,
		cacheWriteTokens: 0,
	},
	[
		'Token usage · 2026-03-04 19:48:07',
		'',
		'                        adds       response        session',
		'input                  1,200          1,200              –',
		'  cached                   0              0              –',
		'output                     0              0              –',
		'  reasoning                0              0              –',
		'total                  1,500          1,500              –',
		'context window 400,000, <1% used',
	],
);

shows(
	'unknown lines are shown whole',
	{kind: 'unknown', type: 'event_msg/new', raw: '{"type":"new","n":12345678901234567890}'},
	[
		'Unknown line · event_msg/new · 2026-03-04 19:48:07',
		'',
		'This release does not know lines of this kind; this is the',
		'line as it is.',
		'',
		'{',
		'  "type": "new",',
		'  "n": 12345678901234567890',
		'}',
	],
);

shows(
	'a problem says where and why',
	{
		kind: 'problem',
		problem: {path: '/logs/a.jsonl', line: 9, offset: 1234, length: 5, reason: 'not a JSON object'},
		excerpt: '{"a\0',
	},
	[
		'Unreadable line · not a JSON object',
		'',
		'file    /logs/a.jsonl',
		'line    9',
		'offset  byte 1,234',
		'length  5 bytes',
		'',
		'{"a␀',
	],
);

test('all lines that record an event are named', () => {
	const rows = detailRows(detailOf({kind: 'rollback', turns: 1}, [12, 14]), {width: 60});
	assert.equal(rowText(rows.at(-1) ?? []), 'rollout-a.jsonl lines 12, 14');
});

test('whatever a log holds, rows fit and nothing in them steers a terminal', () => {
	for (const text of hostileTexts) {
		for (const event of everyEvent(text)) {
			for (const width of [20, 21, 34, 80, 200]) {
				for (const row of detailRows(detailOf(event), {width})) {
					const shown = rowText(row);
					const context = `${event.kind} at ${width}: ${JSON.stringify(shown)}`;
					assert.ok(stringWidth(shown) <= width && rowWidth(row) <= width, context);
					assert.doesNotMatch(shown.replaceAll(/\p{RGI_Emoji}/gv, ''), forbidden, context);
				}
			}
		}
	}
});

test('long output is cut with a count', () => {
	const output = 'line\n'.repeat(50_000);
	const rows = detailRows(detailOf(call({command: 'yes', output})), {width: 80, maxRows: 1000}).map(rowText);
	assert.ok(rows.length < 1020);
	assert.match(rows.at(-3) ?? '', /^… 49,\d\d\d more lines$/);
});

test('matches are marked', () => {
	const body: EventBody = {kind: 'notice', level: 'info', text: 'The cart and the Cart (1+1) by the Café, carted'};
	const matched = (text: string) =>
		detailRows(detailOf(body), {
			width: 60,
			match: wordMatcher(leavesOf(wordQuery(parseQuery(text, {now: new Date()}).text).all)),
		})
			.flat()
			.filter(span => span.tone === 'match')
			.map(span => span.text);
	assert.deepEqual(matched('"cart"'), ['cart', 'Cart']);
	assert.deepEqual(matched('cart'), ['cart', 'Cart', 'cart'], 'also where the word goes on');
	assert.deepEqual(matched('"1+1"'), ['1+1']);
	assert.deepEqual(matched('cafe'), ['Café'], 'as snippets mark it');
	assert.deepEqual(matched('café'), ['Café']);
	assert.deepEqual(matched(''), []);
});

test('of a line too long to be shown whole it is said how long it is and what prints it', () => {
	const body: EventBody = {kind: 'message', role: 'assistant', phase: null, context: null, text: 'Wet.', images: []};
	const rows = detailRows({...detailOf(body), cut: {line: 12, bytes: 134e6}}, {width: 60, timeZone: 'UTC'});
	assert.deepEqual(
		rows.slice(-3).map(row => rowText(row).trimEnd()),
		['This is the beginning: line 12 has 134 MB, which codex-tui', 'raw --line 12 prints.', 'rollout-a.jsonl line 12'],
	);
});
