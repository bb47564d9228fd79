import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';
import {Writable} from 'node:stream';
import {type TestContext, test} from 'node:test';
import {services} from '../../source/cli/default-services.js';
import {main} from '../../source/cli/main.js';
import type {Services} from '../../source/cli/services.js';
import {resolveSettings} from '../../source/config/settings.js';
import {UserError} from '../../source/model/problem.js';
import {sampleRollouts, threadId} from '../helpers/rollout.js';
import {Home, logName} from '../ingest/home.js';

const sample = sampleRollouts()['era C legacy'] as Buffer;

const aHome = (t: TestContext): Home => {
	const home = new Home(t);
	home.write(logName(threadId), sample);
	return home;
};

/** Runs the command on an invented home; words go to a terminal where asked. */
const run = async (home: Home, args: readonly string[], changed: Partial<Services> = {}, isTTY = false) => {
	const root = path.dirname(home.folder);
	const folders = {home: root, config: root, data: path.join(root, 'data'), checkoutUser: null, current: root};
	const words: string[] = [];
	const collect = () =>
		new Writable({
			write(chunk: Buffer, _encoding, done) {
				words.push(chunk.toString());
				done();
			},
		});
	const exitCode = await main(['backup', ...args, '--database', home.database, '--codex-home', home.folder], {
		stdout: collect(),
		stderr: Object.assign(collect(), {isTTY}),
		resolve: flags => resolveSettings(flags, {}, folders),
		services: {...services, ...changed},
	});
	return {exitCode, words: words.join('')};
};

test('backup reads new logs first, then says what it wrote', async t => {
	const home = aHome(t);
	const file = path.join(path.dirname(home.folder), 'copy.db');
	const {exitCode, words} = await run(home, [file]);
	assert.equal(exitCode, 0);
	assert.match(words, /^Wrote .*copy\.db: 1 log of [\d.]+ kB in [\d.]+ kB\.\n$/);
	const again = await run(home, [file]);
	assert.deepEqual([again.exitCode, /--force/.test(again.words)], [2, true]);
	assert.equal((await run(home, [file, '--force'])).exitCode, 0);
});

test('a terminal sees how far the copy is, on one line that goes away', async t => {
	const home = aHome(t);
	const file = path.join(path.dirname(home.folder), 'copy.db');
	const backUp: Services['backUp'] = async (database, target, options) => {
		options.onProgress?.(0.421);
		return services.backUp(database, target, {...options, onProgress: undefined});
	};
	const {words} = await run(home, [file], {backUp}, true);
	assert.match(words, /^\r\u001B\[KCopying the archive: 42%\r\u001B\[KWrote .*\n$/);
	assert.doesNotMatch((await run(home, [file, '--force'], {backUp})).words, /Copying|\u001B/);
});

test('the archive is copied though the logs cannot be read just now', async t => {
	const home = aHome(t);
	await home.ingest();
	const file = path.join(path.dirname(home.folder), 'copy.db');
	const {exitCode, words} = await run(home, [file], {
		async ingest() {
			throw new UserError('The database is in use\u0007 by another program. Try again when that has ended.', 1);
		},
	});
	assert.equal(exitCode, 0);
	assert.match(words, /^New logs were not read: The database is in use.? by another program\. .*\nWrote /);
	assert.doesNotMatch(words, /\u0007/);
});

test('wrong use is a sentence', async t => {
	const home = aHome(t);
	assert.deepEqual(await run(home, []), {exitCode: 2, words: 'Which file? Write codex-tui backup FILE.\n'});
	const inside = await run(home, [path.join(home.folder, 'copy.db')]);
	assert.equal(inside.exitCode, 2);
	assert.match(inside.words, /lies in the Codex home, where codex-tui never writes\./);
});

test('Ctrl-C stops the copy, not the program in the middle of it', async t => {
	const home = aHome(t);
	const before = process.listenerCount('SIGINT');
	const {exitCode, words} = await run(home, [path.join(path.dirname(home.folder), 'copy.db')], {
		async backUp(database, file, options) {
			process.emit('SIGINT');
			return services.backUp(database, file, options);
		},
	});
	assert.deepEqual([exitCode, words], [1, 'Stopped before the copy was whole. Nothing was written.\n']);
	assert.equal(process.listenerCount('SIGINT'), before);
});
