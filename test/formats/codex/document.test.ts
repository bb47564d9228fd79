import assert from 'node:assert/strict';
import {test} from 'node:test';
import {codex} from '../../../source/formats/codex/index.js';
import {processorTime} from '../../helpers/processor-time.js';
import {
	documentOf,
	type Fields,
	linesOf,
	message,
	meta,
	readRollout,
	rolloutOf,
	threadId,
} from '../../helpers/rollout.js';

const items: Fields[] = [
	message('user', 'Which {harbours} have "no" table? \\'),
	{
		type: 'local_shell_call',
		call_id: 'c1',
		status: 'completed',
		action: {type: 'exec', command: ['bash', '-lc', 'echo "}{"']},
	},
	{type: 'function_call_output', call_id: 'c1', output: '}{\n'},
	message('assistant', 'Only Brest — 潮汐 🌊.'),
];

const layouts: [name: string, document: Buffer][] = [
	['indented', documentOf(items)],
	['on one line', Buffer.from(JSON.stringify(JSON.parse(documentOf(items).toString())))],
	['after a byte order mark', Buffer.concat([Buffer.from('\uFEFF'), documentOf(items)])],
	['with Windows line ends', Buffer.from(documentOf(items).toString().replaceAll('\n', '\r\n'))],
	['after blank lines', Buffer.concat([Buffer.from('\n\n'), documentOf(items)])],
];

for (const [name, document] of layouts) {
	test(`a document ${name} has a part for its session and for every item`, () => {
		const lines = codex.splitDocument(document);
		assert.ok(lines !== undefined);
		assert.deepEqual(
			lines.map(({bytes}) => JSON.parse(bytes.toString()) as unknown),
			[{timestamp: '2025-04-20T09:00:00.000Z', id: threadId, instructions: ''}, ...items],
		);
		for (const {line, offset, length, bytes} of lines) {
			assert.ok(bytes.equals(document.subarray(offset, offset + length)));
			assert.equal(line, document.toString('latin1', 0, offset).split('\n').length);
		}
	});
}

test('a document without items has only its session', () => {
	assert.equal(codex.splitDocument(documentOf([]))?.length, 1);
});

const others: [name: string, bytes: Buffer][] = [
	['lines', rolloutOf([meta()])],
	['a list', Buffer.from('[{"command":"hello","timestamp":1}]')],
	['another object', Buffer.from('{"items":[]}')],
	['a session that is no object', Buffer.from('{"session":"x","items":[]}')],
	['nothing', Buffer.alloc(0)],
	['NUL bytes', Buffer.alloc(5000)],
];

for (const [name, bytes] of others) {
	test(`${name} is no document`, () => {
		assert.equal(codex.splitDocument(bytes), undefined);
	});
}

test('a document cut short after any byte keeps its whole items', () => {
	const document = documentOf(items);
	const whole = codex.splitDocument(document) ?? [];
	const began = document.indexOf('{', 1);
	for (let cut = 0; cut < document.length; cut++) {
		const part = document.subarray(0, cut);
		const lines = codex.splitDocument(part);
		if (cut <= began) {
			assert.equal(lines, undefined);
			continue;
		}

		assert.ok(lines !== undefined);
		const kept = whole.filter(({offset, length}) => offset + length <= cut);
		assert.deepEqual(
			lines.slice(0, kept.length).map(({bytes}) => bytes.toString()),
			kept.map(({bytes}) => bytes.toString()),
		);
		assert.ok(lines.length <= kept.length + 1, `only one part is damaged, cut at ${cut}`);
		const {events, problems} = readRollout(part);
		assert.equal(events.length, kept.length);
		assert.equal(problems.length, lines.length - kept.length);
	}
});

test('a part that is no object does not hide those after it', () => {
	const document = Buffer.from(`{"session":{"id":"x"},"items":[5,${JSON.stringify(items[0])}]}`);
	assert.equal(linesOf(document).length, 2);
});

test('a hostile document is split in linear time', () => {
	const began = processorTime();
	codex.splitDocument(Buffer.from(`{"session":{"id":"x"},"items":[${'{"a":'.repeat(200_000)}`));
	codex.splitDocument(Buffer.from(`{"session":{"id":"x"},"items":[${'{},\n'.repeat(200_000)}`));
	assert.ok(processorTime() - began < 5000);
});
