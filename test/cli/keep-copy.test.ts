import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {keepCopy} from '../../source/cli/keep-copy.js';

test('a text that no clipboard took is kept for its owner alone, in place of the one before', async t => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-keep-'));
	t.after(() => fs.rmSync(folder, {recursive: true, force: true}));
	await keepCopy(folder, 'gull');
	const file = await keepCopy(folder, 'tern');
	assert.deepEqual(fs.readdirSync(folder), [path.basename(file)]);
	assert.equal(fs.readFileSync(file, 'utf8'), 'tern');
	if (process.platform !== 'win32') {
		assert.equal(fs.statSync(file).mode & 0o777, 0o600);
	}
});
