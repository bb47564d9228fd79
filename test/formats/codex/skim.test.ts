import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {CodexReader} from '../../../source/formats/codex/reader.js';
import {Skimmer} from '../../../source/formats/codex/skim/skim.js';
import {
	bare,
	completed,
	customCall,
	customOutput,
	envelope,
	event,
	functionCall,
	functionOutput,
	item,
	message,
	meta,
	reasoning,
	rolloutOf,
	sampleRollouts,
	tokenCount,
	turnContext,
	usage,
} from '../../helpers/rollout.js';

const fileName = 'rollout-2026-02-03T10-00-00-0196c0de-0000-7000-8000-000000000001.jsonl';

/** Everything that a reader makes of these bytes, with every line parsed as a whole or only as far as needed. */
const readBy = (bytes: Buffer, isSkimming: boolean) => {
	const reader = new CodexReader(fileName, null, undefined, isSkimming);
	let line = 0;
	for (let from = 0; from < bytes.length; ) {
		const newline = bytes.indexOf(0x0a, from);
		const end = newline === -1 ? bytes.length : newline;
		reader.read({line: ++line, offset: from, length: end - from, bytes: bytes.subarray(from, end)});
		from = end + 1;
	}

	return {rows: reader.take(), facts: reader.facts(), state: reader.save()};
};

const assertSame = (bytes: Buffer): void => assert.deepEqual(readBy(bytes, true), readBy(bytes, false));

for (const [name, bytes] of Object.entries(sampleRollouts())) {
	test(`${name}: skimming gives the same rows as parsing every line`, () => assertSame(bytes));
}

const long = 'x"\\\n'.repeat(120);
const picture = `data:image/png;base64,${'iVBORw0KGgo'.repeat(3000)}`;

/** Lines of each kind that is not parsed as a whole, and of some that look like them. */
const lines: Record<string, string> = {
	'an output with a header': item(functionOutput('c1', `Exit code: 1\nWall time: 2.5 seconds\nOutput:\n${long}`)),
	'a short output': item(functionOutput('c1', 'ok')),
	'an empty output': item(functionOutput('c1', '')),
	'an output that names a failure': item(functionOutput('c1', `apply_patch verification failed: ${long}`)),
	'an output of a sandbox': item(
		functionOutput('c1', `failed in sandbox LinuxSeccomp with execution error: denied, exit code: 13, stdout: ${long}`),
	),
	'an output of an interruption': item(functionOutput('c1', `aborted by user after 2.75s${long}`)),
	'an output of an MCP tool': item(
		functionOutput('c1', `{"content":[{"text":${JSON.stringify(long)}}],"isError":true}`),
	),
	'an output that begins with an escape': item(functionOutput('c1', `\u001b[31mError: ${long}`)),
	'a header without an end': item(functionOutput('c1', `Exit code: 7\n${long}`)),
	'a header with a quote': item(functionOutput('c1', `Wall time: 1 "s"\nOutput:\n${long}`)),
	'an output of a script that goes on': item(
		functionOutput('c1', `Chunk ID: 1\nProcess running with session ID 17\nOutput:\n${long}`),
	),
	'an output in JSON': item(
		functionOutput('c1', JSON.stringify({output: long, metadata: {exit_code: 2, duration_seconds: 0.5}})),
	),
	'an output in JSON of another form': item(functionOutput('c1', JSON.stringify({output: long, more: [1, {a: 2}]}))),
	'an output with a field behind it': item({...functionOutput('c1', `Exit code: 1\nOutput:\n${long}`), success: false}),
	'an output with a name behind it': item({...functionOutput('c9', long), name: 'late'}),
	'an output in parts': item(
		customOutput('c1', [
			{type: 'input_text', text: 'Script failed\nWall time 0.1 seconds\nOutput:\n'},
			{type: 'input_text', text: long},
		]),
	),
	'a picture as output': item(customOutput('c1', [{type: 'input_image', image_url: picture}])),
	'an output as an object': item({...functionOutput('c1', ''), output: {content: long, success: false}}),
	'a bare output': bare(functionOutput('c1', `Exit code: 3\nOutput:\n${long}`)),
	'encrypted reasoning': item({...reasoning(['Why']), encrypted_content: 'gAAAAB'.repeat(100)}),
	'encrypted reasoning with more behind it': item(
		{...reasoning(['Why']), encrypted_content: 'gAAAAB'.repeat(100), id: 'rs_9'},
		0,
		{turn: 'x'},
	),
	'bare encrypted reasoning': bare({...reasoning([]), encrypted_content: 'gAAAAB'.repeat(100)}),
	'a token count': tokenCount(usage(100, 20, 10)),
	'a token count without a last request': event('token_count', {info: {total_token_usage: usage(9, 0, 9)}}),
	'only rate limits': tokenCount(null),
	'a token count with rate limits': event('token_count', {
		info: {
			total_token_usage: usage(100, 20, 10),
			last_token_usage: usage(60, 10, 5),
			model_context_window: null,
		},
		rate_limits: {primary: {used_percent: 12.5, resets_at: 1}, secondary: null, plan_type: 'pro'},
	}),
	'a token count that tells what was written to the cache': event('token_count', {
		info: {
			total_token_usage: {
				input_tokens: 9,
				cached_input_tokens: 4,
				cache_write_input_tokens: 3,
				output_tokens: 2,
				reasoning_output_tokens: 1,
				total_tokens: 11,
			},
			last_token_usage: {
				input_tokens: 9,
				cached_input_tokens: 4,
				cache_write_input_tokens: 3,
				output_tokens: 2,
				reasoning_output_tokens: 1,
				total_tokens: 11,
			},
			model_context_window: 272_000,
		},
		rate_limits: {primary: {used_percent: 12.5}},
	}),
	'a state that says nothing': '{"record_type":"state"}',
	'a word of other letters': event('größe', {message: 'x'}),
	'a turn context': turnContext({user_instructions: long, cwd: '/home/mira/tides'}),
	'the same again': turnContext({user_instructions: long, cwd: '/home/mira/tides'}),
	'of another turn': turnContext({turn_id: 't2', user_instructions: long, cwd: '/home/mira/tides'}),
	'session meta with instructions': meta({base_instructions: {text: long}, git: {branch: 'main'}}),
	'older session meta': meta({instructions: long, git: {branch: 'main'}}),
	'a replaced history': envelope('compacted', {message: 'So far.', replacement_history: [message('user', long)]}),
	'a prompt with a picture': event('user_message', {message: 'Look.', images: [picture]}),
	'a text about a picture': event('user_message', {message: `See "${picture}"`, images: []}),
	'a command that ended': completed('CommandExecution', {
		id: 'c1',
		command: ['ls'],
		status: 'failed',
		aggregated_output: long,
		exit_code: 4,
	}),
	'a tool whose arguments look like output': completed('McpToolCall', {
		id: 'm1',
		server: 's',
		tool: 't',
		arguments: {stdout: long},
		status: 'completed',
	}),
	'a call': item(functionCall('exec_command', {cmd: 'ls "a b"'}, 'c1')),
	'a patch': item(customCall('apply_patch', `*** Begin Patch\n*** Add File: a\n+${long}\n*** End Patch`, 'p1')),
	'no envelope': JSON.stringify({
		type: 'event_msg',
		payload: {type: 'token_count', info: {total_token_usage: usage(9, 0, 9)}},
	}),
	'an ordinal': envelope('response_item', functionOutput('c1', `Exit code: 1\nOutput:\n${long}`), 0, {ordinal: 12}),
	'another form of time': item(functionOutput('c1', long), '2026-02-03T10:00:00Z'),
	'a day that is none': item(functionOutput('c1', long), '2026-02-31T10:00:00.000Z'),
	'an hour that is none': item(functionOutput('c1', long), '2026-02-03T24:30:00.000Z'),
	'spaced JSON': item(functionOutput('c1', long)).replaceAll('":"', '": "'),
};

for (const [name, line] of Object.entries(lines)) {
	test(`${name}: skimmed as it is parsed`, () => {
		const call = item(functionCall('exec_command', {cmd: 'ls'}, 'c1'));
		assertSame(rolloutOf([meta(), event('user_message', {message: 'Go.'}), call, line, line]));
	});
}

test('lines with line ends of Windows give the rows of those without', () => {
	const log = [meta(), event('user_message', {message: 'Go.'}), ...Object.values(lines), bare({record_type: 'state'})];
	const [unix, windows] = ['\n', '\r\n'].map(end => Buffer.from(log.map(line => line + end).join('')));
	assert.ok(unix !== undefined && windows !== undefined);
	assertSame(windows);
	const withoutPlaces = ({rows}: ReturnType<typeof readBy>) => ({
		...rows,
		events: rows.events.map(event => ({...event, offset: 0})),
	});
	assert.deepEqual(withoutPlaces(readBy(windows, true)), withoutPlaces(readBy(unix, true)));
});

const skim = (line: string): unknown => new Skimmer().read(Buffer.from(line));

for (const name of [
	'an output with a header',
	'an output in JSON',
	'an output in parts',
	'encrypted reasoning',
	'session meta with instructions',
	'a state that says nothing',
	'a token count with rate limits',
	'a token count that tells what was written to the cache',
	'a replaced history',
	'a prompt with a picture',
	'a command that ended',
]) {
	test(`${name}: what only the full event shows is passed over`, () => {
		const skimmed = skim(lines[name] ?? '');
		assert.ok(skimmed, 'not left to be parsed as a whole');
		assert.ok(JSON.stringify(skimmed).length < 700, JSON.stringify(skimmed));
	});
}

test('any line, cut short, glued to another or with a hole in it, is skimmed as it is parsed', () => {
	const enveloped = Object.values(lines).filter(line => line.startsWith('{"timestamp":"'));
	const others = Object.values(lines).filter(line => line.startsWith('{"type":"'));
	const glued = fc.oneof(...[enveloped, others].map(era => fc.tuple(fc.constantFrom(...era), fc.constantFrom(...era))));
	fc.assert(
		fc.property(
			fc.array(fc.tuple(glued, fc.constantFrom('whole', 'cut', 'glued', 'hole'), fc.nat({max: 10_000})), {
				minLength: 1,
				maxLength: 8,
			}),
			parts => {
				const bytes = parts.map(([[line, other], damage, place]) => {
					const whole = Buffer.from(line);
					const at = place % whole.length;
					switch (damage) {
						case 'cut': {
							return whole.subarray(0, at);
						}

						case 'glued': {
							return Buffer.concat([whole.subarray(0, at), Buffer.from(other)]);
						}

						case 'hole': {
							return Buffer.from(whole).fill(0, at, Math.min(at + 16, whole.length));
						}

						default: {
							return whole;
						}
					}
				});
				assertSame(Buffer.concat(bytes.flatMap(line => [line, Buffer.from('\n')])));
			},
		),
		{numRuns: 400},
	);
});

test('outputs of any text, escapes and all, are skimmed as they are parsed', () => {
	const text = fc.oneof(
		fc.string({unit: 'grapheme', maxLength: 800}),
		fc
			.tuple(
				fc.constantFrom(
					'Exit code: 5\nOutput:\n',
					'Wall time: 3 s\nOutput:\n',
					'Error: ',
					'{"output":"',
					'Command: x\n',
				),
				fc.string({unit: 'grapheme', maxLength: 800}),
			)
			.map(([head, rest]) => head + rest),
	);
	fc.assert(
		fc.property(text, output =>
			assertSame(
				rolloutOf([item(functionCall('exec_command', {cmd: 'ls'}, 'c1')), item(functionOutput('c1', output))]),
			),
		),
		{numRuns: 500},
	);
});

const corpus = new URL('../../../../shared/corpus/', import.meta.url);

test('every log of the corpus is skimmed as it is parsed', {
	skip: fs.existsSync(corpus) ? false : '../shared/corpus is not there',
}, () => {
	const logs = fs
		.readdirSync(corpus, {recursive: true, encoding: 'utf8'})
		.filter(name => name.endsWith('.jsonl') && path.basename(name).startsWith('rollout-'));
	assert.ok(logs.length > 100);
	for (const log of logs) {
		assertSame(fs.readFileSync(new URL(log, corpus)));
	}
});
