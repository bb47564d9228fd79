import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {longestText, searchable} from '../../source/query/search-words.js';

const indexed = (text: string): string => Buffer.from(searchable(text)).toString();

test('a text without anything special is indexed as it is', () => {
	for (const text of ['', 'Read the tide tables.', 'snake_case a/path.ts', 'naïve Ελλάδα — “quoted” Привет', '😀 ok']) {
		assert.equal(indexed(text), text);
	}
});

test('parts of names with capitals inside are added once, and the names stay', () => {
	assert.equal(
		indexed('call readTideTable(HTTPServer), then readTideTable again'),
		'call readTideTable(HTTPServer), then readTideTable again\nread Tide Table HTTP Server',
	);
	assert.equal(
		indexed('Saint-Malo HTTP IDs 2026-11-22T10:00:00Z sha256Sum'),
		'Saint-Malo HTTP IDs 2026-11-22T10:00:00Z sha256Sum\nDs',
	);
	assert.equal(indexed('ünderCase'), 'ünderCase\nnder Case');
});

test('Han, Kana and Hangul characters stand alone, also beside others', () => {
	assert.equal(indexed('潮の表'), '潮 の 表 ');
	assert.equal(indexed('read潮汐table 조석 𠀀'), 'read 潮 汐 table 조 석  𠀀 ');
	assert.equal(indexed('ﾃﾞｰﾀ'), 'ﾃ ﾞ ｰ ﾀ ');
});

test('colours of terminals do not cut words', () => {
	assert.equal(indexed('a \u001b[1;31mti\u001b[0mde \u001b]8;;x\u0007link'), 'a tide link');
});

test('long random runs are left out, hashes and paths are not', () => {
	const hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
	const base64 = Buffer.from(Array.from({length: 90}, (_, at) => (at * 89 + 17) % 256)).toString('base64');
	const path = `/${'home/person/projects/tides2/'.repeat(6)}source`;
	assert.equal(indexed(`sha ${hash} end`), `sha ${hash} end`);
	assert.equal(indexed(path), path);
	assert.match(indexed(`data ${base64} end`), /^data +end$/);
	assert.match(indexed(`${hash}${hash} end`), /^ +end$/);
	assert.match(indexed(`${base64.repeat(2000)} end`), /^ +end$/);
});

test('of a very long text the beginning is indexed', () => {
	assert.equal(indexed('tide '.repeat(longestText)).length, longestText);
});

test('whatever a text holds, every word of letters is still there', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary', maxLength: 200}), text => {
			const result = indexed(`first ${text} last`);
			assert.ok(result.startsWith('first '));
			assert.ok(/\blast\b/.test(result));
		}),
	);
});
