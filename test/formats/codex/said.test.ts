import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bare, completed, event, item, message, meta, readRollout, reasoning} from '../../helpers/rollout.js';

const answerEvent = (text: string): string => event('agent_message', {message: text});
const answerItem = (text: string, id?: string): string =>
	item({...message('assistant', text), ...(id === undefined ? {} : {id})});
const answerDone = (text: string, id: string): string =>
	completed('AgentMessage', {id, content: [{type: 'Text', text}], phase: 'final_answer'});
const thoughtEvent = (text: string): string => event('agent_reasoning', {text});
const thoughtItem = (...parts: string[]): string => item(reasoning(parts));
const thoughtItemWithId = (id: string, ...parts: string[]): string => item(reasoning(parts, {id}));
const thoughtDone = (id: string, ...parts: string[]): string =>
	completed('Reasoning', {id, summary_text: parts, raw_content: []});

/** Lines of answers and reasoning, and which of them are one event: numbers of the lines, counted from 1. */
const groups: [name: string, lines: string[], expected: [lines: number[], text: string][]][] = [
	['an item alone', [answerItem('a')], [[[1], 'a']]],
	['an event alone', [answerEvent('a')], [[[1], 'a']]],
	['an event before its item', [answerEvent('a'), answerItem('a')], [[[1, 2], 'a']]],
	['an item before its event', [answerItem('a'), answerEvent('a')], [[[1, 2], 'a']]],
	['item, completed item', [answerItem('a', 'm1'), answerDone('a', 'm1')], [[[1, 2], 'a']]],
	['completed item, item', [answerDone('a', 'm1'), answerItem('a', 'm1')], [[[1, 2], 'a']]],
	['all three records', [answerEvent('a'), answerItem('a', 'm1'), answerDone('a', 'm1')], [[[1, 2, 3], 'a']]],
	['an item without an id and a completed one', [answerItem('a'), answerDone('a', 'item-4')], [[[1, 2], 'a']]],
	['ids that agree where the text does not', [answerItem('a ', 'm1'), answerDone('a', 'm1')], [[[1, 2], 'a ']]],
	[
		'two answers',
		[answerEvent('a'), answerItem('a'), answerEvent('b'), answerItem('b')],
		[
			[[1, 2], 'a'],
			[[3, 4], 'b'],
		],
	],
	[
		'equal answers one after the other',
		[answerEvent('a'), answerItem('a'), answerEvent('a'), answerItem('a')],
		[
			[[1, 2], 'a'],
			[[3, 4], 'a'],
		],
	],
	[
		'equal answers, items first',
		[answerItem('a'), answerEvent('a'), answerItem('a'), answerEvent('a')],
		[
			[[1, 2], 'a'],
			[[3, 4], 'a'],
		],
	],
	[
		'equal answers, events together',
		[answerEvent('a'), answerEvent('a'), answerItem('a'), answerItem('a')],
		[
			[[1, 3], 'a'],
			[[2, 4], 'a'],
		],
	],
	[
		'equal answers with ids',
		[answerItem('a', 'm1'), answerDone('a', 'm1'), answerItem('a', 'm2'), answerDone('a', 'm2')],
		[
			[[1, 2], 'a'],
			[[3, 4], 'a'],
		],
	],
	[
		'equal answers with ids, told in turn',
		[answerItem('a', 'm1'), answerItem('a', 'm2'), answerDone('a', 'm1'), answerDone('a', 'm2')],
		[
			[[1, 3], 'a'],
			[[2, 4], 'a'],
		],
	],
	[
		'events in another order than items',
		[answerEvent('a'), answerEvent('b'), answerItem('b'), answerItem('a')],
		[
			[[1, 4], 'a'],
			[[2, 3], 'b'],
		],
	],
	['an empty answer and its event', [answerItem(''), answerEvent('')], [[[1, 2], '']]],
	['reasoning of one part', [thoughtEvent('a'), thoughtItem('a')], [[[1, 2], 'a']]],
	[
		'reasoning of two parts, events first',
		[thoughtEvent('a'), thoughtEvent('b'), thoughtItem('a', 'b')],
		[[[1, 2, 3], 'a\n\nb']],
	],
	[
		'reasoning of two parts, item first',
		[thoughtItem('a', 'b'), thoughtEvent('a'), thoughtEvent('b')],
		[[[1, 2, 3], 'a\n\nb']],
	],
	[
		'reasoning of two equal parts',
		[thoughtItem('a', 'a'), thoughtEvent('a'), thoughtEvent('a')],
		[[[1, 2, 3], 'a\n\na']],
	],
	[
		'reasoning of two equal parts, events first',
		[thoughtEvent('a'), thoughtEvent('a'), thoughtItem('a', 'a')],
		[[[1, 2, 3], 'a\n\na']],
	],
	[
		'two pieces of reasoning, the second of two parts',
		[thoughtEvent('a'), thoughtItem('a'), thoughtEvent('b'), thoughtEvent('c'), thoughtItem('b', 'c')],
		[
			[[1, 2], 'a'],
			[[3, 4, 5], 'b\n\nc'],
		],
	],
	[
		'reasoning with an id, all at once',
		[thoughtDone('r1', 'a', 'b'), thoughtItemWithId('r1', 'a', 'b')],
		[[[1, 2], 'a\n\nb']],
	],
	[
		'reasoning that was completed again with more',
		[thoughtDone('r1', 'a'), thoughtDone('r1', 'a', 'b')],
		[[[1, 2], 'a\n\nb']],
	],
	[
		'encrypted reasoning',
		[thoughtItem(), thoughtItem()],
		[
			[[1], ''],
			[[2], ''],
		],
	],
	[
		'encrypted reasoning with ids',
		[thoughtDone('r1'), thoughtItemWithId('r1'), thoughtItemWithId('r2')],
		[
			[[1, 2], ''],
			[[3], ''],
		],
	],
	[
		'an answer that repeats reasoning',
		[thoughtItem('a'), answerItem('a')],
		[
			[[1], 'a'],
			[[2], 'a'],
		],
	],
	[
		'events of two parts that no item has',
		[thoughtEvent('a'), thoughtEvent('b')],
		[
			[[1], 'a'],
			[[2], 'b'],
		],
	],
];

for (const [name, lines, expected] of groups) {
	test(`what was said: ${name}`, () => {
		const {joined} = readRollout(lines);
		const told = joined.map(one => {
			assert.ok(one.event.kind === 'message' || one.event.kind === 'reasoning');
			return [one.lines, one.event.text];
		});
		assert.deepEqual(told, expected);
	});
}

test('the phase comes from whichever record has it', () => {
	const [answer] = readRollout([answerEvent('a'), answerItem('a', 'm1'), answerDone('a', 'm1')]).joined;
	assert.ok(answer?.event.kind === 'message');
	assert.equal(answer.event.phase, 'final_answer');
});

test('reasoning is encrypted when its item is', () => {
	const [thought] = readRollout([thoughtEvent('a'), thoughtItem('a')]).joined;
	assert.ok(thought?.event.kind === 'reasoning');
	assert.equal(thought.event.encrypted, true);
});

test('an event that was joined later no longer counts for its prompt', () => {
	const {prompts} = readRollout([
		meta(),
		bare(message('user', 'When is high water?')),
		thoughtEvent('a'),
		thoughtEvent('b'),
		thoughtItem('a', 'b'),
		answerItem('At 14:20.'),
	]);
	assert.deepEqual(
		prompts.map(prompt => prompt.eventCount),
		[3],
	);
});

test('a code-mode delivery record is no second answer', () => {
	const {joined} = readRollout([
		answerItem('At 14:20.'),
		item(message('assistant', 'At 14:20.'), 0, {
			client_authored: false,
			delivered_assistant_message: 'codex:code-mode-delivery:v1:abc',
		}),
	]);
	assert.deepEqual(
		joined.map(({event: one}) => one.kind === 'message' && one.context),
		[null, 'delivery record'],
	);
});

test('an item can be told long after its event, but not for ever', () => {
	const others = (count: number): string[] => Array.from({length: count}, (_, index) => answerItem(`other ${index}`));
	assert.equal(readRollout([answerEvent('a'), ...others(40), answerItem('a')]).joined.length, 41);
	assert.equal(readRollout([answerEvent('a'), ...others(400), answerItem('a')]).joined.length, 402);
});
