import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Piece, piecesOf} from '../../../source/formats/codex/record.js';
import {processorTime} from '../../helpers/processor-time.js';
import {bare, event, functionCall, item, message, meta} from '../../helpers/rollout.js';

/** A piece in short: the bytes it covers, and for damaged ones why they are no record. */
type Short = string | [text: string, reason: string];

const short = (line: Buffer, piece: Piece): Short => {
	const covered = line.toString('latin1', piece.offset, piece.offset + piece.length);
	if ('reason' in piece) {
		return [covered, piece.reason];
	}

	assert.deepEqual(piece.value, JSON.parse(line.toString('utf8', piece.offset, piece.offset + piece.length)));
	return covered;
};

const damaged = 'JSON object cut short or damaged';
const noObject = 'not a JSON object';

const prompt = event('user_message', {message: 'When is high water?'}, 3);
const answer = item(message('assistant', 'At 14:20.'), 4);
const torn = answer.slice(0, -9);
const bareMessage = bare(message('user', 'When is high water?'));
const bareCall = bare(functionCall('shell', {command: ['ls']}, 'c1'));
const bareReasoning = bare({type: 'reasoning', id: 'rs_1', summary: []});
const bareState = bare({record_type: 'state'});

const lines: [name: string, line: string | Buffer, expected: Short[]][] = [
	['a record', prompt, [prompt]],
	['a record that ends in a carriage return', `${prompt}\r`, [prompt]],
	['a record after a byte order mark', Buffer.from(`\uFEFF${prompt}`), [prompt]],
	['a record between blanks', ` \t${prompt} \t `, [prompt]],
	['a bare record', bareMessage, [bareMessage]],
	['an object without any known key', '{}', ['{}']],
	['nothing', '', []],
	['blanks', ' \t\r ', []],
	['a byte order mark alone', Buffer.from('\uFEFF'), []],
	['a line feed that was not cut off', `${prompt}\n`, [prompt]],
	['NUL bytes', '\0\0\0\0', [['\0\0\0\0', 'NUL bytes']]],
	['NUL bytes before a record', `\0\0\0${prompt}`, [['\0\0\0', 'NUL bytes'], prompt]],
	['NUL bytes after a record', `${prompt}\0\0`, [prompt, ['\0\0', 'NUL bytes']]],
	['text', 'Segmentation fault', [['Segmentation fault', noObject]]],
	['an array', '[{"type":"event_msg"}]', [['[{"type":"event_msg"}]', noObject]]],
	['a number', '42', [['42', noObject]]],
	['null', 'null', [['null', noObject]]],
	['a string', '"{}"', [['"{}"', noObject]]],
	['a closing brace too many', '}', [['}', noObject]]],
	['a record cut short', torn, [[torn, damaged]]],
	['only its first byte', '{', [['{', damaged]]],
	['a record damaged in its middle', prompt.replace(':', ''), [[prompt.replace(':', ''), damaged]]],
	['two glued records', prompt + answer, [prompt, answer]],
	['three glued records of different eras', prompt + bareMessage + answer, [prompt, bareMessage, answer]],
	['two glued records with a blank between', `${prompt} ${answer}`, [prompt, answer]],
	['a torn record and a whole one', torn + prompt, [[torn, damaged], prompt]],
	['two torn records and a whole one', torn + torn + prompt, [[torn + torn, damaged], prompt]],
	['a record, a torn one and another', prompt + torn + answer, [prompt, [torn, damaged], answer]],
	['a record torn inside its string', `${prompt.slice(0, -6)}${answer}`, [[prompt.slice(0, -6), damaged], answer]],
	['a record torn after a backslash', `{"timestamp":"\\${answer}`, [['{"timestamp":"\\', damaged], answer]],
	['a record torn in its first byte', `{${answer}`, [['{', damaged], answer]],
	['a torn first line', `${meta().slice(0, 60)}${prompt}`, [[meta().slice(0, 60), damaged], prompt]],
	['garbage before a record', `>>> ${prompt}`, [['>>> ', noObject], prompt]],
	['garbage after a record', `${prompt}, and so on`, [prompt, [', and so on', noObject]]],
	['a torn record after a whole one', prompt + torn, [prompt, [torn, damaged]]],
	[
		'a torn bare record and a whole one',
		bareMessage.slice(0, -7) + bareCall,
		[[bareMessage.slice(0, -7), damaged], bareCall],
	],
	[
		'a torn bare record and reasoning',
		bareCall.slice(0, -7) + bareReasoning,
		[[bareCall.slice(0, -7), damaged], bareReasoning],
	],
	[
		'a torn bare record and a state line',
		bareCall.slice(0, -7) + bareState,
		[[bareCall.slice(0, -7), damaged], bareState],
	],
	['glued bare records', bareMessage + bareState + bareCall, [bareMessage, bareState, bareCall]],
	[
		'record beginnings inside strings',
		JSON.stringify({timestamp: 'x', text: '{"timestamp":"{\\"timestamp\\":'}),
		[JSON.stringify({timestamp: 'x', text: '{"timestamp":"{\\"timestamp\\":'})],
	],
	[
		'a record beginning quoted inside a torn one',
		`${JSON.stringify({timestamp: 'x', text: prompt}).slice(0, -3)}${answer}`,
		[[JSON.stringify({timestamp: 'x', text: prompt}).slice(0, -3), damaged], answer],
	],
];

for (const [name, source, expected] of lines) {
	test(`pieces of a line that holds ${name}`, () => {
		const line = Buffer.from(source);
		assert.deepEqual(
			piecesOf(line).map(piece => short(line, piece)),
			expected,
		);
	});
}

test('a torn bare local shell call is followed by records that begin with other kinds', () => {
	const call = bare({
		type: 'local_shell_call',
		call_id: 'c1',
		status: 'completed',
		action: {type: 'exec', command: ['ls']},
	});
	const pieces = piecesOf(Buffer.from(bareMessage.slice(0, -7) + call));
	assert.equal(pieces.filter(piece => 'value' in piece).length, 1);
});

test('bytes that are no UTF-8 are replaced, and the record is kept', () => {
	const line = Buffer.concat([
		Buffer.from('{"timestamp":"x","type":"event_msg","payload":{"type":"user_message","message":"caf'),
		Buffer.from([0xe9, 0xff, 0xc0]),
		Buffer.from('"}}'),
	]);
	const [piece, ...rest] = piecesOf(line);
	assert.deepEqual(rest, []);
	assert.ok(piece !== undefined && 'value' in piece);
	assert.deepEqual(piece.value['payload'], {type: 'user_message', message: 'caf\uFFFD\uFFFD\uFFFD'});
	assert.deepEqual([piece.offset, piece.length], [0, line.length]);
});

for (const separator of ['\u2028', '\u2029', '\u0085']) {
	test(`a raw U+${separator.codePointAt(0)?.toString(16).padStart(4, '0')} inside a string is text`, () => {
		const record = event('user_message', {message: `tides${separator}tables`});
		assert.ok(record.includes(separator));
		const [piece] = piecesOf(Buffer.from(record));
		assert.ok(piece !== undefined && 'value' in piece);
		assert.deepEqual(piece.value['payload'], {type: 'user_message', message: `tides${separator}tables`});
	});
}

test('offsets count bytes, not characters', () => {
	const first = event('user_message', {message: 'marée haute à 14 h 20 🌊'});
	const line = Buffer.from(`\uFEFF${first}${answer}`);
	assert.deepEqual(
		piecesOf(line).map(({offset, length}) => [offset, length]),
		[
			[3, Buffer.byteLength(first)],
			[3 + Buffer.byteLength(first), answer.length],
		],
	);
});

const megabyte = 2 ** 20;
const fill = (text: string): string => text.repeat(Math.ceil(megabyte / text.length));

/** Whether every byte of a line that is no blank belongs to a piece, in order and without overlap. */
const covers = (line: Buffer, pieces: readonly Piece[]): boolean => {
	let at = 0;
	for (const {offset, length} of pieces) {
		if (offset < at || line.toString('latin1', at, offset).trim() !== '') {
			return false;
		}

		at = offset + length;
	}

	return line.toString('latin1', at).trim() === '';
};

const hostile: [name: string, line: string, records: number][] = [
	['opening braces', fill('{'), 0],
	['openings of nested objects', fill('{"a":'), 0],
	['beginnings of records', fill('{"timestamp":'), 0],
	['beginnings of bare records', fill('{"type":"message"'), 0],
	['beginnings of records with an open string', fill('{"timestamp":"'), 0],
	['closed objects that are no JSON', fill('{"timestamp":}'), 0],
	['quotes', fill('"'), 0],
	['backslashes', `{"timestamp":"${fill('\\')}`, 0],
	['NUL bytes', fill('\0'), 0],
	['a long torn string and a record', `{"timestamp":"${fill('x')}${prompt}`, 1],
];

for (const [name, source, records] of hostile) {
	test(`a megabyte of ${name} takes no more than linear time`, () => {
		const line = Buffer.from(source, 'latin1');
		const began = processorTime();
		const pieces = piecesOf(line);
		assert.ok(processorTime() - began < 5000);
		assert.equal(pieces.filter(piece => 'value' in piece).length, records);
		assert.ok(covers(line, pieces));
	});
}

test('a megabyte of glued records gives every one of them', () => {
	const count = Math.ceil(megabyte / prompt.length);
	const pieces = piecesOf(Buffer.from(prompt.repeat(count)));
	assert.equal(pieces.length, count);
	assert.ok(pieces.every((piece, index) => 'value' in piece && piece.offset === index * prompt.length));
});
