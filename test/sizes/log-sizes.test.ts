import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {noSizes, sizeKinds} from '../../source/sizes/kinds.js';
import {LogSizes} from '../../source/sizes/log-sizes.js';
import type {Payload} from '../../source/sizes/payloads.js';

test('records are of their kind, payloads of theirs, and what is left is line ends', () => {
	const sums = new LogSizes([
		{kind: 'images', start: 120, end: 170},
		{kind: 'encrypted', start: 180, end: 190},
		{kind: 'images', start: 210, end: 240},
		{kind: 'encrypted', start: 245, end: 249},
		{kind: 'images', start: 310, end: 320},
		{kind: 'images', start: 410, end: 420},
	]);
	sums.add(0, 99, 'context');
	sums.add(100, 99, 'messages');
	// A second event of the same record.
	sums.add(100, 99, 'tool-calls');
	sums.add(200, 99, 'compactions');
	sums.add(300, 99, 'unreadable');
	assert.deepEqual(sums.total(500), {
		...noSizes(),
		context: 99,
		messages: 39,
		images: 50,
		encrypted: 10,
		compactions: 69,
		'compacted-images': 30,
		unreadable: 99,
		'line-ends': 104,
	});
});

test('whatever records and payloads there are, the sum is the log', () => {
	const record = fc.tuple(fc.nat(300), fc.nat(80), fc.constantFrom(...sizeKinds.filter(kind => kind !== 'line-ends')));
	const place = fc.tuple(fc.nat(300), fc.integer({min: 1, max: 40}), fc.constantFrom('images', 'encrypted'));
	fc.assert(
		fc.property(fc.array(record), fc.array(place), (records, places) => {
			const payloads: Payload[] = [];
			for (const [start, length, kind] of places.toSorted(([a], [b]) => a - b)) {
				if (start >= (payloads.at(-1)?.end ?? 0)) {
					payloads.push({start, end: start + length, kind: kind as Payload['kind']});
				}
			}

			const sums = new LogSizes(payloads);
			for (const [offset, length, kind] of records.toSorted(([a], [b]) => a - b)) {
				sums.add(offset, length, kind);
			}

			const sizes = Object.values(sums.total(400));
			assert.equal(
				sizes.reduce((sum, size) => sum + size, 0),
				400,
			);
			assert.ok(
				sizes.every(size => size >= 0),
				sizes.join(' '),
			);
		}),
	);
});
