import assert from 'node:assert/strict';
import {test} from 'node:test';
import {addSizes, kindOfRecord, noSizes, type RecordFacts, type SizeKind, sizeKinds} from '../../source/sizes/kinds.js';

const plain = {isRepeat: false, isOutput: false, tool: null, role: null, context: null};

const cases: [facts: Partial<RecordFacts> & Pick<RecordFacts, 'kind'>, expected: SizeKind][] = [
	[{kind: 'message', role: 'user'}, 'messages'],
	[{kind: 'message', role: 'assistant'}, 'messages'],
	[{kind: 'message', role: 'agent'}, 'messages'],
	[{kind: 'message', role: null}, 'messages'],
	[{kind: 'message', role: 'user', context: 'environment_context'}, 'context'],
	[{kind: 'message', role: 'developer'}, 'context'],
	[{kind: 'message', role: 'system'}, 'context'],
	[{kind: 'message', role: 'user', isRepeat: true}, 'repeats'],
	[{kind: 'plan'}, 'messages'],
	[{kind: 'reasoning'}, 'reasoning'],
	[{kind: 'reasoning', isRepeat: true}, 'repeats'],
	[{kind: 'tool-call', tool: 'command'}, 'tool-calls'],
	[{kind: 'tool-call', tool: 'patch'}, 'patches'],
	[{kind: 'tool-call', tool: 'patch', isRepeat: true, isOutput: true}, 'tool-output'],
	[{kind: 'tool-call', tool: 'command', isOutput: true}, 'tool-output'],
	[{kind: 'tool-call', tool: 'command', isRepeat: true}, 'repeats'],
	[{kind: 'token-usage'}, 'token-counts'],
	[{kind: 'token-usage', isRepeat: true}, 'token-counts'],
	[{kind: 'turn-context'}, 'context'],
	[{kind: 'session-meta'}, 'context'],
	[{kind: 'compaction'}, 'compactions'],
	[{kind: 'compaction', isRepeat: true}, 'compactions'],
	[{kind: 'turn-end'}, 'other'],
	[{kind: 'unknown'}, 'other'],
	[{kind: 'problem'}, 'unreadable'],
];

for (const [facts, expected] of cases) {
	test(`${JSON.stringify(facts)} counts as ${expected}`, () => {
		assert.equal(kindOfRecord({...plain, ...facts}), expected);
	});
}

test('sums are by kind', () => {
	const sum = addSizes({...noSizes(), images: 3, other: 1}, {...noSizes(), images: 4});
	assert.deepEqual(sum, {...noSizes(), images: 7, other: 1});
	assert.deepEqual(Object.keys(sum), [...sizeKinds]);
});
