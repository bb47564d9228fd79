import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {startLater} from '../../source/cli/start-later.js';
import type {IngestHandle} from '../../source/ingest/progress.js';

/** A handle that writes down what is asked of it. */
const recorder = (t: TestContext) => {
	t.mock.timers.enable({apis: ['setTimeout']});
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

	return {asked, handle: startLater(start, 50)};
};

test('it starts after the pause and passes on who listens', async t => {
	const {asked, handle} = recorder(t);
	handle.onChange(() => {});
	t.mock.timers.tick(49);
	assert.deepEqual(asked, []);
	t.mock.timers.tick(1);
	handle.onFailure(() => {});
	handle.onProgress(() => {});
	handle.look();
	await handle.stop();
	assert.deepEqual(asked, ['start', 'onChange', 'onFailure', 'onProgress', 'look', 'stop']);
});

test('stopped before, it never starts', async t => {
	const {asked, handle} = recorder(t);
	await handle.stop();
	t.mock.timers.tick(1000);
	assert.deepEqual(asked, []);
});
