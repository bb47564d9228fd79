import assert from 'node:assert/strict';
import {test} from 'node:test';
import {closeJson, closeRecord} from '../../../source/formats/codex/close-record.js';
import {type Json, object} from '../../../source/formats/json.js';
import type {LogLine} from '../../../source/model/log-line.js';
import {processorTime} from '../../helpers/processor-time.js';
import {completed, envelope, item, message, meta} from '../../helpers/rollout.js';

const parsed = (source: string): Json => JSON.parse(source) as Json;

const samples: [name: string, record: string][] = [
	['an answer', item(message('assistant', 'High "water" at 14:20\n\tin C:\\tides\\new\\u12 é 🌊'), 1)],
	[
		'a first line',
		meta({
			git: {branch: 'main'},
			base_instructions: {text: 'be brief'},
			dynamic_tools: [],
			source: {subagent: 'review'},
		}),
	],
	[
		'a completed item with numbers, literals and nested lists',
		completed('CommandExecution', {
			id: 'c1',
			command: ['ls', '-1'],
			parsed_cmd: [{type: 'unknown', cmd: 'ls'}, []],
			exit_code: -1.5e3,
			success: true,
			result: null,
			duration: {secs: 1, nanos: 20},
		}),
	],
	['escaped control characters', envelope('event_msg', {type: 'agent_message', message: '\u0007\u001b[0m \u2028'})],
];

/** Reads back into a string only what the log had there: the cut text is a beginning of the whole. */
const isBeginning = (cut: unknown, whole: unknown): boolean => {
	if (typeof cut === 'string') {
		// A cut can fall between the halves of a pair or a character of several bytes.
		return typeof whole === 'string' && whole.startsWith(cut.replace(/[\uFFFD\uD800-\uDBFF]+$/, ''));
	}

	if (Array.isArray(cut)) {
		return Array.isArray(whole) && cut.every((value, index) => isBeginning(value, whole[index]));
	}

	if (typeof cut === 'object' && cut !== null) {
		return Object.entries(cut).every(([key, value]) => isBeginning(value, (whole as Json)[key]));
	}

	return cut === whole;
};

for (const [name, record] of samples) {
	test(`${name}, cut at every byte, is a beginning of itself`, () => {
		const bytes = Buffer.from(record);
		const whole = parsed(record);
		const kind = whole['type'];
		const inner = object(whole, 'payload')['type'];
		const kindEnd = bytes.indexOf(`"type":"${String(kind)}"`) + `"type":"${String(kind)}"`.length;
		const innerText = `"payload":{"type":"${String(inner)}"`;
		for (let cut = 1; cut <= bytes.length; cut++) {
			const closed = closeJson(bytes.toString('utf8', 0, cut));
			let value: Json;
			try {
				value = parsed(closed);
			} catch {
				assert.fail(`no JSON after byte ${cut}: …${closed.slice(-60)}`);
			}

			assert.ok(isBeginning(value, whole), `other content after byte ${cut}: ${closed}`);
			if (cut >= kindEnd) {
				assert.equal(value['type'], kind);
			}

			if (inner !== undefined && cut >= bytes.indexOf(innerText) + innerText.length) {
				assert.equal(object(value, 'payload')['type'], inner);
			}
		}

		assert.deepEqual(parsed(closeJson(record)), whole);
	});
}

const closings: [source: string, expected: unknown][] = [
	['{', {}],
	['{"a', {}],
	['{"a"', {}],
	['{"a":', {}],
	['{"a":"', {a: ''}],
	['{"a":"b', {a: 'b'}],
	['{"a":"b\\', {a: 'b'}],
	['{"a":"b\\u00e', {a: 'b'}],
	['{"a":"b\\\\', {a: 'b\\'}],
	['{"a":"b\\\\u', {a: 'b\\u'}],
	['{"a":"b\\\\u00', {a: 'b\\u00'}],
	['{"a":"b",', {a: 'b'}],
	['{"a":12', {}],
	['{"a":12,', {a: 12}],
	['{"a":tru', {}],
	['{"a":[1,2', {a: [1]}],
	['{"a":["x","y', {a: ['x', 'y']}],
	['{"a":[{"b":"c"},{"d', {a: [{b: 'c'}, {}]}],
	['{"a":{"b":{}},"c":"d","e', {a: {b: {}}, c: 'd'}],
];

for (const [source, expected] of closings) {
	test(`closes ${source}`, () => {
		assert.deepEqual(parsed(closeJson(source)), expected);
	});
}

/** A line too long to hold, as the splitter hands it over. */
const oversized = (record: Buffer, tail = record.subarray(-4096)): LogLine => ({
	line: 7,
	offset: 1000,
	length: record.length,
	bytes: record.subarray(0, 256 * 1024),
	tail,
});

const long = Buffer.from(item(message('user', `Read this table: ${'water '.repeat(100_000)}`), 3));

test('the beginning of an oversized line is a record with the whole length', () => {
	const piece = closeRecord(oversized(long));
	assert.ok('value' in piece);
	assert.deepEqual([piece.offset, piece.length], [0, long.length]);
	const payload = object(piece.value, 'payload');
	assert.deepEqual([piece.value['type'], payload['type'], payload['role']], ['response_item', 'message', 'user']);
	const [part] = payload['content'] as Json[];
	assert.ok(String(part?.['text']).startsWith('Read this table: water water'));
});

test('an oversized line may end in a carriage return', () => {
	assert.ok('value' in closeRecord(oversized(long, Buffer.from('water"}]}}\r'))));
});

const broken: [name: string, line: LogLine, reason: string][] = [
	['cut short', oversized(long, Buffer.from('water water')), 'JSON object cut short or damaged'],
	['no JSON', oversized(Buffer.from(`${'x'.repeat(300_000)}}`)), 'not a JSON object'],
	['an array', oversized(Buffer.from(`[${'1,'.repeat(200_000)}{}`)), 'not a JSON object'],
	['NUL bytes', oversized(Buffer.alloc(300_000)), 'JSON object cut short or damaged'],
];

for (const [name, line, reason] of broken) {
	test(`an oversized line that is ${name} is one problem`, () => {
		assert.deepEqual(closeRecord(line), {offset: 0, length: line.length, reason});
	});
}

test('an oversized line of hostile brackets is closed in linear time', () => {
	const began = processorTime();
	closeRecord(oversized(Buffer.from(`${'{"a":['.repeat(100_000)}}`)));
	assert.ok(processorTime() - began < 5000);
});
