import assert from 'node:assert/strict';
import {test} from 'node:test';
import {reportSizes} from '../../source/sizes/group.js';
import {noSizes, type Sizes} from '../../source/sizes/kinds.js';

const session = (threadId: string, sizes: Partial<Sizes>) => ({
	threadId,
	title: null,
	cwd: null,
	bytes: Object.values(sizes).reduce((sum, size) => sum + size, 0),
	sizes: {...noSizes(), ...sizes},
});

test('the largest come first, and kinds that are not there are left out', () => {
	const [small, large, same] = [
		session('b', {images: 5}),
		session('c', {messages: 9, images: 2}),
		session('a', {other: 5}),
	];
	assert.deepEqual(reportSizes([small, large, same]), {
		kinds: [
			{kind: 'messages', bytes: 9},
			{kind: 'images', bytes: 7},
			{kind: 'other', bytes: 5},
		],
		sessions: [large, same, small],
		bytes: 21,
	});
	assert.deepEqual(reportSizes([]), {kinds: [], sessions: [], bytes: 0});
});
