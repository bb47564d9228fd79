import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {codex} from '../../../source/formats/codex/index.js';
import type {Rows} from '../../../source/formats/rows.js';
import type {LogLine} from '../../../source/model/log-line.js';
import {
	answeredTwice,
	askedTwice,
	bare,
	completed,
	customCall,
	customOutput,
	envelope,
	environment,
	event,
	eventsOfPrompt,
	functionCall,
	functionOutput,
	item,
	legacyTurn,
	linesOf,
	message,
	meta,
	paginatedTurn,
	readRollout,
	reasoning,
	rolloutOf,
	sampleRollouts,
	settle,
	threadId,
	tokenCount,
	turnContext,
	usage,
} from '../../helpers/rollout.js';

/** The same cases in every run. */
const seed = 20_260_203;

const fileName = `rollout-2026-02-03T10-00-00-${threadId}.jsonl`;

/** Lines of every sort, to be put together in any order. */
const pool: string[] = [
	meta(),
	meta({history_mode: 'paginated'}),
	meta({id: 'another-thread'}, 1),
	bare({id: threadId, timestamp: '2025-07-01T12:00:00.000Z'}),
	bare({record_type: 'state'}),
	turnContext(),
	item(message('user', environment())),
	item(message('user', environment(), 'One?')),
	...askedTwice('One?'),
	...askedTwice('Two?'),
	...answeredTwice('Yes.'),
	item({...message('assistant', 'Yes.'), id: 'm1'}),
	completed('AgentMessage', {id: 'm1', content: [{type: 'Text', text: 'Yes.'}]}),
	completed('UserMessage', {id: 'u1', content: [{type: 'text', text: 'One?'}]}),
	event('agent_reasoning', {text: 'a'}),
	event('agent_reasoning', {text: 'b'}),
	item(reasoning(['a', 'b'])),
	item(reasoning([])),
	completed('Plan', {id: 'p1', text: '# Chart\n'}),
	item(message('assistant', '<proposed_plan>\n# Chart\n</proposed_plan>')),
	item(functionCall('exec_command', {cmd: 'ls'}, 'c1')),
	item(functionOutput('c1', 'Exit code: 1\nOutput:\nno')),
	completed('CommandExecution', {id: 'c1', command: ['ls'], status: 'completed', exit_code: 0}),
	completed('CommandExecution', {id: 'x1', command: ['ls'], status: 'completed', exit_code: 0}),
	item(customCall('exec', 'tools.exec_command({cmd: "ls"})', 's1')),
	item(customOutput('s1', [{type: 'input_text', text: 'Script running with cell ID 6\nOutput:\n'}])),
	item(functionCall('wait', {cell_id: '6'}, 'w1')),
	item(functionOutput('w1', 'Script completed\nOutput:\n')),
	item(functionCall('view_image', {path: 'x.png'}, 'v1')),
	item(message('user', {type: 'input_image', image_url: 'data:image/png;base64,AAAA'})),
	tokenCount(usage(100, 0, 10)),
	tokenCount(usage(300, 0, 30), usage(200, 0, 20)),
	tokenCount(null),
	envelope('token_usage_record', {thread_id: threadId, response_id: 'r1', usage: usage(7, 0, 7)}),
	event('task_started', {turn_id: 't1'}),
	event('task_complete', {turn_id: 't1'}),
	event('turn_aborted', {reason: 'interrupted'}),
	event('thread_rolled_back', {num_turns: 1}),
	envelope('compacted', {message: 'So far: Yes.'}),
	event('context_compacted'),
	event('entered_review_mode', {target: {type: 'uncommittedChanges'}}),
	event('exited_review_mode', {review_output: null}),
	event('something_new', {a: 1}),
	envelope('something_else', {}),
	item(message('user', '/compact')),
	'{"timestamp":"2026-02-03T10:00:00.000Z","type":"event_m',
	`{"timestamp":"2026-02-03T10:0${event('agent_message', {message: 'No.'})}`,
	'not JSON',
	'[]',
	'\0\0\0',
	'',
	' \r',
];

const isBlank = (line: LogLine): boolean => line.bytes.every(byte => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));

const whole = (lines: readonly LogLine[]) => {
	const reader = codex.reader(fileName, null);
	for (const line of lines) {
		reader.read(line);
	}

	return {rows: settle([reader.take()]), facts: reader.facts(), sequence: reader.sequence(), saved: reader.save()};
};

/** Reads with a new reader, from what the one before saved, after each of the given lines. */
const inParts = (lines: readonly LogLine[], isCut: (index: number) => boolean) => {
	const takes: Rows[] = [];
	let reader = codex.reader(fileName, null);
	for (const [index, line] of lines.entries()) {
		reader.read(line);
		if (isCut(index)) {
			takes.push(reader.take());
			reader = codex.reader(fileName, reader.save());
		}
	}

	takes.push(reader.take());
	return {rows: settle(takes), facts: reader.facts(), sequence: reader.sequence(), saved: reader.save()};
};

for (const [name, bytes] of Object.entries(sampleRollouts())) {
	const lines = linesOf(bytes);
	test(`${name}: stopping after any line changes nothing`, () => {
		const expected = whole(lines);
		for (let cut = 0; cut < lines.length; cut++) {
			assert.deepEqual(
				inParts(lines, index => index === cut),
				expected,
				`stopped after line ${lines[cut]?.line}`,
			);
		}
	});

	test(`${name}: stopping after every line changes nothing`, () => {
		assert.deepEqual(
			inParts(lines, () => true),
			whole(lines),
		);
	});

	test(`${name}: the bytes of every event are its record`, () => {
		const {events, joined} = readRollout(bytes);
		for (const {offset, length} of events) {
			assert.doesNotThrow(() => JSON.parse(bytes.toString('utf8', offset, offset + length)) as unknown);
		}

		for (const {sequence, event: described} of joined) {
			const row = events.find(one => one.sequence === sequence);
			assert.equal(described.kind, row?.kind);
			assert.equal(described.line, row?.line);
			assert.equal(described.at, row?.at == null ? null : new Date(row.at).toISOString());
		}
	});
}

/** Lines that belong together, so that more than chance brings them together. */
const runs: string[][] = [
	askedTwice('One?'),
	askedTwice('Two?').toReversed(),
	answeredTwice('Yes.'),
	legacyTurn('Three?', 'Yes.', 5, 1000),
	paginatedTurn('Four?', 'No.', 9),
	[event('task_started', {turn_id: 't1'}), turnContext(), ...askedTwice('Two?')],
];

const firstLines = [
	meta(),
	meta({history_mode: 'paginated'}),
	bare({id: threadId, timestamp: '2025-07-01T12:00:00.000Z'}),
];

const anyLines = fc
	.tuple(
		fc.constantFrom(...firstLines),
		fc.array(
			fc.oneof(
				{weight: 3, arbitrary: fc.constantFrom(...pool).map(line => [line])},
				{weight: 1, arbitrary: fc.constantFrom(...runs)},
			),
			{maxLength: 30},
		),
	)
	.map(([first, groups]) => [first, ...groups.flat()]);

test('any lines: stopping anywhere changes nothing', () => {
	fc.assert(
		fc.property(anyLines, fc.array(fc.boolean(), {minLength: 50, maxLength: 50}), (source, cuts) => {
			const lines = linesOf(rolloutOf(source));
			assert.deepEqual(
				inParts(lines, index => cuts[index % cuts.length] === true),
				whole(lines),
			);
		}),
		{numRuns: 400, seed},
	);
});

/** What must hold of the rows of any file. */
const checkRows = (bytes: Buffer): void => {
	const {events, problems, prompts, calls, joined, messages} = readRollout(bytes);
	const sequences = [...events, ...problems].map(({sequence}) => sequence).toSorted((a, b) => a - b);
	assert.deepEqual(
		sequences,
		sequences.map((_, index) => index),
	);
	const told = new Set([...events, ...problems].map(({line}) => line));
	for (const line of linesOf(bytes)) {
		const isEmpty = isBlank(line) || (line.bytes.length === 3 && line.bytes.equals(Buffer.from('\uFEFF')));
		assert.ok(told.has(line.line) || isEmpty, `line ${line.line} is told of`);
	}

	const known = new Set(events.map(({sequence}) => sequence));
	for (const {sequence, completes, offset, length, line} of events) {
		assert.ok(completes === null || (known.has(completes) && completes !== sequence));
		assert.ok(bytes[offset] === 0x7b && bytes[offset + length - 1] === 0x7d, `line ${line} is told by its bytes`);
	}

	const primaries = new Set(joined.map(({sequence}) => sequence));
	for (const {completes} of events) {
		assert.ok(completes === null || primaries.has(completes), 'what an event completes stands in the list');
	}

	for (const row of [...prompts, ...calls, ...messages]) {
		assert.ok(known.has(row.sequence));
	}
};

test('any lines: every line is told of, once or as part of something', () => {
	fc.assert(
		fc.property(anyLines, source => checkRows(rolloutOf(source))),
		{numRuns: 400, seed},
	);
});

test('any lines: a prompt counts the events of its group', () => {
	fc.assert(
		fc.property(anyLines, source => {
			const rollout = readRollout(source);
			assert.deepEqual(
				rollout.prompts.map(prompt => prompt.eventCount),
				rollout.prompts.map(prompt => eventsOfPrompt(rollout, prompt).length),
			);
		}),
		{numRuns: 400, seed},
	);
});

test('any bytes: nothing is thrown and nothing is lost', () => {
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 300}), bytes => checkRows(Buffer.from(bytes))),
		{numRuns: 500, seed},
	);
});

test('lines with any bytes changed: nothing is thrown and nothing is lost', () => {
	const file = rolloutOf(pool);
	const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
	fc.assert(
		fc.property(fc.array(change, {minLength: 1, maxLength: 20}), changes => {
			const damaged = Buffer.from(file);
			for (const [at, byte] of changes) {
				damaged[at] = byte;
			}

			checkRows(damaged);
		}),
		{numRuns: 200, seed},
	);
});

test('any values in the place of others: nothing is thrown and nothing is lost', () => {
	const known = fc.constantFrom(
		...pool.filter(line => line.startsWith('{') && line.endsWith('}') && line.lastIndexOf('{"timestamp"') <= 0),
	);
	const replaced = fc.tuple(known, fc.nat(60), fc.jsonValue({maxDepth: 2})).map(([line, place, value]) => {
		let count = 0;
		return JSON.stringify(JSON.parse(line), (_key, old: unknown) => (count++ === place + 1 ? value : old));
	});
	fc.assert(
		fc.property(fc.array(replaced, {maxLength: 10}), source => checkRows(rolloutOf(source))),
		{numRuns: 500, seed},
	);
});

const deep = (open: string, close: string, inner = '1', depth = 50_000): string =>
	open.repeat(depth) + inner + close.repeat(depth);

const nested: [name: string, line: string][] = [
	['an unknown line', `{"timestamp":"x","type":"new","payload":${deep('{"a":', '}')}}`],
	['an unknown item', `{"timestamp":"x","type":"response_item","payload":{"type":"new","a":${deep('[', ']')}}}`],
	[
		'arguments that are an object',
		`{"timestamp":"x","type":"response_item","payload":{"type":"function_call","name":"x","arguments":{"a":${deep('[', ']')}}}}`,
	],
	[
		'an MCP call',
		`{"timestamp":"x","type":"event_msg","payload":{"type":"mcp_tool_call_end","call_id":"m","invocation":{"server":"s","tool":"t","arguments":${deep('[', ']')}}}}`,
	],
	[
		'results of a search',
		`{"timestamp":"x","type":"event_msg","payload":{"type":"web_search_end","call_id":"w","results":${deep('[', ']')}}}`,
	],
];

for (const [name, line] of nested) {
	test(`${name} nested fifty thousand deep is read like any other`, () => {
		const reader = codex.reader(fileName, null);
		const [only] = linesOf(Buffer.from(`${line}\n`));
		assert.ok(only !== undefined);
		assert.doesNotThrow(() => reader.read(only));
		const rows = reader.take();
		assert.equal(rows.events.length + rows.problems.length, 1);
		assert.doesNotThrow(() => codex.describe([{line: 1, part: 0, bytes: only.bytes}]));
	});
}

test('a summary that another line tells again stays part of its compaction', () => {
	const {joined} = readRollout([
		item({...message('assistant', 'So far so good.'), id: 'm1'}),
		envelope('compacted', {message: 'Summary: So far so good.'}),
		completed('AgentMessage', {id: 'm1', content: [{type: 'Text', text: 'So far so good.'}]}),
	]);
	assert.deepEqual(
		joined.map(({lines}) => lines),
		[[2, 1, 3]],
	);
});

test('a last line without its end is a problem until it has one', () => {
	const [last] = askedTwice('One?');
	assert.ok(last !== undefined);
	const unfinished = readRollout(Buffer.from(`${meta()}\n${last.slice(0, -4)}`));
	assert.deepEqual(
		unfinished.problems.map(({line, offset, length, reason}) => ({line, offset, length, reason})),
		[{line: 2, offset: meta().length + 1, length: last.length - 4, reason: 'unfinished last line'}],
	);
	const finished = readRollout(Buffer.from(`${meta()}\n${last}`));
	assert.deepEqual([finished.problems.length, finished.prompts.length], [0, 1]);
});

test('an oversized line is read from its beginning', () => {
	const long = Buffer.from(item(message('user', `One? ${'water '.repeat(20_000)}`)));
	const reader = codex.reader(fileName, null);
	reader.read({line: 1, offset: 50, length: long.length, bytes: long.subarray(0, 65_536), tail: long.subarray(-100)});
	const {prompts, events, problems} = reader.take();
	assert.deepEqual(
		[prompts.length, events.map(({offset, length}) => [offset, length]), problems],
		[1, [[50, long.length]], []],
	);
});

test('what is saved does not grow with the length of texts', () => {
	const size = (text: string): number => {
		const reader = codex.reader(fileName, null);
		for (const line of linesOf(
			rolloutOf([meta(), ...paginatedTurn(text, text, 1), ...paginatedTurn(text, text, 20)]),
		)) {
			reader.read(line);
		}

		return reader.save().length;
	};

	assert.ok(size('water '.repeat(100_000)) < size('water '.repeat(200)) + 1000);
});

test('what is saved stays small over many calls and answers', () => {
	const reader = codex.reader(fileName, null);
	const lines = Array.from({length: 20_000}, (_, index) => [
		item(functionCall('exec_command', {cmd: 'ls'}, `call-${index}`)),
		item(message('assistant', `answer ${index}`)),
	]).flat();
	for (const line of linesOf(rolloutOf(lines))) {
		reader.read(line);
	}

	assert.ok(reader.save().length < 500_000);
});

test('lists tell a compaction by its summary, and details all of it', () => {
	const framing = 'Another language model started to solve this problem. Here is its summary:\n';
	const rollout = readRollout([meta(), envelope('compacted', {message: `${framing}The chart is done.`})]);
	assert.deepEqual(
		rollout.notes.filter(({label}) => label === 'compaction').map(({text}) => text),
		['The chart is done.'],
	);
	const [body] = rollout.joined.flatMap(({event: one}) => (one.kind === 'compaction' ? [one.text] : []));
	assert.equal(body, `${framing}The chart is done.`);
});

test('a plan is listed once, though an answer that is nothing else tells it again', () => {
	const plan = completed('Plan', {id: 'p1', text: '# Chart\n\n1. Brest\n'});
	const answer = (text: string): string => item(message('assistant', text));
	const same = '<proposed_plan>\n# Chart\n\n1. Brest\n</proposed_plan>';
	const linesOfEvents = (...lines: string[]) => readRollout(lines).joined.map(({lines: own}) => own);
	assert.deepEqual(linesOfEvents(meta(), plan, answer(same)), [[1], [2, 3]]);
	assert.deepEqual(linesOfEvents(meta(), plan, answer('<proposed_plan>\n# Other\n</proposed_plan>')), [[1], [2], [3]]);
	assert.deepEqual(linesOfEvents(meta(), plan, answer(`First: ${same}`)), [[1], [2], [3]]);
	assert.deepEqual(linesOfEvents(meta(), answer(same), event('agent_message', {message: same})), [[1], [2, 3]]);
});

test('a compaction that repeats an answer from before the prompt takes no event from its group', () => {
	const lines = [meta(), item(message('assistant', 'Yes.')), ...askedTwice('One?')];
	const {prompts} = readRollout([...lines, envelope('compacted', {message: 'So far: Yes.'})]);
	assert.deepEqual(
		prompts.map(({eventCount}) => eventCount),
		[2],
	);
});
