import assert from 'node:assert/strict';
import test from 'node:test';
import {nextProgress} from '../../source/app/progress.js';
import type {IngestProgress} from '../../source/ingest/progress.js';

const watching: IngestProgress = {
	phase: 'watching',
	filesDone: 5,
	filesTotal: 5,
	bytesDone: 10,
	bytesTotal: 10,
	bytesPerSecond: 0,
	secondsLeft: null,
	problems: 0,
	failures: [],
};

test('looking for new logs every few seconds draws nothing', () => {
	assert.equal(nextProgress(watching, {...watching, phase: 'finding', filesTotal: 0}), watching);
	assert.equal(nextProgress(watching, {...watching, bytesDone: 0}), watching);
});

test('reading a grown log and new trouble are shown', () => {
	assert.equal(nextProgress(watching, {...watching, phase: 'reading'}).phase, 'reading');
	assert.equal(nextProgress(watching, {...watching, problems: 1}).problems, 1);
	assert.equal(nextProgress(undefined, watching), watching);
});

test('progress without a change is the same object', () => {
	const reading: IngestProgress = {...watching, phase: 'reading', secondsLeft: 3};
	assert.equal(nextProgress(reading, {...reading}), reading);
	assert.notEqual(nextProgress(reading, {...reading, filesDone: 6}), reading);
});

test('looking for new logs between two slices of indexing draws nothing', () => {
	const indexing: IngestProgress = {...watching, phase: 'indexing', filesDone: 2};
	assert.equal(nextProgress(indexing, {...watching, phase: 'finding', filesDone: 0, filesTotal: 0}), indexing);
	assert.equal(nextProgress(indexing, {...watching, phase: 'reading', filesDone: 0, filesTotal: 1}).phase, 'reading');
	assert.equal(nextProgress(indexing, watching).phase, 'watching');
});
