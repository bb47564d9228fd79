import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	answeredTwice,
	askedTwice,
	bare,
	completed,
	documentOf,
	environment,
	event,
	eventsOfPrompt,
	type Fields,
	functionCall,
	functionOutput,
	item,
	legacyTurn,
	message,
	meta,
	paginatedTurn,
	type ReadRollout,
	readRollout,
	sampleRollouts,
	threadId,
	tokenCount,
	turnContext,
	usage,
} from '../../helpers/rollout.js';

const parent = '0196c0de-0000-7000-8000-0000000000aa';
const png = `data:image/png;base64,${Buffer.alloc(9).toString('base64')}`;

const ask = (text: string, at = 0): string => item(message('user', text), at);
const askEvent = (text: string, fields: Fields = {}): string => event('user_message', {message: text, ...fields});
const answer = (text: string, at = 0): string => item(message('assistant', text), at);
const userMessage = (id: string, ...content: (string | Fields)[]): string =>
	completed('UserMessage', {
		id,
		content: content.map(part => (typeof part === 'string' ? {type: 'text', text: part, text_elements: []} : part)),
	});
const paginated = meta({cli_version: '0.153.0', history_mode: 'paginated'});
const spawned = (fields: Fields = {}): string =>
	meta({source: {subagent: {thread_spawn: {parent_thread_id: parent, depth: 1}}}, ...fields});

/** Rollouts by name, and the titles of their prompts. */
const titles: [name: string, source: (string | Buffer)[] | Buffer, expected: string[]][] = [
	[
		'an expanded prompt file',
		[meta(), ...askedTwice('\n## User Input\n\n```text\nChart Brest.\n```\n\n## Outline\n\nChart the port.')],
		['Chart Brest.'],
	],
	...Object.entries(sampleRollouts()).map(([name, bytes]): [string, Buffer, string[]] => [
		name,
		bytes,
		[
			'Which harbours have no table?',
			'Add Saint-Malo.',
			...(name === 'era C with turn markers' ? ['Add Roscoff instead.'] : []),
		],
	]),
	['nothing', [], []],
	['only a first line', [meta()], []],
	['only context', [meta(), ask(environment()), ask('<skill>x</skill>')], []],
	['a prompt event alone', [meta(), askEvent('One?')], ['One?']],
	['a prompt event before its item', [meta(), askEvent('One?'), ask('One?'), answer('Yes.')], ['One?']],
	[
		'a prompt that is asked twice',
		[meta(), ...askedTwice('One?'), answer('Yes.'), ...askedTwice('One?'), answer('Yes.')],
		['One?', 'One?'],
	],
	['items without events', [meta(), ask('One?'), answer('Yes.'), ask('Two?'), answer('No.')], ['One?', 'Two?']],
	['context in the same message', [meta(), item(message('user', environment(), 'One?')), answer('Yes.')], ['One?']],
	[
		'context in the same message, with an event',
		[meta(), item(message('user', environment(), 'One?')), askEvent('One?'), answer('Yes.')],
		['One?'],
	],
	[
		'editor context before what was typed',
		[meta(), ...askedTwice('# Context\n\n## My request for Codex:\nOne?\n')],
		['One?'],
	],
	['text over several lines', [meta(), ...askedTwice('One\n\n  two?')], ['One two?']],
	['carriage returns of an old release', [meta(), ...askedTwice('One\rtwo?')], ['One two?']],
	[
		'context events of 2025',
		[
			meta(),
			askEvent('be brief', {kind: 'user_instructions'}),
			askEvent('cwd', {kind: 'environment_context'}),
			askEvent('One?', {kind: 'plain'}),
		],
		['One?'],
	],
	[
		'an item that no event confirms',
		[meta(), ask('something injected'), ...askedTwice('One?'), answer('Yes.')],
		['One?'],
	],
	[
		'an item between others that no event confirms',
		[meta(), ...askedTwice('One?'), answer('Yes.'), ask('something injected'), ...askedTwice('Two?')],
		['One?', 'Two?'],
	],
	[
		'steering',
		[
			paginated,
			...paginatedTurn('One?', 'Yes.', 1).slice(0, 7),
			ask('And two?'),
			userMessage('u2', 'And two?'),
			...paginatedTurn('One?', 'Yes.', 1).slice(7),
		],
		['One?', 'And two?'],
	],
	[
		'steering in a legacy rollout',
		[meta(), ...legacyTurn('One?', 'Yes.', 1, 100).slice(0, 6), ...askedTwice('And two?', 3), answer('Both.')],
		['One?', 'And two?'],
	],
	[
		'a paginated item without its completed item',
		[paginated, ask('something injected'), userMessage('u1', 'One?')],
		['One?'],
	],
	[
		'a completed item of several texts',
		[paginated, item(message('user', 'One?', 'Two?')), userMessage('u1', 'One?', 'Two?')],
		['One?Two?'],
	],
	[
		'a skill that is mentioned',
		[paginated, ask('Use it'), userMessage('u1', 'Use it', {type: 'skill', name: 'tides', path: '/x'})],
		['Use it'],
	],
	[
		'a prompt that a migration wrote twice',
		[paginated, ask('One?'), userMessage('u1', 'One?'), userMessage('item-3', 'One?'), answer('Yes.')],
		['One?'],
	],
	[
		'inherited items',
		[
			spawned({history_mode: 'paginated'}),
			item(message('user', 'Old?'), 0, {client_authored: false, inherited_user_message: true}),
		],
		[],
	],
	[
		'inherited items of a legacy rollout',
		[
			spawned(),
			item(message('user', 'Old?'), 0, {client_authored: false, inherited_user_message: true}),
			ask('Check the tables'),
		],
		['Check the tables'],
	],
	[
		'a review',
		[
			meta(),
			...askedTwice('One?'),
			answer('Yes.'),
			event('entered_review_mode', {target: {type: 'uncommittedChanges'}}),
			...askedTwice('Review the changes.'),
			event('exited_review_mode', {review_output: null}),
			...askedTwice('Two?'),
		],
		['One?', 'Two?'],
	],
	[
		'a paginated review',
		[
			paginated,
			...paginatedTurn('One?', 'Yes.', 1),
			completed('EnteredReviewMode', {id: 'e1', target: {type: 'uncommittedChanges'}}),
			event('task_started', {turn_id: 'r1', parent_turn_id: 't'}),
			userMessage('u9', 'Review the changes.'),
			completed('CommandExecution', {id: 'x1', command: ['ls'], status: 'completed'}),
			completed('ExitedReviewMode', {id: 'e2', review_output: null}),
			...paginatedTurn('Two?', 'No.', 20),
		],
		['One?', 'Two?'],
	],
	['a picture alone', [meta(), askEvent('', {images: [png]}), answer('A chart.')], ['']],
	['inherited prompts of a reviewer', [meta({source: {subagent: 'review'}}), ask('Review this.')], ['Review this.']],
	[
		"a person's own command",
		[
			paginated,
			ask('<user_shell_command>ls</user_shell_command>'),
			completed('CommandExecution', {id: 'x', command: ['ls'], source: 'user_shell', status: 'completed'}),
		],
		[],
	],
	[
		'compacted history',
		[
			meta(),
			...askedTwice('One?'),
			event('context_compacted'),
			ask('Another language model started to solve this problem'),
			...askedTwice('Two?'),
		],
		['One?', 'Two?'],
	],
	[
		'a prompt like a prototype',
		[meta(), ...askedTwice('constructor'), ...askedTwice('__proto__')],
		['constructor', '__proto__'],
	],
];

for (const [name, source, expected] of titles) {
	test(`prompts of ${name}`, () => {
		const rollout = readRollout(source);
		assert.deepEqual(
			rollout.prompts.map(prompt => prompt.title),
			expected,
		);
		assert.equal(rollout.facts.promptCount, expected.length);
		assert.equal((rollout.facts.firstPrompt ?? '').replace(/\s+/g, ' '), expected[0] ?? '');
	});

	test(`groups of ${name}`, () => {
		const rollout = readRollout(source);
		for (const prompt of rollout.prompts) {
			const events = eventsOfPrompt(rollout, prompt);
			assert.equal(prompt.eventCount, events.length, `events of "${prompt.title}"`);
			assert.ok(
				events.some(({sequence}) => sequence === prompt.sequence),
				`"${prompt.title}" is in its own group`,
			);
			const calls = events.filter(row => row.kind === 'tool-call').length;
			assert.equal(prompt.toolCallCount, calls, `tool calls of "${prompt.title}"`);
		}

		const [first] = rollout.prompts;
		// What stands before the first prompt is the session's prelude, its turn's setup too.
		assert.equal(first?.firstSequence, first?.sequence);
	});
}

const joined = (rollout: ReadRollout, sequence: number): number[] =>
	rollout.joined.find(one => one.sequence === sequence)?.lines ?? [];

const records: [name: string, lines: string[], expected: number[]][] = [
	['item, event', [meta(), ask('One?'), askEvent('One?')], [2, 3]],
	['event, item', [meta(), askEvent('One?'), ask('One?')], [2, 3]],
	['item, completed item', [paginated, ask('One?'), userMessage('u1', 'One?')], [2, 3]],
	['item, something else, event', [meta(), ask('One?'), turnContext(), askEvent('One?')], [2, 4]],
	['a long text', [meta(), ask('One? '.repeat(500)), askEvent('One? '.repeat(500))], [2, 3]],
	[
		'a picture and no text, after another prompt',
		[
			meta(),
			...askedTwice('One?'),
			answer('Yes.'),
			item(message('user', {type: 'input_image', image_url: png})),
			askEvent('', {images: [png]}),
		],
		[5, 6],
	],
	[
		'a picture and no text, first of all',
		[meta(), item(message('user', {type: 'input_image', image_url: png})), askEvent('', {images: [png]})],
		[2, 3],
	],
	['several texts', [paginated, item(message('user', 'One?', 'Two?')), userMessage('u1', 'One?', 'Two?')], [2, 3]],
	[
		'a text with a picture between tags',
		[
			meta(),
			item(
				message(
					'user',
					'<image name=[Image #1] path="/x.png">',
					{type: 'input_image', image_url: png},
					'</image>',
					'[Image #1] One?',
				),
			),
			askEvent('[Image #1] One?', {local_images: ['/x.png']}),
		],
		[2, 3],
	],
	['context beside it', [meta(), item(message('user', environment(), 'One?')), askEvent('One?')], [2, 3]],
];

for (const [name, lines, expected] of records) {
	test(`one prompt recorded as ${name} is one event`, () => {
		const rollout = readRollout(lines);
		assert.deepEqual(joined(rollout, rollout.prompts.at(-1)?.sequence ?? -1), expected);
	});
}

test('a prompt counts its pictures', () => {
	const picture = {type: 'input_image', image_url: png};
	assert.deepEqual(
		[
			[meta(), item(message('user', picture, picture, 'One?'))],
			[meta(), askEvent('One?', {images: [png], local_images: ['/x.png']})],
			[paginated, userMessage('u1', 'One?', {type: 'local_image', path: '/x.png'})],
		].map(lines => readRollout(lines).prompts.map(prompt => prompt.imageCount)),
		[[2], [2], [1]],
	);
});

test('a picture that a tool showed to the model is no prompt', () => {
	const rollout = readRollout([
		meta({cli_version: '0.72.0'}),
		...askedTwice('One?'),
		item(functionCall('view_image', {path: 'x.png'}, 'v1')),
		item(functionOutput('v1', 'attached local image path')),
		item(message('user', {type: 'input_image', image_url: png})),
		answer('A chart.'),
	]);
	assert.equal(rollout.prompts.length, 1);
});

const askers: [name: string, fields: Fields, expected: string][] = [
	['a terminal', {source: 'cli'}, 'person'],
	['an editor', {source: 'vscode'}, 'person'],
	['a script', {source: 'exec'}, 'person'],
	['a fork', {forked_from_id: parent}, 'person'],
	['a sub-agent', {source: {subagent: {thread_spawn: {parent_thread_id: parent, depth: 1}}}}, 'agent'],
	['a reviewer', {source: {subagent: 'review'}}, 'codex'],
	['a guardian', {source: {internal: 'guardian'}}, 'codex'],
	['an automation', {thread_source: 'automation'}, 'codex'],
];

for (const [name, fields, expected] of askers) {
	test(`whoever asks in ${name}`, () => {
		const {prompts} = readRollout([meta(fields), ...askedTwice('One?')]);
		assert.deepEqual(
			prompts.map(prompt => prompt.asker),
			[expected],
		);
	});
}

const turn = (text: string): string[] => [
	...askedTwice(text),
	...answeredTwice(`About ${text}`),
	event('task_complete', {turn_id: text}),
];
const rollBack = (turns: number): string => event('thread_rolled_back', {num_turns: turns});
const live = 'live';
const gone = 'rolled-back';

const rollbacks: [name: string, lines: string[], expected: string[]][] = [
	['none', [...turn('a'), ...turn('b')], [live, live]],
	['the last', [...turn('a'), ...turn('b'), rollBack(1)], [live, gone]],
	['the last, with another after it', [...turn('a'), ...turn('b'), rollBack(1), ...turn('c')], [live, gone, live]],
	['the last two', [...turn('a'), ...turn('b'), ...turn('c'), rollBack(2)], [live, gone, gone]],
	['one, then one more', [...turn('a'), ...turn('b'), ...turn('c'), rollBack(1), rollBack(1)], [live, gone, gone]],
	[
		'one, another turn, then two',
		[...turn('a'), ...turn('b'), rollBack(1), ...turn('c'), rollBack(2)],
		[gone, gone, gone],
	],
	['more than there are', [...turn('a'), ...turn('b'), rollBack(99), ...turn('c')], [gone, gone, live]],
	['no turns at all', [...turn('a'), rollBack(0)], [live]],
	['before anything was asked', [rollBack(1), ...turn('a')], [live]],
	['an open turn', [...turn('a'), ...askedTwice('b'), rollBack(1), answer('Late.')], [live, gone]],
	[
		'a prompt taken back into the composer',
		[...turn('a'), ...askedTwice('b'), event('turn_aborted', {reason: 'interrupted'}), rollBack(1)],
		[live, live],
	],
];

for (const [name, lines, expected] of rollbacks) {
	test(`a rollback of ${name}`, () => {
		const {prompts} = readRollout([meta(), ...lines]);
		assert.deepEqual(
			prompts.map(prompt => prompt.state),
			expected,
		);
	});
}

const outcomes: [name: string, lines: string[], expected: string][] = [
	['answered', [answer('Yes.')], 'done'],
	['not answered', [], 'open'],
	['worked on', [item(functionCall('shell', {command: ['ls']}, 'c'))], 'open'],
	['answered in a turn that goes on', [event('task_started', {turn_id: 't'}), answer('Yes.')], 'open'],
	[
		'answered in a turn that ended',
		[event('task_started', {turn_id: 't'}), answer('Yes.'), event('task_complete', {turn_id: 't'})],
		'done',
	],
	[
		'ended by a newer spelling',
		[event('turn_started', {turn_id: 't'}), event('turn_complete', {turn_id: 't'})],
		'done',
	],
	['failed', [event('task_complete', {turn_id: 't', error: {message: 'no network'}})], 'failed'],
	['aborted', [event('turn_aborted', {reason: 'interrupted'})], 'aborted'],
];

for (const [name, lines, expected] of outcomes) {
	test(`a prompt that was ${name} is ${expected}`, () => {
		const {prompts} = readRollout([meta(), ...askedTwice('One?'), ...lines]);
		assert.equal(prompts[0]?.outcome, expected);
	});
}

test('a prompt lasts from its own time to the last event of its group', () => {
	const {prompts} = readRollout([
		meta(),
		...legacyTurn('One?', 'Yes.', 10, 100),
		...legacyTurn('Two?', 'No.', 60, 200),
	]);
	const [first, second] = prompts.map(({startedAt, endedAt}) => [(startedAt ?? 0) / 1000, (endedAt ?? 0) / 1000]);
	const begin = Date.UTC(2026, 1, 3, 10) / 1000;
	assert.deepEqual(
		[first, second],
		[
			[begin + 10, begin + 15],
			[begin + 60, begin + 65],
		],
	);
});

test('the setup of a turn belongs to the prompt after it, from the second prompt on', () => {
	const rollout = readRollout([
		meta(),
		event('task_started', {turn_id: 'a'}),
		turnContext(),
		...askedTwice('One?'),
		answer('Yes.'),
		tokenCount(usage(10, 0, 1)),
		event('task_complete', {turn_id: 'a'}),
		event('task_started', {turn_id: 'b'}),
		ask(environment()),
		turnContext(),
		...askedTwice('Two?'),
		answer('No.'),
	]);
	assert.deepEqual(
		rollout.prompts.map(prompt => rollout.events.find(({sequence}) => sequence === prompt.firstSequence)?.line),
		[4, 9],
	);
});

test('a context line within a turn begins no group', () => {
	const rollout = readRollout([
		meta(),
		...askedTwice('One?'),
		turnContext(),
		item(functionCall('shell', {command: ['ls']}, 'c')),
		...askedTwice('Two?'),
	]);
	assert.deepEqual(
		rollout.prompts.map(prompt => prompt.firstSequence === prompt.sequence),
		[true, true],
	);
});

test("a fork's copied prompts are inherited, its own are live", () => {
	const copied = [
		meta({id: parent}, 100),
		...legacyTurn('Old?', 'Yes.', 1, 5000).map(line =>
			line.replace(/"timestamp":"[^"]+"/, '"timestamp":"2026-02-03T10:01:40.000Z"'),
		),
	];
	const rollout = readRollout([
		meta({forked_from_id: parent}, 100),
		...copied,
		...legacyTurn('New?', 'No.', 160, 7000),
	]);
	assert.deepEqual(
		rollout.prompts.map(prompt => [prompt.title, prompt.state, prompt.isInherited]),
		[
			['Old?', 'inherited', true],
			['New?', 'live', false],
		],
	);
	// Only what the fork did itself counts for it.
	assert.equal(rollout.facts.usage.totalTokens, 2200);
	assert.equal(rollout.facts.toolCallCount, 1);
	assert.equal(rollout.facts.forkedFromThreadId, parent);
});

test('records below the first own ordinal are inherited', () => {
	const numbered = [
		spawned({history_mode: 'paginated', subagent_history_start_ordinal: 5}),
		meta({id: parent, history_mode: 'paginated'}),
		ask('Old?'),
		userMessage('u1', 'Old?'),
		answer('Yes.'),
		ask('New?'),
		userMessage('u2', 'New?'),
	].map((line, ordinal) => line.replace('"type"', `"ordinal":${ordinal},"type"`));
	const rollout = readRollout(numbered);
	assert.deepEqual(
		rollout.prompts.map(prompt => [prompt.title, prompt.state]),
		[
			['Old?', 'inherited'],
			['New?', 'live'],
		],
	);
	assert.equal(rollout.facts.threadId, threadId);
});

test('a turn is recognised by its digest, whatever era wrote it', () => {
	const digests = (lines: string[]): (string | undefined)[] => readRollout(lines).prompts.map(prompt => prompt.digest);
	const legacy = digests([meta(), ...legacyTurn('One?', 'Yes.', 1, 100), ...legacyTurn('Two?', 'No.', 9, 200)]);
	assert.equal(new Set(legacy).size, 2);
	const asked = [ask('One?'), item(functionCall('exec_command', {cmd: 'wc'}, 'c1')), answer('Yes.')];
	assert.deepEqual(
		digests([meta(), ...asked]),
		digests([
			paginated,
			...asked.slice(0, 1),
			userMessage('item-1', 'One?'),
			...asked.slice(1),
			completed('AgentMessage', {id: 'item-2', content: [{type: 'Text', text: 'Yes.'}]}),
		]),
	);
	assert.deepEqual(
		digests([meta(), ...asked]),
		digests([
			meta(),
			...asked.slice(0, 1),
			askEvent('One?'),
			...asked.slice(1),
			event('agent_message', {message: 'Yes.'}),
		]),
	);
	assert.notDeepEqual(digests([meta(), ...asked]), digests([meta(), ...asked.slice(0, 2), answer('No.')]));
});

test('an editor asking for a title makes a session of its own kind', () => {
	const {facts} = readRollout([meta({source: 'exec'}), ...askedTwice('Generate a concise UI title for: high water')]);
	assert.equal(facts.kind, 'title-generation');
});

test('a document of a conversation that began with context has only its prompts', () => {
	const {prompts, joined: events} = readRollout(
		documentOf([message('user', environment()), message('user', 'One?'), message('system', 'unknown model')]),
	);
	assert.deepEqual(
		prompts.map(prompt => prompt.title),
		['One?'],
	);
	assert.equal(events.length, 4);
});

test('a bare rollout takes its folder from its context', () => {
	const {facts} = readRollout([
		bare({id: threadId, timestamp: '2025-07-01T12:00:00.000Z'}),
		bare(message('user', environment('/home/mira/harbours'))),
		bare(message('user', 'One?')),
	]);
	assert.equal(facts.cwd, '/home/mira/harbours');
});
