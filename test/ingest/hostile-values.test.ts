import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import fc from 'fast-check';
import {
	completed,
	customCall,
	customOutput,
	event,
	functionCall,
	functionOutput,
	item,
	meta,
	rolloutOf,
	sampleRollouts,
	threadId,
	tokenCount,
	turnContext,
	usage,
} from '../helpers/rollout.js';
import {all, Home, idOf, logName, query, rawOf, retold} from './home.js';

const name = logName(threadId);

/** Reads a log of these lines beside a good one; both must be there afterwards. */
const assertRead = async (home: Home, lines: readonly string[]): Promise<void> => {
	const bytes = rolloutOf(lines);
	home.write(name, bytes);
	const database = home.otherDatabase(`run-${Math.random()}`);
	const {failures} = await home.ingest({database});
	assert.deepEqual(failures, []);
	const [accounted] = query(
		database,
		`select count(*) as count from (select file_id, line from events union select file_id, line from problems)
		where file_id = (select id from files where path like '%${threadId}%')`,
	);
	assert.equal(accounted?.['count'], lines.length);
	const store = await home.store(database);
	const sessions = await store.listSessions({limit: 10});
	for (const {id} of sessions) {
		await all(store.prelude(id));
		await all(store.prompts(id));
		for (const {id: promptId} of await store.listPrompts(id)) {
			await store.listEvents(await store.eventIds({sessionId: id, promptId}));
		}
	}

	assert.ok(sessions.some(session => session.threadId === idOf(2)));
	const raw = await Promise.all(sessions.map(({id}) => rawOf(store, id)));
	assert.ok(raw.some(log => log.equals(bytes)));
};

const homeWithGoodLog = (t: TestContext): Home => {
	const home = new Home(t);
	const good = retold(sampleRollouts()['era C legacy'] as Buffer, idOf(2), '2026-01-01');
	home.write(logName(idOf(2), '2026-01-01'), good);
	return home;
};

const end = (fields: Record<string, unknown>): string =>
	event('exec_command_end', {call_id: 'c1', command: ['ls'], aggregated_output: 'one', ...fields}, 3);

for (const [title, lines] of Object.entries({
	'a fraction of a token': [tokenCount(usage(10.5, 0.25, 1))],
	'more tokens than there are integers': [tokenCount(usage(1e300, 0, 1)), tokenCount(usage(1e301, 0, 1))],
	'negative tokens': [tokenCount(usage(-5, -1, -1)), tokenCount(usage(10, 0, -3))],
	'a fraction as context window': [
		event('token_count', {info: {total_token_usage: usage(1, 0, 1), model_context_window: 0.5}}),
	],
	'a fraction as exit code': [item(functionCall('exec_command', {cmd: 'ls'}, 'c1')), end({exit_code: 1.5})],
	'a huge exit code': [item(functionCall('exec_command', {cmd: 'ls'}, 'c1')), end({exit_code: 1e40})],
	'an odd duration': [
		item(functionCall('exec_command', {cmd: 'ls'}, 'c1')),
		end({exit_code: 0, duration: {secs: 1e30, nanos: 0.1}}),
	],
	'an odd duration in an output': [
		item(functionCall('shell', {command: ['ls']}, 'c1')),
		item(functionOutput('c1', '{"output":"x","metadata":{"exit_code":0.5,"duration_seconds":1e300}}')),
	],
	'an odd turn time': [
		event('task_started', {turn_id: 't'}),
		event('task_complete', {turn_id: 't', duration_ms: 0.125}),
		event('task_complete', {turn_id: 't', duration_ms: 1e300}),
	],
	'an odd rollback': [
		event('user_message', {message: 'a'}),
		event('thread_rolled_back', {num_turns: 0.5}),
		event('thread_rolled_back', {num_turns: -1e300}),
	],
	'years beyond the calendar': [
		event('user_message', {message: 'a'}, '+275760-09-13T00:00:00Z'),
		event('warning', {}, '-271821-04-20T00:00:00Z'),
	],
	'no time at all': [event('user_message', {message: 'a'}, 'yesterday'), event('warning', {}, '')],
	'values of other types': [
		meta({id: 7, cwd: ['a'], git: 'main', source: null, cli_version: {}, timestamp: 5}),
		turnContext({model: {}, cwd: 5, effort: [], approval_policy: 7, sandbox_policy: []}),
		item({type: 'message', role: 5, content: 7}),
		item({
			type: 'message',
			role: 'user',
			content: [null, 5, 'text', {type: 'input_text'}, {type: 'input_text', text: 7}],
		}),
		item({type: 'function_call', name: 5, arguments: {}, call_id: {}}),
		item({type: 'function_call_output', call_id: 7, output: [null, 7, {}]}),
		item({type: 'reasoning', summary: 'text', content: 5}),
		completed('CommandExecution', {id: 5, command: 'ls', exit_code: 'none', duration: 'long'}),
		event('patch_apply_end', {changes: [1, 2], call_id: null}),
		event('mcp_tool_call_end', {invocation: 'x', result: 7, duration: []}),
	],
	'text that is no text': [
		meta({cwd: '/home/\u0000\ud800'}),
		event('user_message', {message: '\u0000\ud800 a \udfff\u0000'}),
		item(customCall('apply_patch', '\ud83c', 'c1')),
		item(customOutput('c1', '\u0000')),
	],
	'names of every object': ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].flatMap(word => [
		event(word, {}),
		item({type: word}),
		completed(word, {}),
		`{"type":"${word}","payload":{"${word}":{"${word}":1}}}`,
		item(functionCall(word, {[word]: word}, word)),
		item(functionOutput(word, word)),
	]),
	'deep nesting': [`{"type":"event_msg","payload":{"type":"x","a":${'['.repeat(5000)}${']'.repeat(5000)}}}`],
})) {
	test(`a log with ${title} stops nothing`, async t => {
		await assertRead(homeWithGoodLog(t), lines);
	});
}

const corpus = Object.entries(sampleRollouts())
	.filter(([era]) => era !== 'era A document')
	.map(([, bytes]) => bytes.toString().trimEnd().split('\n'));

const oddValue = fc.constantFrom<unknown>(
	null,
	true,
	'',
	'x',
	'\u0000\ud800',
	0,
	-1,
	0.5,
	1e300,
	Number.MAX_SAFE_INTEGER + 2,
	[],
	{},
	['x', null, {}],
	{type: 'x', id: 5},
);

/** Puts an odd value somewhere into a JSON value. */
const spoil = (value: unknown, path: readonly number[], odd: unknown): unknown => {
	const [step, ...rest] = path;
	if (step === undefined || typeof value !== 'object' || value === null) {
		return odd;
	}

	const keys = Object.keys(value);
	const key = keys[step % Math.max(1, keys.length)];
	if (key === undefined) {
		return odd;
	}

	const copy = structuredClone(value) as Record<string, unknown>;
	copy[key] = spoil(copy[key], rest, odd);
	return copy;
};

test('no spoilt value anywhere stops a reading', async t => {
	const home = homeWithGoodLog(t);
	const spoilt = fc.tuple(fc.nat(), fc.array(fc.nat({max: 20}), {minLength: 1, maxLength: 5}), oddValue);
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...corpus),
			fc.array(spoilt, {minLength: 1, maxLength: 12}),
			async (lines, changes) => {
				const now = [...lines];
				for (const [at, path, odd] of changes) {
					const index = at % now.length;
					now[index] = JSON.stringify(spoil(JSON.parse(now[index] as string), path, odd));
				}

				await assertRead(home, now);
			},
		),
		{numRuns: 25, interruptAfterTimeLimit: 1500},
	);
});
