import assert from 'node:assert/strict';
import test from 'node:test';
import {latest} from '../../source/app/latest.js';
import {recent} from '../../source/app/recent.js';
import {throttled} from '../../source/app/throttle.js';

test('a single request starts at once', t => {
	t.mock.timers.enable({apis: ['setTimeout']});
	const runs: string[] = [];
	const work = latest<string>(50, async key => {
		runs.push(key);
	});
	work.want('a');
	assert.deepEqual(runs, ['a']);
});

test('requests that follow quickly cost one run, for the newest', async t => {
	t.mock.timers.enable({apis: ['setTimeout']});
	const runs: string[] = [];
	const work = latest<string>(50, async key => {
		runs.push(key);
	});
	for (const key of 'abcdef') {
		work.want(key);
	}

	await Promise.resolve();
	t.mock.timers.tick(50);
	await Promise.resolve();
	assert.deepEqual(runs, ['a', 'f']);
});

test('work under way learns that it is stale, and never runs twice at a time', async t => {
	t.mock.timers.enable({apis: ['setTimeout']});
	const first = Promise.withResolvers<void>();
	const log: string[] = [];
	const work = latest<string>(0, async (key, isStale) => {
		log.push(`start ${key}`);
		await (key === 'a' ? first.promise : undefined);
		log.push(`end ${key} ${isStale() ? 'stale' : 'fresh'}`);
	});
	work.want('a');
	work.want('b');
	t.mock.timers.tick(1);
	assert.deepEqual(log, ['start a']);
	first.resolve();
	await new Promise(resolve => setImmediate(resolve));
	assert.deepEqual(log, ['start a', 'end a stale', 'start b', 'end b fresh']);
});

test('what is stopped does not start any more', t => {
	t.mock.timers.enable({apis: ['setTimeout']});
	const runs: string[] = [];
	const work = latest<string>(50, async key => {
		runs.push(key);
	});
	work.want('a');
	work.want('b');
	work.stop();
	t.mock.timers.tick(100);
	assert.deepEqual(runs, ['a']);
});

test('a throttle passes the first at once and then the newest', t => {
	t.mock.timers.enable({apis: ['setTimeout']});
	const passed: number[] = [];
	const {give, stop} = throttled<number>(100, value => passed.push(value));
	for (let value = 0; value < 10; value++) {
		give(value);
		t.mock.timers.tick(50);
	}

	t.mock.timers.tick(200);
	assert.deepEqual(passed, [0, 1, 3, 5, 7, 9]);
	give(10);
	give(11);
	stop();
	t.mock.timers.tick(200);
	assert.deepEqual(passed, [0, 1, 3, 5, 7, 9, 10]);
});

test('a recent map forgets what was used longest ago', () => {
	const map = recent<string, number>(2);
	map.set('a', 1);
	map.set('b', 2);
	map.get('a');
	map.set('c', 3);
	assert.deepEqual(map.keys(), ['a', 'c']);
	map.delete('a');
	assert.equal(map.get('a'), undefined);
});
