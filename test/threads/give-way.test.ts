import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {startIngest} from '../../source/ingest/start.js';
import {meta, threadId} from '../helpers/rollout.js';
import {Home, logName} from '../ingest/home.js';

const isLinux = process.platform === 'linux';

const nameOf = (thread: string): string => fs.readFileSync(path.join('/proc/self/task', thread, 'comm'), 'utf8').trim();

const niceOfThreads = (): Map<string, number> =>
	new Map(
		fs.readdirSync('/proc/self/task').map(thread => {
			const stat = fs.readFileSync(path.join('/proc/self/task', thread, 'stat'), 'utf8');
			// The fields behind the name, which may hold blanks; the nineteenth of all is the nice value.
			return [thread, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])];
		}),
	);

test('threads that read logs and compile let the one that draws go first', {
	skip: isLinux ? false : 'takes Linux',
}, async t => {
	const home = new Home(t);
	home.write(logName(threadId), `${meta()}\n`);
	const before = niceOfThreads();
	const main = before.get(String(process.pid)) ?? 0;
	const ingest = startIngest({source: {home: home.folder}, home: null, database: home.database, batchLines: 500});
	try {
		await new Promise<void>((resolve, reject) => {
			ingest.onProgress(({phase}) => phase === 'watching' && resolve());
			ingest.onFailure(message => reject(new Error(message)));
		});
		const after = niceOfThreads();
		assert.equal(after.get(String(process.pid)), main);
		const fresh = [...after].filter(([thread]) => !before.has(thread)).map(([, nice]) => nice);
		assert.ok(
			fresh.some(nice => nice > main),
			`nice values of new threads: ${fresh}`,
		);
		// Older releases of Node give their threads no names of their own.
		const compilers = [...after].filter(([thread]) => nameOf(thread).startsWith('V8Worker'));
		assert.ok(
			compilers.every(([, nice]) => nice > main),
			`nice values of V8's threads: ${compilers.map(([, nice]) => nice)}`,
		);
		assert.ok(compilers.length > 0 || Number.parseInt(process.versions.node, 10) < 24);
	} finally {
		await ingest.stop();
	}
});
