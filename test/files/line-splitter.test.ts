import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {LineSplitter} from '../../source/files/line-splitter.js';

type Line = {line: number; offset: number; length: number; text: string; tail?: string; isUnfinished?: boolean};

/** Pushes the chunks through one reused buffer, as the reader of files does. */
const split = (chunks: readonly Buffer[], start = {line: 0, offset: 0}): {lines: Line[]; splitter: LineSplitter} => {
	const lines: Line[] = [];
	const splitter = new LineSplitter(({bytes, tail, ...line}) => {
		lines.push({...line, text: bytes.toString('latin1'), ...(tail && {tail: tail.toString('latin1')})});
	}, start);
	const reused = Buffer.alloc(Math.max(1, ...chunks.map(chunk => chunk.length)));
	for (const chunk of chunks) {
		chunk.copy(reused);
		splitter.push(reused.subarray(0, chunk.length));
		reused.fill(0x23);
	}

	return {lines, splitter};
};

/** The same without any cleverness. */
const expected = (bytes: Buffer): Line[] => {
	let offset = 0;
	return bytes
		.toString('latin1')
		.split('\n')
		.slice(0, -1)
		.map((text, index) => {
			const line = {line: index + 1, offset, length: text.length, text};
			offset += text.length + 1;
			return line;
		});
};

test('cuts at line feeds only, whatever the chunks', () => {
	const byte = fc.oneof(
		fc.constantFrom(0x0a, 0x0a, 0x0d, 0x00, 0x0b, 0x0c, 0x85, 0xe2, 0x80, 0xa8),
		fc.integer({min: 0, max: 255}),
	);
	fc.assert(
		fc.property(fc.array(fc.array(byte, {maxLength: 30}), {maxLength: 12}), parts => {
			const chunks = parts.map(part => Buffer.from(part));
			const bytes = Buffer.concat(chunks);
			const {lines, splitter} = split(chunks);
			assert.deepEqual(lines, expected(bytes));
			assert.equal(splitter.line, lines.length);
			assert.equal(splitter.offset, bytes.lastIndexOf(0x0a) + 1);
			assert.equal(splitter.unfinished, bytes.length - splitter.offset);
		}),
		{numRuns: 300},
	);
});

test('goes on where an earlier run stopped', () => {
	const {lines} = split([Buffer.from('b\nc\n')], {line: 7, offset: 100});
	assert.deepEqual(lines, [
		{line: 8, offset: 100, length: 1, text: 'b'},
		{line: 9, offset: 102, length: 1, text: 'c'},
	]);
});

test('a last line without line end is handed over when asked for, and not counted', () => {
	const {lines, splitter} = split([Buffer.from('a\n{"half'), Buffer.from('":1')]);
	assert.equal(lines.length, 1);
	assert.equal(splitter.unfinished, 9);
	splitter.finish();
	assert.deepEqual(lines[1], {line: 2, offset: 2, length: 9, text: '{"half":1', isUnfinished: true});
	assert.equal(splitter.line, 1);
	assert.equal(splitter.offset, 2);
	splitter.finish();
	assert.equal(lines.length, 2);
});

test('a file that ends with a line end has no unfinished line', () => {
	const {lines, splitter} = split([Buffer.from('a\n')]);
	splitter.finish();
	assert.equal(lines.length, 1);
});

const megabyte = 1024 * 1024;

const longLine = (length: number): Buffer[] => {
	const chunks: Buffer[] = [Buffer.from('first\n')];
	for (let from = 0; from < length; from += megabyte) {
		const chunk = Buffer.alloc(Math.min(megabyte, length - from), 'abcdefgh');
		chunks.push(chunk);
	}

	return [...chunks, Buffer.from('\nlast\n')];
};

test('a line of 16 MB comes whole, a longer one as its beginning and its end', () => {
	const whole = split(longLine(16 * megabyte)).lines[1];
	assert.equal(whole?.text.length, 16 * megabyte);
	assert.equal(whole.tail, undefined);

	const length = 18 * megabyte + 5;
	const {lines} = split(longLine(length));
	const long = lines[1];
	assert.equal(long?.length, length);
	assert.equal(long.offset, 6);
	assert.equal(long.text, 'abcdefgh'.repeat(32 * 1024));
	assert.equal(long.tail, `${'abcdefgh'.repeat(512)}abcde`.slice(-4096));
	assert.deepEqual(lines[2], {line: 3, offset: 6 + length + 1, length: 4, text: 'last'});
});

test('a long line without line end is unfinished too', () => {
	const {lines, splitter} = split(longLine(17 * megabyte).slice(0, -1));
	splitter.finish();
	assert.equal(lines[1]?.isUnfinished, true);
	assert.equal(lines[1]?.length, 17 * megabyte);
	assert.equal(lines[1]?.tail?.length, 4096);
});
