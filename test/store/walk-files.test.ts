import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {eventId, fileOf} from '../../source/store/sqlite/ids.js';
import {type FileScope, walkFiles} from '../../source/store/sqlite/walk-files.js';
import type {IdStream} from '../../source/store/sqlite/word-streams.js';

const lastFile = 5000;

const everyFile: FileScope = {
	from: id => (id > lastFile ? undefined : Math.max(1, id)),
	last: (id, count) => Math.min(lastFile, id + count - 1),
	has: () => true,
};

const streamOf =
	(ids: readonly number[], asked: number[] = []): IdStream =>
	({from, end, limit}) => {
		asked.push(limit);
		const found = ids.filter(id => id >= from && id < end);
		return limit < 0 ? found : found.slice(0, limit);
	};

const newestFirst = (ids: readonly number[]): number[] =>
	[...new Set(ids)].toSorted((a, b) => fileOf(a) - fileOf(b) || b - a);

test('every event of any stream is told once, newest logs first and each from its end', () => {
	const ids = fc.array(
		fc
			.tuple(fc.integer({min: 1, max: 40}), fc.integer({min: 0, max: 400}))
			.map(([file, at]) => eventId(file * 100, at)),
		{maxLength: 600},
	);
	fc.assert(
		fc.property(ids, ids, ids, (messages, outputs, unwanted) => {
			const ascending = (list: readonly number[]): number[] => [...new Set(list)].toSorted((a, b) => a - b);
			const walk = walkFiles({
				scope: everyFile,
				streams: [
					{part: 'message', ids: streamOf(ascending(messages))},
					{part: 'output', ids: streamOf(ascending(outputs))},
				],
				without: [streamOf(ascending(unwanted))],
				fitting: found => found.filter(id => id % 3 !== 0),
			});
			const expected = newestFirst([...messages, ...outputs]).filter(id => id % 3 !== 0 && !unwanted.includes(id));
			assert.deepEqual(
				[...walk].flatMap(event => event?.id ?? []),
				expected,
			);
		}),
		{numRuns: 60},
	);
});

test('logs without a word, such as those that are being read, do not make the first looks read more', () => {
	const asked: number[] = [];
	const held: number[] = [];
	const ids = Array.from({length: 400}, (_, at) => [0, 1, 2].map(sequence => eventId(4000 + at, sequence))).flat();
	const walk = walkFiles({
		scope: everyFile,
		streams: [{part: 'message', ids: streamOf(ids, asked)}],
		without: [],
		fitting(found) {
			held.push(...found);
			return found;
		},
	});
	const first: number[] = [];
	for (const event of walk) {
		first.push(...(event === null ? [] : [event.id]));
		if (first.length === 20) {
			break;
		}
	}

	assert.deepEqual(first, newestFirst(ids).slice(0, 20));
	assert.ok(Math.max(...asked) <= 64, `${Math.max(...asked)} rows in one look`);
	assert.ok(held.length <= 64, `${held.length} events were held against filters for the first 20`);
});
