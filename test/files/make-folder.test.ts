import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {makeFolder} from '../../source/files/make-folder.js';
import {temporaryFolder} from '../ingest/home.js';

test('a folder is made with those above it, private to its owner', {skip: process.platform === 'win32'}, t => {
	const root = temporaryFolder(t);
	const folder = path.join(root, 'a', 'b', 'c');
	makeFolder(folder);
	makeFolder(folder);
	for (const made of [folder, path.dirname(folder)]) {
		assert.equal((fs.statSync(made).mode & 0o777).toString(8), '700');
	}
});

const isLinux = process.platform === 'linux';

test('where no folder can be made, as below /proc, making one fails at once', {skip: !isLinux && 'no /proc'}, () => {
	const script = `import {makeFolder} from ${JSON.stringify(new URL('../../source/files/make-folder.ts', import.meta.url))};
		try { makeFolder('/proc/codex-tui/data'); } catch (error) { console.log(error.code); }`;
	const {stdout, signal} = spawnSync(
		process.execPath,
		['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
		{encoding: 'utf8', timeout: 10_000, killSignal: 'SIGKILL'},
	);
	assert.equal(signal, null, 'it went on for ten seconds');
	assert.match(stdout, /^E[A-Z]+$/m);
});
