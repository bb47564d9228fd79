import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import {startLater} from '../../source/cli/start-later.js';
import type {IngestHandle} from '../../source/ingest/progress.js';

/** A handle that writes down what is asked of it. */
const recorder = () => {
	const time = Promise.withResolvers<void>();
	const asked: string[] = [];
	const start = (): IngestHandle => {
		asked.push('start');
		return {
			onProgress: () => asked.push('onProgress'),
			onChange: () => asked.push('onChange'),
			onFailure: () => asked.push('onFailure'),
			look: () => asked.push('look'),
			stop: async () => {
				asked.push('stop');
			},
		};
	};

	return {asked, time, handle: startLater(start, time.promise)};
};

test('it starts when it is time and passes on who listens', async () => {
	const {asked, time, handle} = recorder();
	handle.onChange(() => {});
	await turn();
	assert.deepEqual(asked, []);
	time.resolve();
	await turn();
	handle.onFailure(() => {});
	handle.onProgress(() => {});
	handle.look();
	await handle.stop();
	assert.deepEqual(asked, ['start', 'onChange', 'onFailure', 'onProgress', 'look', 'stop']);
});

test('it starts also when what it waits for fails', async () => {
	const {asked, time} = recorder();
	time.reject(new Error('no rows'));
	await turn();
	assert.deepEqual(asked, ['start']);
});

test('stopped before, it never starts', async () => {
	const {asked, time, handle} = recorder();
	await handle.stop();
	time.resolve();
	await turn();
	assert.deepEqual(asked, []);
});
