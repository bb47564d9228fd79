import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseRolloutName} from '../../source/files/rollout-name.js';

const thread = '0196b1a0-0000-7000-8000-000000000001';
const rollout = '0196b1a0-0000-7000-8000-000000000002';
const at = '2026-02-03T10-11-12';

const names: [name: string, expected: ReturnType<typeof parseRolloutName>][] = [
	[
		`rollout-${at}-${thread}.jsonl`,
		{
			format: 'jsonl',
			key: `rollout-${at}-${thread}.jsonl`,
			startedLocal: at,
			threadId: thread,
			rolloutId: thread,
		},
	],
	[
		`rollout-${at}-${thread}_${rollout}.jsonl.zst`,
		{
			format: 'jsonl.zst',
			key: `rollout-${at}-${thread}_${rollout}.jsonl`,
			startedLocal: at,
			threadId: thread,
			rolloutId: rollout,
		},
	],
	[
		`rollout-2025-04-20-${thread}.json`,
		{
			format: 'json',
			key: `rollout-2025-04-20-${thread}.json`,
			startedLocal: '2025-04-20',
			threadId: thread,
			rolloutId: thread,
		},
	],
	[`${thread}.json`, {format: 'json', key: `${thread}.json`, startedLocal: null, threadId: thread, rolloutId: thread}],
	[
		'rollout-copy of mine.jsonl',
		{format: 'jsonl', key: 'rollout-copy of mine.jsonl', startedLocal: null, threadId: null, rolloutId: null},
	],
	[
		`rollout-${at}-not-an-id.jsonl`,
		{format: 'jsonl', key: `rollout-${at}-not-an-id.jsonl`, startedLocal: at, threadId: null, rolloutId: null},
	],
	['saved.jsonl', {format: 'jsonl', key: 'saved.jsonl', startedLocal: null, threadId: null, rolloutId: null}],
	['auth.json', undefined],
	['history.json', undefined],
	['history.jsonl', undefined],
	['session_index.jsonl', undefined],
	['session_index.jsonl.zst', undefined],
	['notes.json', undefined],
	[`rollout-${at}-${thread}.jsonl.tmp`, undefined],
	[`rollout-${at}-${thread}.jsonl.zst.tmp`, undefined],
	[`.rollout-${at}-${thread}.jsonl`, undefined],
	['.jsonl', undefined],
	['rollout.txt', undefined],
];

for (const [name, expected] of names) {
	test(`reads the name ${name}`, () => {
		assert.deepEqual(parseRolloutName(name), expected);
	});
}

test('a JSON document given by name may have any name but those that are never logs', () => {
	assert.equal(parseRolloutName('notes.json', 'given')?.format, 'json');
	assert.equal(parseRolloutName('auth.json', 'given'), undefined);
});
